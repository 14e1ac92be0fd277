//! Metrics of reviews: how many, how they were decided, how long it took, and what was not reviewed.

use std::time::Duration;

use prometheus_client::encoding::{EncodeLabelSet, EncodeLabelValue};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::{Histogram, exponential_buckets};
use prometheus_client::registry::Registry;

use crate::review::Counted;

/// The buckets begin at 50 µs, below which no review is decided, and end at 6.5 s, above the timeout.
const FIRST_BUCKET: f64 = 0.000_05;
const BUCKETS: u16 = 18;

/// What is counted of reviews.
#[derive(Debug, Clone)]
pub(crate) struct AdmissionMetrics {
    reviews: Family<Review, Counter>,
    duration: Histogram,
    hits: Family<RuleHit, Counter>,
    unanswered: Family<Reason, Counter>,
    in_flight: Gauge,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Review {
    operation: &'static str,
    resource: &'static str,
    decision: &'static str,
    mode: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct RuleHit {
    rule: String,
    severity: &'static str,
    mode: &'static str,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Reason {
    reason: Unanswered,
}

/// Why a request was not answered with a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Unanswered {
    /// It is no `AdmissionReview`.
    Malformed,
    /// The connection ended in its body.
    Truncated,
    /// It is not said to be JSON.
    MediaType,
    /// Its body is too large.
    TooLarge,
    /// Its body did not arrive in time.
    Slow,
    /// There are too many.
    Shed,
    /// Reviews cannot be answered yet.
    NotReady,
    /// The review panicked.
    Panic,
    /// The review did not end in time.
    Overrun,
}

impl Unanswered {
    const ALL: [Self; 9] = [
        Self::Malformed,
        Self::Truncated,
        Self::MediaType,
        Self::TooLarge,
        Self::Slow,
        Self::Shed,
        Self::NotReady,
        Self::Panic,
        Self::Overrun,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Malformed => "malformed",
            Self::Truncated => "truncated",
            Self::MediaType => "media_type",
            Self::TooLarge => "too_large",
            Self::Slow => "slow",
            Self::Shed => "shed",
            Self::NotReady => "not_ready",
            Self::Panic => "panic",
            Self::Overrun => "overrun",
        }
    }
}

impl EncodeLabelValue for Unanswered {
    fn encode(
        &self,
        encoder: &mut prometheus_client::encoding::LabelValueEncoder<'_>,
    ) -> Result<(), std::fmt::Error> {
        self.name().encode(encoder)
    }
}

impl AdmissionMetrics {
    /// Registers them.
    pub(crate) fn register(registry: &mut Registry) -> Self {
        let metrics = Self {
            reviews: Family::default(),
            duration: Histogram::new(exponential_buckets(FIRST_BUCKET, 2.0, BUCKETS)),
            hits: Family::default(),
            unanswered: Family::default(),
            in_flight: Gauge::default(),
        };
        registry.register(
            "rollgate_admission_reviews",
            "Reviews answered, by what was asked and what was answered",
            metrics.reviews.clone(),
        );
        registry.register(
            "rollgate_admission_duration_seconds",
            "Time from the last byte of a review to its answer",
            metrics.duration.clone(),
        );
        registry.register(
            "rollgate_rule_hits",
            "Findings of reviews that were no dry run, by rule",
            metrics.hits.clone(),
        );
        registry.register(
            "rollgate_admission_unanswered",
            "Requests that were not answered with a review, by reason",
            metrics.unanswered.clone(),
        );
        registry.register(
            "rollgate_admission_in_flight",
            "Reviews that are being read, wait or are judged",
            metrics.in_flight.clone(),
        );
        // A counter that begins with its first event hides that event from `rate()`.
        for reason in Unanswered::ALL {
            let _zero = metrics.unanswered.get_or_create(&Reason { reason });
        }
        metrics
    }

    /// A review was answered.
    pub(crate) fn reviewed(&self, counted: &Counted, took: Duration) {
        let Counted { operation, resource, decision, mode, dry_run, ref hits } = *counted;
        self.reviews.get_or_create(&Review { operation, resource, decision, mode }).inc();
        self.duration.observe(took.as_secs_f64());
        if dry_run {
            return;
        }
        for hit in hits {
            let rule = hit.rule.clone();
            let hit = RuleHit { rule, severity: hit.severity, mode: hit.mode };
            self.hits.get_or_create(&hit).inc();
        }
    }

    /// A request was not answered with a review.
    pub(crate) fn unanswered(&self, reason: Unanswered) {
        self.unanswered.get_or_create(&Reason { reason }).inc();
    }

    /// A request has come; it is counted until this is dropped.
    pub(crate) fn in_flight(&self) -> InFlight {
        InFlight::one_of(&self.in_flight)
    }
}

/// One that is there until it is dropped.
#[derive(Debug)]
pub(crate) struct InFlight(Gauge);

impl InFlight {
    /// One more of what this gauge counts.
    pub(super) fn one_of(gauge: &Gauge) -> Self {
        gauge.inc();
        Self(gauge.clone())
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.dec();
    }
}
