//! A real API server with its etcd, on loopback, for as long as a test runs.
//!
//! Owns starting and ending them, their users and certificates, and calls of `kubectl`. Must not know
//! what is stored in them. The binaries `etcd`, `kube-apiserver` and `kubectl` are those of the folder
//! that `KUBEBUILDER_ASSETS` names, as controller-runtime's envtest has it; a test that does not find
//! them says so, and fails where `ROLLGATE_REQUIRE_TOOLS` is set.
//!
//! ```no_run
//! use rollgate_testkit::control_plane::{ControlPlane, User};
//! let Some(cluster) = ControlPlane::start("my_test") else { return };
//! cluster.install_machine_config_crds("my_test");
//! let answer = cluster.kubectl(&User::admin(), &["get", "machineconfigs"], "");
//! assert_eq!((answer.code, answer.stderr.trim()), (0, "No resources found"));
//! ```

#![expect(
    clippy::disallowed_methods,
    clippy::missing_panics_doc,
    reason = "it is started from files and programs, and a fixture that fails stops its test"
)]

mod certificates;
mod kubectl;
mod process;
mod user;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, OnceLock, PoisonError};

use tempfile::TempDir;

pub use kubectl::Answer;
use kubectl::Kubectl;
use process::{Process, free_port};
pub use user::User;

use crate::need;

/// An API server and its etcd; both end with this value, and with the process of the test at the latest.
#[derive(Debug)]
pub struct ControlPlane {
    /// Dropped first, so that nothing is written to the folder any more when that goes.
    api_server: Mutex<Option<Process>>,
    _etcd: Process,
    assets: PathBuf,
    folder: TempDir,
    etcd_port: u16,
    port: u16,
    users: Vec<User>,
    flags: Vec<String>,
}

impl ControlPlane {
    /// Starts one with the users of [`User::standard`], and waits until it is ready. `None` where
    /// the binaries are missing, which is said under the test's name.
    pub fn start(test: &str) -> Option<Self> {
        Self::start_with(test, &[])
    }

    /// Starts one that knows these users too.
    pub fn start_with(test: &str, users: &[User]) -> Option<Self> {
        Self::start_with_flags(test, users, &[])
    }

    /// Starts one that knows these users too, and whose API server has these flags too.
    pub fn start_with_flags(test: &str, users: &[User], flags: &[&str]) -> Option<Self> {
        let assets = need::control_plane(test)?;
        let folder = TempDir::new().unwrap_or_else(|error| panic!("no folder: {error}"));
        let users = User::standard().iter().chain(users).cloned().collect();
        let etcd_port = free_port();
        let etcd = start_etcd(&assets, folder.path(), etcd_port);
        let control_plane = Self {
            api_server: Mutex::new(None),
            _etcd: etcd,
            assets,
            folder,
            etcd_port,
            port: free_port(),
            users,
            flags: flags.iter().map(|&flag| flag.to_owned()).collect(),
        };
        certificates::write(control_plane.folder());
        control_plane.write_users();
        control_plane.start_api_server();
        Some(control_plane)
    }

