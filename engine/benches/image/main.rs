//! `cargo bench -p rollgate-engine --bench image`: how fast the layers of an image are read, and what
//! they come to.
//!
//! An image of the size of RHCOS (50 gzip layers, 60 000 files) is made on the spot, which takes a
//! minute; `-- --quick` makes a hundredth of it. Beside each time stands the floor of the same run: to
//! inflate the same blobs with the same crate, and every hash that the facts need (of each blob, of
//! each tar, and of each file outside the base). Each runs in a process of its own, on one thread and
//! on two, and the best of three rounds counts, for neighbours only ever slow it down. Where `umoci`
//! and `skopeo` are installed, unpacking and copying the same image stand below.

#![expect(clippy::print_stdout, reason = "a bench prints what it measured")]
#![expect(clippy::disallowed_methods, reason = "it makes the image that it reads")]

mod made;

use std::error::Error;
use std::fs::{self, File};
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use flate2::bufread::GzDecoder;
use globset::{Glob, GlobSetBuilder};
use rollgate_engine::ImageLimits;
use rollgate_engine::extract::image::{LayerContents, LayerRequest, Tree, read_layer, wanted};
use serde_json::Value;
use sha2::{Digest as _, Sha256};

use made::{DERIVED, Size};

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

/// The allocator of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// How often each is measured.
const ROUNDS: usize = 3;

/// How much is hashed at once.
const CHUNK: usize = 128 << 10;

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| it != "--bench").collect();
    match arguments.iter().map(String::as_str).collect::<Vec<_>>().as_slice() {
        [] => everything(Size::RHCOS),
        ["--quick"] => everything(Size::QUICK),
        ["--make", folder] => {
            made::write(Path::new(folder), Size::RHCOS).map(|told| println!("{told}"))
        }
        ["--run", what, threads, folder] => run(what, threads.parse()?, Path::new(folder)),
        _ => Err("give nothing, `--quick`, or `--make DIR`".into()),
    }
}

fn everything(size: Size) -> Result<()> {
    let folder = tempfile::tempdir()?;
    let layout = folder.path().join("image");
    println!("{}", made::write(&layout, size)?);
    println!("{:26}{:>9}{:>9}{:>9}{:>10}{:>12}", "", "wall", "CPU", "x floor", "MB/s", "peak");
    for threads in ["1", "2"] {
        let (mut floor, mut read) = (Measured::WORST, Measured::WORST);
        for _ in 0..ROUNDS {
            floor = floor.best(measure("floor", threads, &layout)?);
            read = read.best(measure("read", threads, &layout)?);
        }
        floor.print(&format!("floor, {threads} thread"), floor);
        read.print(&format!("layers and tree, {threads} thread"), floor);
    }
    println!("the tree alone, from layers that were read: {}", child("tree", "2", &layout)?.trim());
    let image = format!("oci:{}:latest", layout.display());
    let copy = format!("dir:{}", folder.path().join("copy").display());
    peer("skopeo", &["--insecure-policy", "copy", "--quiet", &image, &copy])?;
    let named = format!("{}:latest", layout.display());
    let bundle = folder.path().join("bundle").display().to_string();
    peer("umoci", &["unpack", "--rootless", "--image", &named, &bundle])
}

/// What a process took.
#[derive(Debug, Clone, Copy)]
struct Measured {
    wall: f64,
    cpu: f64,
    megabytes: f64,
    peak: f64,
}

impl Measured {
    const WORST: Self = Self { wall: f64::MAX, cpu: f64::MAX, megabytes: 0.0, peak: 0.0 };

    /// The better times of both, and the higher peak.
    const fn best(self, other: Self) -> Self {
        Self {
            wall: self.wall.min(other.wall),
            cpu: self.cpu.min(other.cpu),
            megabytes: other.megabytes,
            peak: self.peak.max(other.peak),
        }
    }

    fn print(self, name: &str, floor: Self) {
        let Self { wall, cpu, megabytes, peak } = self;
        let (share, speed) = (cpu / floor.cpu, megabytes / wall);
        println!("{name:26}{wall:>7.2} s{cpu:>7.2} s{share:>9.2}{speed:>10.0}{peak:>9.0} MB");
    }
}

