//! Annotations of GitHub: within its limits, at files of the repository, and nothing that lets findings
//! pass is left out.

use rollgate_testkit::MachineConfig;

use crate::formats::TARGET;
use crate::harness::Folder;
use crate::inputs::FAULTY;

/// GitHub drops annotations beyond ten of a level silently: the worst are kept, and the rest counted.
#[test]
fn they_keep_to_the_limits() {
    let worst = MachineConfig::new("99-worst").role("worker").ignition("3.4.0").file(
        "/etc/kubernetes/kubelet.conf",
        0o644,
        "x",
    );
    let many = (0..40).fold(MachineConfig::new("98-many").role("worker"), |config, number| {
        config.ignition("3.4.0").file(&format!("/usr/{number}"), 0o644, "x")
    });
    let folder = Folder::with(&[("many.yaml", &many.yaml()), ("worst.yaml", &worst.yaml())]);
    let run = folder.check(&format!("{TARGET} -o github ."));
    let of = |level: &str| {
        let level = format!("::{level} ");
        run.stdout.lines().filter(|line| line.starts_with(&level)).collect::<Vec<_>>()
    };
    assert_eq!(of("error").len(), 10, "{run}");
    assert!(of("warning").len() <= 10, "{run}");
    assert!(of("error")[0].contains("critical"), "{run}");
    assert_eq!(of("notice").len(), 1);
    assert!(of("notice")[0].contains("more annotations not shown"), "{run}");
    assert!(run.stdout.lines().all(|line| line.starts_with("::")), "{run}");
}

/// What lets findings pass is told where it is written, as far as GitHub takes notices; the last one has
/// the rest.
#[test]
fn they_name_every_exception() {
    let waiver = |number: usize| {
        format!(
            "  - {{rule: pool.mitigations-disabled, subject: MachineConfigPool/p{number}, \
             reason: of {number}, owner: us, until: 2027-01-31}}\n"
        )
    };
    let waivers: String = (0..12).map(waiver).collect();
    let configuration =
        format!("waivers:\n{waivers}parameters: {{allowed_registries: [quay.io]}}\n");
    let folder = Folder::with(&[("a.yaml", FAULTY), ("rollgate.yaml", &configuration)]);
    let run = folder.rollgate(&format!("check --date 2026-11-21 {TARGET} -o github a.yaml"));
    let notices: Vec<&str> =
        run.stdout.lines().filter(|line| line.starts_with("::notice ")).collect();
    assert_eq!(notices.len(), 10, "{run}");
    assert!(notices[0].contains("file=rollgate.yaml,line=2,"), "{run}");
    let last = notices[9];
    for number in 0..12 {
        let named = notices.iter().filter(|it| it.contains(&format!("of {number};"))).count();
        assert_eq!(named, 1, "{number} in {run}");
    }
    assert!(
        last.contains("waivers: pool.mitigations-disabled for MachineConfigPool/p11"),
        "{last}"
    );
    assert!(last.contains("parameters: allowed_registries (rollgate.yaml:14:"), "{last}");
}

/// A title has 255 characters at most, a message 64 KiB.
#[test]
fn they_are_no_longer_than_what_is_taken() {
    let long = "x".repeat(3_000);
    let disable = |number: usize| {
        format!("    - {{rule: 'pool.*', severity: low, reason: '{number} {long}'}}\n")
    };
    let disabled: String = (0..60).map(disable).collect();
    let configuration = format!("rules:\n  disable:\n{disabled}");
    let folder = Folder::with(&[("a.yaml", FAULTY), ("rollgate.yaml", &configuration)]);
    let run = folder.rollgate(&format!("check {TARGET} -o github a.yaml"));
    assert!(run.stdout.len() > 30_000, "{} bytes", run.stdout.len());
    for line in run.stdout.lines() {
        let (head, message) = line.split_at(line.rfind("::").unwrap());
        assert!(message.len() < 64 << 10, "{} bytes", message.len());
        let title = head.split_once("title=").unwrap().1;
        assert!(title.chars().count() < 300, "{title}");
    }
}

/// In a repository the runner says where its root is.
#[test]
fn files_are_named_from_the_root_of_the_repository() {
    let folder = Folder::with(&[("clusters/one/a.yaml", FAULTY)]);
    let root = std::fs::canonicalize(folder.path()).unwrap();
    let output = folder
        .command("check --no-config -o github -o sarif=a.sarif a.yaml")
        .current_dir(root.join("clusters/one"))
        .env("GITHUB_WORKSPACE", &root)
        .output()
        .unwrap();
    let text = String::from_utf8(output.stdout).unwrap();
    let sarif = std::fs::read_to_string(root.join("clusters/one/a.sarif")).unwrap();
    assert!(sarif.contains("\"uri\": \"clusters/one/a.yaml\""), "{sarif}");
    assert!(text.starts_with("::error file=clusters/one/a.yaml,line=9,endLine=9,col=7,"), "{text}");
}
