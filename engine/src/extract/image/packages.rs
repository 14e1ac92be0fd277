//! The packages of an image, and what became of their files.
//!
//! Owns which RPM database of a tree counts, who owns a path, and in what a file differs from what
//! its package installed. Must not know how a database is stored. A tree with
//! `/usr/share/rpm/rpmdb.sqlite` comes to its packages, and the entry `/bin/bash` in it to the owner of
//! `/usr/bin/bash`.

mod capabilities;
mod change;
mod find;
mod missing;
mod owners;
mod required;
mod verify;

use rollgate_facts::{ImageProblem, ImageProblemKind, Locator, PackageSet};

use super::{Database, Tree};
use crate::limits::ImageLimits;

use self::owners::Owners;

pub use change::compare;
pub use verify::Accounts;

/// What is known of the packages of an image.
#[derive(Debug, Default)]
pub struct Packages {
    /// The packages; none where they could not be collected.
    pub set: Option<PackageSet>,
    /// The database that they stand in, with their files.
    pub database: Database,
    /// Which package owns which path.
    pub owners: Owners,
    /// What is wrong with the databases.
    pub problems: Vec<ImageProblem>,
    /// Why they could not be collected.
    pub not_collected: Option<String>,
}

/// The packages of a tree.
pub fn packages(tree: &Tree, image: &Locator, limits: &ImageLimits) -> Packages {
    let found = find::databases(tree, image, limits);
    let mut problems = found.problems;
    let (at, database) = match found.current {
        Ok(current) => current,
        Err(reason) => {
            return Packages { not_collected: Some(reason), problems, ..Packages::default() };
        }
    };
    problems.extend(database.unsigned_entries.iter().map(|(package, text)| ImageProblem {
        kind: ImageProblemKind::UnsignedHeaderEntries,
        at: at.clone(),
        text: format!("package `{package}`: {text}"),
    }));
    let owners = Owners::of(&database, tree);
    let set = PackageSet {
        packages: database.packages.iter().map(|installed| installed.package.clone()).collect(),
        keys: database.keys.clone(),
        missing: missing::missing(&owners, &database, tree, &at),
        required_by: required::required_by(&database, &owners),
        at,
    };
    Packages { set: Some(set), database, owners, problems, not_collected: None }
}
