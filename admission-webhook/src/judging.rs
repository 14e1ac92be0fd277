//! What is judged by: policies and settings, as the configuration says.

use std::path::Path;

use jiff::civil::Date;
use jiff::tz::TimeZone;
use rollgate_engine::Settings;
use rollgate_engine::policy::PolicySet;
use rollgate_facts::Target;

/// Policies, how findings weigh, and what is known of the target.
#[derive(Debug)]
pub(crate) struct Judging {
    /// The policies.
    pub(crate) policies: PolicySet,
    /// How findings weigh.
    pub(crate) settings: Settings,
    /// What the configuration says of the target.
    pub(crate) target: Target,
}

impl Judging {
    /// Loads what the configuration names; without one, the built-in policies.
    pub(crate) fn load(_config: Option<&Path>) -> miette::Result<Self> {
        let policies = PolicySet::embedded().map_err(|error| miette::miette!("{error}"))?;
        let settings = Settings::on(today());
        Ok(Self { policies, settings, target: Target::default() })
    }
}

/// Today's date in UTC.
pub(crate) fn today() -> Date {
    jiff::Timestamp::now().to_zoned(TimeZone::UTC).date()
}
