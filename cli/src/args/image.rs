//! Which images are read, and how.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

/// The images that are judged, and what they are compared with.
#[derive(Debug, Args)]
#[command(next_help_heading = "Images")]
pub(crate) struct ImageArguments {
    /// Judge this OS image: `docker://HOST/NAME[:TAG|@DIGEST]`, `oci:DIR[:REF]`,
    /// `oci-archive:FILE[:REF]` or `docker-archive:FILE[:REF]`; repeatable
    #[arg(long = "image", value_name = "REF")]
    pub(crate) images: Vec<String>,
    /// Judge the image of these facts, which `rollgate facts --save` wrote; repeatable
    #[arg(long, value_name = "FILE")]
    pub(crate) image_facts: Vec<PathBuf>,
    /// The image from which the images are built, for what they add and change
    #[arg(long, value_name = "REF")]
    pub(crate) base: Option<String>,
    /// The OS image of the release, which the images should be built from
    #[arg(long, value_name = "REF", conflicts_with = "release_image_facts")]
    pub(crate) release_image: Option<String>,
    /// The saved facts of the OS image of the release
    #[arg(long, value_name = "FILE")]
    pub(crate) release_image_facts: Option<PathBuf>,
    /// Which images are read: those that MachineConfigs name as well, or only those given here
    #[arg(
        long = "images",
        value_name = "WHICH",
        default_value = "named",
        env = "ROLLGATE_IMAGES",
        hide_env_values = true
    )]
    pub(crate) which: WhichImages,
    #[command(flatten)]
    pub(crate) registry: RegistryArguments,
}

/// Which images are read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(crate) enum WhichImages {
    /// Those given, and those that users' MachineConfigs name
    Named,
    /// Those given by flags alone
    Given,
}

/// How images are read.
#[derive(Debug, Args)]
#[command(next_help_heading = "Registries")]
pub(crate) struct RegistryArguments {
    /// Ask no registry: what would have been fetched is inconclusive
    #[arg(long)]
    pub(crate) offline: bool,
    /// The credentials of registries (`auth.json`) [default: where podman looks for them]
    #[arg(long, value_name = "FILE")]
    pub(crate) authfile: Option<PathBuf>,
    /// A folder of certificates, `<host>/*.crt` in it as in `/etc/containers/certs.d`
    #[arg(long, value_name = "DIR")]
    pub(crate) cert_dir: Option<PathBuf>,
    /// The `registries.conf` that says what mirrors what [default: where podman looks for it]
    #[arg(long, value_name = "FILE")]
    pub(crate) registries_conf: Option<PathBuf>,
    #[command(flatten)]
    pub(crate) cache: CacheArguments,
}

/// Where facts of layers are kept.
#[derive(Debug, Args)]
pub(crate) struct CacheArguments {
    /// The folder of the cache [default: `rollgate` in the user's cache]
    #[arg(long, value_name = "DIR", env = "ROLLGATE_CACHE", hide_env_values = true)]
    pub(crate) cache_dir: Option<PathBuf>,
    /// Keep nothing, and use nothing that was kept
    #[arg(long)]
    pub(crate) no_cache: bool,
}
