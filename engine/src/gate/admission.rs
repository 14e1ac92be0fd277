//! Admission: one object that is about to change in a cluster.
//!
//! Owns what of the findings the change introduces, and what was there before. Must not know how an
//! API server asks, nor what becomes of a finding: see `admission`.
//!
//! A MachineConfig with two disabled mitigations that loses one of them: one finding, which was there
//! before, so that the repair goes through.

use std::collections::BTreeSet;
use std::sync::Arc;

use rollgate_facts::{ImageReference, Target};

use crate::baseline::Seen;
use crate::extract::PoolSource;
use crate::gate::cluster::{Cluster, Held, NotHeld};
use crate::gate::doubt::Doubt;
use crate::gate::evidence::{Evidence, Side, Sources};
use crate::gate::fingerprint::fingerprint;
use crate::gate::judge::{Judge, Judgement};
use crate::gate::{Gate, GateError, Input, assemble, overrides, release};
use crate::plan::PoolPlan;
use crate::report::{Finding, Level, Severity, Status, Unjudged};
use crate::{Artifact, waiver};

/// What stands for a rule where the state of the cluster may be out of date. Its mode is set like
/// that of a rule.
pub(crate) const STALE_CLUSTER: &str = "admission.stale-cluster";

/// What stands for a rule where a rendered config goes away that something runs.
pub(crate) const RENDERED_IN_USE: &str = "admission.rendered-config-in-use";

/// How many of those that run a config are named.
const NAMED_USERS: usize = 5;

/// An object that is created (no `old`), changed, or deleted (no `new`).
#[derive(Debug, Clone, Default)]
pub struct ObjectChange {
    /// The object as it is.
    pub old: Option<Arc<Artifact>>,
    /// The object as it will be.
    pub new: Option<Arc<Artifact>>,
}

/// What the rules say of a change.
#[derive(Debug, Clone, Default)]
pub struct Reviewed {
    /// What they find once the object is changed.
    pub findings: Vec<Reviewing<Finding>>,
    /// What they cannot decide.
    pub undecided: Vec<Reviewing<Undecided>>,
    /// What cannot be read.
    pub unjudged: Vec<Reviewing<Unjudged>>,
    /// How many findings the change removes; counted only where something else is found.
    pub repaired: usize,
    /// What it does to the nodes of each pool that it touches.
    pub pools: Vec<PoolPlan>,
    /// The images that it brings, of which the contents were not judged.
    pub images: Vec<ImageReference>,
}

/// Something that is said of a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewing<T> {
    /// What is said.
    pub what: T,
    /// Whether it is so only with the change.
    pub introduced: bool,
}

/// A rule that cannot decide about a subject.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Undecided {
    /// The rule's code.
    pub rule: String,
    /// The subject.
    pub subject: String,
    /// What is missing.
    pub reason: String,
    /// The same, as far as it can be compared.
    pub doubt: Doubt,
}

/// What the rules say of one state of the cluster.
struct Said {
    findings: Vec<Finding>,
    undecided: BTreeSet<Undecided>,
    unjudged: Vec<Unjudged>,
    pools: Vec<PoolPlan>,
}

