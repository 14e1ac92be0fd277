//! Profiles: one of the library, or a file beside the document that names it.
//!
//! Owns where a profile is found, and those that it extends. Must not know what one selects.

use std::path::{Path, PathBuf};

use rollgate_engine::configuration::{ChosenProfile, ConfigurationError};
use rollgate_engine::profile::Profile;
use rollgate_engine::report::Place;
use rollgate_engine::{Limits, closest};

use crate::configuration::read_file;

/// How many profiles may extend each other: more than anyone could follow, and an end for those
/// that extend themselves.
const MAX_PROFILES: usize = 8;

/// A profile that is of no use.
#[derive(Debug, thiserror::Error, miette::Diagnostic)]
pub enum ProfileError {
    /// It is not to be found or not to be read.
    #[error("{message}")]
    NotFound {
        /// What is wrong.
        message: String,
        /// What to do.
        #[help]
        help: String,
    },
    /// It is no profile.
    #[error(transparent)]
    #[diagnostic(transparent)]
    Invalid(#[from] ConfigurationError),
}

/// The profile of this name: one of the library, or a file relative to the working directory.
pub fn profile(name: &str) -> Result<Profile, ProfileError> {
    Wanted { name, place: None }.beside(None, MAX_PROFILES)
}

/// The profile of this name, as the document `file` would name it.
pub fn profile_beside(name: &str, file: &Path) -> Result<Profile, ProfileError> {
    Wanted { name, place: None }.beside(Some(file), MAX_PROFILES)
}

/// The profile that the configuration `file` chooses.
pub fn chosen_profile(
    chosen: &ChosenProfile,
    file: Option<&Path>,
) -> Result<Profile, ProfileError> {
    let wanted = Wanted { name: &chosen.name, place: Some(&chosen.place) };
    let mut profile = wanted.beside(file, MAX_PROFILES)?;
    profile.chosen_at = Some(chosen.place.clone());
    Ok(profile)
}

/// A path as the document `file` names it.
pub fn beside(file: Option<&Path>, path: &Path) -> PathBuf {
    file.and_then(Path::parent).map_or_else(|| path.to_owned(), |parent| parent.join(path))
}

/// A profile that something names.
struct Wanted<'a> {
    name: &'a str,
    /// Where it is named; absent where a flag does.
    place: Option<&'a Place>,
}

impl Wanted<'_> {
    /// The profile: one of the library, or a file beside the one that names it.
    fn beside(&self, file: Option<&Path>, most: usize) -> Result<Profile, ProfileError> {
        let Self { name, place } = self;
        if let Some(profile) = Profile::of_library(name) {
            return Ok(profile?);
        }
        let by = place.map(|place| format!(", which {place} names")).unwrap_or_default();
        if !name.contains(['/', '.']) {
            let message = format!("there is no profile `{name}`{by}");
            return Err(ProfileError::NotFound { message, help: known(name) });
        }
        if most == 0 {
            let at = place.map(|place| format!(", as at {place}")).unwrap_or_default();
            let message = format!("the profile `{name}` extends too many others, or itself");
            return Err(ProfileError::NotFound {
                message,
                help: format!("remove an `extends`{at}"),
            });
        }
        let limits = Limits::default();
        let path = beside(file, Path::new(name));
        let artifact = read_file(&limits, &path).map_err(|error| ProfileError::NotFound {
            message: format!("{error}{by}"),
            help: error.help().to_owned(),
        })?;
        let mut read = Profile::read(&limits, &artifact)?;
        if let Some(base) = &read.extends {
            let wanted = Wanted { name: &base.name, place: Some(&base.place) };
            read.base = Some(Box::new(wanted.beside(Some(&path), most - 1)?));
        }
        Ok(read)
    }
}

fn known(name: &str) -> String {
    let names = Profile::names();
    match closest(name, names.iter().map(String::as_str)) {
        Some(known) => format!("did you mean `{known}`?"),
        None => format!("there are `{}`; a file is named as `./mine.yaml`", names.join("`, `")),
    }
}
