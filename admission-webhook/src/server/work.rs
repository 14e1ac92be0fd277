//! Where reviews are judged: on threads of their own, as many at once as there are cores, with a short
//! queue before them. What finds no place there is sent away to come again.

use std::sync::Arc;
use std::time::Instant;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::{task, time};
use tracing::Span;

use super::body::Held;
use super::limits::Limits;
use crate::review::{Answer, Reviewer};

/// Judges reviews, a limited number at once.
#[derive(Clone)]
pub(crate) struct Work {
    reviewer: Arc<dyn Reviewer>,
    /// Reviews that are judged or wait for it.
    taken: Arc<Semaphore>,
    /// Reviews that are judged.
    running: Arc<Semaphore>,
}

/// When a review has to be answered.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Deadline {
    /// When the decision has to be there.
    pub(crate) decided: Instant,
    /// When the API server still gets an answer; what has not been decided then is an error.
    pub(crate) answered: Instant,
}

/// Why a review was not judged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum NotJudged {
    /// There are too many.
    Shed,
    /// The decision failed or took too long.
    Failed(Failure),
}

/// How a decision can fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Failure {
    /// It panicked.
    Panic,
    /// It did not end in time.
    Overrun,
}

impl Work {
    pub(crate) fn new(reviewer: Arc<dyn Reviewer>, limits: &Limits) -> Self {
        let running = limits.running.max(1);
        Self {
            reviewer,
            taken: Arc::new(Semaphore::new(running + limits.waiting)),
            running: Arc::new(Semaphore::new(running)),
        }
    }

    /// Why nothing can be judged yet, if so.
    pub(crate) fn not_ready(&self) -> Option<String> {
        self.reviewer.not_ready()
    }

    /// Judges a review, as soon as there is a core for it.
    pub(crate) async fn review(
        &self,
        decision: String,
        body: Held,
        deadline: Deadline,
    ) -> Result<Answer, NotJudged> {
        let taken = Arc::clone(&self.taken).try_acquire_owned().map_err(|_| NotJudged::Shed)?;
        let turn = Arc::clone(&self.running).acquire_owned();
        let Ok(Ok(running)) = time::timeout_at(deadline.decided.into(), turn).await else {
            return Err(NotJudged::Shed);
        };
        let judged = self.judge(decision, body, deadline.decided, [taken, running]);
        match time::timeout_at(deadline.answered.into(), judged).await {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(_)) => Err(NotJudged::Failed(Failure::Panic)),
            Err(_) => Err(NotJudged::Failed(Failure::Overrun)),
        }
    }

    /// A review that overruns keeps its permits until it ends, so that no more than these many
    /// threads are ever busy.
    fn judge(
        &self,
        decision: String,
        body: Held,
        decided: Instant,
        permits: [OwnedSemaphorePermit; 2],
    ) -> task::JoinHandle<Answer> {
        let reviewer = Arc::clone(&self.reviewer);
        let span = Span::current();
        task::spawn_blocking(move || {
            let _entered = span.entered();
            let answer = reviewer.review(&decision, &body.bytes, decided);
            drop(permits);
            answer
        })
    }
}
