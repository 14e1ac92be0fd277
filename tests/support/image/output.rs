//! Images as OCI layouts and archives.
//!
//! Owns manifests, configurations and the files that hold them.

#![expect(clippy::disallowed_methods, reason = "what tests read is written to files")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::blob::{digest, sha256};
use super::layer::relative;
use super::{Blob, Entry, FINAL_DIFF_ID, Image, tar};

/// An image that was built: in memory, as a registry would have it.
#[derive(Debug, Clone)]
pub struct Built {
    /// The layers, the lowest first.
    pub layers: Vec<Blob>,
    /// The bytes of its configuration.
    pub config: Vec<u8>,
    /// The bytes of its manifest.
    pub manifest: Vec<u8>,
    /// The digest of its manifest, as `sha256:<hex>`.
    pub digest: String,
    /// How many layers are the base's.
    pub base_layers: usize,
    /// The bytes of the RPM database that has effect in the end.
    pub database: Option<Vec<u8>>,
    /// Its architecture, as Go names it.
    pub architecture: String,
}

impl Image {
    /// Builds it in memory.
    pub fn build(&self) -> Built {
        let (layers, base_layers, database) = self.blobs();
        let mut labels = self.labels.clone();
        if let (true, Some(last)) = (self.final_diff_id, base_layers.checked_sub(1)) {
            let diff_id = layers.get(last).map(|blob| blob.diff_id.clone());
            labels.insert(FINAL_DIFF_ID.to_owned(), diff_id.unwrap_or_default());
        }
        let architecture = self.claimed.as_ref().unwrap_or(&self.architecture).clone();
        let history = |blob: &Blob| json!({"created": self.created, "created_by": blob.created_by});
        let config = json!({
            "created": self.created,
            "architecture": architecture,
            "os": "linux",
            "config": {"Labels": labels},
            "rootfs": {"type": "layers", "diff_ids": layers.iter().map(|blob| &blob.diff_id).collect::<Vec<_>>()},
            "history": layers.iter().map(history).collect::<Vec<_>>(),
        });
        let config = config.to_string().into_bytes();
        let manifest = manifest(&layers, &config, &self.annotations);
        let digest = digest(&manifest);
        Built { layers, config, manifest, digest, base_layers, database, architecture }
    }

    /// Writes it into an OCI layout, beside what is there.
    pub fn write_oci(&self, folder: &Path, name: &str) -> Built {
        let built = self.build();
        let name = json!({"org.opencontainers.image.ref.name": name});
        add_to_index(folder, &with(built.write_blobs(folder), "annotations", name));
        built
    }

    /// Writes it as an archive of an OCI layout.
    pub fn write_oci_archive(&self, file: &Path, name: &str) -> Built {
        let folder = temporary();
        let built = self.write_oci(folder.path(), name);
        write(file, &tar(&entries_of(folder.path(), "")));
        built
    }

    /// Writes it as `docker save` does; the layers stand in it uncompressed.
    pub fn write_docker_archive(&self, file: &Path, name: &str) -> Built {
        let built = self.build();
        let path = |blob: &Blob| format!("{}.tar", relative_digest(&blob.diff_id));
        let config = format!("{}.json", sha256(&built.config));
        let manifest = json!([{
            "Config": config,
            "RepoTags": [name],
            "Layers": built.layers.iter().map(path).collect::<Vec<_>>(),
        }]);
        let mut entries: Vec<Entry> =
            built.layers.iter().map(|blob| Entry::file(path(blob), 0o644, &blob.tar)).collect();
        entries.push(Entry::file(config, 0o644, &built.config));
        entries.push(Entry::file("manifest.json", 0o644, manifest.to_string()));
        write(file, &tar(&entries));
        built
    }
}

impl Built {
    /// Each blob by its digest: the manifest, the configuration and the layers, as a registry has them.
    pub fn blobs(&self) -> Vec<(String, Vec<u8>)> {
        let layers = self.layers.iter();
        let mut blobs: Vec<(String, Vec<u8>)> =
            layers.filter_map(|blob| Some((blob.digest.clone(), blob.bytes.clone()?))).collect();
        blobs.push((digest(&self.config), self.config.clone()));
        blobs.push((self.digest.clone(), self.manifest.clone()));
        blobs
    }

