//! Assembly: judgements into a report, with places, weights, waivers and the verdict.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rollgate_facts::{FACTS_VERSION, Locator};

use crate::baseline::{Baseline, Seen};
use crate::configuration::OnInconclusive;
use crate::gate::evidence::{Evidence, Sources};
use crate::gate::fingerprint::{fingerprint, number_twins};
use crate::gate::images::ImageSubject;
use crate::gate::judge::{Found, Judgement};
use crate::gate::scope::{self, Change, Scoped};
use crate::gate::upgrade::Way;
use crate::gate::{Gate, overrides, release};
use crate::policy::RawFinding;
use crate::report::{
    Counts, Finding, Input as ReportInput, Level, Outcome, PassedOver, REPORT_VERSION, Related,
    Report, RuleInfo, Status, Tool, Unjudged, Verdict, WeighingInfo,
};
use crate::text::mask;
use crate::waiver;
use crate::{Artifact, complaint};

/// What was judged, and what of it counts.
#[derive(Debug)]
pub(super) struct Judged<'p> {
    /// What the rules said.
    pub(super) judgements: Vec<Judgement<'p>>,
    /// The releases of the upgrade that is asked about.
    pub(super) way: Option<Way>,
    /// The findings that do not deny again.
    pub(super) baseline: Option<Baseline>,
    /// The change to which findings are limited, and what was found before it.
    pub(super) change: Option<(Change, Seen)>,
}

/// The report on some evidence.
pub(super) fn report(
    gate: &Gate<'_>,
    sources: &Sources,
    evidence: Evidence<'_>,
    judged: Judged<'_>,
) -> Report {
    let settings = &gate.settings;
    let Judged { judgements, way, baseline, change } = judged;
    let mut findings = findings(gate, &evidence, &judgements);
    let disabled = overrides::leave_out(&settings.selection, &mut findings);
    let asked = |code: &str| settings.selection.asks(code);
    let (waivers, mut complaints) =
        waiver::apply(&settings.waivers, &mut findings, settings.today, asked);
    let mut rules = rules(&judgements);
    let names: Vec<&str> = sources.artifacts().map(Artifact::name).collect();
    complaints.extend(settings.selection.complaints(&names));
    rules.extend(complaints.iter().filter_map(|finding| complaint::rule_info(&finding.rule)));
    rules.sort_by(|one, other| one.code.cmp(&other.code));
    rules.dedup();
    findings.extend(complaints.into_iter().map(|finding| weighed(gate, finding)));
    let policies = gate.policies.digest().to_string();
    let change = change.as_ref();
    let before = change.map(|(change, seen)| (change, seen.clone()));
    let scoped = scope::apply(baseline, before, &policies, &mut findings);
    findings.sort_by(|one, other| sort_key(one).cmp(&sort_key(other)));

    let mut outcomes = outcomes(judgements, &findings, &scoped);
    overrides::explain(&settings.selection, &evidence, &mut outcomes);
    let mut unjudged = evidence.unjudged;
    for gap in &mut unjudged {
        gap.message = mask(&gap.message).into_owned();
    }
    unjudged.sort();
    unjudged.dedup();
    let counts = Counts { unchanged: scoped.left_out, ..counts(&outcomes, &findings, &unjudged) };
    Report {
        version: REPORT_VERSION.to_owned(),
        verdict: verdict(&counts, settings.on_inconclusive),
        counts,
        tool: Tool {
            name: "rollgate".to_owned(),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            facts_version: FACTS_VERSION.to_owned(),
            policies,
        },
        date: settings.today.to_string(),
        target: evidence.target,
        targets: Vec::new(),
        upgrade: way.map(|way| way.info(&findings)),
        baseline: scoped.baseline,
        change: change.map(|(change, _)| {
            let names = sources.artifacts().map(|artifact| artifact.name().to_owned());
            change.info(names, scoped.left_out)
        }),
        inputs: inputs(sources, &evidence.images),
        passed_over: evidence
            .passed_over
            .into_iter()
            .map(|(kind, count)| PassedOver { kind, count })
            .collect(),
        rules,
        outcomes,
        findings,
        unjudged,
        waivers,
        disabled,
        severities: settings.selection.severities(),
        parameters: settings.parameters.clone(),
        selection: settings.selection.info(),
        configuration: settings.configuration.clone(),
        weighing: WeighingInfo {
            fail_on: settings.fail_on,
            inconclusive_blocks: settings.on_inconclusive == OnInconclusive::Fail,
        },
    }
}

