//! The reviewer: from the body of a review to its answer.
//!
//! Owns what is judged at all, and what becomes of a review that cannot be. Must not know HTTP. It
//! answers from what is in memory: nothing is fetched, written or sent while an API server waits.

use std::sync::Arc;
use std::time::{Duration, Instant};

use rollgate_engine::admission::{Asker, Decision, Mode, Said, What};
use rollgate_engine::plan::PoolPlan;
use rollgate_engine::report::clean;
use rollgate_engine::{Artifact, Gate, ObjectChange, Reviewed};
use serde_json::value::RawValue;

use crate::images::ImageFacts;
use crate::judging::{Current, Judging};
use crate::review::answer::{About, answer, rule};
use crate::review::wire::{Request, Response};
use crate::review::{Answer, Counted, Hit, Reviewer};
use crate::state::State;

/// What is judged: the group, the resource and the kind of each.
const JUDGED: &[(&str, &str, &str)] = &[
    (MACHINE_CONFIGURATION, "machineconfigs", "MachineConfig"),
    (MACHINE_CONFIGURATION, "machineconfigpools", "MachineConfigPool"),
    (MACHINE_CONFIGURATION, "kubeletconfigs", "KubeletConfig"),
    (MACHINE_CONFIGURATION, "containerruntimeconfigs", "ContainerRuntimeConfig"),
    (MACHINE_CONFIGURATION, "machineosconfigs", "MachineOSConfig"),
    ("config.openshift.io", "clusterimagepolicies", "ClusterImagePolicy"),
];

const MACHINE_CONFIGURATION: &str = "machineconfiguration.openshift.io";

/// The operations of which reviews are judged.
const OPERATIONS: &[&str] = &["CREATE", "UPDATE", "DELETE"];

/// The part of the time for an answer that one rule may take alone: then there is time left to say
/// that it took too long.
const SHARE_OF_A_RULE: u64 = 3;

/// Judges reviews by the policies and the state of the cluster that are current.
pub(crate) struct LiveReviewer {
    judging: Arc<Current>,
    state: Arc<State>,
    images: ImageFacts,
}

/// What is asked, as far as it can be judged.
struct Asked<'a> {
    request: Request<'a>,
    operation: &'static str,
    resource: &'static str,
    kind: &'static str,
    name: String,
    /// Whether it is about the object itself, and not about its status.
    judged: bool,
}

/// What was decided.
struct Decided {
    decision: Decision,
    pools: Vec<PoolPlan>,
    repaired: usize,
    notes: Vec<String>,
}

impl Reviewer for LiveReviewer {
    fn review(&self, decision: &str, body: &[u8], deadline: Instant) -> Answer {
        let asked = Request::read(body).and_then(Asked::of);
        let asked = match asked {
            Ok(asked) => asked,
            Err(reason) => return Answer::Malformed { reason: clean(&reason) },
        };
        let (response, counted) = self.judge(decision, &asked, deadline);
        Answer::Review { body: response.to_json(), counted }
    }

    fn not_ready(&self) -> Option<String> {
        self.state.faults().not_synced.clone()
    }
}

impl LiveReviewer {
    /// Judges by what `judging` loads, in the state of the cluster.
    pub(crate) const fn new(judging: Arc<Current>, state: Arc<State>, images: ImageFacts) -> Self {
        Self { judging, state, images }
    }

    fn judge(&self, id: &str, asked: &Asked<'_>, deadline: Instant) -> (Response, Counted) {
        let judging = self.judging.get();
        let policies = judging.policies.digest().to_string();
        let Decided { decision, pools, repaired, notes } =
            if asked.judged { self.decide(asked, &judging, deadline) } else { Decided::unasked() };
        let about = About {
            uid: &asked.request.uid,
            name: &asked.name,
            group: &asked.request.kind.group,
            kind: asked.kind,
            policies: &policies,
            decision: id,
            pools: &pools,
            repaired,
            notes,
            quiet: judging.admission.mode == Mode::Report,
        };
        let response = answer(&about, &decision);
        let counted = counted(asked, &decision, judging.admission.mode);
        tracing::info!(
            decision = id,
            operation = asked.operation,
            resource = asked.resource,
            name = clean(&asked.name),
            user = clean(&asked.request.user_info.username),
            dry_run = counted.dry_run,
            allowed = response.allowed,
            refused_by = response.audit_annotations.get("refused-by"),
            warned_by = response.audit_annotations.get("warned-by"),
            policies,
            "reviewed"
        );
        (response, counted)
    }

