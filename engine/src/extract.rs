//! Extraction: what an input *is*, as facts.
//!
//! Owns every parser of a domain format. Must not see policies, severities or verdicts.

pub mod ignition;
