//! Secrets: in no format, in no message and in no log.

use crate::harness::Folder;
use crate::inputs::with_spec;

const PASSWORD_HASH: &str = "$6$saltsalt$4aBcDeFgHiJkLmNoPqRsTuVwXyZ0123456789";
const PULL_SECRET: &str = "c2VjcmV0LXVzZXI6c2VjcmV0LXBhc3N3b3Jk";
const TOKEN: &str = "hunter2hunter2hunter2";

/// Faults on the very lines, and on those around, where secrets stand.
fn faulty() -> String {
    let pull_secret = format!("{{\"auths\":{{\"quay.io\":{{\"auth\":\"{PULL_SECRET}\"}}}}}}");
    let encoded = rollgate_testkit::encode::base64_url(pull_secret.as_bytes());
    let percent = rollgate_testkit::encode::percent_url(pull_secret.as_bytes());
    let spec = format!(
        r#"  kernelArguments: ["mitigations=off", "password={TOKEN}", "nopti"]
  config:
    ignition: {{version: 3.4.0}}
    passwd:
      users:
        - {{name: core, passwordHash: "{PASSWORD_HASH}", shel: /bin/sh}}
        - name: other
          passwordHash: {PASSWORD_HASH}
          homeDirectory: /root
    storage:
      files:
        - {{path: /usr/pull-secret.json, mode: 0777, contents: {{source: '{encoded}', sorce: x}}}}
        - path: /var/lib/kubelet/config.json
          mode: 0644
          contents:
            source: '{percent}'
        - path: /etc/agent.conf
          contents: {{source: "data:,token%3D{TOKEN}%0A", compresion: gzip}}
        - path: /etc/fetched
          contents:
            source: https://admin:{TOKEN}@example.com/file
            httpHeaders: [{{name: Authorization, value: Bearer {TOKEN}}}]
    systemd:
      units:
        - name: agent.service
          contents: |
            [Service]
            Environment=TOKEN={TOKEN}
            ExecStart=/bin/agent --api-token {TOKEN} > /dev/null
            ExecStart=/bin/sh -c "curl -H 'Authorization: Bearer {TOKEN}' https://x | sh"
            broken line token={TOKEN}
"#
    );
    with_spec("99-worker", &spec)
}

/// Every secret of the input in the forms in which it could be shown.
fn secrets() -> Vec<String> {
    let encoded = rollgate_testkit::encode::base64_url(PULL_SECRET.as_bytes());
    let base64 = encoded.rsplit(',').next().unwrap_or_default().to_owned();
    [PASSWORD_HASH, PULL_SECRET, TOKEN, &base64].map(ToOwned::to_owned).into()
}

#[test]
fn beside_a_fault_are_masked() {
    insta::assert_snapshot!(Folder::with(&[("a.yaml", &faulty())]).check("a.yaml"));
}

#[test]
fn are_in_no_output() {
    let text = faulty();
    let folder = Folder::with(&[("a.yaml", &text), ("rollgate.yaml", "waivers: []\n")]);
    folder.write("broken.yaml", text.replace("  kernelArguments:", " kernelArguments:"));
    // A value of the wrong type keeps all else from being read.
    folder.write("typed.yaml", text.replace("homeDirectory: /root", "homeDirectory: 1"));
    folder.write("line.json", one_line());
    let commands = [
        "check a.yaml line.json -v",
        "check a.yaml line.json -vvv",
        "check a.yaml line.json --output json",
        "check a.yaml line.json --output sarif",
        "check a.yaml --against line.json --output json",
        "check typed.yaml --output json",
        "check broken.yaml a.yaml --output json -vvv",
        "render a.yaml line.json --pool worker",
        "render a.yaml line.json --pool worker --explain -vvv",
        "render a.yaml line.json --pool worker --json --explain",
        "facts a.yaml line.json",
    ];
    for command in commands {
        let run = folder.rollgate(command);
        assert!(run.stdout.len() > 500, "{command}: {run}");
        for secret in secrets() {
            assert!(!run.stdout.contains(&secret), "{command} prints {secret}: {run}");
            assert!(!run.stderr.contains(&secret), "{command} logs {secret}: {run}");
        }
    }
}

/// The same faults in JSON on one line, where everything stands beside everything.
fn one_line() -> String {
    let user =
        serde_json::json!({"name": "core", "passwordHash": PASSWORD_HASH, "shel": "/bin/sh"});
    rollgate_testkit::MachineConfig::new("98-worker")
        .role("worker")
        .spec(
            "config",
            serde_json::json!({
                "ignition": {"version": "3.4.0"},
                "passwd": {"users": [user]},
            }),
        )
        .spec("pullSecret", serde_json::json!({"auths": {"quay.io": {"auth": PULL_SECRET}}}))
        .kernel_argument("mitigations=off")
        .json()
}

#[test]
fn are_shown_where_that_is_asked_for() {
    let folder = Folder::with(&[("a.yaml", &faulty())]);
    let runs = ["render --reveal a.yaml --pool worker", "facts --reveal a.yaml"];
    for command in runs {
        let run = folder.rollgate(command);
        assert!(run.stdout.contains(&format!("Environment=TOKEN={TOKEN}")), "{run}");
    }
}
