//! Whole configs and all that is made of them: problems with their places, facts, translations.

use rollgate_engine::extract::ignition::{
    self, Config, ContentBudget, SpecVersion, Translation, to_json,
};
use rollgate_engine::{Artifact, Limits, text};
use rollgate_facts::{Locator, ObjectId, Problem};
use rollgate_testkit::encode;

#[test]
fn every_fault_is_reported_at_its_value() {
    let problems = problems(
        r#"
        ignition:
          version: 3.4.0
          config: {merge: [{}]}
          proxy: {httpProxy: "proxy:3128"}
        kernelArguments: {shouldExist: [quiet], shouldNotExist: [quiet]}
        passwd:
          users: [{name: core, sshKeys: []}, {name: core}]
        storage:
          directories: [{path: /etc//a, mode: 9999}]
          disks:
          - device: sda
            partitions: [{number: 1, startMiB: 1, sizeMiB: 9}, {number: 1, startMiB: 5, sizeMiB: 9}, {}]
          filesystems: [{device: /dev/sda, format: zfs}]
          files:
          - {path: etc/a, overwrite: true}
          - {path: /etc/b, Mode: 420, user: {id: 0, name: root}}
          - {path: /etc/b, contents: {source: "data:,a b", compression: xz}}
          - {path: /link/a, contents: {inline: text, source: "ftp://host", verification: {hash: md5-1}}}
          - {path: /etc/systemd/system/a.service, contents: {source: "data:,", httpHeaders: [{name: A}]}}
          links: [{path: /link}]
          luks: [{name: a/b, device: /dev/sda, clevis: {tang: [{url: ftp://tang}]}}]
          raid: [{name: r, level: raid7}]
        systemd:
          units:
          - {name: a.service, enable: true, contents: "[Unit", dropins: [{name: b}]}
          - {name: unit}
        "#,
    );
    insta::assert_snapshot!(problems, @r"
    UnknownField at `/passwd/users/0/sshKeys`: a user has no field `sshKeys`: it is dropped silently
    UnknownField at `/storage/files/1/Mode`: `Mode` is spelled `mode`; only some readers take it in any case
    UnknownField at `/storage/files/3/contents/inline`: contents has no field `inline`: it is dropped silently
    UnknownField at `/systemd/units/0/enable`: a unit has no field `enable`: it is dropped silently; did you mean `enabled`?
    PathConflict at `/storage/files/4/path`: `/etc/systemd/system/a.service` is also written as a systemd unit or drop-in
    InvalidSource at `/ignition/config/merge/0`: a config to merge has no source
    InvalidIgnition at `/ignition/proxy/httpProxy`: `httpProxy` is no URL of scheme `http` or `https`
    InvalidKernelArguments at `/kernelArguments/shouldNotExist/0`: `quiet` stands twice in `shouldExist` and `shouldNotExist`
    DuplicateEntry at `/passwd/users/1`: name `core` stands twice in `users`
    InvalidPath at `/storage/files/3`: `/link/a` leads through the link `/link` of the same config
    InvalidPath at `/storage/links/0`: link `/link` has no target
    DuplicateEntry at `/storage/files/2`: path `/etc/b` stands twice in `files`, `directories` and `links`
    InvalidPath at `/storage/directories/0/path`: path `/etc//a` is not in its simplest form, `/etc/a`
    InvalidMode at `/storage/directories/0/mode`: `9999` is no file mode: modes go from 0 to 4095 (octal 7777)
    InvalidStorage at `/storage/disks/0/device`: path `sda` is not absolute
    InvalidStorage at `/storage/disks/0/partitions/1`: two partitions have the number 1
    InvalidStorage at `/storage/disks/0/partitions/1`: the partition overlaps another one of the disk
    InvalidStorage at `/storage/disks/0/partitions/2`: a partition needs a number or a label
    InvalidPath at `/storage/files/0/path`: path `etc/a` is not absolute
    OverwriteWithoutSource at `/storage/files/0/overwrite`: file `etc/a` is overwritten, but has no `contents.source` to write
    InvalidOwner at `/storage/files/1/user`: id `0` and name `root` are both set; Ignition takes only one
    InvalidCompression at `/storage/files/2/contents/compression`: compression `xz` is neither `gzip` nor empty
    InvalidDataUrl at `/storage/files/2/contents/source`: the data URL has the character ' ' in its data, which must be percent-encoded
    InvalidSource at `/storage/files/3/contents/source`: Ignition 3.4.0 fetches no `ftp` sources
    InvalidVerification at `/storage/files/3/contents/verification/hash`: the verification hash is of a function that Ignition does not know
    InvalidHttpHeaders at `/storage/files/4/contents/httpHeaders`: HTTP headers beside a source that is not fetched by HTTP
    InvalidStorage at `/storage/filesystems/0/format`: Ignition 3.4.0 makes no filesystem of format `zfs`
    InvalidStorage at `/storage/luks/0/name`: LUKS volume name `a/b` contains a slash
    InvalidStorage at `/storage/luks/0/clevis/tang/0/url`: the URL of a Tang server is not of scheme `http` or `https`
    InvalidStorage at `/storage/luks/0/clevis/tang/0`: a Tang server needs a `thumbprint`
    InvalidStorage at `/storage/raid/0/level`: `raid7` is no RAID level
    InvalidStorage at `/storage/raid/0`: RAID array `r` has no devices
    InvalidUnitContents at `/systemd/units/0/contents`: the text of `a.service` does not parse: a section name has no end (`]`)
    InvalidUnitName at `/systemd/units/0/dropins/0/name`: drop-in `b` does not end in `.conf`; systemd would not read it
    InvalidUnitName at `/systemd/units/1/name`: `unit` is no unit name: it ends in no unit type such as `.service`
    ");
}

#[test]
fn what_the_operator_cannot_parse_is_no_config() {
    let faults = [
        "[]",
        "{}",
        "{ignition: {version: 3.6.0}}",
        "{ignition: {version: 3.4}}",
        "{ignition: {version: 3.4.0}, storage: {files: [{path: /a, mode: '0644', user: {id: 1.5}}]}}",
        "{ignition: {version: 3.4.0}, systemd: {units: {name: a}}, passwd: {users: [1]}}",
    ];
    let problems: Vec<String> = faults.map(problems).to_vec();
    insta::assert_snapshot!(problems.join("\n"), @r"
    WrongType at ``: an Ignition config is a mapping, not a list
    IgnitionVersion at ``: `ignition.version` is missing; the operator refuses the config
    IgnitionVersion at `/ignition/version`: Ignition version `3.6.0` is a version that no Machine Config Operator takes (it takes 2.2.0 and 3.0.0 to 3.5.0)
    WrongType at `/ignition/version`: `version` takes a string, not a number that is not whole
    WrongType at `/storage/files/0/mode`: `mode` takes a whole number, not a string
    WrongType at `/storage/files/0/user/id`: `id` takes a whole number, not a number that is not whole
    WrongType at `/passwd/users/0`: an item of `users` takes a mapping, not a whole number
    WrongType at `/systemd/units`: `units` takes a list, not a mapping
    ");
}

#[test]
fn merged_values_say_what_they_override() {
    let base = accepted(
        "10-base",
        r#"
        ignition: {version: 3.2.0}
        storage:
          files:
          - {path: /etc/a, mode: 384, contents: {source: "data:,base"}}
          - {path: /etc/b, contents: {source: "data:,b"}}
        systemd:
          units:
          - name: a.service
            enabled: true
            contents: |
              [Service]
              ExecStart=/bin/a
        "#,
    );
    let child = accepted(
        "20-child",
        r#"
        ignition: {version: 3.5.0}
        storage:
          files: [{path: /etc/a, contents: {source: "data:,child"}}]
          links: [{path: /etc/b, target: /etc/a}]
        systemd: {units: [{name: a.service, enabled: false}]}
        passwd: {users: [{name: core, passwordHash: "*", shell: /bin/sh}]}
        "#,
    );
    let merged = ignition::merge_all([base, child]).expect("two configs");
    let limits = Limits::default();
    let (facts, problems) = ignition::facts(&limits, &mut ContentBudget::new(&limits), &merged);
    assert_eq!(problems, []);
    insta::assert_json_snapshot!(facts, @r#"
    {
      "at": "MachineConfig/20-child#/spec/config",
      "version": {
        "at": "MachineConfig/20-child#/spec/config/ignition/version",
        "text": "3.5.0"
      },
      "files": {
        "/etc/a": {
          "at": "MachineConfig/20-child#/spec/config/storage/files/0",
          "path": "/etc/a",
          "mode": {
            "at": "MachineConfig/10-base#/spec/config/storage/files/0/mode",
            "value": 384
          },
          "overwrite": {
            "at": "MachineConfig/20-child#/spec/config/storage/files/0",
            "value": true
          },
          "contents": {
            "at": "MachineConfig/20-child#/spec/config/storage/files/0/contents/source",
            "scheme": "data",
            "text": "child",
            "size": 5,
            "sha256": "ddc9e669194254cef019a29d3619a2c16592e5d52e1a81e98b01bd52319149a3"
          },
          "overrides": [
            "MachineConfig/10-base#/spec/config/storage/files/0"
          ]
        }
      },
      "links": [
        {
          "at": "MachineConfig/20-child#/spec/config/storage/links/0",
          "path": "/etc/b",
          "target": "/etc/a",
          "hard": false
        }
      ],
      "units": {
        "a.service": {
          "at": "MachineConfig/20-child#/spec/config/systemd/units/0",
          "name": "a.service",
          "enabled": {
            "at": "MachineConfig/20-child#/spec/config/systemd/units/0/enabled",
            "value": false,
            "overrides": [
              "MachineConfig/10-base#/spec/config/systemd/units/0/enabled"
            ]
          },
          "contents": {
            "at": "MachineConfig/10-base#/spec/config/systemd/units/0/contents",
            "text": "[Service]\nExecStart=/bin/a\n"
          },
          "entries": [
            {
              "at": "MachineConfig/10-base#/spec/config/systemd/units/0/contents:2",
              "section": "Service",
              "key": "ExecStart",
              "value": "/bin/a"
            }
          ],
          "overrides": [
            "MachineConfig/10-base#/spec/config/systemd/units/0"
          ]
        }
      },
      "users": [
        {
          "at": "MachineConfig/20-child#/spec/config/passwd/users/0",
          "name": "core",
          "has_password_hash": true,
          "other_fields": [
            "shell"
          ]
        }
      ]
    }
    "#);
}

#[test]
fn contents_are_decoded_under_limits() {
    let bomb = encode::base64_url(&encode::gzip_bomb(4096));
    let yaml = format!(
        r#"
        ignition: {{version: 3.4.0}}
        storage:
          files:
          - {{path: /bomb, contents: {{source: "{bomb}", compression: gzip}}}}
          - {{path: /binary, contents: {{source: "data:;base64,/w=="}}}}
          - {{path: /remote, contents: {{source: "https://user:secret@host/a"}}}}
          - {{path: /plain, contents: {{source: "data:,plain", compression: gzip}}}}
          - path: /hashed
            contents: {{source: "data:,a", verification: {{hash: sha256-{}}}}}
        "#,
        "0".repeat(64)
    );
    let limits = Limits { content_bytes: 4095, ..Limits::default() };
    let config = accepted("99-a", &yaml);
    let (facts, problems) = ignition::facts(&limits, &mut ContentBudget::new(&limits), &config);
    insta::assert_snapshot!(lines(&problems), @r"
    UndecodableContents at `/storage/files/3/contents/source`: the content is not gzip, although its compression says so, or is cut off
    InvalidVerification at `/storage/files/4/contents/verification/hash`: the verification hash does not match the content; the first boot of a node fails on it
    ");
    let contents: Vec<_> = facts.files.values().map(|file| &file.contents).collect();
    insta::assert_json_snapshot!(contents, @r#"
    [
      {
        "at": "MachineConfig/99-a#/spec/config/storage/files/1/contents/source",
        "scheme": "data",
        "text": "�",
        "base64": "/w==",
        "size": 1,
        "sha256": "a8100ae6aa1940d0b663bb31cd466142ebbdbd5187131b92d93818987832eb89"
      },
      {
        "at": "MachineConfig/99-a#/spec/config/storage/files/0/contents/source",
        "scheme": "data",
        "compression": {
          "at": "MachineConfig/99-a#/spec/config/storage/files/0/contents/compression",
          "text": "gzip"
        },
        "not_collected": "the content is larger than the limit `content_bytes`"
      },
      {
        "at": "MachineConfig/99-a#/spec/config/storage/files/4/contents/source",
        "scheme": "data",
        "hash": {
          "at": "MachineConfig/99-a#/spec/config/storage/files/4/contents/verification/hash",
          "text": "sha256-0000000000000000000000000000000000000000000000000000000000000000"
        },
        "hash_matches": false,
        "text": "a",
        "size": 1,
        "sha256": "ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb"
      },
      {
        "at": "MachineConfig/99-a#/spec/config/storage/files/3/contents/source",
        "scheme": "data",
        "compression": {
          "at": "MachineConfig/99-a#/spec/config/storage/files/3/contents/compression",
          "text": "gzip"
        }
      },
      {
        "at": "MachineConfig/99-a#/spec/config/storage/files/2/contents/source",
        "scheme": "https",
        "url": "https://host/a"
      }
    ]
    "#);
}

#[test]
fn spec_2_becomes_spec_3() {
    let config = accepted(
        "99-old",
        r#"
        ignition: {version: 2.2.0, config: {append: [{source: "data:,x"}]}}
        storage:
          files:
          - {filesystem: root, path: /etc/a, mode: 420, contents: {source: "data:,first"}}
          - {filesystem: root, path: /etc//c/, contents: {source: "data:,other"}, append: true}
          - {filesystem: root, path: /etc/a, contents: {source: "data:,last"}}
          - {filesystem: root, path: /etc/b, mode: 0, user: {name: ""}}
        systemd:
          units:
          - {name: a.service, enable: true, dropins: [{name: 1.conf, contents: "[A]"}, {name: 2.conf}]}
          - {name: a.service, contents: "[B]", dropins: [{name: 1.conf, contents: "[C]"}]}
        passwd:
          users:
          - {name: core, sshAuthorizedKeys: [one, two]}
          - {name: core, sshAuthorizedKeys: [three, one], system: false}
        "#,
    );
    insta::assert_json_snapshot!(to_json(&config), @r#"
    {
      "ignition": {
        "config": {
          "merge": [
            {
              "source": "data:,x"
            }
          ]
        },
        "version": "3.5.0"
      },
      "passwd": {
        "users": [
          {
            "name": "core",
            "sshAuthorizedKeys": [
              "three",
              "one",
              "two"
            ]
          }
        ]
      },
      "storage": {
        "files": [
          {
            "contents": {
              "source": ""
            },
            "mode": 0,
            "overwrite": true,
            "path": "/etc/b"
          },
          {
            "contents": {
              "source": "data:,last"
            },
            "overwrite": true,
            "path": "/etc/a"
          },
          {
            "append": [
              {
                "source": "data:,other"
              }
            ],
            "overwrite": false,
            "path": "/etc/c"
          }
        ]
      },
      "systemd": {
        "units": [
          {
            "contents": "[B]",
            "dropins": [
              {
                "contents": "[C]",
                "name": "1.conf"
              },
              {
                "name": "2.conf"
              }
            ],
            "name": "a.service"
          }
        ]
      }
    }
    "#);
    let refused = problems(
        r"
        ignition: {version: 2.2.0}
        networkd: {units: [{name: a.network}]}
        passwd: {users: [{name: bob}]}
        storage:
          disks: [{device: /dev/sda, partitions: [{number: 1}]}]
          files: [{filesystem: root, path: /link/a}, {filesystem: root, path: /link//a}]
          filesystems: [{name: data, path: /data}]
          links: [{filesystem: root, path: /link, target: /var}]
        ",
    );
    insta::assert_snapshot!(refused, @r"
    InvalidUser at `/passwd/users/0/name`: user `bob`: the operator takes only `core` in 2.2
    Untranslatable at `/networkd/units/0`: networkd unit `a.network`: spec 3 has no networkd section
    Untranslatable at `/storage/filesystems/0`: filesystem `data`: the operator converts none but `root`
    Untranslatable at `/storage/disks/0/partitions/0`: a partition of 2.2, counted in sectors, cannot be converted to spec 3
    InvalidPath at `/storage/files/1`: `/link/a` leads through the link `/link` of the same config
    InvalidPath at `/storage/files/0`: `/link/a` leads through the link `/link` of the same config
    DuplicateEntry at `/storage/files/0`: path `/link/a` stands twice in the config
    ");
}

#[test]
fn what_an_older_version_cannot_say_is_reported() {
    let yaml = r#"
        ignition: {version: 3.4.0}
        kernelArguments: {shouldExist: [quiet], shouldNotExist: [rhgb]}
        storage:
          files:
          - {path: /etc/a, mode: 2541, contents: {source: "arn:aws:s3:::bucket/key"}}
          luks: [{name: a, device: /dev/sda, discard: true, openOptions: []}]
        "#;
    let (config, _) = read("99-a", yaml);
    let to_3_2 = Translation { to: SpecVersion::V3_2, masks_special_bits: true };
    let (_, problems) = ignition::accept(config.expect("a config"), to_3_2);
    insta::assert_snapshot!(lines(&problems), @r"
    Untranslatable at `/kernelArguments`: `kernelArguments` cannot be said in Ignition 3.2.0
    Untranslatable at `/storage/files/0/mode`: the mode has special bits, which Ignition 3.2.0 does not take
    Untranslatable at `/storage/luks/0/discard`: `discard` cannot be said in Ignition 3.2.0
    InvalidSource at `/storage/files/0/contents/source`: Ignition 3.2.0 fetches no `arn` sources
    ");
}

#[test]
fn special_bits_are_masked_or_refused() {
    let yaml = "{ignition: {version: 3.1.0}, storage: {files: [{path: /a, mode: 644}]}}";
    let mode = |masks_special_bits| {
        let translation = Translation { to: SpecVersion::V3_5, masks_special_bits };
        let (config, problems) =
            ignition::accept(read("99-a", yaml).0.expect("a config"), translation);
        let mode =
            config.expect("translates").root.list_at(&["storage", "files"])[0].integer("mode");
        (mode, lines(&problems))
    };
    assert_eq!(mode(true), (Some(0o204), String::new()));
    insta::assert_snapshot!(mode(false).1, @r"
    InvalidMode at `/storage/files/0/mode`: mode `644` (octal 1204) sets bits beyond 0777, which the operator refuses; `0644`, in decimal 420, was probably meant
    ");
}

/// All problems of one config, from reading to translating it to 3.5.
fn problems(yaml: &str) -> String {
    let (config, mut problems) = read("99-a", yaml);
    problems
        .extend(config.map(|config| ignition::accept(config, TRANSLATION).1).unwrap_or_default());
    lines(&problems)
}

const TRANSLATION: Translation = Translation { to: SpecVersion::V3_5, masks_special_bits: false };

fn accepted(name: &str, yaml: &str) -> Config {
    let (config, problems) = read(name, yaml);
    assert_eq!(problems, []);
    ignition::accept(config.expect("a config"), TRANSLATION).0.expect("an accepted config")
}

fn read(name: &str, yaml: &str) -> (Option<Config>, Vec<Problem>) {
    let at = Locator::object(&ObjectId::new("MachineConfig", None, name, 1));
    let artifact = Artifact::new("config.yaml", yaml);
    let document = text::read(&Limits::default(), &artifact).remove(0).expect("valid YAML");
    ignition::read(&at.key("spec").key("config"), &document.root)
}

fn lines(problems: &[Problem]) -> String {
    let line = |problem: &Problem| {
        let pointer = problem.at.pointer().trim_start_matches("/spec/config");
        format!("{:?} at `{pointer}`: {}", problem.kind, problem.text)
    };
    problems.iter().map(line).collect::<Vec<_>>().join("\n")
}
