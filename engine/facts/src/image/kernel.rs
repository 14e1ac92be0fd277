//! Kernels of an image.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Locator, Text};

/// A folder under `/usr/lib/modules` that is, or was, a kernel's. Folders of kABI lists
/// (`kabi-*`) are none.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Kernel {
    /// Where the folder stands.
    pub at: Locator,
    /// Its name, the kernel's version (`uname -r`).
    pub version: String,
    /// Whether it holds `vmlinuz`: only then it can boot.
    pub vmlinuz: bool,
    /// Whether it holds `initramfs.img`.
    pub initramfs: bool,
    /// Whether it holds `modules.dep`, so that `depmod` was run.
    pub modules_dep: bool,
    /// Whether every file of it comes from the base.
    pub in_base: bool,
    /// Whether `initramfs.img` stands in an earlier layer than `vmlinuz`.
    #[serde(default)]
    pub initramfs_older: bool,
    /// The packages named `kernel*` whose version-release and architecture are the folder's name:
    /// `name-version-release.arch`.
    #[serde(default)]
    pub packages: Vec<String>,
    /// The modules that no package owns.
    #[serde(default)]
    pub unowned_modules: Vec<Text>,
}
