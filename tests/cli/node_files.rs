//! Contents that a node cannot use: each fault is told at its own line, once.

use insta::assert_snapshot;

use crate::harness::Folder;
use crate::inputs::with_spec;

const SPEC: &str = "  config:
    ignition:
      version: 3.2.0
    passwd:
      users:
        - name: core
          passwordHash: $6$salt$PASTE_HASH_HERE
          sshAuthorizedKeys:
            - ssh-rsa AAAAB3Nza... core@example.com
    storage:
      files:
        - path: /etc/motd
          contents:
            inline: hello
        - path: /etc/containers/policy.json
          contents:
            source: data:,%7B%22default%22:%20%5B%0A
        - path: /etc/site
          contents:
            source: data:,a
        - path: /etc/site/b
          contents:
            source: data:,b
    systemd:
      units:
        - name: broken.service
          contents: |
            [Service]
            ExecStart=/usr/bin/true
            [Install
        - name: early.service
          enabled: true
          contents: |
            [Unit]
            DefaultDependencies=no
            After=network-online.target
            Before=basic.target
            [Service]
            ExcStart=/usr/bin/true
            [Install]
            WantedBy=basic.target
";

#[test]
fn what_a_node_cannot_use_is_told_at_its_line() {
    let folder = Folder::with(&[("a.yaml", &with_spec("99-worker", SPEC))]);
    let arguments = "--release 4.20 --stream rhel-9 --arch x86_64 --platform none --day 1";
    assert_snapshot!(folder.check(&format!("a.yaml {arguments}")));
}