    fn decide(&self, asked: &Asked<'_>, judging: &Judging, deadline: Instant) -> Decided {
        let mut settings = judging.settings();
        let left = deadline.saturating_duration_since(Instant::now());
        let left = u64::try_from(left.as_millis()).unwrap_or(u64::MAX);
        let share = Duration::from_millis(left / SHARE_OF_A_RULE);
        settings.limits.evaluation = settings.limits.evaluation.min(share);
        settings.deadline = Some(deadline);
        let on_inconclusive = settings.on_inconclusive;
        let gate = Gate::new(&judging.policies, settings);
        let change = asked.change();
        let reviewed = gate.review(&self.state.cluster(), &judging.target, &change);
        let mut reviewed = reviewed.unwrap_or_else(|error| Reviewed::failed(&asked.name, &error));
        if let Some(stale) = &self.state.faults().stale {
            reviewed.add_stale(stale);
        }
        let images = std::mem::take(&mut reviewed.images);
        let pools = std::mem::take(&mut reviewed.pools);
        let repaired = reviewed.repaired;
        let user = &asked.request.user_info;
        let groups: Vec<&str> = user.groups.iter().map(AsRef::as_ref).collect();
        let at_most = judging.operators.at_most(&Asker { user: &user.username, groups: &groups });
        Decided {
            decision: judging.admission.decide(reviewed, at_most, on_inconclusive),
            pools,
            repaired,
            notes: images.iter().map(|image| self.images.note(image)).collect(),
        }
    }
}

impl Decided {
    /// Nothing was asked that could be refused.
    fn unasked() -> Self {
        Self { decision: Decision::default(), pools: Vec::new(), repaired: 0, notes: Vec::new() }
    }
}

impl<'a> Asked<'a> {
    /// What a request asks, where it is one that can be judged. What the webhook is not registered for
    /// is an error: to let it through would look as if it had been judged.
    fn of(request: Request<'a>) -> Result<Self, String> {
        let Some(operation) = OPERATIONS.iter().find(|known| **known == request.operation) else {
            return Err(format!("operation `{}` is not judged", request.operation));
        };
        let (group, resource) = (&request.resource.group, &request.resource.resource);
        let judged = JUDGED.iter().find(|known| known.0 == *group && known.1 == *resource);
        let Some((_, resource, kind)) = judged else {
            return Err(format!(
                "`{resource}.{group}` is not judged: take it out of the webhook's rules"
            ));
        };
        if request.kind.kind != *kind || request.kind.group != *group {
            return Err(format!("`{resource}` are not of kind `{}`", request.kind.kind));
        }
        let complete = match *operation {
            "CREATE" => request.object.is_some(),
            "UPDATE" => request.object.is_some() && request.old_object.is_some(),
            _ => request.old_object.is_some(),
        };
        if !complete {
            return Err(format!("a review of operation `{operation}` lacks its object"));
        }
        // The status is the operator's own account of what it did.
        let judged = request.sub_resource.as_deref().is_none_or(str::is_empty);
        let name = request.object_name();
        Ok(Self { request, operation, resource, kind, name, judged })
    }

    fn change(&self) -> ObjectChange {
        let artifact = |object: &RawValue| {
            Arc::new(Artifact::new(format!("{}/{}", self.kind, self.name), object.get()))
        };
        let new = self.request.object.filter(|_| self.operation != "DELETE");
        let old = self.request.old_object.filter(|_| self.operation != "CREATE");
        ObjectChange { old: old.map(artifact), new: new.map(artifact) }
    }
}

/// What is counted; where nothing was said, in the mode that holds for all.
fn counted(asked: &Asked<'_>, decision: &Decision, mode: Mode) -> Counted {
    let hit = |said: &Said| Hit {
        rule: rule(said).to_owned(),
        severity: match &said.what {
            What::Found(finding) => finding.severity.name(),
            What::Undecided(_) | What::Unjudged(_) => "inconclusive",
        },
        mode: said.mode.name(),
    };
    let mode = decision.all().map(|said| said.mode).max().unwrap_or(mode);
    Counted {
        operation: asked.operation,
        resource: asked.resource,
        decision: if decision.is_allowed() { "allowed" } else { "denied" },
        mode: mode.name(),
        dry_run: asked.request.dry_run.unwrap_or_default(),
        hits: decision.all().map(hit).collect(),
    }
}
