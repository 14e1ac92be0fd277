//! Judging: each rule once for each subject of its kind.
//!
//! Owns what an unmet need means (design §1.4): where only the target is incomplete, a rule is
//! evaluated for every value that the tables know, and one outcome for all is the outcome. Of
//! subjects that are alike in all that a rule reads, it judges one.

mod answers;
mod unmet;

use rollgate_facts::{ClusterObject, Containerfile, Facts, Locator, Subject, SubjectKind, Target};

use crate::extract::{MachineConfigSource, PoolSource, Rendering};
use crate::gate::Gate;
use crate::gate::conftest;
use crate::gate::doubt::Doubt;
use crate::gate::evidence::Evidence;
use crate::gate::images::ImageSubject;
use crate::gate::parallel;
use crate::gate::pool_facts::PoolFacts;
use crate::gate::release::Renderings;
use crate::gate::turn::{Settled, Turn, platforms, possible_targets};
use crate::policy::{EvaluationError, Need, RawFinding, Rule};
use crate::report::Status;
use answers::{Answer, Judging};
use unmet::Gap;

/// What one rule said of one subject, before waivers and severities.
#[derive(Debug)]
pub(super) struct Judgement<'p> {
    /// The rule.
    pub(super) rule: &'p Rule,
    /// The subject, as reports name it.
    pub(super) subject: String,
    /// The pools that the subject stands for: itself, where it is a pool.
    pub(super) pool: Option<String>,
    /// `Pass`, `Fail`, `Inconclusive` or `NotApplicable`.
    pub(super) status: Status,
    /// Why, where the status is one of the last two.
    pub(super) reason: Option<String>,
    /// What keeps the rule from deciding, where it is inconclusive.
    pub(super) doubt: Doubt,
    /// What was found.
    pub(super) findings: Vec<Found>,
}

/// What a rule found, and for which releases.
#[derive(Debug)]
pub(super) struct Found {
    /// The finding.
    pub(super) raw: RawFinding,
    /// The releases on the way of the upgrade for which it was found.
    pub(super) releases: Vec<String>,
    /// Whether it is known not to be found for the present release.
    pub(super) only_after_upgrade: bool,
}

impl From<RawFinding> for Found {
    fn from(raw: RawFinding) -> Self {
        Self { raw, releases: Vec::new(), only_after_upgrade: false }
    }
}

