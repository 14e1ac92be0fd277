//! `--changed-since`: findings of a change alone, and references and folders without one.

use std::os::unix::fs::symlink;
use std::process::Command;

use insta::assert_snapshot;
use rollgate_testkit::MachineConfig;
use serde_json::json;

use crate::harness::Folder;
use crate::inputs::FAULTY;

const TARGET: &str = "--release 4.20 --stream rhel-9 --arch x86_64 --platform none --day 2";

fn git(folder: &Folder, arguments: &str) {
    let mut git = Command::new("git");
    git.current_dir(folder.path()).env_clear().env("PATH", std::env::var_os("PATH").unwrap());
    git.args(["-c", "init.defaultBranch=main", "-c", "user.name=a", "-c", "user.email=a@b.c"]);
    for (name, value) in [
        ("GIT_CONFIG_NOSYSTEM", "1"),
        ("GIT_AUTHOR_DATE", "2026-11-21T00:00:00Z"),
        ("GIT_COMMITTER_DATE", "2026-11-21T00:00:00Z"),
    ] {
        git.env(name, value);
    }
    let output = git.args(arguments.split_whitespace()).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn commit(folder: &Folder) {
    git(folder, "add --all");
    git(folder, "commit --quiet --allow-empty --message x");
}

/// A repository in which `old.yaml` is at fault.
fn repository() -> Folder {
    let folder = Folder::with(&[("mc/old.yaml", FAULTY)]);
    let fine = MachineConfig::new("98-fine").role("worker").kernel_argument("quiet");
    folder.write("mc/fine.yaml", fine.yaml());
    git(&folder, "init --quiet");
    commit(&folder);
    folder
}

fn check(folder: &Folder, arguments: &str) -> String {
    let run = folder.check(&format!("{TARGET} {arguments}"));
    format!("$ rollgate check … {arguments}\n{run}\n")
}

#[test]
fn only_what_changed_denies() {
    let folder = repository();
    git(&folder, "checkout --quiet -b topic");
    let nothing = check(&folder, "--changed-since main mc");
    let other = FAULTY.replace("99-worker", "97-new");
    folder.write(
        "mc/fine.yaml",
        "# Touched, and fine.\n".to_owned()
            + &MachineConfig::new("98-fine").role("worker").kernel_argument("debug").yaml(),
    );
    let fine = check(&folder, "--changed-since main mc");
    folder.write("mc/new.yaml", &other);
    let untracked = check(&folder, "--changed-since main mc");
    commit(&folder);
    let committed = check(&folder, "--changed-since main mc");
    folder.write("mc/old.yaml", format!("# Touched, and faulty.\n{FAULTY}"));
    let touched = check(&folder, "--changed-since main mc");
    assert_snapshot!([nothing, fine, untracked, committed, touched].concat());
}

fn pool(name: &str) -> String {
    rollgate_testkit::to_yaml(&json!({
        "apiVersion": "machineconfiguration.openshift.io/v1",
        "kind": "MachineConfigPool",
        "metadata": {"name": name},
        "spec": {
            "machineConfigSelector": {"matchExpressions": [{
                "key": "machineconfiguration.openshift.io/role",
                "operator": "In",
                "values": [name],
            }]},
            "nodeSelector": {"matchLabels": {(format!("node-role.kubernetes.io/{name}")): ""}},
        },
    }))
}

/// A change in one file that shows in another, which did not change: a file of a MachineConfig that
/// is overridden now, and a pool that is gone.
#[test]
fn what_a_change_causes_elsewhere_counts() {
    let folder = Folder::with(&[("mc/old.yaml", FAULTY)]);
    let file = |name: &str, role: &str, text: &str| {
        MachineConfig::new(name).role(role).ignition("3.2.0").file("/etc/a.conf", 0o644, text)
    };
    folder.write("mc/a.yaml", file("50-a", "worker", "a").yaml());
    folder.write("mc/edge.yaml", file("50-edge", "edge", "a").yaml());
    folder.write("mc/pool-edge.yaml", pool("edge"));
    folder.write("mc/pool-worker.yaml", pool("worker"));
    git(&folder, "init --quiet");
    commit(&folder);
    folder.write("mc/b.yaml", file("40-b", "worker", "b").yaml());
    let added = check(&folder, "--changed-since main mc --fail-on low");
    std::fs::remove_file(folder.path().join("mc/b.yaml")).unwrap();
    std::fs::remove_file(folder.path().join("mc/pool-edge.yaml")).unwrap();
    let removed = check(&folder, "--changed-since main mc");
    assert_snapshot!([added, removed].concat());
}

/// What Git does not know, or was told not to look at, is never taken for unchanged.
#[test]
fn what_git_does_not_know_counts_as_changed() {
    let folder = repository();
    folder.write(".gitignore", "ignored.yaml\n");
    folder.write("mc/target", FAULTY.replace("99-worker", "95-first"));
    folder.write("mc/other", FAULTY.replace("99-worker", "94-second"));
    symlink("target", folder.path().join("mc/link.yaml")).unwrap();
    commit(&folder);
    folder.write("mc/ignored.yaml", FAULTY.replace("99-worker", "96-ignored"));
    std::fs::remove_file(folder.path().join("mc/link.yaml")).unwrap();
    symlink("other", folder.path().join("mc/link.yaml")).unwrap();
    git(&folder, "update-index --assume-unchanged mc/old.yaml");
    let run = folder.check(&format!("{TARGET} --changed-since main --output json mc"));
    let change = run.json()["change"].clone();
    let inputs = change["inputs"].as_array().unwrap();
    assert_eq!(inputs.len(), 3, "all but `mc/fine.yaml`: {change}");
    let stdin = format!("{TARGET} --no-config --changed-since main --quiet -");
    assert_eq!(folder.rollgate_reading(&format!("check {stdin}"), FAULTY).code, 1);
}

/// Neither environment nor settings have Git look elsewhere or run a program.
#[test]
fn git_is_asked_for_this_repository_alone() {
    let folder = repository();
    let elsewhere = repository();
    folder.write("mc/new.yaml", FAULTY.replace("99-worker", "97-new"));
    git(&folder, "config core.fsmonitor /bin/false");
    git(&folder, "config diff.external /bin/false");
    git(&folder, "config diff.relative true");
    let arguments = format!("check --no-config {TARGET} --changed-since main --quiet mc");
    let mut command = folder.command(&arguments);
    command.env("GIT_DIR", elsewhere.path().join(".git")).env("GIT_INDEX_FILE", "/dev/null");
    let run = crate::harness::Run::of(&folder, command.output().unwrap());
    assert!(run.code == 1 && run.stdout.contains("1 outside the change"), "{run}");
}

/// A file of another name is another file; a submodule's files and those outside of the repository are
/// not Git's to tell of here; standard input is always changed.
#[test]
fn what_is_elsewhere_than_it_was() {
    let folder = repository();
    git(&folder, "checkout --quiet -b topic");
    git(&folder, "mv mc/old.yaml mc/renamed.yaml");
    commit(&folder);
    let renamed = check(&folder, "--changed-since main --quiet mc");

    let library = repository();
    let allowed = "-c protocol.file.allow=always submodule --quiet add";
    git(&folder, &format!("{allowed} {} library", library.path().display()));
    commit(&folder);
    let submodule = check(&folder, "--changed-since HEAD --quiet mc library/mc");

    let outside = Folder::with(&[("a.yaml", &FAULTY.replace("99-worker", "95-outside"))]);
    let path = outside.path().join("a.yaml");
    let run = folder.check(&format!("{TARGET} --changed-since HEAD --quiet mc {}", path.display()));
    let outside = format!("$ rollgate check … mc OUTSIDE\n{run}\n")
        .replace(&outside.path().display().to_string(), "[OUTSIDE]");

    let read = format!("check --no-config {TARGET} --changed-since HEAD --quiet mc -");
    let other = FAULTY.replace("99-worker", "94-read");
    let stdin = format!("$ rollgate check … mc -\n{}\n", folder.rollgate_reading(&read, &other));
    assert_snapshot!([renamed, submodule, outside, stdin].concat());
}

/// A clone of the last commit alone knows neither the other branch nor what both have in common.
#[test]
fn a_clone_without_history() {
    let folder = repository();
    git(&folder, "checkout --quiet -b topic");
    folder.write("mc/new.yaml", FAULTY.replace("99-worker", "97-new"));
    commit(&folder);
    git(&folder, "checkout --quiet main");
    commit(&folder);
    let shallow = Folder::with(&[]);
    let origin = format!("file://{}", folder.path().display());
    git(&shallow, &format!("clone --quiet --depth 1 --branch topic {origin} ."));
    let unknown = check(&shallow, "--changed-since origin/main mc");
    git(&shallow, "fetch --quiet --depth 1 origin main:refs/remotes/origin/main");
    let nothing_in_common = check(&shallow, "--changed-since origin/main mc");
    git(&shallow, "fetch --quiet --unshallow origin");
    let whole = check(&shallow, "--changed-since origin/main --quiet mc");
    assert_snapshot!([unknown, nothing_in_common, whole].concat());
}

#[test]
fn references_and_folders_without_a_change() {
    let folder = repository();
    git(&folder, "checkout --quiet --orphan alone");
    git(&folder, "commit --quiet --message alone");
    git(&folder, "checkout --quiet main");
    let none = Folder::with(&[("a.yaml", FAULTY)]);
    let mut runs: Vec<String> = ["nowhere", "main:mc/old.yaml", "--all", "-h", "alone"]
        .map(|reference| check(&folder, &format!("--changed-since {reference} mc")))
        .into();
    runs.push(check(&none, "--changed-since main a.yaml"));
    let mut command = none.command("check --no-config --changed-since main a.yaml");
    let run = crate::harness::Run::of(&none, command.env("PATH", "/nowhere").output().unwrap());
    runs.push(format!("# without git\n{run}\n"));
    let mut command = folder.command("check --no-config mc --changed-since");
    let run = crate::harness::Run::of(&folder, command.arg("").output().unwrap());
    runs.push(format!("# an empty reference\n{run}\n"));
    assert_snapshot!(runs.concat());
}