    /// One that every test of this process shares; what one of them stores, the others see.
    pub fn shared(test: &str) -> Option<&'static Self> {
        static SHARED: OnceLock<Option<ControlPlane>> = OnceLock::new();
        SHARED.get_or_init(|| Self::start(test)).as_ref()
    }

    /// Installs the definitions of OpenShift's kinds from the shared corpus; whether they were found.
    pub fn install_machine_config_crds(&self, test: &str) -> bool {
        let found = need::shared_corpus(test).map(|corpus| self.install(&corpus.join("crds")));
        found.is_some()
    }

    /// Applies the definitions in a file or folder, and waits until they are established.
    pub fn install(&self, definitions: &Path) {
        let admin = User::admin();
        let path = definitions.to_string_lossy();
        self.kubectl(&admin, &["apply", "--server-side", "-f", &path], "").succeed();
        let wait = ["wait", "--for=condition=established", "--timeout=120s", "crd", "--all"];
        self.kubectl(&admin, &wait, "").succeed();
    }

    /// Calls `kubectl` as this user, and waits for its answer.
    pub fn kubectl(&self, user: &User, arguments: &[&str], stdin: &str) -> Answer {
        let kubeconfig = self.kubeconfig(user);
        Kubectl { program: &self.assets.join("kubectl"), folder: self.folder() }.call(
            &kubeconfig,
            arguments,
            stdin,
        )
    }

    /// Applies YAML as the admin, who may do everything.
    pub fn apply(&self, yaml: &str) {
        self.kubectl(&User::admin(), &["apply", "--server-side", "-f", "-"], yaml).succeed();
    }

    /// The kubeconfig of a user.
    pub fn kubeconfig(&self, user: &User) -> PathBuf {
        let known = self.users.iter().any(|known| known == user);
        assert!(known, "{} has to be given when the control plane is started", user.name);
        self.folder().join(format!("{}.kubeconfig", user.token()))
    }

    /// The address of the API server.
    pub fn url(&self) -> String {
        format!("https://127.0.0.1:{}", self.port)
    }

    /// The certificate of the authority that signed the API server's, in PEM.
    pub fn certificate_authority(&self) -> PathBuf {
        self.folder().join("ca.crt")
    }

    /// A folder that ends with the control plane.
    pub fn folder(&self) -> &Path {
        self.folder.path()
    }

    /// What the API server has logged.
    pub fn log(&self) -> String {
        process::log(&self.folder().join("kube-apiserver.log"))
    }

    /// Kills the API server at once, as a node's failure would; what it stored stays in etcd.
    pub fn stop_api_server(&self) {
        *self.api_server.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    /// Starts the API server, again on the same address, and waits until it is ready.
    pub fn start_api_server(&self) {
        let process = Process::start(
            &self.assets.join("kube-apiserver"),
            &self.api_server_flags(),
            &self.folder().join("kube-apiserver.log"),
        );
        *self.api_server.lock().unwrap_or_else(PoisonError::into_inner) = Some(process);
        let admin = User::admin();
        let ready = || {
            let answers = |arguments: &[&str]| self.kubectl(&admin, arguments, "").code == 0;
            // Events of objects outside of any namespace go to `default`.
            answers(&["get", "--raw", "/readyz"]) && answers(&["get", "namespace", "default"])
        };
        assert!(process::poll(ready), "the API server is not ready:\n{}", self.log());
    }

    fn write_users(&self) {
        let write = |name: &str, text: &str| {
            fs::write(self.folder().join(name), text)
                .unwrap_or_else(|error| panic!("{name} cannot be written: {error}"));
        };
        write("users.csv", &self.users.iter().map(User::line).collect::<String>());
        for user in &self.users {
            let text = user.kubeconfig(&self.url(), &self.certificate_authority());
            write(&format!("{}.kubeconfig", user.token()), &text);
        }
    }

    fn api_server_flags(&self) -> Vec<String> {
        let file = |name: &str| self.folder().join(name).to_string_lossy().into_owned();
        [
            ("etcd-servers", format!("http://127.0.0.1:{}", self.etcd_port)),
            ("bind-address", "127.0.0.1".to_owned()),
            ("advertise-address", "127.0.0.1".to_owned()),
            ("secure-port", self.port.to_string()),
            ("tls-cert-file", file("server.crt")),
            ("tls-private-key-file", file("server.key")),
            ("client-ca-file", file("ca.crt")),
            ("token-auth-file", file("users.csv")),
            ("authorization-mode", "RBAC".to_owned()),
            // No controller makes the accounts' objects that pods would need.
            ("disable-admission-plugins", "ServiceAccount".to_owned()),
            ("service-account-issuer", "https://rollgate.test".to_owned()),
            ("service-account-key-file", file("accounts.pub")),
            ("service-account-signing-key-file", file("accounts.key")),
            ("service-cluster-ip-range", "10.0.0.0/24".to_owned()),
            ("endpoint-reconciler-type", "none".to_owned()),
        ]
        .into_iter()
        .map(|(name, value)| format!("--{name}={value}"))
        .chain(self.flags.iter().cloned())
        .collect()
    }
}

fn start_etcd(assets: &Path, folder: &Path, port: u16) -> Process {
    let url = format!("http://127.0.0.1:{port}");
    let flags = [
        format!("--data-dir={}", folder.join("etcd").display()),
        format!("--listen-client-urls={url}"),
        format!("--advertise-client-urls={url}"),
        "--listen-peer-urls=http://127.0.0.1:0".to_owned(),
        // What is stored ends with the test.
        "--unsafe-no-fsync".to_owned(),
        "--log-level=error".to_owned(),
    ];
    Process::start_in(folder, &assets.join("etcd"), &flags, &folder.join("etcd.log"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn users_are_who_they_say_and_what_is_stored_outlives_the_api_server() {
        let test = "users_are_who_they_say_and_what_is_stored_outlives_the_api_server";
        let Some(cluster) = ControlPlane::start(test) else { return };
        let asked = ["auth", "whoami", "-o", "jsonpath={.status.userInfo.groups}"];
        let answer = cluster.kubectl(&User::machine_config_controller(), &asked, "");
        let groups = "[\"system:serviceaccounts\",\
            \"system:serviceaccounts:openshift-machine-config-operator\",\"system:authenticated\"]";
        assert_eq!(answer.succeed().stdout, groups);

        let admin = User::admin();
        cluster
            .apply("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: kept, namespace: default}\n");
        cluster.stop_api_server();
        assert_ne!(cluster.kubectl(&admin, &["get", "namespaces"], "").code, 0);
        cluster.start_api_server();
        let kept = cluster.kubectl(&admin, &["get", "configmap", "kept", "-o", "name"], "");
        assert_eq!(kept.succeed().stdout, "configmap/kept\n");

        if cluster.install_machine_config_crds(test) {
            let listed = cluster.kubectl(&admin, &["get", "machineconfigs", "-o", "json"], "");
            assert_eq!(listed.json()["items"], serde_json::json!([]));
        }

        let folder = cluster.folder().to_owned();
        drop(cluster);
        assert!(!folder.exists());
    }
}
