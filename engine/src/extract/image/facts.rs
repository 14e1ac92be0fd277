//! The facts of an image: what its manifest says, and what the files in its tree do.
//!
//! Owns the way from a tree to [`Image`] and its files. Must not know where the layers came from, or
//! what a policy makes of the facts. What rests on contents that were not kept is told as not
//! collected.
//!
//! `/usr/lib/os-release` with `ID=rhcos` → `os_release.fields.ID`, at
//! `image/<digest>!/usr/lib/os-release`.

mod audit;
mod base;
mod change;
mod files;
mod ini;
mod kargs;
mod kept;
mod kernels;
mod layers;
mod modprobe;
mod os_release;
mod owned;
mod reader;
mod repositories;
#[cfg(test)]
mod sample;
mod secrets;
mod sshd;
mod sysctl;
mod tmpfiles;
mod units;
mod users;
mod wanted;

use std::collections::BTreeMap;

use rollgate_facts::{
    Architecture, FACTS_VERSION, Image, ImageBase, ImageProblem, ImageProblemKind, ImageSettings,
    Locator,
};

use self::files::Fates;
use self::reader::Reader;
use self::tmpfiles::Made;
use super::{ImageEvidence, ImageManifest, Packages, Tree};
use crate::limits::ImageLimits;

pub use self::base::base_layers;
pub use self::change::compare;

/// The files whose contents the extractor itself needs, as globs of absolute paths.
pub const fn wanted() -> &'static [&'static str] {
    wanted::WANTED
}

/// What is known of an image by its manifest and its tree; `reads` are the globs of the contents that
/// policies want.
pub fn evidence(
    manifest: &ImageManifest,
    base: Option<&ImageBase>,
    tree: &Tree,
    reads: &[String],
    limits: &ImageLimits,
) -> ImageEvidence {
    let at = Locator::image(&manifest.digest);
    let mut gathering = Gathering {
        reader: Reader::new(tree, &at, base.map(|base| base.layers)),
        image: layers::image(manifest, base, &at),
    };
    gathering.base(manifest, base);
    gathering.problems(tree);
    gathering.system();
    gathering.settings(&manifest.architecture);
    gathering.extensions();
    let packages = owned::packages(&gathering.reader, limits);
    gathering.kernels(manifest, &packages);
    let Gathering { mut reader, mut image } = gathering;
    let made = Made::of(&image.settings.tmpfiles);
    let fates = Fates::of_root(&image.settings.prepare_root);
    let mut files = files::files(&reader, &made, fates);
    owned::verify(&reader, &packages, &image, &mut files);
    owned::tell(packages, &mut image);
    let (contents, unread) = kept::contents(&mut reader, reads, limits);
    if let Some(reason) = unread {
        image.not_collected.insert("contents".to_owned(), reason);
    }
    image.problems.sort();
    image.problems.dedup();
    ImageEvidence {
        version: FACTS_VERSION.to_owned(),
        image,
        files,
        reads: reads.to_vec(),
        contents,
    }
}

/// An image whose facts are being gathered.
struct Gathering<'a> {
    reader: Reader<'a>,
    image: Image,
}

impl Gathering<'_> {
    /// Tells for a field that files were not kept which it rests on, where any were asked for.
    fn note(&mut self, field: &str) {
        if let Some(reason) = self.reader.missing() {
            self.image.not_collected.insert(field.to_owned(), reason);
        }
    }

    fn base(&mut self, manifest: &ImageManifest, base: Option<&ImageBase>) {
        let Some(label) = base::unknown_label(manifest) else { return };
        let at = self.image.at.key("config").key("Labels").key(base::FINAL_DIFF_ID);
        let text =
            format!("the label `{}` names `{label}`, which is no layer", base::FINAL_DIFF_ID);
        if base.is_none() {
            self.image.not_collected.insert("base".to_owned(), text.clone());
        }
        self.image.problems.push(ImageProblem { kind: ImageProblemKind::UnknownBase, at, text });
    }

    fn problems(&mut self, tree: &Tree) {
        let at = &self.image.at;
        let of_layers = tree.problems.iter().map(|(layer, it)| layers::problem(at, *layer, it));
        self.image.problems.extend(of_layers);
        self.image.problems.extend(layers::duplicates(&self.image.layers));
    }

    fn system(&mut self) {
        self.image.os_release = os_release::os_release(&mut self.reader);
        self.note("os_release");
        (self.image.units, self.image.dangling_links) = units::units(&mut self.reader);
        self.note("units");
        (self.image.users, self.image.groups) = users::users(&mut self.reader);
        self.note("users");
        let (repositories, client_keys) = repositories::repositories(&mut self.reader);
        self.image.repositories = repositories;
        self.note("repositories");
        self.image.secrets = secrets::secrets(&self.reader, client_keys);
    }

    fn settings(&mut self, architecture: &str) {
        let reader = &mut self.reader;
        let (kernel_arguments, problems) =
            kargs::kernel_arguments(reader, layers::kernel_architecture(architecture));
        self.image.settings = ImageSettings {
            sysctl: sysctl::sysctl(reader),
            modprobe: modprobe::modprobe(reader),
            sshd: sshd::sshd(reader),
            auditd: audit::auditd(reader),
            audit_rules: audit::audit_rules(reader),
            crypto_policy: audit::crypto_policy(reader),
            kernel_arguments,
            tmpfiles: tmpfiles::tmpfiles(reader),
            prepare_root: repositories::prepare_root(reader),
        };
        self.image.problems.extend(problems);
        self.note("settings");
    }

    /// What an extensions image offers.
    fn extensions(&mut self) {
        let Some(file) = self.reader.text("/usr/share/rpm-ostree/extensions.json") else {
            return self.note("extensions");
        };
        match serde_json::from_str::<BTreeMap<String, String>>(&file.text) {
            Ok(offered) => self.image.extensions = Some(offered),
            Err(error) => {
                let text = format!("the extensions are no names with versions: {error}");
                self.image.not_collected.insert("extensions".to_owned(), text.clone());
                let kind = ImageProblemKind::InvalidFile;
                self.image.problems.push(ImageProblem { kind, at: file.at, text });
            }
        }
    }

    fn kernels(&mut self, manifest: &ImageManifest, packages: &Packages) {
        let built_apart = layers::are_built_apart(manifest);
        self.image.kernels = kernels::kernels(&self.reader, packages, built_apart);
    }
}

/// The architecture that a configuration names, where it is one that nodes have.
const fn architecture(name: &str) -> Option<Architecture> {
    match name.as_bytes() {
        b"amd64" => Some(Architecture::X86_64),
        b"arm64" => Some(Architecture::Aarch64),
        b"ppc64le" => Some(Architecture::Ppc64le),
        b"s390x" => Some(Architecture::S390x),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
