//! Package repositories, and `prepare-root.conf`.
//!
//! Owns which keys of a `.repo` file are facts (dnf.conf(5)); credentials are none.
//! `[a]\nbaseurl=https://u:p@host/` → repository `a`, `https://host/`, enabled.

use rollgate_facts::{FileKind, NamedSetting, Repository, Secret, SecretKind};

use super::ini::{Section, boolean, sections};
use super::reader::{Reader, Text};
use crate::text::mask;

/// The repositories in the order of their files, and the client keys that they name and that the
/// image has.
pub(super) fn repositories(reader: &mut Reader<'_>) -> (Vec<Repository>, Vec<Secret>) {
    let (mut repositories, mut secrets) = (Vec::new(), Vec::new());
    let files = reader.children("/etc/yum.repos.d");
    for entry in files.filter(|it| it.kind != FileKind::Directory && it.path.ends_with(".repo")) {
        let Some(file) = reader.text(&entry.path) else { continue };
        for section in sections(&file.text).iter().filter(|section| section.name != "main") {
            repositories.push(repository(&file, section));
            secrets.extend(client_key(reader, section));
        }
    }
    (repositories, secrets)
}

/// What `/usr/lib/ostree/prepare-root.conf` sets.
pub(super) fn prepare_root(reader: &mut Reader<'_>) -> Vec<NamedSetting> {
    let Some(file) = reader.text("/usr/lib/ostree/prepare-root.conf") else { return Vec::new() };
    let sections = sections(&file.text);
    let settings = sections.iter().flat_map(|section| {
        section.entries.iter().map(|entry| NamedSetting {
            at: file.at.line(entry.line),
            name: format!("{}.{}", section.name, entry.key),
            value: entry.value.clone(),
        })
    });
    settings.collect()
}

fn repository(file: &Text<'_>, section: &Section) -> Repository {
    let known = |key| section.get(key).and_then(boolean);
    let addresses = ["baseurl", "metalink", "mirrorlist"].iter().filter_map(|key| section.get(key));
    Repository {
        at: file.at.line(section.line),
        id: section.name.clone(),
        enabled: known("enabled").unwrap_or(true),
        gpgcheck: known("gpgcheck"),
        sslverify: known("sslverify"),
        addresses: addresses
            .flat_map(|value| value.split([' ', '\t', ',']))
            .filter(|address| !address.is_empty())
            .map(without_credentials)
            .collect(),
        in_base: file.in_base,
    }
}

/// An address without a user, a password or a token.
fn without_credentials(address: &str) -> String {
    let bare = match address.split_once("://") {
        Some((scheme, rest)) => {
            let (host, path) =
                rest.split_at_checked(rest.find('/').unwrap_or(rest.len())).unwrap_or((rest, ""));
            let host = host.rsplit('@').next().unwrap_or(host);
            format!("{scheme}://{host}{path}")
        }
        None => address.to_owned(),
    };
    mask(&bare).into_owned()
}

/// The key with which a repository is asked, where the image has it outside of its base; one that
/// was recognised by its contents is told already.
fn client_key(reader: &Reader<'_>, section: &Section) -> Option<Secret> {
    let path = section.get("sslclientkey")?;
    let entry = reader.tree.resolve(path)?;
    let told = entry.secret.is_some() || reader.in_base(entry) || entry.kind != FileKind::File;
    (!told).then(|| Secret {
        at: reader.image.entry(&entry.path),
        path: entry.path.to_string(),
        kind: SecretKind::RepositoryCredentials,
        layer: entry.layer,
        removed: false,
    })
}

#[cfg(test)]
mod tests {
    use rollgate_facts::Locator;

    use super::{prepare_root, repositories};
    use crate::extract::image::facts::reader::Reader;
    use crate::extract::image::facts::sample::Sample;

    #[test]
    fn repositories_are_told_without_credentials() {
        let text = "[main]\ngpgcheck=1\n[a]\nbaseurl=https://u:p@host/x?token=abc\n  http://b/\nusername=u\npassword=hunter2\ngpgcheck = 0\n[b]\nenabled=0\nmetalink=https://m/\nsslverify=False\nsslclientkey=/etc/pki/key.pem\n";
        let tree = Sample::new()
            .file("/etc/yum.repos.d/a.repo", text)
            .file("/etc/yum.repos.d/a.repo.rpmsave", "[old]\n")
            .layer(2)
            .unkept("/etc/pki/key.pem", 9)
            .tree();
        let at = Locator::image("sha256:0");
        let (found, secrets) = repositories(&mut Reader::new(&tree, &at, Some(1)));
        let seen: Vec<_> = found
            .iter()
            .map(|it| (&*it.id, it.enabled, it.gpgcheck, it.sslverify, it.addresses.join(" ")))
            .collect();
        let expected = [
            ("a", true, Some(false), None, "https://host/x?token=<masked> http://b/".to_owned()),
            ("b", false, None, Some(false), "https://m/".to_owned()),
        ];
        assert_eq!(seen, expected);
        assert!(found[0].in_base);
        assert_eq!(found[1].at.as_str(), "image/sha256:0!/etc/yum.repos.d/a.repo:9");
        let secrets: Vec<_> = secrets.iter().map(|it| (&*it.path, it.layer)).collect();
        assert_eq!(secrets, [("/etc/pki/key.pem", 2)]);
    }

    #[test]
    fn prepare_root_is_told_by_section_and_key() {
        let tree = Sample::new()
            .file(
                "/usr/lib/ostree/prepare-root.conf",
                "[composefs]\nenabled = true\n[root]\ntransient=no\n",
            )
            .tree();
        let at = Locator::image("sha256:0");
        let set = prepare_root(&mut Reader::new(&tree, &at, None));
        let set: Vec<_> = set.iter().map(|it| (&*it.name, &*it.value)).collect();
        assert_eq!(set, [("composefs.enabled", "true"), ("root.transient", "no")]);
    }
}