impl Gate<'_> {
    /// Judges a change of one object of a cluster: the object, and the pools that it touches.
    ///
    /// # Errors
    ///
    /// Where neither side of the change holds an object of a kind that is judged.
    pub fn review(
        &self,
        cluster: &Cluster,
        target: &Target,
        change: &ObjectChange,
    ) -> Result<Reviewed, GateError> {
        let limits = &self.settings.limits;
        let read = |artifact: &Option<Arc<Artifact>>| match artifact {
            Some(artifact) => match Held::read(limits, artifact) {
                Ok(held) => Ok(Ok(Some(held))),
                Err(NotHeld::Unreadable(gap)) => Ok(Err(gap)),
                Err(NotHeld::Foreign) => Err(GateError::NothingToJudge(format!(
                    "`{}` is of a kind that is not judged",
                    artifact.name()
                ))),
            },
            None => Ok(Ok(None)),
        };
        // What was stored unreadable is repaired by whatever can be read, and by its removal, of which
        // nobody can say what it uncovers.
        let old = match (read(&change.old)?, &change.new) {
            (Ok(old), _) => old,
            (Err(_), Some(_)) => None,
            (Err(gap), None) => return Ok(Reviewed::unreadable(*gap, false)),
        };
        let new = match read(&change.new)? {
            Ok(new) => new,
            Err(gap) => return Ok(Reviewed::unreadable(*gap, true)),
        };
        let name = change.new.as_ref().map_or("", |artifact| artifact.name());
        let Some(id) = new.as_ref().or(old.as_ref()).map(|held| held.id.clone()) else {
            return Err(GateError::NothingToJudge("the review holds no object".to_owned()));
        };
        let mut pools: Vec<PoolSource> = Vec::new();
        for held in new.iter().chain(&old) {
            for pool in cluster.touched_by(held) {
                if !pools.iter().any(|known| known.name == pool.name) {
                    pools.push(pool);
                }
            }
        }
        let focus: BTreeSet<String> =
            pools.iter().map(|pool| pool.at.object_id().to_owned()).chain([id.clone()]).collect();
        let around = |held: &Option<Held>| cluster.around(&pools, &id, held.as_ref());
        let now = Sources { now: around(&new), before: running(around(&old)), focus: Some(focus) };
        let mut said = self.say(&now, target, cluster, true)?;
        let removed = old.as_ref().filter(|_| new.is_none());
        said.findings.extend(removed.and_then(|old| in_use(old, &cluster.users_of(old))));
        let images = images(old.as_ref(), new.as_ref());
        if said.is_silent() {
            return Ok(Reviewed { pools: said.pools, images, ..Reviewed::default() });
        }
        let Sources { before, focus, .. } = now;
        let before = Sources { now: around(&old), before, focus };
        let before = self.say(&before, target, cluster, false)?;
        Ok(Reviewed { images, ..said.since(&before, name) })
    }

    /// What the rules say of one state of the cluster.
    fn say(
        &self,
        sources: &Sources,
        target: &Target,
        cluster: &Cluster,
        plans: bool,
    ) -> Result<Said, GateError> {
        let input = Input {
            target: target.clone(),
            unread: cluster.gaps().to_vec(),
            ..Input::new(Vec::new())
        };
        let (evidence, known) = self.gather(sources, &input)?;
        let pools = if plans { self.effects(&evidence, known.clone())? } else { Vec::new() };
        let renderings = release::possible(known, &evidence.target)?;
        let judgements = Judge::new(self, &evidence, &renderings).judge();
        let mut findings = assemble::findings(self, &evidence, &judgements);
        let _ = overrides::leave_out(&self.settings.selection, &mut findings);
        let asked = |code: &str| self.settings.selection.asks(code);
        // What is wrong with a waiver is for whoever keeps the configuration.
        let _ = waiver::apply(&self.settings.waivers, &mut findings, self.settings.today, asked);
        Ok(Said {
            findings,
            undecided: judgements.iter().filter_map(Undecided::of).collect(),
            unjudged: evidence.unjudged,
            pools,
        })
    }

    /// What the change does to the pools, where anything is known of what runs.
    fn effects(
        &self,
        evidence: &Evidence<'_>,
        known: release::Renderings,
    ) -> Result<Vec<PoolPlan>, GateError> {
        if evidence.before.is_none() {
            return Ok(Vec::new());
        }
        self.plan_pools(evidence, known)
    }
}

