//! The cache: what is found again, what is not, and who may be killed when.

use std::fs;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use rollgate_engine::extract::image::LayerContents;
use rollgate_sources::image::{Cache, ImageOptions, ImageSource, LayerKey, Progress, read_image};
use rollgate_testkit::image::{Image, Layer};

use crate::layouts::outcome;

const KEY: LayerKey<'_> =
    LayerKey { digest: "sha256:a", diff_id: "sha256:b", wanted: "sha256:c", inspected: false };

/// Tells a test that was started as a child where to write.
const CHILD: &str = "ROLLGATE_TEST_CACHE_WRITER";

fn layer(bytes: u64) -> LayerContents {
    LayerContents { bytes, contents: vec![(0, vec![7; 300_000])], ..LayerContents::default() }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let mut paths: Vec<_> =
        fs::read_dir(folder.join("layers")).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}

#[test]
fn what_was_read_is_found_again_under_its_key_alone() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::open(folder.path());
    assert_eq!(cache.get(&KEY), None);
    cache.put(&KEY, &mut layer(1)).unwrap();
    assert_eq!(cache.get(&KEY), Some(layer(1)));
    for other in [
        LayerKey { digest: "sha256:x", ..KEY },
        LayerKey { diff_id: "sha256:x", ..KEY },
        LayerKey { wanted: "sha256:x", ..KEY },
        LayerKey { inspected: true, ..KEY },
    ] {
        assert_eq!(cache.get(&other), None, "{other:?}");
    }
    let info = cache.info().unwrap();
    assert_eq!(info.entries, 1);
    assert_eq!(cache.clear().unwrap().bytes, info.bytes);
    assert_eq!(cache.info().unwrap().entries, 0);
}

#[test]
fn a_damaged_entry_is_read_anew() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::open(folder.path());
    cache.put(&KEY, &mut layer(1)).unwrap();
    let path = entries(folder.path()).remove(0);
    let mut bytes = fs::read(&path).unwrap();
    let middle = bytes.len() / 2;
    bytes[middle] ^= 1;
    fs::write(&path, bytes).unwrap();
    assert_eq!(cache.get(&KEY), None);
    assert!(!path.exists());
}

#[test]
fn what_was_not_used_for_longest_is_removed_first_and_nothing_else() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::open(folder.path()).with_max_bytes(700_000);
    let keys = ["sha256:1", "sha256:2", "sha256:3"].map(|digest| LayerKey { digest, ..KEY });
    let day = std::time::Duration::from_hours(24);
    for (days, key) in (1..).zip(&keys) {
        cache.put(key, &mut layer(0)).unwrap();
        let newest = entries(folder.path())
            .into_iter()
            .max_by_key(|path| fs::metadata(path).unwrap().modified().unwrap());
        let time = std::time::SystemTime::UNIX_EPOCH + day * days;
        fs::File::open(newest.unwrap()).unwrap().set_modified(time).unwrap();
    }
    // The first is used, and so the second is the one that was not for longest.
    assert!(cache.get(&keys[0]).is_some());
    fs::write(folder.path().join("layers/notes.txt"), "mine").unwrap();
    assert_eq!(cache.keep_bound().unwrap().entries, 1);
    let left = keys.map(|key| cache.get(&key).is_some());
    assert_eq!(left, [true, false, true]);
    assert!(folder.path().join("layers/notes.txt").exists());
}

#[test]
fn many_writers_leave_whole_entries() {
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::open(folder.path());
    thread::scope(|scope| {
        for number in 0..8 {
            let cache = &cache;
            scope.spawn(move || {
                for _ in 0..20 {
                    cache.put(&KEY, &mut layer(number)).unwrap();
                    let found = cache.get(&KEY).unwrap();
                    assert!(found == layer(found.bytes), "{}", found.bytes);
                    cache.prune(u64::MAX, None).unwrap();
                }
            });
        }
    });
    assert_eq!(entries(folder.path()).len(), 1);
}

