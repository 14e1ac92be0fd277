//! RPM databases: what rollgate reads of one is what the real `rpm` says of it, and of a hostile one it
//! says why it cannot be read.

use std::path::{Path, PathBuf};
use std::process::Command;

use rollgate_engine::extract::image::{Database, DatabaseError, read_database};
use rollgate_engine::limits::ImageLimits;
use rollgate_facts::Locator;
use rollgate_testkit::rpmdb::{RpmDatabase, RpmFile, RpmPackage, Signature};
use rollgate_testkit::{shared_corpus, tool};

fn read(bytes: Vec<u8>, log: Option<&[u8]>) -> Result<Database, DatabaseError> {
    read_database(bytes, log, &Locator::image("sha256:1"), &ImageLimits::default())
}

/// What `rpm` prints of the database in a folder; it may write there.
fn rpm(folder: &Path, format: &str) -> Vec<String> {
    let mut command = Command::new("rpm");
    command.arg("--dbpath").arg(folder).args(["-qa", "--qf", format]);
    let output = command.output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success() && said.is_empty(), "{said}");
    let mut lines: Vec<String> =
        String::from_utf8(output.stdout).unwrap().lines().map(str::to_owned).collect();
    lines.sort();
    lines
}

const PACKAGES: &str = "%{name} %{epochnum} %{version} %{release} %{arch} %{sourcerpm} %{vendor} \
                        %{license} %{longsize} %{modularitylabel}\n";

fn packages(database: &Database) -> Vec<String> {
    let none = |text: &Option<String>| text.clone().unwrap_or_else(|| "(none)".to_owned());
    let mut lines: Vec<String> = database
        .packages
        .iter()
        .map(|installed| {
            let package = &installed.package;
            let texts = [&package.source_rpm, &package.vendor, &package.license].map(none);
            format!(
                "{} {} {} {} {} {} {} {}",
                package.name,
                package.epoch,
                package.version,
                package.release,
                package.arch,
                texts.join(" "),
                package.size,
                none(&package.module)
            )
        })
        .collect();
    lines.sort();
    lines
}

/// With the state first: what was not installed is left out.
const FILES: &str = "[%{FILESTATES} %{=NAME} %{FILENAMES} %{FILEMODES:octal} %{FILESIZES} %{FILEDIGESTS} \
                     %{FILELINKTOS} %{FILEUSERNAME} %{FILEGROUPNAME} %{FILEFLAGS}\n]";

fn files(database: &Database) -> Vec<String> {
    let mut lines: Vec<String> = database
        .packages
        .iter()
        .flat_map(|installed| {
            installed.files.iter().map(|file| {
                format!(
                    "{} {} {:o} {} {} {} {} {} {}",
                    installed.package.name,
                    file.path,
                    file.mode,
                    file.size,
                    file.digest,
                    file.target,
                    file.user,
                    file.group,
                    file.flags
                )
            })
        })
        .collect();
    lines.sort();
    lines
}

fn names(database: &Database) -> Vec<String> {
    let mut lines: Vec<String> = database
        .packages
        .iter()
        .flat_map(|installed| {
            let name = &installed.package.name;
            let requires = installed.requires.iter().map(move |text| format!("{name} R {text}"));
            let provides = installed.provides.iter().map(move |text| format!("{name} P {text}"));
            requires.chain(provides)
        })
        .collect();
    lines.sort();
    lines
}

/// Asserts that `rpm` says the same of the database in the folder, and gives back what was read.
fn assert_agrees(folder: &Path) -> Database {
    let path = folder.join("rpmdb.sqlite");
    let log = std::fs::read(folder.join("rpmdb.sqlite-wal")).ok();
    let database = read(std::fs::read(&path).unwrap(), log.as_deref()).unwrap();
    let own = |lines: Vec<String>| -> Vec<String> {
        lines.into_iter().filter(|line| !line.starts_with("gpg-pubkey ")).collect()
    };
    assert_eq!(packages(&database), own(rpm(folder, PACKAGES)));
    let there = |line: &String| line.strip_prefix("0 ").map(str::to_owned);
    assert_eq!(files(&database), rpm(folder, FILES).iter().filter_map(there).collect::<Vec<_>>());
    let requires = own(rpm(folder, "[%{=NAME} R %{REQUIRENAME}\n]"));
    let provides = own(rpm(folder, "[%{=NAME} P %{PROVIDENAME}\n]"));
    let mut all = [requires, provides].concat();
    all.sort();
    all.retain(|line| !line.ends_with("(none)"));
    assert_eq!(names(&database), all);
    database
}