fn child(what: &str, threads: &str, layout: &Path) -> Result<String> {
    let mut command = Command::new(std::env::current_exe()?);
    let output = command.args(["--run", what, threads]).arg(layout).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into_owned().into());
    }
    Ok(String::from_utf8(output.stdout)?)
}

fn measure(what: &str, threads: &str, layout: &Path) -> Result<Measured> {
    let text = child(what, threads, layout)?;
    let numbers: std::result::Result<Vec<f64>, _> =
        text.split_whitespace().map(str::parse).collect();
    let [wall, cpu, megabytes, peak] = *numbers? else { return Err(text.into()) };
    Ok(Measured { wall, cpu, megabytes, peak })
}

/// How long another tool takes, where it is installed.
fn peer(tool: &str, arguments: &[&str]) -> Result<()> {
    let (start, before) = (Instant::now(), cpu_seconds(15)?);
    match Command::new(tool).args(arguments).stdout(Stdio::null()).stderr(Stdio::null()).status() {
        Ok(status) if status.success() => {
            let (wall, cpu) = (start.elapsed().as_secs_f64(), cpu_seconds(15)? - before);
            println!("{tool:26}{wall:>7.2} s{cpu:>7.2} s");
        }
        Ok(status) => println!("{tool:26} failed: {status}"),
        Err(_) => println!("{tool:26} is not installed"),
    }
    Ok(())
}

/// A layer of the layout.
struct Stored {
    blob: PathBuf,
    digest: String,
    diff_id: String,
    is_derived: bool,
}

/// What each process does: reads all layers, the largest first.
fn run(what: &str, threads: usize, layout: &Path) -> Result<()> {
    let layers = stored(layout)?;
    let globs = wanted().iter().try_fold(GlobSetBuilder::new(), |mut builder, glob| {
        builder.add(Glob::new(glob)?);
        Ok::<_, globset::Error>(builder)
    })?;
    let (globs, limits) = (globs.build()?, ImageLimits::default());
    let read = |layer: &Stored| -> Result<LayerContents> {
        let request = LayerRequest {
            media_type: "application/vnd.oci.image.layer.v1.tar+gzip",
            digest: &layer.digest,
            diff_id: &layer.diff_id,
            inspect_files: layer.is_derived,
            wanted: &globs,
            limits: &limits,
        };
        Ok(read_layer(File::open(&layer.blob)?, &request)?)
    };
    let start = Instant::now();
    if what == "floor" {
        let bytes: u64 = in_parallel(&layers, threads, floor)?.iter().sum();
        return report(start, bytes);
    }
    let read = in_parallel(&layers, threads, read)?;
    let bytes = read.iter().map(|layer| layer.bytes).sum();
    let before = Instant::now();
    let tree = Tree::of(read.into_iter().map(Arc::new), &limits)?;
    if what == "tree" {
        let (count, time) = (tree.entries.len(), before.elapsed().as_secs_f64() * 1e3);
        println!("{time:.0} ms for {count} entries");
        return Ok(());
    }
    if !tree.problems.is_empty() || tree.content("/usr/share/rpm/rpmdb.sqlite").is_none() {
        return Err(format!("the image is not whole: {:?}", tree.problems).into());
    }
    report(start, bytes)
}