#[test]
fn a_writer_that_is_killed_leaves_nothing_half_written() {
    if let Some(folder) = std::env::var_os(CHILD) {
        let cache = Cache::open(folder);
        for number in 0.. {
            cache.put(&KEY, &mut layer(number)).unwrap();
            println!("{number}");
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let test = "cache::a_writer_that_is_killed_leaves_nothing_half_written";
    for _ in 0..5 {
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", test, "--nocapture"])
            .env(CHILD, folder.path())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        // It is in the midst of writing once it said something.
        let mut said = [0; 64];
        child.stdout.as_mut().unwrap().read_exact(&mut said).unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        let found = Cache::open(folder.path()).get(&KEY).unwrap();
        assert!(found == layer(found.bytes), "{}", found.bytes);
    }
}

#[cfg(unix)]
#[test]
fn only_its_owner_may_read_it() {
    use std::os::unix::fs::PermissionsExt as _;
    let folder = tempfile::tempdir().unwrap();
    let cache = Cache::open(folder.path().join("new"));
    cache.put(&KEY, &mut layer(1)).unwrap();
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(&folder.path().join("new/layers")), 0o700);
    assert_eq!(mode(&entries(&folder.path().join("new"))[0]), 0o600);
}

/// How many layers were read, and their bytes.
#[derive(Default)]
struct Count(AtomicUsize);

impl Progress for Count {
    fn layer_done(&self, done: usize, total: usize, _: u64) {
        assert!(done <= total);
        self.0.fetch_add(1, Ordering::Relaxed);
    }
}

#[test]
fn a_derived_image_finds_the_layers_of_its_base() {
    let folder = tempfile::tempdir().unwrap();
    let at = folder.path().display();
    Image::rhcos().write_oci(&folder.path().join("base"), "1");
    let layer = Layer::new().file("/etc/motd", 0o644, "hello\n").file("/etc/shadow", 0o600, "core:$6$saltsalt$aW7VVzVvBSt5bBNlJ5NNrEvXVbEBd4FmDPaVZ4Ni5nnRQnJMfGSrVyvAOKYEMmp3xIYmzcNWcQTFxHb0kGZxC.:19000:0:99999:7:::\n");
    Image::rhcos().layer(layer).write_oci(&folder.path().join("derived"), "1");
    let cache = Cache::open(folder.path().join("cache"));
    let options = ImageOptions { cache: Some(cache.clone()), ..ImageOptions::default() };
    let base: ImageSource = format!("oci:{at}/base").parse().unwrap();
    let derived: ImageSource = format!("oci:{at}/derived").parse().unwrap();

    let count = Count::default();
    let cold = read_image(&options, &derived, Some(&base), &count).unwrap();
    let layers = cold.image.layers.len();
    assert_eq!(count.0.into_inner(), layers, "the base's layers are read once for both");
    assert_eq!(cache.info().unwrap().entries, layers);
    assert!(
        cold.image.change.as_ref().is_some_and(|change| change.derived),
        "{:?}",
        cold.image.change
    );
    assert!(cold.image.users.is_empty() || !format!("{cold:?}").contains("saltsalt"));

    // The blobs of the base's layers are not even opened now.
    for layer in &cold.image.layers {
        fs::remove_file(
            folder.path().join("derived/blobs/sha256").join(layer.digest.replace("sha256:", "")),
        )
        .unwrap();
    }
    assert_eq!(read_image(&options, &derived, Some(&base), &()).unwrap(), cold);
    for path in entries(&folder.path().join("cache")) {
        let bytes = fs::read(path).unwrap();
        assert!(!bytes.windows(8).any(|window| window == b"saltsalt"));
    }
    let other = ImageOptions { reads: vec!["/etc/motd".to_owned()], ..options };
    assert!(
        read_image(&other, &derived, None, &()).is_err(),
        "other contents are not in the cache"
    );
}

#[test]
fn a_cache_that_cannot_be_written_fails_nothing() {
    let folder = tempfile::tempdir().unwrap();
    Image::empty("amd64").write_oci(&folder.path().join("layout"), "1");
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    for place in [file.join("cache"), PathBuf::from("/proc/rollgate")] {
        let options = ImageOptions { cache: Some(Cache::open(place)), ..ImageOptions::default() };
        outcome(&options, &format!("oci:{}/layout", folder.path().display())).unwrap();
    }
}
