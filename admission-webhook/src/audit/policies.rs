//! What the audit judges by, and how it stays current.

use std::path::PathBuf;
use std::sync::Arc;

use tracing::error;

use crate::judging::Judging;

/// The policies and settings of now.
#[derive(Debug)]
pub(crate) struct Policies {
    config: Option<PathBuf>,
    now: Arc<Judging>,
}

impl Policies {
    /// Loads what the configuration names.
    pub(crate) fn load(config: Option<PathBuf>) -> miette::Result<Self> {
        let now = Arc::new(Judging::load(config.as_deref())?);
        Ok(Self { config, now })
    }

    /// What is judged by now.
    pub(super) fn get(&self) -> Arc<Judging> {
        self.now.clone()
    }

    /// Loads it anew; what does not load leaves what is there in force.
    pub(super) fn reload(&mut self) {
        if self.config.is_none() {
            return;
        }
        match Judging::load(self.config.as_deref()) {
            Ok(judging) => self.now = Arc::new(judging),
            Err(error) => error!(%error, "the configuration does not load; the one before holds"),
        }
    }
}
