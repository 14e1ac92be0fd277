//! Limits on content: every input is hostile, and memory is bounded by what is let in.
//!
//! Owns each limit's value and its reason. A limit that is reached makes the thing *inconclusive*,
//! with the limit's name, so that a user can raise it in `rollgate.yaml`.

use std::time::Duration;

/// How far `depth` may be raised: regorus takes no more than 127 levels, of which the facts document
/// needs a few itself, and whatever walks a tree can rely on it.
pub const MAX_DEPTH: usize = 120;

/// How deep texts nest in the strings of documents: a ConfigMap in a policy's ConfigMap is one more
/// than anybody was seen to write, and each level reads the text again.
pub const MAX_TEXTS: usize = 3;

/// The limits that the engine keeps to. Configuration may raise each of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// The size of one input, in bytes. etcd stores objects up to 1.5 MiB; 32 MiB leaves room for a
    /// whole cluster dumped into one file.
    pub input_bytes: usize,
    /// How many documents one input may hold. A dump of a large cluster has a few thousand objects.
    pub documents: usize,
    /// How many pools are judged. A cluster has a handful, and each is rendered with the contents of
    /// all its files; every role label in an input may make one.
    pub pools: usize,
    /// How deep mappings and sequences nest. The API server's own JSON reader stops at 10 000, no
    /// known kind needs more than about 20, and regorus takes no more than 127.
    pub depth: usize,
    /// How many nodes one document may expand to, aliases counted each time they are used. A
    /// MachineConfig at etcd's limit has well under 100 000.
    pub nodes: usize,
    /// The decoded size of one file's contents, in bytes. A rendered MachineConfig is at most
    /// 1.5 MiB; gzip may expand a thousandfold.
    pub content_bytes: usize,
    /// The decoded size of all contents of one run, in bytes.
    pub total_content_bytes: usize,
    /// How many findings one rule may make of one subject before the rest is only counted.
    pub findings_per_rule: usize,
    /// How long one rule may take on one subject. 30 rules over a 47 KB MachineConfig take about
    /// 7 ms; a rule that takes a second is broken.
    pub evaluation: Duration,
    /// The limits on OS images.
    pub image: ImageLimits,
}

/// The limits on one OS image. RHCOS has about 60 layers of together 1.2 GB, 2.7 GB unpacked, and
/// 200 000 entries.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ImageLimits {
    /// How many layers there may be: container runtimes stop at about 500.
    pub layers: usize,
    /// The size of a manifest or configuration, in bytes; registries take manifests up to 4 MiB.
    pub manifest_bytes: u64,
    /// The size of all layers as stored, in bytes.
    pub compressed_bytes: u64,
    /// The size of one layer unpacked, in bytes.
    pub layer_bytes: u64,
    /// The size of all layers unpacked, in bytes.
    pub total_bytes: u64,
    /// How many entries one layer may have.
    pub layer_entries: usize,
    /// How many entries all layers may have.
    pub total_entries: usize,
    /// The length of a path or link, in bytes: what Linux takes.
    pub path_bytes: usize,
    /// The size of the extended headers of one entry, in bytes.
    pub extended_bytes: u64,
    /// The size of one file whose contents are kept, in bytes; the RPM database of RHCOS has 30 MB.
    pub content_bytes: u64,
    /// The size of all contents that are kept of one image, in bytes.
    pub total_content_bytes: u64,
    /// How many packages the RPM database may hold.
    pub packages: usize,
    /// How many entries an RPM header may have, and how many values one of them.
    pub header_entries: u32,
    /// The size of one RPM header, in bytes; RPM itself takes 256 MiB.
    pub header_bytes: u32,
}

impl Default for ImageLimits {
    fn default() -> Self {
        Self {
            layers: 512,
            manifest_bytes: 8 << 20,
            compressed_bytes: 16 << 30,
            layer_bytes: 16 << 30,
            total_bytes: 32 << 30,
            layer_entries: 1_000_000,
            total_entries: 2_000_000,
            path_bytes: 4096,
            extended_bytes: 1 << 20,
            content_bytes: 128 << 20,
            total_content_bytes: 256 << 20,
            packages: 20_000,
            header_entries: 1_000_000,
            header_bytes: 64 << 20,
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            input_bytes: 32 << 20,
            documents: 20_000,
            pools: 200,
            depth: 100,
            nodes: 1_000_000,
            content_bytes: 8 << 20,
            total_content_bytes: 256 << 20,
            findings_per_rule: 1_000,
            evaluation: Duration::from_secs(2),
            image: ImageLimits::default(),
        }
    }
}
