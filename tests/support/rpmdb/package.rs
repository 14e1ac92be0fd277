//! A package and its files, as a test names them.

use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};

use super::header::hex;
use super::{Header, Signature, Value};

/// An installed package.
#[derive(Debug, Clone, Default)]
pub struct RpmPackage {
    /// The name.
    pub name: String,
    /// The epoch.
    pub epoch: Option<u32>,
    /// The version.
    pub version: String,
    /// The release.
    pub release: String,
    /// The architecture; none where empty.
    pub arch: String,
    /// The vendor; none where empty.
    pub vendor: String,
    /// The licence.
    pub license: String,
    /// The modularity label; none where empty.
    pub module: String,
    /// The signature.
    pub signature: Option<Signature>,
    /// The files.
    pub files: Vec<RpmFile>,
    /// What it requires, by name.
    pub requires: Vec<String>,
    /// What it provides beside itself, by name.
    pub provides: Vec<String>,
}

/// A file of a package.
#[derive(Debug, Clone, Default)]
pub struct RpmFile {
    /// The absolute path.
    pub path: String,
    /// The mode with the bits of the kind.
    pub mode: u16,
    /// The size, in bytes.
    pub size: u32,
    /// The SHA-256 in hex; empty for what is no regular file.
    pub digest: String,
    /// The target of a symbolic link.
    pub target: String,
    /// The owner.
    pub user: String,
    /// The group.
    pub group: String,
    /// 1 configuration, 2 documentation, 8 missing is fine, 16 noreplace, 64 ghost.
    pub flags: u32,
    /// The capabilities as text (`cap_net_raw=ep`).
    pub capabilities: String,
    /// 0 installed, 1 replaced, 2 not installed, 3 shared, 4 wrong colour.
    pub state: u8,
}

impl AsRef<Self> for RpmPackage {
    fn as_ref(&self) -> &Self {
        self
    }
}

impl RpmFile {
    /// A regular file with these permission bits and contents.
    pub fn regular(path: &str, permissions: u16, content: &[u8]) -> Self {
        Self {
            size: u32::try_from(content.len()).unwrap_or(u32::MAX),
            digest: hex(&Sha256::digest(content)),
            ..Self::of(path, 0o100_000 | permissions)
        }
    }

    /// A directory.
    pub fn directory(path: &str, permissions: u16) -> Self {
        Self::of(path, 0o040_000 | permissions)
    }

    /// A symbolic link.
    pub fn link(path: &str, target: &str) -> Self {
        let size = u32::try_from(target.len()).unwrap_or(u32::MAX);
        Self { target: target.to_owned(), size, ..Self::of(path, 0o120_777) }
    }

    /// With these flags.
    #[must_use]
    pub fn flags(self, flags: u32) -> Self {
        Self { flags, ..self }
    }

    /// With this owner and group.
    #[must_use]
    pub fn owner(self, user: &str, group: &str) -> Self {
        Self { user: user.to_owned(), group: group.to_owned(), ..self }
    }

    /// With these capabilities.
    #[must_use]
    pub fn capabilities(self, capabilities: &str) -> Self {
        Self { capabilities: capabilities.to_owned(), ..self }
    }

    fn of(path: &str, mode: u16) -> Self {
        let (path, root) = (path.to_owned(), "root".to_owned());
        Self { path, mode, user: root.clone(), group: root, ..Self::default() }
    }

    /// The folder with its `/`, and the name in it.
    fn split(&self) -> (&str, &str) {
        let name = self.path.rsplit('/').next().unwrap_or_default();
        (self.path.strip_suffix(name).unwrap_or_default(), name)
    }
}

impl RpmPackage {
    /// A package for `x86_64` from Red Hat, without files and not signed.
    pub fn new(name: &str, version: &str, release: &str) -> Self {
        Self {
            name: name.to_owned(),
            version: version.to_owned(),
            release: release.to_owned(),
            arch: "x86_64".to_owned(),
            vendor: "Red Hat, Inc.".to_owned(),
            license: "GPLv2".to_owned(),
            ..Self::default()
        }
    }

    /// With a file.
    #[must_use]
    pub fn file(mut self, file: RpmFile) -> Self {
        self.files.push(file);
        self
    }

    /// With something that it requires.
    #[must_use]
    pub fn requires(mut self, name: &str) -> Self {
        self.requires.push(name.to_owned());
        self
    }

    /// With something that it provides beside itself.
    #[must_use]
    pub fn provides(mut self, name: &str) -> Self {
        self.provides.push(name.to_owned());
        self
    }

    /// With a signature.
    #[must_use]
    pub fn signed(self, signature: Signature) -> Self {
        Self { signature: Some(signature), ..self }
    }

