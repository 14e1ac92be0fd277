//! What the audit judges by, and how it stays current.

use std::path::PathBuf;
use std::sync::Arc;

use arc_swap::ArcSwap;
use tracing::error;

use crate::judging::Judging;

/// The policies and settings of now.
#[derive(Debug)]
pub(crate) struct Policies {
    config: Option<PathBuf>,
    now: ArcSwap<Judging>,
}

impl Policies {
    /// Loads what the configuration names.
    pub(crate) fn load(config: Option<PathBuf>) -> miette::Result<Self> {
        let now = ArcSwap::from_pointee(Judging::load(config.as_deref())?);
        Ok(Self { config, now })
    }

    /// What is judged by now: loaded anew, and what does not load leaves what is there in force.
    pub(super) fn current(&self) -> Arc<Judging> {
        if self.config.is_some() {
            match Judging::load(self.config.as_deref()) {
                Ok(judging) => self.now.store(Arc::new(judging)),
                Err(error) => {
                    error!(%error, "the configuration does not load; the one before holds");
                }
            }
        }
        self.now.load_full()
    }
}
