//! Help, versions and typing errors.

use insta::assert_snapshot;

use crate::harness::Folder;

const COMMANDS: [&str; 22] = [
    "check",
    "diff",
    "plan",
    "render",
    "facts",
    "inspect",
    "inspect image",
    "cache",
    "cache info",
    "cache prune",
    "cache clear",
    "telemetry",
    "policy",
    "policy list",
    "policy explain",
    "policy check",
    "policy test",
    "policy new",
    "init",
    "schema",
    "completions",
    "man",
];

#[test]
fn every_command_has_help_with_examples() {
    let folder = Folder::with(&[]);
    let top = folder.rollgate("--help");
    let help = COMMANDS.map(|command| folder.rollgate(&format!("{command} --help")));
    for run in &help {
        assert!(run.stdout.contains("Examples:\n  "), "{run}");
    }
    assert_snapshot!(format!("{top}\n{}", help.map(|run| run.to_string()).join("\n")));
}

/// Written by `ROLLGATE_UPDATE=1 cargo test -p rollgate --test cli`.
#[test]
fn the_reference_is_committed() {
    let folder = Folder::with(&[]);
    let mut page =
        "# The command line\n\nWhat `--help` says of every command. This page is generated.\n"
            .to_owned();
    for command in std::iter::once("").chain(COMMANDS) {
        let help = folder.rollgate(&format!("{command} --help")).stdout;
        let name = format!("rollgate {command}");
        let (name, help) = (name.trim_end(), help.trim_end());
        page.extend(["\n## `", name, "`\n\n```text\n", help, "\n```\n"]);
    }
    let file = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/cli.md");
    if std::env::var_os("ROLLGATE_UPDATE").is_some() {
        std::fs::write(file, &page).unwrap();
    }
    let committed = std::fs::read_to_string(file).unwrap_or_default();
    assert!(committed == page, "run again with ROLLGATE_UPDATE=1");
}

#[test]
fn what_was_meant_is_suggested() {
    let folder = Folder::with(&[]);
    let runs = [
        "chek a.yaml",
        "check --relase 4.20 a.yaml",
        "check --on-inconclusive wran a.yaml",
        "schema fact",
        "policy lst",
        "",
    ]
    .map(|arguments| format!("$ rollgate {arguments}\n{}\n", folder.rollgate(arguments)));
    assert_snapshot!(runs.concat());
}

#[test]
fn the_version_names_the_policies() {
    let folder = Folder::with(&[]);
    let version = folder.rollgate("--version").stdout;
    let (program, policies) = version.split_once(" (policies sha256:").unwrap();
    assert_eq!(program, concat!("rollgate ", env!("CARGO_PKG_VERSION")));
    assert_eq!(policies.trim_end().trim_end_matches(')').len(), 64);
    assert_eq!(folder.rollgate("-V").stdout, concat!("rollgate ", env!("CARGO_PKG_VERSION"), "\n"));
}

#[test]
fn every_command_has_a_manual_page() {
    let folder = Folder::with(&[]);
    for command in COMMANDS {
        let page = folder.rollgate(&format!("man {command}"));
        let name = format!("rollgate-{}", command.replace(' ', "-"));
        assert!(page.stdout.contains(&format!(".TH {name} 1")), "{page}");
        assert!(page.stdout.contains("Examples:"), "{page}");
    }
    assert!(folder.rollgate("man").stdout.contains("Exit codes: 0 pass"));
    folder.write("pages/README", "");
    assert_eq!(folder.rollgate("man --directory pages").code, 0);
    let written = std::fs::read_dir(folder.path().join("pages")).unwrap().count();
    assert!(written > COMMANDS.len(), "{written} pages");
    assert_snapshot!(
        ["man chekc", "man check more", "man --directory missing"]
            .map(|arguments| format!("$ rollgate {arguments}\n{}\n", folder.rollgate(arguments)))
            .concat()
    );
}
