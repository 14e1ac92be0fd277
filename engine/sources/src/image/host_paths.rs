//! What a host has for the tools of containers: credentials, certificates, mirrors, a cache.
//!
//! Owns the one place where the environment is read for it. Must not read the files.

use std::env;
use std::path::PathBuf;

use etcetera::BaseStrategy as _;

/// Where a host has the files of the tools of containers. A default one has none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct HostPaths {
    /// The files of credentials, the first that names a registry wins.
    pub auth_files: Vec<PathBuf>,
    /// The folders of certificates, each with one folder a registry (`certs.d`).
    pub certificates: Vec<PathBuf>,
    /// The files of mirrors; the first that is there wins.
    pub registries_conf: Vec<PathBuf>,
    /// Where the cache belongs; absent where the host has no place for it.
    pub cache: Option<PathBuf>,
}

impl HostPaths {
    /// What the environment says.
    ///
    /// Sources: containers-auth.json(5), containers-certs.d(5), containers-registries.conf(5).
    pub fn from_environment() -> Self {
        let set = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let base = etcetera::choose_base_strategy().ok();
        let home = base.as_ref().map(|base| base.home_dir().to_owned());
        let config = base.as_ref().map(|base| base.config_dir().join("containers"));
        let auth_files = match set("REGISTRY_AUTH_FILE") {
            // Who names a file means that one.
            Some(file) => vec![file],
            None => [
                set("XDG_RUNTIME_DIR").map(|folder| folder.join("containers/auth.json")),
                config.as_ref().map(|folder| folder.join("auth.json")),
                set("DOCKER_CONFIG").map(|folder| folder.join("config.json")),
                home.map(|folder| folder.join(".docker/config.json")),
            ]
            .into_iter()
            .flatten()
            .collect(),
        };
        let own = |name: &str| config.as_ref().map(|folder| folder.join(name));
        let certificates = [
            own("certs.d"),
            Some("/etc/containers/certs.d".into()),
            Some("/etc/docker/certs.d".into()),
        ];
        let registries_conf = match set("CONTAINERS_REGISTRIES_CONF") {
            Some(file) => vec![file],
            None => [own("registries.conf"), Some("/etc/containers/registries.conf".into())]
                .into_iter()
                .flatten()
                .collect(),
        };
        Self {
            auth_files,
            certificates: certificates.into_iter().flatten().collect(),
            registries_conf,
            cache: base.map(|base| base.cache_dir().join("rollgate")),
        }
    }
}
