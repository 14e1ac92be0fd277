//! Registries on loopback: the real one of Debian, and one that does whatever a test says.
//!
//! Owns starting and ending them. Must not know what a reader of images makes of them.

#![expect(
    clippy::disallowed_methods,
    clippy::missing_panics_doc,
    reason = "a fixture writes files, and what cannot be started stops its test"
)]

mod hostile;

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::thread;

use crate::certificate::{Authority, Certificate, GOOD};
use crate::need::tool;

pub use hostile::{Answer, Asked, End, HostileRegistry, image};

/// Who is let in.
pub const USER: &str = "reader";

/// The password of [`USER`].
pub const PASSWORD: &str = "correct horse";

/// The same as bcrypt, which is all that the registry takes; of the least cost.
const HASH: &str = "$2y$05$abcdefghijklmnopqrstuuHNbAKRhpaujgo33bRWs.NLUTJO3lOy2";

/// A running `docker-registry`, with TLS and a password, in a folder of its own.
#[derive(Debug)]
pub struct Registry {
    child: Child,
    /// Host and port.
    pub host: String,
    /// The CA of its certificate, as PEM.
    pub authority: String,
}

impl Registry {
    /// Starts one that keeps its blobs below a folder; `None` where there is no `docker-registry`.
    pub fn start(test: &str, folder: &Path) -> Option<Self> {
        let program = tool(test, "docker-registry")?;
        let authority = Authority::new();
        let Certificate { certificate, key } = authority.sign(&GOOD);
        let write = |name: &str, text: &str| {
            let path = folder.join(name);
            fs::write(&path, text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            path.display().to_string()
        };
        let (certificate, key) = (write("registry.crt", &certificate), write("registry.key", &key));
        let passwords = write("htpasswd", &format!("{USER}:{HASH}\n"));
        let blobs = folder.join("blobs").display().to_string();
        let configuration = serde_json::json!({
            "version": "0.1",
            "log": {"level": "info"},
            "storage": {"filesystem": {"rootdirectory": blobs}, "delete": {"enabled": true}},
            "http": {"addr": "127.0.0.1:0", "tls": {"certificate": certificate, "key": key}},
            "auth": {"htpasswd": {"realm": "test", "path": passwords}},
        });
        // JSON is YAML as well.
        let configuration = write("config.yml", &configuration.to_string());
        let mut child = Command::new(program)
            .args(["serve", &configuration])
            .env("OTEL_TRACES_EXPORTER", "none")
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("docker-registry: {error}"));
        let Some(stderr) = child.stderr.take() else { panic!("docker-registry says nothing") };
        let mut lines = BufReader::new(stderr).lines().map_while(Result::ok);
        let mut said = String::new();
        let host = lines.by_ref().find_map(|line| {
            said.push_str(&line);
            let (_, address) = line.split_once("listening on ")?;
            address.split([',', '"']).next().map(str::to_owned)
        });
        let Some(host) = host else { panic!("docker-registry does not start: {said}") };
        // What is not read would stop it in the end.
        thread::spawn(move || lines.for_each(drop));
        Some(Self { child, host, authority: authority.pem })
    }

    /// Copies an image into it with `skopeo`; `None` where there is no `skopeo`.
    pub fn push(&self, test: &str, source: &str, name: &str) -> Option<()> {
        let certificates = tempfile::tempdir().unwrap_or_else(|error| panic!("{error}"));
        let ca = certificates.path().join("ca.crt");
        fs::write(ca, &self.authority).unwrap_or_else(|error| panic!("{error}"));
        let mut copy = Command::new(tool(test, "skopeo")?);
        copy.args(["--insecure-policy", "copy", "--quiet", "--all", "--dest-cert-dir"])
            .arg(certificates.path())
            .args(["--dest-creds", &format!("{USER}:{PASSWORD}"), source])
            .arg(format!("docker://{}/{name}", self.host));
        let output = copy.output().unwrap_or_else(|error| panic!("skopeo: {error}"));
        assert!(output.status.success(), "skopeo: {}", String::from_utf8_lossy(&output.stderr));
        Some(())
    }
}

impl Drop for Registry {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
