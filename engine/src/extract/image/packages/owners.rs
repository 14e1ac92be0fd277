//! Which package owns which path.
//!
//! Owns the way from a path as a package has it to the one that the image has: `/bin/bash` and
//! `/usr/bin/bash` are one file where `/bin` leads to `/usr/bin`. Paths are not copied but where they
//! differ.

use std::collections::BTreeMap;
use std::mem;

use rollgate_facts::FileKind;

use super::super::{Database, InstalledFile, InstalledPackage, Tree};

/// The owned paths, sorted.
#[derive(Debug, Default)]
pub struct Owners {
    files: Vec<Owned>,
}

/// A file of a package.
#[derive(Debug, Default)]
struct Owned {
    package: u32,
    file: u32,
    /// The path in the image, where it is another one.
    path: Option<Box<str>>,
}

impl Owners {
    /// The owned paths of a database that describes a tree.
    pub(super) fn of(database: &Database, tree: &Tree) -> Self {
        let mut folders = Folders { tree, known: BTreeMap::new() };
        let mut files = Vec::new();
        for (package, installed) in (0..).zip(&database.packages) {
            for (number, file) in (0..).zip(&installed.files) {
                let path = folders.path(&file.path);
                files.push(Owned { package, file: number, path });
            }
        }
        // The files of a package are in order already, which a stable sort makes use of.
        let mut order: Vec<(&str, usize)> =
            files.iter().map(|owned: &Owned| owned.path_in(database)).zip(0..).collect();
        order.sort_by_key(|(path, _)| *path);
        let order: Vec<usize> = order.into_iter().map(|(_, place)| place).collect();
        let sorted = order.into_iter().filter_map(|place| files.get_mut(place).map(mem::take));
        Self { files: sorted.collect() }
    }

    /// The packages that own a path, and what they installed there.
    pub(super) fn at<'a>(
        &'a self,
        database: &'a Database,
        path: &'a str,
    ) -> impl Iterator<Item = (&'a InstalledPackage, &'a InstalledFile)> {
        let from = self.files.partition_point(|owned| owned.path_in(database) < path);
        let rest = self.files.get(from..).unwrap_or_default().iter();
        let here = rest.take_while(move |owned| owned.path_in(database) == path);
        here.filter_map(|owned| owned.find(database))
    }

    /// Every owned path in order, with its owner.
    pub(super) fn all<'a>(
        &'a self,
        database: &'a Database,
    ) -> impl Iterator<Item = (&'a str, &'a InstalledFile)> {
        let found = |owned: &'a Owned| Some((owned.path_in(database), owned.find(database)?.1));
        self.files.iter().filter_map(found)
    }
}

impl Owned {
    fn find<'a>(
        &self,
        database: &'a Database,
    ) -> Option<(&'a InstalledPackage, &'a InstalledFile)> {
        let package = database.packages.get(self.package as usize)?;
        Some((package, package.files.get(self.file as usize)?))
    }

    fn path_in<'a>(&'a self, database: &'a Database) -> &'a str {
        let as_installed = || self.find(database).map(|(_, file)| &*file.path);
        self.path.as_deref().or_else(as_installed).unwrap_or_default()
    }
}

/// Where folders lead to, by their path as packages have it; none where that is the same.
struct Folders<'a> {
    tree: &'a Tree,
    known: BTreeMap<Box<str>, Option<Box<str>>>,
}

impl Folders<'_> {
    /// The path in the image of a file, where it is another one.
    fn path(&mut self, path: &str) -> Option<Box<str>> {
        let (folder, name) = path.rsplit_once('/').filter(|(folder, _)| !folder.is_empty())?;
        let folder = self.folder(folder)?;
        Some([&folder, "/", name].concat().into())
    }

    fn folder(&mut self, folder: &str) -> Option<Box<str>> {
        if let Some(known) = self.known.get(folder) {
            return known.clone();
        }
        // A folder stands where the one above it leads to, unless it is a link itself.
        let moved = self.path(folder);
        let here = moved.as_deref().unwrap_or(folder);
        let link = self.tree.get(here).is_some_and(|entry| entry.kind == FileKind::Link);
        let target = if link { self.tree.resolve(here) } else { None };
        let found = target.map(|entry| entry.path.clone()).or(moved);
        self.known.insert(folder.into(), found.clone());
        found
    }
}