/// What is to be judged.
enum Case<'e> {
    MachineConfig(&'e MachineConfigSource),
    ClusterObject(&'e ClusterObject),
    Containerfile(&'e Containerfile),
    Pool(&'e PoolSource),
    Image(&'e ImageSubject),
}

/// A subject in one of its forms, given to the interpreter.
struct Form<'f> {
    /// The releases that give it this form.
    releases: &'f [String],
    subject: &'f Subject,
    /// Whether the interpreter took it.
    ready: Result<(), EvaluationError>,
}

/// Judges the subjects of some evidence.
pub(super) struct Judge<'g, 'p> {
    gate: &'g Gate<'p>,
    evidence: &'g Evidence<'g>,
    target: Target,
    renderings: &'g Renderings,
    releases: Vec<String>,
    /// The platforms that the tables tell apart.
    platforms: Vec<String>,
    /// The release before, on the way of an upgrade: what turns on no release is not judged again.
    before: Option<&'g Rendering>,
}

impl<'g, 'p> Judge<'g, 'p> {
    pub(super) fn new(
        gate: &'g Gate<'p>,
        evidence: &'g Evidence<'g>,
        renderings: &'g Renderings,
    ) -> Self {
        let releases = renderings.iter().map(|(release, _)| release.clone()).collect();
        let platforms = platforms(gate.policies.tables());
        let target = evidence.target.clone();
        Self { gate, evidence, target, renderings, releases, platforms, before: None }
    }

    /// Judges for a later release only what turns on it.
    pub(super) fn later(self, release: &str, before: Option<&'g Rendering>) -> Self {
        let target = Target { release: Some(release.to_owned()), ..self.target };
        Self { target, before, ..self }
    }

    /// Every outcome, sorted by rule and subject.
    pub(super) fn judge(&self) -> Vec<Judgement<'p>> {
        let rules = self.gate.rules();
        let start = || Judging::new(self.gate.policies.evaluator(&self.gate.settings.limits));
        let judged = parallel::map(&self.cases(), start, |judging, case| {
            let rules = rules.iter().copied().filter(|rule| self.concerns(rule, case));
            self.judge_case(judging, &rules.collect::<Vec<_>>(), case)
        });
        let mut judgements: Vec<_> = judged.into_iter().flatten().collect();
        if self.before.is_none() {
            judgements.extend(conftest::judge(self.gate, self.evidence));
        }
        judgements.sort_by(|one, other| {
            (&one.rule.code, &one.subject).cmp(&(&other.rule.code, &other.subject))
        });
        judgements
    }

    /// Whether the rule judges subjects of this kind, and may say of this one what it did not say
    /// for the release before.
    fn concerns(&self, rule: &Rule, case: &Case<'_>) -> bool {
        let rendered_alike = self.before.is_none_or(|before| {
            let now = self.renderings.last().map(|(_, rendering)| rendering);
            now.is_some_and(|now| now.renders_like(before))
        });
        let turns = rule.needs.contains(&Need::Release)
            || (case.kind() == SubjectKind::Pool && !rendered_alike);
        rule.judges(case.kind(), case.object_kind()) && (self.before.is_none() || turns)
    }

    fn cases(&self) -> Vec<Case<'_>> {
        let machine_configs =
            self.evidence.machine_configs.iter().map(|source| Case::MachineConfig(source));
        let objects = self.evidence.cluster_objects.iter().map(Case::ClusterObject);
        // First what takes longest, so that no thread is left with it at the end.
        let pools = self.evidence.pools.iter().map(Case::Pool);
        let images = self.evidence.images.iter().map(Case::Image);
        let containerfiles = self.evidence.containerfiles.iter().map(Case::Containerfile);
        let all = images.chain(pools).chain(machine_configs).chain(objects).chain(containerfiles);
        all.filter(|case| self.evidence.judges(case.at())).collect()
    }

    fn judge_case(
        &self,
        judging: &mut Judging<'p>,
        rules: &[&'p Rule],
        case: &Case<'_>,
    ) -> Vec<Judgement<'p>> {
        if rules.is_empty() {
            return Vec::new();
        }
        let settled = match case {
            Case::MachineConfig(source) => {
                self.judge_single(judging, rules, source.facts.clone().into())
            }
            Case::ClusterObject(object) => {
                self.judge_single(judging, rules, (*object).clone().into())
            }
            Case::Image(image) => self.judge_image(judging, rules, image),
            Case::Containerfile(containerfile) => {
                self.judge_single(judging, rules, (*containerfile).clone().into())
            }
            Case::Pool(pool) => {
                // Only now: each holds the contents of all its files.
                let settings = &self.gate.settings;
                let pool = PoolFacts::one(settings, self.evidence, self.renderings, pool);
                self.judge_pool(judging, rules, &pool)
            }
        };
        let judgement = |(rule, settled)| self.judgement(rule, case, settled);
        rules.iter().copied().zip(settled).map(judgement).collect()
    }

    /// Judges a subject that is the same for every release.
    fn judge_single(
        &self,
        judging: &mut Judging<'p>,
        rules: &[&'p Rule],
        subject: Subject,
    ) -> Vec<Settled> {
        let facts = Facts::new(self.target.clone(), subject);
        let ready = judging.evaluator.set_subject(&facts);
        let form = Form { releases: &self.releases, subject: &facts.subject, ready };
        let settle = |rule: &&'p Rule| {
            let mut turn = Turn::default();
            self.evaluate(judging, rule, &form, &mut turn);
            turn.settle(&self.target)
        };
        rules.iter().map(settle).collect()
    }

    /// Judges an image. A rule that reads what could not be collected says nothing.
    fn judge_image(
        &self,
        judging: &mut Judging<'p>,
        rules: &[&'p Rule],
        subject: &ImageSubject,
    ) -> Vec<Settled> {
        judging.evaluator.set_files(Some(subject.files.clone()));
        let settled = self.judge_single(judging, rules, subject.image.clone().into());
        judging.evaluator.set_files(None);
        let unread = |rule: &Rule| {
            let missing = subject.image.not_collected.iter();
            let mut missing = missing.filter(|(field, _)| rule.reads_fact("image", field));
            missing.next().map(|(field, why)| format!("`image.{field}` is not known: {why}"))
        };
        let settled = settled.into_iter().zip(rules);
        let judged = |(said, rule): (Settled, &&'p Rule)| match unread(rule) {
            Some(why) if said.status != Status::Fail => Settled::unanswered(why),
            _ => said,
        };
        settled.map(judged).collect()
    }

    /// Judges a pool in each form that the releases give it.
    fn judge_pool(
        &self,
        judging: &mut Judging<'p>,
        rules: &[&'p Rule],
        pool: &PoolFacts,
    ) -> Vec<Settled> {
        let mut turns: Vec<Result<Turn, Gap>> = rules
            .iter()
            .map(|rule| {
                let gap = self.unmet(&mut judging.evaluator, rule, pool);
                gap.map_or_else(|| Ok(Turn::default()), Err)
            })
            .collect();
        for (releases, variant) in pool.variants() {
            let facts = Facts::new(self.target.clone(), variant.clone().into());
            let ready = judging.evaluator.set_subject(&facts);
            let form = Form { releases, subject: &facts.subject, ready };
            for (rule, turn) in rules.iter().zip(&mut turns) {
                if let Ok(turn) = turn
                    && !turn.failed()
                {
                    self.evaluate(judging, rule, &form, turn);
                }
            }
        }
        let settle = |turn: Result<Turn, Gap>| match turn {
            Ok(turn) => turn.settle(&self.target),
            Err(gap) => Settled { status: gap.status, ..Settled::unanswered(gap.reason) },
        };
        turns.into_iter().map(settle).collect()
    }

    /// Evaluates a rule for every target that is possible, but for what it said already: of a subject
    /// in which it read the same, for a target that has the same of what its answer rests on.
    fn evaluate(
        &self,
        judging: &mut Judging<'p>,
        rule: &'p Rule,
        form: &Form<'_>,
        turn: &mut Turn,
    ) {
        let Form { releases, subject, ready } = form;
        if let Err(error) = ready {
            turn.add(self.target.clone(), Err(error.clone()));
            return;
        }
        let known = self.target_of(subject);
        let is_pool = subject.kind() == SubjectKind::Pool;
        // A rule that does not ask for the release may still turn on how the release renders.
        let stands_for = (is_pool && known.release.is_none()).then(|| releases.last()).flatten();
        let mut answers = judging.answers(rule);
        for target in possible_targets(&rule.needs, &known, releases, &self.platforms) {
            if self.gate.is_late() {
                turn.add(target, Err(EvaluationError::Late));
                break;
            }
            let Answer { rests_on, result, .. } = answers.to(rule, &target);
            let release = target.release.clone().or_else(|| stands_for.cloned());
            turn.add(Target { release, ..target }, result);
            // What rests on no target is said for all; how pools render still tells releases apart.
            if turn.failed() || (rests_on.is_empty() && !is_pool) {
                break;
            }
        }
    }

    /// A pool that names its OS image stream has told its stream.
    fn target_of(&self, subject: &Subject) -> Target {
        let mut target = self.target.clone();
        if let Subject::Pool(pool) = subject
            && target.stream.is_none()
        {
            let named = pool.os_image_stream.as_ref();
            target.stream = named.and_then(|stream| stream.text.parse().ok());
        }
        target
    }

    fn judgement(&self, rule: &'p Rule, case: &Case<'_>, settled: Settled) -> Judgement<'p> {
        let Settled { mut status, mut reason, mut doubt, findings } = settled;
        let pool = case.pool().map(|pool| pool.name.clone());
        if let (Some(_), Some(gap), Status::Pass) = (&pool, &self.evidence.gap, status) {
            status = Status::Inconclusive;
            reason = Some(format!("`{gap}` could not be read, and may belong to the pool"));
            doubt = Doubt::Gap;
        }
        let findings = findings.into_iter().map(Found::from).collect();
        let subject = case.name().to_owned();
        Judgement { rule, subject, pool, status, reason, doubt, findings }
    }
}

impl<'e> Case<'e> {
    const fn kind(&self) -> SubjectKind {
        match self {
            Self::MachineConfig(_) => SubjectKind::MachineConfig,
            Self::ClusterObject(_) => SubjectKind::ClusterObject,
            Self::Containerfile(_) => SubjectKind::Containerfile,
            Self::Pool(_) => SubjectKind::Pool,
            Self::Image(_) => SubjectKind::Image,
        }
    }

    /// The kind of a cluster object.
    fn object_kind(&self) -> Option<&'e str> {
        match self {
            Self::ClusterObject(object) => Some(&object.kind),
            _ => None,
        }
    }

    /// As reports name it: the object, or which of its Containerfiles.
    fn name(&self) -> &'e str {
        match self {
            Self::Containerfile(containerfile) if containerfile.on_cluster => {
                containerfile.at.as_str()
            }
            _ => self.at().object_id(),
        }
    }

    const fn at(&self) -> &'e Locator {
        match self {
            Self::MachineConfig(source) => &source.facts.at,
            Self::ClusterObject(object) => &object.at,
            Self::Containerfile(containerfile) => &containerfile.at,
            Self::Pool(pool) => &pool.at,
            Self::Image(subject) => &subject.image.at,
        }
    }

    const fn pool(&self) -> Option<&'e PoolSource> {
        match self {
            Self::Pool(pool) => Some(pool),
            _ => None,
        }
    }
}