    /// Writes its blobs into an OCI layout, and gives the descriptor of its manifest.
    fn write_blobs(&self, folder: &Path) -> Value {
        for (digest, bytes) in self.blobs() {
            write(&folder.join("blobs/sha256").join(relative_digest(&digest)), &bytes);
        }
        json!({"mediaType": MANIFEST, "digest": self.digest, "size": self.manifest.len()})
    }
}

/// Writes images of several architectures under one name into an OCI layout: a manifest list.
pub fn write_oci_index(folder: &Path, name: &str, images: &[&Image]) -> Vec<Built> {
    let built: Vec<Built> = images.iter().map(|image| image.build()).collect();
    let manifests = built.iter().map(|built| {
        let platform = json!({"architecture": built.architecture, "os": "linux"});
        with(built.write_blobs(folder), "platform", platform)
    });
    let manifests: Vec<Value> = manifests.collect();
    let list = json!({"schemaVersion": 2, "mediaType": INDEX, "manifests": manifests}).to_string();
    write(&folder.join("blobs/sha256").join(sha256(list.as_bytes())), list.as_bytes());
    add_to_index(
        folder,
        &json!({
            "mediaType": INDEX,
            "digest": digest(list.as_bytes()),
            "size": list.len(),
            "annotations": {"org.opencontainers.image.ref.name": name},
        }),
    );
    built
}

fn manifest(layers: &[Blob], config: &[u8], annotations: &BTreeMap<String, String>) -> Vec<u8> {
    let layers = layers.iter().map(|blob| {
        let descriptor =
            json!({"mediaType": blob.media_type, "digest": blob.digest, "size": blob.size});
        match &blob.components {
            Some(names) => with(descriptor, "annotations", json!({"ostree.components": names})),
            None => descriptor,
        }
    });
    let manifest = json!({
        "schemaVersion": 2,
        "mediaType": MANIFEST,
        "config": {"mediaType": CONFIG, "digest": digest(config), "size": config.len()},
        "layers": layers.collect::<Vec<_>>(),
    });
    let manifest = if annotations.is_empty() {
        manifest
    } else {
        with(manifest, "annotations", json!(annotations))
    };
    manifest.to_string().into_bytes()
}

/// Adds a manifest to the index of a layout, in the place of one with the same name.
fn add_to_index(folder: &Path, descriptor: &Value) {
    write(&folder.join("oci-layout"), br#"{"imageLayoutVersion":"1.0.0"}"#);
    let index = folder.join("index.json");
    let there =
        fs::read(&index).ok().and_then(|bytes| serde_json::from_slice::<Value>(&bytes).ok());
    let mut manifests: Vec<Value> =
        there.and_then(|index| index.get("manifests")?.as_array().cloned()).unwrap_or_default();
    manifests.retain(|there| there.get("annotations") != descriptor.get("annotations"));
    manifests.push(descriptor.clone());
    let text = json!({"schemaVersion": 2, "mediaType": INDEX, "manifests": manifests}).to_string();
    write(&index, text.as_bytes());
}

/// An object with one more field.
fn with(mut object: Value, field: &str, value: Value) -> Value {
    if let Some(fields) = object.as_object_mut() {
        fields.insert(field.to_owned(), value);
    }
    object
}

/// The files under a folder as entries, sorted.
fn entries_of(folder: &Path, under: &str) -> Vec<Entry> {
    let listed =
        fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<_> = listed.flatten().map(|entry| entry.path()).collect();
    paths.sort();
    let mut entries = Vec::new();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let name = format!("{under}{name}");
        if path.is_dir() {
            entries.push(Entry::directory(&name, 0o755));
            entries.extend(entries_of(&path, &format!("{name}/")));
        } else {
            let bytes =
                fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            entries.push(Entry::file(&name, 0o644, bytes));
        }
    }
    entries
}

fn write(path: &Path, bytes: &[u8]) {
    let folder = path.parent().unwrap_or(path);
    let written = fs::create_dir_all(folder).and_then(|()| fs::write(path, bytes));
    written.unwrap_or_else(|error| panic!("cannot write {}: {error}", path.display()));
}

fn temporary() -> tempfile::TempDir {
    tempfile::tempdir().unwrap_or_else(|error| panic!("no temporary folder: {error}"))
}

fn relative_digest(digest: &str) -> &str {
    relative(digest.trim_start_matches("sha256:"))
}

const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";
const INDEX: &str = "application/vnd.oci.image.index.v1+json";
const CONFIG: &str = "application/vnd.oci.image.config.v1+json";
