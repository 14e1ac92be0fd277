//! Profiles as written.

use super::ConfigurationError;
use super::meaning::Meaning;
use super::written::WrittenProfile;
use crate::profile::{Base, Profile};
use crate::{Artifact, Limits};

/// Reads a profile. What it extends is only named.
pub(crate) fn read_profile(
    limits: &Limits,
    artifact: &Artifact,
    name: &str,
) -> Result<Profile, ConfigurationError> {
    let Some(meaning) = Meaning::read(limits, artifact, "profile")? else {
        return Ok(Profile::empty(name));
    };
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
