//! Why no report could be made.
//!
//! Owns the wording. An error here is a mistake of the user's or of the tables; what is wrong with an
//! input is in the report.

use thiserror::Error;

/// Why no report could be made.
#[derive(Debug, Error, miette::Diagnostic)]
pub enum GateError {
    /// The input holds no object of a kind that is judged.
    #[error("nothing to judge: {0}")]
    #[diagnostic(help("check the path, or give `--allow-empty` where that may be"))]
    NothingToJudge(String),
    /// The target names a release that the tables do not know.
    #[error("release `{release}` is not known; the tables know {known}")]
    #[diagnostic(help("name one of these, or use a newer rollgate"))]
    UnknownRelease {
        /// The release asked for.
        release: String,
        /// The releases that are known.
        known: String,
    },
    /// The upgrade leads to the present release, or to one before it.
    #[error("release `{release}` is no upgrade: the present release is `{present}`")]
    #[diagnostic(help("name a later release with `--upgrade-to`"))]
    NotNewer {
        /// The release asked for.
        release: String,
        /// The present release.
        present: String,
    },
    /// The upgrade skips a release.
    #[error("there is no upgrade from `{from}` to `{to}`: it goes through {between}")]
    #[diagnostic(help(
        "judge one step after the other; two minor releases at once are possible from one with \
         extended update support to the next"
    ))]
    TooFar {
        /// The present release.
        from: String,
        /// The release asked for.
        to: String,
        /// The releases between the two.
        between: String,
    },
    /// The upgrade leads to the oldest release that is known.
    #[error("the tables know no release before `{0}`, from which the upgrade could start")]
    #[diagnostic(help("name a later release with `--upgrade-to`"))]
    FirstRelease(String),
    /// No pool of that name.
    #[error("there is no pool `{name}` in the input; the pools are {known}")]
    #[diagnostic(help("give one of these with `--pool`, or the file of the pool as well"))]
    UnknownPool {
        /// The pool asked for.
        name: String,
        /// The pools that the input has.
        known: String,
    },
    /// The table of releases is empty.
    #[error("the table `releases` of the policies is empty")]
    NoReleases,
    /// A table of the policies has another shape than the engine expects.
    #[error("the table `releases` of the policies cannot be read")]
    Tables(#[source] serde_json::Error),
}
