//! Whole images: from the bytes of layers with real RPM databases to facts.

use std::io::Write as _;
use std::sync::Arc;

use globset::{GlobBuilder, GlobSetBuilder};
use rollgate_facts::{FileKind, ImportFate, Modification, SecretKind};
use rollgate_testkit::rpmdb::{RpmDatabase, RpmFile, RpmPackage};
use sha2::{Digest as _, Sha256};

use super::files::hex;
use super::{base_layers, compare, evidence, wanted};
use crate::extract::image::{
    ImageEvidence, ImageManifest, LayerContents, LayerDescriptor, LayerRequest, Tree, read_layer,
};
use crate::limits::ImageLimits;

/// A layer: entries of a tar.
struct Layer(tar::Builder<Vec<u8>>);

impl Layer {
    fn new() -> Self {
        Self(tar::Builder::new(Vec::new()))
    }

    fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.entry(path, tar::EntryType::Regular, 0o644, content.as_ref(), None)
    }

    fn program(self, path: &str, mode: u32, content: &[u8]) -> Self {
        self.entry(path, tar::EntryType::Regular, mode, content, None)
    }

    fn link(self, path: &str, target: &str) -> Self {
        self.entry(path, tar::EntryType::Symlink, 0o777, b"", Some(target))
    }

    fn folder(self, path: &str) -> Self {
        self.entry(path, tar::EntryType::Directory, 0o755, b"", None)
    }

    fn entry(
        mut self,
        path: &str,
        kind: tar::EntryType,
        mode: u32,
        content: &[u8],
        target: Option<&str>,
    ) -> Self {
        let mut header = tar::Header::new_gnu();
        header.set_entry_type(kind);
        header.set_mode(mode);
        header.set_size(content.len() as u64);
        header.set_uid(0);
        header.set_gid(0);
        header.set_mtime(0);
        match target {
            Some(target) => self.0.append_link(&mut header, path, target).unwrap(),
            None => self.0.append_data(&mut header, path, content).unwrap(),
        }
        self
    }

    fn bytes(self) -> Vec<u8> {
        self.0.into_inner().unwrap()
    }
}

fn digest(bytes: &[u8]) -> String {
    format!("sha256:{}", hex(&Sha256::digest(bytes)))
}

fn read(tar: &[u8], inspect_files: bool) -> (LayerDescriptor, LayerContents) {
    let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    gzip.write_all(tar).unwrap();
    let blob = gzip.finish().unwrap();
    let mut globs = GlobSetBuilder::new();
    for glob in wanted().iter().chain(&["/etc/a.conf"]) {
        globs.add(GlobBuilder::new(glob).literal_separator(true).build().unwrap());
    }
    let descriptor = LayerDescriptor {
        digest: digest(&blob),
        diff_id: digest(tar),
        media_type: "application/vnd.oci.image.layer.v1.tar+gzip".into(),
        size: blob.len() as u64,
        ..LayerDescriptor::default()
    };
    let request = LayerRequest {
        media_type: &descriptor.media_type,
        digest: &descriptor.digest,
        diff_id: &descriptor.diff_id,
        inspect_files,
        wanted: &globs.build().unwrap(),
        limits: &ImageLimits::default(),
    };
    let contents = read_layer(&*blob, &request).unwrap();
    (descriptor, contents)
}

fn image(
    layers: &[Vec<u8>],
    of_base: usize,
    base: Option<&ImageManifest>,
) -> (ImageManifest, ImageEvidence) {
    let read = layers.iter().enumerate().map(|(index, tar)| read(tar, index >= of_base));
    let (layers, contents): (Vec<_>, Vec<_>) = read.unzip();
    let manifest = ImageManifest {
        reference: format!("quay.io/a/b:{}", layers.len()),
        digest: format!("sha256:{}", layers.len()),
        architecture: "amd64".into(),
        layers,
        ..ImageManifest::default()
    };
    let limits = ImageLimits::default();
    let tree = Tree::of(contents.into_iter().map(Arc::new), &limits).unwrap();
    let base = base_layers(&manifest, base);
    let evidence = evidence(&manifest, base.as_ref(), &tree, &["/etc/a.conf".into()], &limits);
    (manifest, evidence)
}

fn base_layer() -> Vec<u8> {
    let bash = RpmPackage::new("bash", "5.1.8", "9.el9").file(RpmFile::regular(
        "/usr/bin/bash",
        0o755,
        b"bash",
    ));
    let database = RpmDatabase::new().package(bash);
    Layer::new()
        .folder("etc/")
        .folder("usr/bin/")
        .link("bin", "usr/bin")
        .program("usr/bin/bash", 0o755, b"bash")
        .file("usr/share/rpm/rpmdb.sqlite", database.bytes())
        .file("usr/lib/os-release", "ID=rhcos\nVERSION_ID=\"4.20\"\n")
        .file("etc/passwd", "root:x:0:0:root:/root:/bin/bash\n")
        .file("etc/shadow", "root:!locked::\n")
        .file("usr/lib/modules/5.14.0-1.el9.x86_64/vmlinuz", "v")
        .file("usr/lib/modules/5.14.0-1.el9.x86_64/initramfs.img", "i")
        .bytes()
}

