//! What a host has for the tools of containers: credentials, certificates, mirrors, a cache.
//!
//! Owns the one place where the environment is read for it. Must not read the files.

use std::env;
use std::path::{Path, PathBuf};

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
        let set =
            |name: &str| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
        let base = etcetera::choose_base_strategy().ok();
        Self::of(
            &set,
            base.as_ref().map(etcetera::BaseStrategy::home_dir),
            base.as_ref().map(etcetera::BaseStrategy::config_dir).as_deref(),
            base.as_ref().map(etcetera::BaseStrategy::cache_dir),
        )
    }

    fn of(
        set: &dyn Fn(&str) -> Option<PathBuf>,
        home: Option<&Path>,
        config: Option<&Path>,
        cache: Option<PathBuf>,
    ) -> Self {
        let own = |name: &str| config.map(|folder| folder.join("containers").join(name));
        let auth_files = match set("REGISTRY_AUTH_FILE") {
            // Who names a file means that one.
            Some(file) => vec![file],
            None => [
                set("XDG_RUNTIME_DIR").map(|folder| folder.join("containers/auth.json")),
                own("auth.json"),
                set("DOCKER_CONFIG").map(|folder| folder.join("config.json")),
                home.map(|folder| folder.join(".docker/config.json")),
            ]
            .into_iter()
            .flatten()
            .collect(),
        };
        let system = |name: &str| Some(Path::new("/etc").join(name));
        let certificates = [own("certs.d"), system("containers/certs.d"), system("docker/certs.d")];
        let registries_conf = match set("CONTAINERS_REGISTRIES_CONF") {
            Some(file) => vec![file],
            None => [own("registries.conf"), system("containers/registries.conf")]
                .into_iter()
                .flatten()
                .collect(),
        };
        Self {
            auth_files,
            certificates: certificates.into_iter().flatten().collect(),
            registries_conf,
            cache: cache.map(|folder| folder.join("rollgate")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(variables: &[(&str, &str)]) -> HostPaths {
        let set = |name: &str| {
            variables
                .iter()
                .find(|(found, _)| *found == name)
                .map(|(_, value)| PathBuf::from(value))
        };
        HostPaths::of(
            &set,
            Some(Path::new("/h")),
            Some(Path::new("/h/.config")),
            Some("/h/.cache".into()),
        )
    }

    #[test]
    fn credentials_are_looked_for_in_the_order_of_the_tools_of_containers() {
        let paths = |files: &[&str]| files.iter().map(PathBuf::from).collect::<Vec<_>>();
        let usual = found(&[("XDG_RUNTIME_DIR", "/run/user/1")]);
        let files = [
            "/run/user/1/containers/auth.json",
            "/h/.config/containers/auth.json",
            "/h/.docker/config.json",
        ];
        assert_eq!(usual.auth_files, paths(&files));
        assert_eq!(usual.cache, Some("/h/.cache/rollgate".into()));
        let named = found(&[("XDG_RUNTIME_DIR", "/run/user/1"), ("REGISTRY_AUTH_FILE", "/a.json")]);
        assert_eq!(named.auth_files, paths(&["/a.json"]));
    }
}
