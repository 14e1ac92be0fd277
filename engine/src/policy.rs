//! Policies: Rego behind one door.
//!
//! Owns everything that names regorus, and a rule's METADATA. Must not see extractors or reports
//! (but for the severities and rule descriptions that reports show).
//!
//! A [`PolicySet`] is loaded once; an [`Evaluator`] of it judges one subject after the other:
//! `pool.mitigations-disabled` over the facts of a pool gives
//! ``[{at: "MachineConfig/99-worker#/spec/kernelArguments/1", message: "kernel argument …"}]``.

mod ast;
mod bundle;
mod capabilities;
mod check;
mod conftest;
mod error;
mod evaluate;
mod generated;
mod host;
mod image_files;
mod index;
mod interpreter;
mod metadata;
mod negation;
mod opa_bundle;
mod package;
mod parameter;
mod prepared;
mod reading;
mod readme;
mod rule;
mod scaffold;
mod scan;
mod set;
mod silent;
mod tables;
mod testing;
mod watch;

pub(crate) use bundle::library_profiles;
pub use bundle::{PolicyFile, PolicyRoot, library_digest};
pub use check::check;
pub use conftest::{Conftest, ConftestEvaluator, ConftestRule, ConftestSource};
pub use error::{LoadError, LoadErrors, PolicyPlace};
pub use evaluate::{EvaluationError, Evaluator, RawFinding, Reading};
pub use generated::generated_files;
pub use image_files::{ImageFiles, ImageFilesError};
pub use opa_bundle::{BundleFile, BundleTrust, KeyError, VerificationKey, open_bundle};
pub use parameter::ParameterError;
pub(crate) use parameter::takes;
pub use rule::{Need, RelatedResource, Rule};
pub use scaffold::{NewRule, RuleNameError};
pub use set::PolicySet;
pub use silent::Condition;
pub use testing::{Coverage, TestReport, TestResult, test, test_matching};