fn derived_layer() -> Vec<u8> {
    let bash = RpmPackage::new("bash", "5.1.8", "9.el9").file(RpmFile::regular(
        "/usr/bin/bash",
        0o755,
        b"bash",
    ));
    let htop = RpmPackage::new("htop", "3.2", "1.el9").file(RpmFile::regular(
        "/usr/bin/htop",
        0o755,
        b"htop",
    ));
    let database = RpmDatabase::new().package(bash).package(htop);
    let hash = format!("$6$salt${}", "a".repeat(86));
    Layer::new()
        .file("usr/share/rpm/rpmdb.sqlite", database.bytes())
        .program("usr/bin/bash", 0o755, b"evil")
        .program("usr/bin/htop", 0o4755, b"htop")
        .file(
            "etc/passwd",
            "root:x:0:0:root:/root:/bin/bash\nadmin:x:1001:1001::/var/home/admin:/bin/bash\n",
        )
        .file("etc/shadow", format!("root:!locked::\nadmin:{hash}:1::\n"))
        .file("etc/a.conf", "password=hunter2\nkept=1\n")
        .file("root/.docker/config.json", r#"{"auths": {"quay.io": {"auth": "dXNlcjpwYXNz"}}}"#)
        .file("var/lib/a/data", "x")
        .bytes()
}

fn cleaned_layer() -> Vec<u8> {
    Layer::new().file("root/.docker/.wh.config.json", "").bytes()
}

#[test]
fn what_was_built_on_top_is_told_from_its_base_without_the_base_image() {
    let layers = [base_layer(), derived_layer(), cleaned_layer()];
    let (base, before) = image(&layers[..1], 1, None);
    let (_, mut after) = image(&layers, 1, Some(&base));
    let facts = &after.image;
    assert_eq!(facts.not_collected, [].into());
    assert_eq!(facts.problems, []);
    assert_eq!(facts.os_release.as_ref().unwrap().fields["VERSION_ID"], "4.20");
    let packages = &facts.packages.as_ref().unwrap().packages;
    let packages: Vec<_> = packages.iter().map(|it| (&*it.name, it.in_base)).collect();
    assert_eq!(packages, [("bash", Some(true)), ("htop", Some(false))]);
    let users: Vec<_> =
        facts.users.iter().map(|(name, it)| (&**name, it.has_password, it.in_base)).collect();
    assert_eq!(users, [("admin", true, Some(false)), ("root", false, Some(true))]);
    let secrets: Vec<_> =
        facts.secrets.iter().map(|it| (&*it.path, it.kind, it.layer, it.removed)).collect();
    let expected = [
        ("/etc/shadow", SecretKind::PasswordHash, 1, false),
        ("/root/.docker/config.json", SecretKind::RegistryCredentials, 1, true),
    ];
    assert_eq!(secrets, expected);
    let file = |path: &str| after.files.iter().find(|it| it.path == path && !it.removed).unwrap();
    assert_eq!(file("/usr/bin/bash").modified, [Modification::Digest]);
    assert_eq!(file("/usr/bin/bash").packages.as_deref(), Some(&["bash".to_owned()][..]));
    assert_eq!(file("/usr/bin/htop").modified, [Modification::Mode]);
    assert_eq!(file("/bin").kind, FileKind::Link);
    assert_eq!(file("/var/lib/a/data").import, ImportFate::FirstInstallOnly);
    assert_eq!(file("/var/lib/a/data").packages.as_deref(), Some(&[][..]));
    assert!(facts.kernels[0].in_base && facts.kernels[0].initramfs);
    assert_eq!(after.contents["/etc/a.conf"], "password=<masked>\nkept=1\n");
    let saved = after.write();
    for secret in ["hunter2", "dXNlcjpwYXNz", "aaaaaaaaaa"] {
        assert!(!saved.contains(secret), "{secret}");
    }
    compare(&before, &mut after);
    let change = after.image.change.as_ref().unwrap();
    assert!(change.derived);
    let packages: Vec<_> = change.packages.as_ref().unwrap().iter().map(|it| &*it.name).collect();
    assert_eq!(packages, ["htop"]);
    assert_eq!(change.privileged_added, ["/usr/bin/htop"]);
    assert_eq!(change.users_added, ["admin"]);
    assert_eq!(
        ImageEvidence::read(after.write().as_bytes(), &ImageLimits::default()).unwrap(),
        after
    );
}
