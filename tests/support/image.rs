//! Real OS images: a small RHCOS, what is layered on top of it, and what is wrong with it.
//!
//! Owns images in the making; `entry` (tar), `layer`, `package`, `rhcos` (what the base holds), `layout`
//! (how a base is cut into layers), `blob` (how a layer is stored), `output` (layouts and archives). The
//! same calls make the same bytes.
//!
//! ```
//! use rollgate_testkit::image::{Image, Layer};
//! let image = Image::rhcos().layer(Layer::new().file("/usr/bin/tool", 0o755, b"\x7fELF"));
//! let built = image.build();
//! assert_eq!(built.layers.last().map(|layer| layer.media_type.as_str()), Some("application/vnd.oci.image.layer.v1.tar+gzip"));
//! ```

mod assemble;
mod blob;
mod entry;
mod layer;
mod layout;
mod output;
mod package;
mod rhcos;

use std::collections::BTreeMap;

pub use blob::Blob;
pub use entry::{Entry, tar};
pub use layer::{Compression, Damage, Layer};
pub use layout::Layout;
pub use output::{Built, write_oci_index};
pub use package::Package;

/// The files of a base by path, without a leading `/`.
type Root = BTreeMap<String, Entry>;

/// An image in the making.
#[derive(Debug, Clone)]
pub struct Image {
    root: Root,
    packages: Option<Vec<Package>>,
    layout: Layout,
    compression: Compression,
    layers: Vec<Layer>,
    architecture: String,
    claimed: Option<String>,
    created: String,
    labels: BTreeMap<String, String>,
    annotations: BTreeMap<String, String>,
    final_diff_id: bool,
}

impl Image {
    /// A small RHCOS of OpenShift 4.20 for `amd64` that is as it should be: plain chunks, one package
    /// for each kind of thing, nothing on top.
    pub fn rhcos() -> Self {
        Self::rhcos_for("amd64")
    }

    /// The same for another architecture, as Go names it.
    pub fn rhcos_for(architecture: &str) -> Self {
        Self {
            root: rhcos::root(architecture),
            packages: Some(rhcos::packages(architecture)),
            labels: rhcos::labels(architecture).into_iter().collect(),
            final_diff_id: true,
            ..Self::empty(architecture)
        }
    }

    /// An image without anything, also without a base.
    pub fn empty(architecture: &str) -> Self {
        Self {
            root: Root::new(),
            packages: None,
            layout: Layout::default(),
            compression: Compression::default(),
            layers: Vec::new(),
            architecture: architecture.to_owned(),
            claimed: None,
            created: "2026-08-01T00:00:00Z".to_owned(),
            labels: BTreeMap::new(),
            annotations: BTreeMap::new(),
            final_diff_id: false,
        }
    }

    /// The folder of the modules of its kernel: `/usr/lib/modules/<version>`.
    pub fn modules(&self) -> String {
        format!("/usr/lib/modules/{}.{}", rhcos::KERNEL, rhcos::machine(&self.architecture))
    }

    /// Adds a layer on top.
    #[must_use]
    pub fn layer(mut self, layer: Layer) -> Self {
        self.layers.push(layer);
        self
    }

    /// Sets how the base is cut into layers.
    #[must_use]
    pub const fn layout(mut self, layout: Layout) -> Self {
        self.layout = layout;
        self
    }

    /// Sets how the layers of the base are compressed.
    #[must_use]
    pub const fn compression(mut self, compression: Compression) -> Self {
        self.compression = compression;
        self
    }

    /// Adds an entry to the base, or replaces it.
    #[must_use]
    pub fn with(mut self, entry: Entry) -> Self {
        let path = String::from_utf8_lossy(&entry.path).into_owned();
        self.root.insert(path, entry);
        self
    }

    /// Removes a path of the base and what is below it, also from its packages.
    #[must_use]
    pub fn without(mut self, path: &str) -> Self {
        let path = layer::relative(path);
        let goes = |at: &str| {
            at.strip_prefix(path).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        self.root.retain(|at, _| !goes(at));
        for package in self.packages.iter_mut().flatten() {
            package.files.retain(|file| !goes(layer::relative(file)));
        }
        self
    }

    /// Adds a package to the base; its files are to be added as well.
    #[must_use]
    pub fn with_package(mut self, package: Package) -> Self {
        self.packages.get_or_insert_default().push(package);
        self
    }

    /// Removes a package of the base, but none of its files.
    #[must_use]
    pub fn without_package(mut self, name: &str) -> Self {
        self.packages
            .iter_mut()
            .for_each(|packages| packages.retain(|package| package.name != name));
        self
    }

    /// Leaves the RPM database out.
    #[must_use]
    pub fn without_packages(mut self) -> Self {
        self.packages = None;
        self
    }

    /// Sets a label.
    #[must_use]
    pub fn with_label(mut self, key: &str, value: &str) -> Self {
        self.labels.insert(key.to_owned(), value.to_owned());
        self
    }

    /// Removes a label, also the one that is computed: `ostree.final-diffid`.
    #[must_use]
    pub fn without_label(mut self, key: &str) -> Self {
        self.labels.remove(key);
        self.final_diff_id &= key != FINAL_DIFF_ID;
        self
    }

    /// Sets an annotation of the manifest.
    #[must_use]
    pub fn annotation(mut self, key: &str, value: &str) -> Self {
        self.annotations.insert(key.to_owned(), value.to_owned());
        self
    }

    /// Sets the architecture that the configuration names, and nothing else.
    #[must_use]
    pub fn claimed_architecture(mut self, architecture: &str) -> Self {
        self.claimed = Some(architecture.to_owned());
        self
    }

    /// Sets a field of `os-release`.
    #[must_use]
    pub fn os_release(mut self, field: &str, value: &str) -> Self {
        if let Some(entry) = self.root.get_mut("usr/lib/os-release") {
            let text = String::from_utf8_lossy(&entry.bytes).into_owned();
            let begin = format!("{field}=");
            let kept = text.lines().filter(|line| !line.starts_with(&begin));
            let lines: Vec<String> =
                kept.map(str::to_owned).chain([format!("{begin}\"{value}\"")]).collect();
            entry.bytes = format!("{}\n", lines.join("\n")).into_bytes();
        }
        self
    }
}

/// The label with the `diff_id` of the last layer of the base (ostree-rs-ext).
const FINAL_DIFF_ID: &str = "ostree.final-diffid";
