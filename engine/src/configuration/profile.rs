//! Profiles as written.

use super::ConfigurationError;
use super::meaning::Meaning;
use super::written::WrittenProfile;
use crate::profile::{Base, Profile};
use crate::{Artifact, Limits};

/// Reads a profile of a user's own. What it extends is only named.
pub(crate) fn read_profile(
    limits: &Limits,
    artifact: &Artifact,
) -> Result<Profile, ConfigurationError> {
    let meaning = Meaning::read(limits, artifact, "profile")?;
    profile(artifact.name(), meaning)
}

/// Reads a profile of the library.
pub(crate) fn read_library_profile(
    artifact: &Artifact,
    name: &str,
) -> Result<Profile, ConfigurationError> {
    let meaning = Meaning::read(&Limits::default(), artifact, "profile")?;
    profile(name, meaning.map(Meaning::own))
}

fn profile(name: &str, meaning: Option<Meaning>) -> Result<Profile, ConfigurationError> {
    let Some(meaning) = meaning else { return Ok(Profile::empty(name)) };
    let written: WrittenProfile = meaning.written()?;
    let rules = meaning.at.key("rules");
    let base = |extended: super::written::Filled| Base {
        name: extended.0,
        place: meaning.place(&meaning.at.key("extends")),
    };
    Ok(Profile {
        name: name.to_owned(),
        title: written.title.0,
        fail_on: written.fail_on,
        extends: written.extends.map(base),
        included: meaning.selectors(&rules.key("include"), written.rules.include)?,
        excluded: meaning.selectors(&rules.key("exclude"), written.rules.exclude)?,
        base: None,
        digest: None,
        chosen_at: None,
    })
}