/// A rendered config that goes away although something runs it. No policy can say so: what is deleted
/// is no subject.
fn in_use(rendered: &Held, users: &[String]) -> Option<Finding> {
    let first = users.first()?;
    let named: Vec<_> = users.iter().take(NAMED_USERS).map(|user| format!("`{user}`")).collect();
    let more = match users.len().saturating_sub(NAMED_USERS) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let at = rendered.at.clone();
    let message = format!("this is what {}{more} runs: without it nodes degrade", named.join(", "));
    Some(Finding {
        rule: RENDERED_IN_USE.to_owned(),
        severity: Severity::Critical,
        level: Level::Deny,
        subject: first.clone(),
        subjects: users.to_vec(),
        fingerprint: fingerprint(RENDERED_IN_USE, &at, &message),
        message,
        at,
        image_place: None,
        place: None,
        pools: Vec::new(),
        related: Vec::new(),
        help: "leave rendered configs to the operator, which removes those that nothing runs"
            .to_owned(),
        effective_on: None,
        waived: None,
        releases: Vec::new(),
        only_after_upgrade: false,
    })
}

/// The images that a MachineConfig names and did not name before.
fn images(old: Option<&Held>, new: Option<&Held>) -> Vec<ImageReference> {
    let named = |held: Option<&Held>| held.map(Held::images).unwrap_or_default();
    let old = named(old);
    let mut new = named(new);
    new.retain(|image| !old.iter().any(|known| known.text == image.text));
    new
}

/// What runs now; nothing where there is no MachineConfig.
fn running(side: Side) -> Side {
    if side.known.is_empty() { Side::default() } else { side }
}

impl Undecided {
    /// Whether the same rule doubted as much about the subject before.
    fn was_there(&self, before: &Self) -> bool {
        (&self.rule, &self.subject) == (&before.rule, &before.subject)
            && self.doubt.was_there(&before.doubt)
    }

    fn of(judgement: &Judgement<'_>) -> Option<Self> {
        (judgement.status == Status::Inconclusive).then(|| Self {
            rule: judgement.rule.code.clone(),
            subject: judgement.subject.clone(),
            reason: judgement.reason.clone().unwrap_or_default(),
            doubt: judgement.doubt.clone(),
        })
    }
}

impl Said {
    /// Whether there is nothing to ask further about.
    fn is_silent(&self) -> bool {
        self.findings.is_empty() && self.undecided.is_empty() && self.unjudged.is_empty()
    }

    /// What is said now, with what of it was said before. What cannot be read of the object that
    /// changes is the change's own: what it was before may have been anything else.
    fn since(self, before: &Self, changed: &str) -> Reviewed {
        let mut seen = Seen::of(before.findings.iter());
        let findings = self.findings.into_iter().map(|finding| {
            let introduced = !seen.take(&finding);
            Reviewing { what: finding, introduced }
        });
        let findings = findings.collect();
        let undecided = self.undecided.into_iter().map(|what| {
            let introduced = !before.undecided.iter().any(|one| what.was_there(one));
            Reviewing { what, introduced }
        });
        let unjudged = self.unjudged.into_iter().map(|what| {
            let introduced = what.name == changed || !before.unjudged.contains(&what);
            Reviewing { what, introduced }
        });
        Reviewed {
            findings,
            undecided: undecided.collect(),
            unjudged: unjudged.collect(),
            repaired: seen.left(),
            pools: self.pools,
            images: Vec::new(),
        }
    }
}

impl Reviewed {
    /// The object cannot be read, as it will be or as it was.
    fn unreadable(gap: Unjudged, introduced: bool) -> Self {
        Self { unjudged: vec![Reviewing { what: gap, introduced }], ..Self::default() }
    }

    /// Nothing could be judged, which is no pass.
    pub fn failed(name: &str, error: &GateError) -> Self {
        let gap = Unjudged {
            name: name.to_owned(),
            place: None,
            message: error.to_string(),
            help: "correct the configuration of the webhook, or the object".to_owned(),
        };
        Self::unreadable(gap, true)
    }

    /// What was judged by may be out of date: nobody can tell what the change comes to.
    pub fn add_stale(&mut self, reason: &str) {
        let what = Undecided {
            rule: STALE_CLUSTER.to_owned(),
            subject: "cluster".to_owned(),
            reason: reason.to_owned(),
            doubt: Doubt::Unanswered,
        };
        self.undecided.insert(0, Reviewing { what, introduced: true });
    }
}