/// What was judged: texts, and the images that the report speaks of by their digests.
fn inputs(sources: &Sources, images: &[ImageSubject]) -> Vec<ReportInput> {
    let texts = sources.artifacts().map(|artifact| ReportInput {
        name: artifact.name().to_owned(),
        digest: artifact.digest().to_string(),
        bytes: artifact.bytes().len(),
    });
    let images = images.iter().map(|ImageSubject { image, .. }| ReportInput {
        name: image.reference.clone(),
        digest: image.digest.clone(),
        bytes: image
            .layers
            .iter()
            .map(|layer| usize::try_from(layer.size).unwrap_or(usize::MAX))
            .fold(0, usize::saturating_add),
    });
    texts.chain(images).collect()
}

/// Findings with places; what several subjects share stands once.
pub(super) fn findings(
    gate: &Gate<'_>,
    evidence: &Evidence<'_>,
    judgements: &[Judgement<'_>],
) -> Vec<Finding> {
    let reach = reach(evidence);
    let mut shared: BTreeMap<(&str, &Locator, &str), Finding> = BTreeMap::new();
    for judgement in judgements {
        for Found { raw, releases, only_after_upgrade } in &judgement.findings {
            let key = (judgement.rule.code.as_str(), &raw.at, raw.message.as_str());
            let finding =
                shared.entry(key).or_insert_with(|| finding(gate, evidence, judgement, raw));
            finding.subjects.push(judgement.subject.clone());
            finding.releases.extend(releases.iter().cloned());
            finding.only_after_upgrade &= only_after_upgrade;
            finding.pools.extend(judgement.pool.clone());
            if judgement.pool.is_none() {
                let pools = reach.get(raw.at.object_id()).copied().unwrap_or_default();
                finding.pools.extend(pools.iter().cloned());
            }
        }
    }
    let mut findings: Vec<Finding> = shared.into_values().collect();
    for finding in &mut findings {
        finding.subjects.sort();
        finding.subjects.dedup();
        finding.pools.sort();
        finding.pools.dedup();
        release::in_order(&mut finding.releases);
        finding.subject = finding.subjects.first().cloned().unwrap_or_default();
    }
    number_twins(&mut findings);
    findings
}

/// The pools that each MachineConfig reaches.
fn reach<'e>(evidence: &'e Evidence<'_>) -> BTreeMap<&'e str, &'e [String]> {
    let reached = |source: &'e Arc<crate::extract::MachineConfigSource>| {
        (source.facts.at.object_id(), &source.facts.pools[..])
    };
    evidence.machine_configs.iter().map(reached).collect()
}

fn finding(
    gate: &Gate<'_>,
    evidence: &Evidence<'_>,
    judgement: &Judgement<'_>,
    raw: &RawFinding,
) -> Finding {
    let rule = judgement.rule;
    // A rule may quote what it complains about.
    let message = mask(&raw.message).into_owned();
    let later = rule.effective_on.filter(|date| *date > gate.settings.today);
    let place = evidence.place(&raw.at);
    let finding = Finding {
        rule: rule.code.clone(),
        severity: gate.settings.selection.severity(rule, place.as_ref()),
        level: Level::Warn,
        subject: String::new(),
        subjects: Vec::new(),
        fingerprint: fingerprint(&rule.code, &raw.at, &message),
        message,
        at: raw.at.clone(),
        image_place: evidence.images.iter().find_map(|image| image.place(&raw.at)),
        place,
        pools: Vec::new(),
        related: related(evidence, raw),
        help: rule.remediation.clone(),
        effective_on: later.map(|date| date.to_string()),
        waived: None,
        releases: Vec::new(),
        // Unless it is found without the upgrade on one of its subjects.
        only_after_upgrade: true,
    };
    weighed(gate, finding)
}