fn write(bytes: &[u8], log: Option<&[u8]>) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("rpmdb.sqlite"), bytes).unwrap();
    if let Some(log) = log {
        std::fs::write(folder.path().join("rpmdb.sqlite-wal"), log).unwrap();
    }
    folder
}

fn made() -> RpmDatabase {
    let bash = RpmPackage::new("bash", "5.1.8", "9.el9")
        .signed(Signature::Rsa([1, 2, 3, 4, 5, 6, 7, 8]))
        .file(RpmFile::regular("/usr/bin/bash", 0o755, b"bash"))
        .file(RpmFile::link("/usr/bin/sh", "bash"))
        .file(RpmFile::directory("/etc/skel", 0o755))
        .file(RpmFile::regular("/etc/skel/.bashrc", 0o644, b"alias").flags(1 | 16))
        .requires("libc.so.6()(64bit)")
        .provides("/bin/sh");
    let ping = RpmPackage {
        epoch: Some(2),
        module: "tools:1:2:3".to_owned(),
        ..RpmPackage::new("iputils", "20210202", "10.el9")
    };
    RpmDatabase::new()
        .package(bash)
        .package(
            ping.signed(Signature::Dsa([9; 8])).file(
                RpmFile::regular("/usr/bin/ping", 0o755, b"ping").capabilities("cap_net_raw=ep"),
            ),
        )
        .package(RpmPackage::new("old", "1", "1").signed(Signature::Legacy([7; 8])))
        .package(RpmPackage { vendor: String::new(), ..RpmPackage::new("own", "1~rc1", "1") })
        .key("1964c5fc", "58e63918")
}

fn corpus_folders(test: &str) -> Vec<PathBuf> {
    let Some(corpus) = shared_corpus(test) else { return Vec::new() };
    ["chunkah-fedora", "rpm-tests"].map(|name| corpus.join("rpmdb").join(name)).into()
}

#[test]
fn rpm_says_the_same_of_the_databases_of_the_corpus() {
    let test = "rpm_says_the_same_of_the_databases_of_the_corpus";
    if tool(test, "rpm").is_none() {
        return;
    }
    for folder in corpus_folders(test) {
        let bytes = std::fs::read(folder.join("rpmdb.sqlite")).unwrap();
        let database = assert_agrees(write(&bytes, None).path());
        assert!(database.packages.len() > 1 && database.unsigned_entries.is_empty());
    }
}

#[test]
fn rpm_says_the_same_of_what_was_made() {
    if tool("rpm_says_the_same_of_what_was_made", "rpm").is_none() {
        return;
    }
    let folder = write(&made().bytes(), None);
    let database = assert_agrees(folder.path());
    assert_eq!(database.keys, ["1964c5fc"]);
    let keys = |installed: &rollgate_engine::extract::image::InstalledPackage| {
        (installed.package.signed, installed.package.key_id.clone())
    };
    let signed: Vec<_> = database.packages.iter().map(keys).collect();
    let key = |id: &str| (true, Some(id.to_owned()));
    let expected =
        [key("0102030405060708"), key("0909090909090909"), key("0707070707070707"), (false, None)];
    assert_eq!(signed, expected);
    let ping = &database.packages[1];
    assert_eq!(&*ping.files[0].capabilities, "cap_net_raw=ep");
}

#[test]
fn what_stands_in_the_log_only_counts() {
    if tool("what_stands_in_the_log_only_counts", "rpm").is_none() {
        return;
    }
    let (bytes, log) = made().later(RpmPackage::new("late", "1", "1")).bytes_and_log();
    let folder = write(&bytes, Some(&log));
    let database = assert_agrees(folder.path());
    assert!(database.packages.iter().any(|installed| installed.package.name == "late"));
    // Without its log the package is not there, and neither with one whose last frame is torn.
    let torn = log.get(..log.len() - 1).unwrap();
    for log in [None, Some(torn)] {
        let folder = write(&bytes, log);
        let database = assert_agrees(folder.path());
        assert_eq!(database.packages.len(), 4);
    }
}
