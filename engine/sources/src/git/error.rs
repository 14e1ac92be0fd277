//! What can go wrong with Git, and what to do about it.

use thiserror::Error;

/// Why Git does not say what changed.
#[derive(Debug, Error)]
pub enum GitError {
    /// The program is not there, or cannot be run.
    #[error("`git` cannot be run")]
    NotRun(#[source] std::io::Error),
    /// The working directory is in no repository.
    #[error("`{0}` is not in the working tree of a Git repository")]
    NoRepository(String),
    /// The repository belongs to somebody else.
    #[error("Git does not trust the repository of `{0}`, which belongs to another user")]
    NotTrusted(String),
    /// No commit of that name.
    #[error("the Git reference `{0}` does not exist, or is no commit")]
    NoReference(String),
    /// A commit without anything in common with what is checked out.
    #[error("the Git reference `{0}` and what is checked out have no commit in common")]
    NothingInCommon(String),
    /// What Git says is longer than the limit.
    #[error("`git {0}` says more than is read")]
    TooLong(String),
    /// Anything else.
    #[error("`git {command}` failed: {message}")]
    Failed {
        /// The command.
        command: String,
        /// The first line of what it said.
        message: String,
    },
}

impl GitError {
    /// What to do.
    pub const fn help(&self) -> &'static str {
        match self {
            Self::NotRun(_) => "install `git`, or judge without `--changed-since`",
            Self::NoRepository(_) => "run rollgate in the repository that holds the inputs",
            Self::NotTrusted(_) => {
                "trust it with `git config --global --add safe.directory <folder>`"
            }
            Self::NoReference(_) => {
                "name a branch, tag or commit that was fetched, as `origin/main`"
            }
            Self::NothingInCommon(_) => {
                "fetch more of the history, as with `fetch-depth: 0` in a workflow"
            }
            Self::TooLong(_) | Self::Failed { .. } => {
                "check the repository, or judge without `--changed-since`"
            }
        }
    }
}