/// The places that a rule names in `details.related: [{label, at}]`.
fn related(evidence: &Evidence<'_>, raw: &RawFinding) -> Vec<Related> {
    let details = raw.details.as_ref().and_then(|details| details.get("related"));
    let listed = details.and_then(serde_json::Value::as_array).into_iter().flatten();
    let one = |entry: &serde_json::Value| {
        let at: Locator = entry.get("at")?.as_str()?.parse().ok()?;
        let label = mask(entry.get("label")?.as_str()?).into_owned();
        Some(Related { label, place: evidence.place(&at), at })
    };
    listed.filter_map(one).collect()
}

/// What a finding does to the verdict, before waivers.
fn weighed(gate: &Gate<'_>, mut finding: Finding) -> Finding {
    let denies = finding.severity >= gate.settings.fail_on && finding.effective_on.is_none();
    finding.level = if denies { Level::Deny } else { Level::Warn };
    finding
}

fn rules(judgements: &[Judgement<'_>]) -> Vec<RuleInfo> {
    let mut seen = BTreeSet::new();
    judgements
        .iter()
        .filter(|judgement| seen.insert(&judgement.rule.code))
        .map(|judgement| judgement.rule.info())
        .collect()
}

fn outcomes(judgements: Vec<Judgement<'_>>, findings: &[Finding], scoped: &Scoped) -> Vec<Outcome> {
    let mut of: BTreeMap<(&str, &str), Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        for subject in &finding.subjects {
            of.entry((&finding.rule, subject)).or_default().push(finding);
        }
    }
    judgements
        .into_iter()
        .map(|judgement| {
            let key = (judgement.rule.code.as_str(), judgement.subject.as_str());
            let mine = of.get(&key).map_or(&[][..], Vec::as_slice);
            let worst = mine.iter().map(|finding| finding.level).max();
            let left_out = scoped.left_out_of(&judgement);
            let status = match worst {
                Some(Level::Deny) => Status::Fail,
                // For another release of an upgrade.
                _ if judgement.status == Status::Inconclusive => Status::Inconclusive,
                None if left_out.is_some() => Status::Unchanged,
                None => judgement.status,
                Some(Level::Warn) => Status::Warn,
                Some(Level::Waived) => Status::Waived,
                Some(Level::Known) => Status::Known,
            };
            let covered = mine.iter().find_map(|finding| finding.waived.as_ref());
            let waived = || covered.map(|by| format!("{}, until {}", by.reason, by.until));
            let reason = judgement.reason.map(|reason| mask(&reason).into_owned());
            Outcome {
                rule: judgement.rule.code.clone(),
                subject: judgement.subject.clone(),
                status,
                reason: match status {
                    Status::Waived => waived(),
                    Status::Known => Some("known by the baseline".to_owned()),
                    Status::Unchanged => left_out,
                    _ => reason,
                },
                findings: mine.iter().map(|finding| finding.fingerprint.clone()).collect(),
            }
        })
        .collect()
}

pub(super) fn counts(outcomes: &[Outcome], findings: &[Finding], unjudged: &[Unjudged]) -> Counts {
    let with_level = |level| findings.iter().filter(|finding| finding.level == level).count();
    let with_status = |status| outcomes.iter().filter(|outcome| outcome.status == status).count();
    let subjects: BTreeSet<&str> = outcomes.iter().map(|outcome| &*outcome.subject).collect();
    Counts {
        subjects: subjects.len(),
        passed: with_status(Status::Pass),
        denied: with_level(Level::Deny),
        warned: with_level(Level::Warn),
        waived: with_level(Level::Waived),
        known: with_level(Level::Known),
        unchanged: 0,
        inconclusive: with_status(Status::Inconclusive) + unjudged.len(),
    }
}

pub(super) fn verdict(counts: &Counts, on_inconclusive: OnInconclusive) -> Verdict {
    match (counts.denied, counts.inconclusive, on_inconclusive) {
        (1.., _, _) => Verdict::Denied,
        (0, 1.., OnInconclusive::Fail) => Verdict::Inconclusive,
        _ => Verdict::Pass,
    }
}

fn sort_key(finding: &Finding) -> (Option<(&str, usize, usize)>, &str, &Locator, &str) {
    let place = finding.place.as_ref().map(|place| (place.name.as_str(), place.line, place.column));
    (place, &finding.rule, &finding.at, &finding.message)
}
