//! What pools come to, once worked out: the plan and the facts of a pool ask for the same.
//!
//! Must not know how a pool is rendered.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};

use crate::extract::{PoolSource, Rendered, Rendering};

/// What was rendered, by the release's order and the pool's name.
#[derive(Debug, Default)]
pub(in crate::gate) struct Renders {
    now: Mutex<BTreeMap<(u32, String), Rendered>>,
    before: Mutex<BTreeMap<(u32, String), Option<Rendered>>>,
}

impl Renders {
    /// What a pool comes to now.
    pub(in crate::gate) fn now(
        &self,
        rendering: &Rendering,
        pool: &PoolSource,
        render: impl FnOnce() -> Rendered,
    ) -> Rendered {
        once(&self.now, rendering, pool, render)
    }

    /// What its nodes run, where anything tells.
    pub(in crate::gate) fn before(
        &self,
        rendering: &Rendering,
        pool: &PoolSource,
        render: impl FnOnce() -> Option<Rendered>,
    ) -> Option<Rendered> {
        once(&self.before, rendering, pool, render)
    }
}

fn once<T: Clone>(
    known: &Mutex<BTreeMap<(u32, String), T>>,
    rendering: &Rendering,
    pool: &PoolSource,
    render: impl FnOnce() -> T,
) -> T {
    let key = (rendering.order, pool.at.to_string());
    let known = || known.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(rendered) = known().get(&key) {
        return rendered.clone();
    }
    let rendered = render();
    known().insert(key, rendered.clone());
    rendered
}