fn stored(layout: &Path) -> Result<Vec<Stored>> {
    let blob = |digest: &Value| {
        let digest = digest.as_str().unwrap_or_default();
        layout.join("blobs/sha256").join(digest.trim_start_matches("sha256:"))
    };
    let json = |path: PathBuf| -> Result<Value> { Ok(serde_json::from_slice(&fs::read(path)?)?) };
    let index = json(layout.join("index.json"))?;
    let described = index.pointer("/manifests/0/digest").ok_or("no manifest")?;
    let manifest = json(blob(described))?;
    let config = json(blob(manifest.pointer("/config/digest").ok_or("no configuration")?))?;
    let list =
        |value: &Value, pointer: &str| value.pointer(pointer).and_then(Value::as_array).cloned();
    let layers = list(&manifest, "/layers").ok_or("no layers")?;
    let diff_ids = list(&config, "/rootfs/diff_ids").ok_or("no digests")?;
    let count = layers.len();
    let stored = layers.iter().zip(&diff_ids).enumerate().map(|(index, (layer, diff_id))| {
        let digest = layer.get("digest").ok_or("no digest")?;
        Ok(Stored {
            blob: blob(digest),
            digest: digest.as_str().unwrap_or_default().to_owned(),
            diff_id: diff_id.as_str().unwrap_or_default().to_owned(),
            is_derived: index + DERIVED >= count,
        })
    });
    stored.collect()
}

/// Does something with each layer on some threads, and gives what comes of it in their order.
fn in_parallel<T: Send>(
    layers: &[Stored],
    threads: usize,
    work: impl Fn(&Stored) -> Result<T> + Sync,
) -> Result<Vec<T>> {
    let (next, done) = (AtomicUsize::new(0), Mutex::new(Vec::new()));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some((index, layer)) = {
                    let index = next.fetch_add(1, Ordering::Relaxed);
                    layers.get(index).map(|layer| (index, layer))
                } {
                    let result = work(layer);
                    if let Ok(mut done) = done.lock() {
                        done.push((index, result));
                    }
                }
            });
        }
    });
    let mut done = done.into_inner().map_err(|_| "a thread panicked")?;
    done.sort_by_key(|(index, _)| *index);
    done.into_iter().map(|(_, result)| result).collect()
}

/// The least that has to be done: the size of the tar comes of it.
fn floor(layer: &Stored) -> Result<u64> {
    let blob = BufReader::with_capacity(CHUNK, Hashing(File::open(&layer.blob)?, Sha256::new()));
    let mut decoder = GzDecoder::new(blob);
    let (mut hash, mut files) = (Sha256::new(), layer.is_derived.then(Sha256::new));
    let (mut buffer, mut bytes) = (vec![0; CHUNK], 0);
    loop {
        let read = decoder.read(&mut buffer)?;
        let Some(chunk) = buffer.get(..read).filter(|chunk| !chunk.is_empty()) else { break };
        hash.update(chunk);
        if let Some(files) = &mut files {
            files.update(chunk);
        }
        bytes += read as u64;
    }
    let found = made::written(&hash.finalize());
    if layer.diff_id.strip_prefix("sha256:") == Some(&found) {
        Ok(bytes)
    } else {
        Err(found.into())
    }
}

/// A reader that hashes what passes.
struct Hashing(File, Sha256);

impl Read for Hashing {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let read = self.0.read(into)?;
        self.1.update(into.get(..read).unwrap_or_default());
        Ok(read)
    }
}

/// Prints wall and CPU seconds, megabytes and the peak of memory in megabytes.
fn report(start: Instant, bytes: u64) -> Result<()> {
    let wall = start.elapsed().as_secs_f64();
    let status = fs::read_to_string("/proc/self/status")?;
    let peak =
        status.lines().find_map(|line| line.strip_prefix("VmHWM:")?.split_whitespace().next());
    let peak: f64 = peak.ok_or("no peak")?.parse()?;
    println!("{wall} {} {} {}", cpu_seconds(13)?, bytes / 1_000_000, peak / 1024.0);
    Ok(())
}

/// The CPU seconds of this process (13) or of those that it waited for (15), in user and system mode.
///
/// Source: `proc_pid_stat(5)`, counted from 0; the kernel counts hundredths for it.
fn cpu_seconds(field: usize) -> Result<f64> {
    let text = fs::read_to_string("/proc/self/stat")?;
    // The name of the program stands in parentheses, and may hold blanks.
    let (_, fields) = text.rsplit_once(") ").ok_or("no fields")?;
    let times: Vec<f64> =
        fields.split(' ').skip(field - 2).take(2).filter_map(|it| it.parse().ok()).collect();
    Ok(times.iter().sum::<f64>() / 100.0)
}
