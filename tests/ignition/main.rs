//! Ignition configs against what the Machine Config Operator and Ignition themselves made of them:
//! recorded cases at `../shared/corpus`, and none of them where it is missing.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test stops at what it does not expect, and reads the corpus itself"
)]

mod corpus;