    /// The header as an installation writes it.
    pub fn header(&self) -> Header {
        let size = self.files.iter().map(|file| file.size).fold(0, u32::saturating_add);
        let mut header = Header::new()
            .signed(100, Value::Texts(vec!["C".to_owned()]))
            .signed(1000, text(&self.name))
            .signed(1001, text(&self.version))
            .signed(1002, text(&self.release))
            .signed(1004, Value::Translated(format!("The package {}", self.name)))
            .signed(1005, Value::Translated(format!("The package {}.", self.name)))
            .signed(1006, Value::Numbers(vec![1_725_890_250]))
            .signed(1007, text("localhost"))
            .signed(1009, Value::Numbers(vec![size]))
            .signed(1014, text(&self.license))
            .signed(1016, Value::Translated("Unspecified".to_owned()))
            .signed(1021, text("linux"))
            .signed(1064, text("4.18.0"))
            .signed(5062, text("utf-8"))
            .unsigned(1008, Value::Numbers(vec![1_728_647_125]))
            .unsigned(1127, Value::Numbers(vec![0]))
            .unsigned(1128, Value::Numbers(vec![1_728_647_125]));
        if let Some(epoch) = self.epoch {
            header = header.signed(1003, Value::Numbers(vec![epoch]));
        }
        let source = format!("{}-{}-{}.src.rpm", self.name, self.version, self.release);
        let key = self.name == "gpg-pubkey";
        for (tag, value) in [
            (1011, &self.vendor),
            (1022, &self.arch),
            (1044, if key { &self.arch } else { &source }),
            (5096, &self.module),
        ] {
            if !value.is_empty() {
                header = header.signed(tag, text(value));
            }
        }
        if let Some(signature) = self.signature {
            header = header.signature(signature);
        }
        self.with_files(self.with_dependencies(header))
    }

    fn with_dependencies(&self, header: Header) -> Header {
        let itself = std::iter::once(&self.name);
        let provides: Vec<String> = itself.chain(&self.provides).cloned().collect();
        let mut versions = vec![String::new(); provides.len()];
        let mut flags = vec![0; provides.len()];
        if let (Some(version), Some(flag)) = (versions.first_mut(), flags.first_mut()) {
            let epoch = self.epoch.map(|epoch| format!("{epoch}:")).unwrap_or_default();
            *version = format!("{epoch}{}-{}", self.version, self.release);
            *flag = 8; // `=`
        }
        let header = header
            .signed(1047, Value::Texts(provides))
            .signed(1112, Value::Numbers(flags))
            .signed(1113, Value::Texts(versions));
        if self.requires.is_empty() {
            return header;
        }
        let count = self.requires.len();
        header
            .signed(1048, Value::Numbers(vec![0; count]))
            .signed(1049, Value::Texts(self.requires.clone()))
            .signed(1050, Value::Texts(vec![String::new(); count]))
    }

    fn with_files(&self, header: Header) -> Header {
        let mut files = self.files.clone();
        if files.is_empty() {
            return header;
        }
        files.sort_by(|one, other| one.split().cmp(&other.split()));
        let folders: BTreeSet<&str> = files.iter().map(|file| file.split().0).collect();
        let folders: Vec<&str> = folders.into_iter().collect();
        let place = |file: &RpmFile| {
            let found = folders.binary_search(&file.split().0).unwrap_or_default();
            u32::try_from(found).unwrap_or_default()
        };
        let texts = |of: &dyn Fn(&RpmFile) -> &str| {
            Value::Texts(files.iter().map(|file| of(file).to_owned()).collect())
        };
        let numbers = |of: &dyn Fn(&RpmFile) -> u32| Value::Numbers(files.iter().map(of).collect());
        let header = header
            .signed(1028, numbers(&|file| file.size))
            .signed(1030, Value::Shorts(files.iter().map(|file| file.mode).collect()))
            .signed(1033, Value::Shorts(vec![0; files.len()]))
            .signed(1034, numbers(&|_| 1_624_356_161))
            .signed(1035, texts(&|file| &file.digest))
            .signed(1036, texts(&|file| &file.target))
            .signed(1037, numbers(&|file| file.flags))
            .signed(1039, texts(&|file| &file.user))
            .signed(1040, texts(&|file| &file.group))
            .signed(1045, numbers(&|_| u32::MAX))
            .signed(1095, numbers(&|_| 1))
            .signed(1096, Value::Numbers((1..).take(files.len()).collect()))
            .signed(1097, texts(&|_| ""))
            .signed(1116, numbers(&place))
            .signed(1117, texts(&|file| file.split().1))
            .signed(1118, Value::Texts(folders.iter().map(|&folder| folder.to_owned()).collect()))
            .signed(5011, Value::Numbers(vec![8]))
            .unsigned(1029, Value::Characters(files.iter().map(|file| file.state).collect()));
        if files.iter().all(|file| file.capabilities.is_empty()) {
            return header;
        }
        header.signed(5010, texts(&|file| &file.capabilities))
    }
}

fn text(text: &str) -> Value {
    Value::Text(text.to_owned())
}
