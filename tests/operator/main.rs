//! The Machine Config Operator as the oracle: what it answered to generated cases is what rollgate
//! says of them. The cases are read where `../shared/corpus` is present.

#![expect(
    clippy::disallowed_methods,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test stops at what it does not expect, and reads the cases itself"
)]

mod case;
mod effect;
mod merge_cases;
mod recorded;
mod verdicts;
