//! Policies: Rego behind one door.
//!
//! Owns everything that names regorus, and a rule's METADATA. Must not see extractors or reports
//! (but for the severities and rule descriptions that reports show).
