//! Extraction: what an input *is*, as facts.
//!
//! Owns every parser of a domain format. Must not see policies, severities or verdicts.

pub mod data_url;
pub mod ignition;
pub mod unit;
