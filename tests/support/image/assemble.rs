//! From an image in the making to its layers.
//!
//! Owns what each layer on top changes of the tree and of the packages below it.

use super::layer::{Change, Layer, NOW, relative};
use super::{Blob, Entry, Image, Root, package, tar};

/// Where the RPM database stands.
const DATABASE: &str = "usr/share/rpm/rpmdb.sqlite";

impl Image {
    /// Its layers, how many of them are the base's, and the RPM database in the end.
    pub(super) fn blobs(&self) -> (Vec<Blob>, usize, Option<Vec<u8>>) {
        let mut root = self.root.clone();
        let mut packages = self.packages.clone();
        let mut database = self.database(packages.as_deref(), &root);
        if let Some(bytes) = &database {
            root.insert(DATABASE.to_owned(), Entry::file(DATABASE, 0o644, bytes));
        }
        let base = if root.is_empty() { Vec::new() } else { self.layout.layers(&root) };
        let mut blobs: Vec<Blob> = base
            .into_iter()
            .map(|(entries, name)| Blob {
                components: Some(name),
                ..Blob::new(tar(&entries), self.compression, &[], "")
            })
            .collect();
        let base_layers = blobs.len();
        for layer in &self.layers {
            let mut entries = layer.entries.clone();
            entries.extend(self.rewritten(layer, &root));
            apply(&mut root, &entries);
            if change(&mut packages, layer) {
                database = self.database(packages.as_deref(), &root);
                let bytes = database.clone().unwrap_or_default();
                let entry = Entry { mtime: NOW, ..Entry::file(DATABASE, 0o644, bytes) };
                root.insert(DATABASE.to_owned(), entry.clone());
                entries.push(entry);
            }
            let created_by = layer.created_by.as_deref().unwrap_or("/bin/sh -c #(nop) COPY");
            let tar = layer.tar.clone().unwrap_or_else(|| tar(&entries));
            blobs.push(Blob::new(tar, layer.compression, &layer.damage, created_by));
        }
        (blobs, base_layers, database)
    }

    /// What overlayfs makes of a file that has two names and is written under one.
    fn rewritten(&self, layer: &Layer, root: &Root) -> Vec<Entry> {
        let mut entries = Vec::new();
        for change in &layer.changes {
            let Change::Rewrite { path, bytes, object_first } = change else { continue };
            let Some(before) = root.get(path) else { panic!("nothing to rewrite at {path}") };
            let object =
                self.layout.object(before).unwrap_or_else(|| panic!("{path} has no object"));
            let (file, link) = if *object_first { (&object, path) } else { (path, &object) };
            let written = Entry::file(file, before.mode, bytes);
            entries.push(Entry { uid: before.uid, gid: before.gid, mtime: NOW, ..written });
            entries.push(Entry::hard_link(link, file));
        }
        entries
    }

    fn database(&self, packages: Option<&[package::Package]>, root: &Root) -> Option<Vec<u8>> {
        packages.map(|packages| {
            package::database(
                packages,
                (root, &self.root),
                super::rhcos::machine(&self.architecture),
            )
        })
    }
}

/// Changes the packages as a layer does, and says whether it did.
fn change(packages: &mut Option<Vec<package::Package>>, layer: &Layer) -> bool {
    let packages = packages.get_or_insert_default();
    let mut changed = false;
    for change in &layer.changes {
        match change {
            Change::Install(package) => {
                packages.retain(|there| there.name != package.name);
                packages.push(package.clone());
            }
            Change::InstallBeside(package) => packages.push(package.clone()),
            Change::Erase(name) => packages.retain(|there| there.name != *name),
            Change::Rewrite { .. } => continue,
        }
        changed = true;
    }
    changed
}

/// What a tree is once a layer lies on it, as far as packages need it.
fn apply(root: &mut Root, entries: &[Entry]) {
    for entry in entries {
        let path = String::from_utf8_lossy(&entry.path).into_owned();
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", &path));
        if name == ".wh..wh..opq" {
            root.retain(|at, _| !is_under(at, folder));
        } else if let Some(name) = name.strip_prefix(".wh.") {
            let gone = relative(&format!("{folder}/{name}")).to_owned();
            root.retain(|at, _| *at != gone && !is_under(at, &gone));
        } else if entry.kind == b'1' {
            if let Some(file) = root.get(&*String::from_utf8_lossy(&entry.target)).cloned() {
                root.insert(path, file);
            }
        } else {
            root.insert(path, entry.clone());
        }
    }
}

fn is_under(path: &str, folder: &str) -> bool {
    path.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}
