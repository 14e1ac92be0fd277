//! Whether a watch still tells what happens.
//!
//! Owns what a run of errors means. Must not ask the clock: the time comes in. A watch on which
//! nothing happens looks like one that is broken, but for the errors of those who try to resume it.

use std::time::{Duration, Instant};

/// After how long without another error a watch counts as resumed: the longest pause between two
/// tries, of which each fails at the latest when connecting takes too long.
pub(super) const QUIET: Duration = Duration::from_secs(30);

/// How long a watch may be broken before what it told last no longer counts. An API server restarts
/// within a minute or two.
pub(super) const TOLERATED: Duration = Duration::from_mins(2);

/// The errors of one watch.
#[derive(Debug, Clone, Default)]
pub(super) struct Health {
    broken: Option<Broken>,
}

#[derive(Debug, Clone)]
struct Broken {
    since: Instant,
    last: Instant,
    reason: String,
}

impl Health {
    /// Notes an error.
    pub(super) fn failed(&mut self, now: Instant, reason: String) {
        let since = self.broken(now).map_or(now, |broken| broken.since);
        self.broken = Some(Broken { since, last: now, reason });
    }

    /// Notes that the watch told something.
    pub(super) fn told(&mut self) {
        self.broken = None;
    }

    /// The last error, while the watch is broken.
    pub(super) fn error(&self, now: Instant) -> Option<&str> {
        self.broken(now).map(|broken| broken.reason.as_str())
    }

    /// For how long the watch has been broken, where that is longer than tolerated.
    pub(super) fn stale(&self, now: Instant) -> Option<Duration> {
        let broken = self.broken(now)?;
        Some(now.saturating_duration_since(broken.since)).filter(|since| *since > TOLERATED)
    }

    fn broken(&self, now: Instant) -> Option<&Broken> {
        let broken = self.broken.as_ref()?;
        (now.saturating_duration_since(broken.last) <= QUIET).then_some(broken)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_watch_is_stale_while_errors_keep_coming() {
        let start = Instant::now();
        let at = |seconds| start + Duration::from_secs(seconds);
        let mut health = Health::default();
        for second in (0..=120).step_by(10) {
            health.failed(at(second), format!("refused at {second}"));
            assert_eq!(health.stale(at(second)), None);
        }
        assert_eq!(health.error(at(121)), Some("refused at 120"));
        assert_eq!(health.stale(at(121)), Some(Duration::from_secs(121)));
        // It was resumed, and nothing has happened since.
        assert_eq!((health.stale(at(151)), health.error(at(151))), (None, None));
        // A later error is another interruption.
        health.failed(at(200), "refused".to_owned());
        assert_eq!(health.stale(at(220)), None);
        health.told();
        assert_eq!(health.error(at(220)), None);
    }
}
