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

/// Latin-1 and a NUL: neither keeps a rule from reading what the node's programs read.
#[test]
fn contents_that_are_not_utf_8_are_read_all_the_same() {
    let files = [
        ("/etc/selinux/config", "%23%20f%FCr%20alle%0ASELINUX=disabled%0A"),
        ("/etc/crio/crio.conf.d/99-site.conf", "%23%20f%FCr%20alle%0A"),
        ("/etc/containers/registries.conf", "%00"),
        ("/etc/site/key", "%00-----BEGIN"),
    ];
    let files = files.map(|(path, contents)| {
        format!("        - path: {path}\n          contents: {{source: \"data:,{contents}\"}}\n")
    });
    let spec = "  config:\n    ignition:\n      version: 3.2.0\n    storage:\n      files:\n";
    let spec = format!("{spec}{}", files.concat());
    let folder = Folder::with(&[("a.yaml", &with_spec("99-worker", &spec))]);
    let arguments = "--release 4.20 --stream rhel-9 --arch x86_64 --platform none --day 1";
    let rules = "--skip-rule machineconfig.owned-path";
    assert_snapshot!(folder.check(&format!("a.yaml {arguments} {rules}")));
}
