//! Ignition configs: a few from end to end, and the recorded cases of the Machine Config Operator at
//! `../shared/corpus`, of which there are none where that is missing.

#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    clippy::too_many_lines,
    reason = "a test stops at what it does not expect, reads the corpus, and holds its snapshots"
)]

mod corpus;
mod whole;
