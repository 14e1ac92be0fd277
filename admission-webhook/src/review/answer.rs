//! The answer: a decision in the words and within the limits of the API server.
//!
//! Owns what `kubectl` prints and what the audit log keeps. Must not decide. The limits were measured
//! on a real API server: warnings beyond 4,096 characters cut all others short, one with a control
//! character vanishes, and an answer of any size goes straight to the client.

use std::collections::{BTreeMap, BTreeSet};

use rollgate_engine::admission::{Decision, Mode, Said, What};
use rollgate_engine::plan::PoolPlan;
use rollgate_engine::report::clean;

use super::field::field;
use super::wire::{Cause, Details, Response, Status};

/// How many causes are listed: more than anybody mends at once.
const CAUSES: usize = 20;

/// How many characters a cause may have. Twenty of them stay below 32 KiB, with the message.
const CAUSE_CHARACTERS: usize = 1_000;

/// How many causes the message repeats, for clients that show no causes.
const MESSAGE_CAUSES: usize = 5;

/// How many warnings are given; the API server takes 4,096 characters in all.
const WARNINGS: usize = 10;

/// How many characters a warning may have: the API server cuts at 256.
const WARNING_CHARACTERS: usize = 240;

/// How many characters an audit annotation may have.
const ANNOTATION_CHARACTERS: usize = 1_000;

/// What the decision is about, and who made it.
#[derive(Debug)]
pub(crate) struct About<'a> {
    pub(crate) uid: &'a str,
    pub(crate) name: &'a str,
    pub(crate) group: &'a str,
    pub(crate) kind: &'a str,
    /// The digest of the policies.
    pub(crate) policies: &'a str,
    /// Under which the log has the decision.
    pub(crate) decision: &'a str,
    /// What the change does to nodes.
    pub(crate) pools: &'a [PoolPlan],
    /// How many findings it removes.
    pub(crate) repaired: usize,
    /// What else is to be said, first of all.
    pub(crate) notes: Vec<String>,
    /// Whether all is only counted: then nobody who changes something is to notice.
    pub(crate) quiet: bool,
}

/// The answer.
pub(crate) fn answer(about: &About<'_>, decision: &Decision) -> Response {
    let status = (!decision.is_allowed()).then(|| status(about, decision));
    Response {
        uid: about.uid.to_owned(),
        allowed: status.is_none(),
        status,
        warnings: warnings(about, decision),
        audit_annotations: annotations(about, decision),
    }
}

fn status(about: &About<'_>, decision: &Decision) -> Status {
    let subject = format!("{}/{}", about.kind, about.name);
    let mut causes: Vec<Cause> =
        decision.refusals.iter().take(CAUSES).map(|said| cause(said, &subject)).collect();
    let more = decision.refusals.len().saturating_sub(CAUSES);
    if more > 0 {
        causes.push(Cause {
            reason: "rollgate".to_owned(),
            message: format!("and {more} more; `rollgate check` lists all of them"),
            field: String::new(),
        });
    }
    Status {
        code: 422,
        reason: "Invalid",
        message: message(decision),
        details: Details {
            name: about.name.to_owned(),
            group: about.group.to_owned(),
            kind: about.kind.to_owned(),
            causes,
        },
    }
}

fn cause(said: &Said, subject: &str) -> Cause {
    let (reason, text) = (rule(said).to_owned(), text(said));
    let (own, help) = match &said.what {
        What::Found(finding) => {
            let own = finding.at.object_id() == subject;
            (if own { field(&finding.at) } else { String::new() }, finding.help.clone())
        }
        What::Undecided(_) => (String::new(), "give what is missing, or waive it".to_owned()),
        What::Unjudged(unjudged) => (String::new(), unjudged.help.clone()),
    };
    let pools = match &said.what {
        What::Found(finding) if !finding.pools.is_empty() => {
            format!(" (reaches {})", pools(&finding.pools))
        }
        _ => String::new(),
    };
    let learn = match said.what {
        What::Unjudged(_) => String::new(),
        _ => format!("; `rollgate policy explain {reason}`"),
    };
    let help = help.trim_end_matches('.');
    let message = cropped(&format!("{reason}: {text}{pools}: {help}{learn}"), CAUSE_CHARACTERS);
    Cause { reason, message, field: own }
}

/// `pools worker and infra`
fn pools(names: &[String]) -> String {
    match names {
        [one] => format!("pool {one}"),
        [first, second] => format!("pools {first} and {second}"),
        [first, second, rest @ ..] => {
            format!("pools {first}, {second} and {} more", rest.len())
        }
        [] => "no pool".to_owned(),
    }
}

/// What clients show that know no causes, Argo CD among them.
fn message(decision: &Decision) -> String {
    let shown = decision.refusals.iter().take(MESSAGE_CAUSES);
    let texts: Vec<_> =
        shown.map(|said| cropped(&format!("{}: {}", rule(said), text(said)), 400)).collect();
    let more = decision.refusals.len().saturating_sub(MESSAGE_CAUSES);
    let more = if more > 0 { format!("; and {more} more") } else { String::new() };
    format!("{}{more}", texts.join("; "))
}

/// First what happens to nodes, then what the change brings, then what was there before.
fn warnings(about: &About<'_>, decision: &Decision) -> Vec<String> {
    let told = !about.quiet;
    let notes = about.notes.iter().filter(|_| told).cloned();
    let acting = about.pools.iter().filter(|pool| told && acts(pool));
    let effects = acting.map(|pool| {
        let reason = pool.reasons.first().map(|reason| format!(": {}", reason.text));
        format!("rollgate: pool {}: {}{}", pool.name, pool.headline(), reason.unwrap_or_default())
    });
    let (brought, before): (Vec<&Said>, Vec<&Said>) =
        decision.warnings.iter().partition(|said| said.introduced);
    let brought = gathered(&brought).into_iter().map(|(said, code)| {
        let would = if denies(said) { "would be refused: " } else { "" };
        format!("rollgate: {would}{code}: {}", text(said))
    });
    let before = gathered(&before)
        .into_iter()
        .map(|(said, code)| format!("rollgate: was there before: {code}: {}", text(said)));
    let repaired = (told && about.repaired > 0).then(|| match about.repaired {
        1 => "rollgate: 1 finding is repaired".to_owned(),
        count => format!("rollgate: {count} findings are repaired"),
    });
    let mut seen = BTreeSet::new();
    let all = notes.chain(effects).chain(repaired).chain(brought).chain(before);
    // The API server drops a repeated warning, and one with a control character.
    let all = all.map(|text| cropped(&clean(&text), WARNING_CHARACTERS));
    let mut all: Vec<String> = all.filter(|text| seen.insert(text.clone())).collect();
    if all.len() > WARNINGS {
        let more = all.len() - (WARNINGS - 1);
        all.truncate(WARNINGS - 1);
        all.push(format!("rollgate: +{more} more; the audit lists all of them"));
    }
    all
}

/// What is said with its rule. Rules that lack the same of one subject are one: dozens may.
fn gathered<'s>(all: &[&'s Said]) -> Vec<(&'s Said, String)> {
    let mut gathered: Vec<(&Said, usize)> = Vec::new();
    for said in all {
        let same = gathered.iter_mut().find(|(known, _)| match (&known.what, &said.what) {
            (What::Undecided(one), What::Undecided(other)) => {
                one.subject == other.subject && one.reason == other.reason
            }
            _ => false,
        });
        match same {
            Some((_, more)) => *more += 1,
            None => gathered.push((said, 0)),
        }
    }
    let named = gathered.into_iter().map(|(said, more)| match more {
        0 => (said, rule(said).to_owned()),
        more => (said, format!("{} and {more} more", rule(said))),
    });
    named.collect()
}

/// Whether a pool's plan says anything that its owner should know.
fn acts(pool: &PoolPlan) -> bool {
    pool.effect.as_ref().is_none_or(|effect| !effect.changes.is_empty()) || !pool.reasons.is_empty()
}

/// Whether it would be refused, were the mode stricter.
fn denies(said: &Said) -> bool {
    said.mode == Mode::Warn
        && match &said.what {
            What::Found(finding) => finding.level == rollgate_engine::report::Level::Deny,
            What::Undecided(_) | What::Unjudged(_) => true,
        }
}

fn annotations(about: &About<'_>, decision: &Decision) -> BTreeMap<&'static str, String> {
    let rules = |said: &[Said]| {
        let codes: BTreeSet<&str> = said.iter().map(rule).collect();
        let codes: Vec<&str> = codes.into_iter().collect();
        (!codes.is_empty()).then(|| cropped(&codes.join(" "), ANNOTATION_CHARACTERS))
    };
    let lists = [
        ("refused-by", rules(&decision.refusals)),
        ("warned-by", rules(&decision.warnings)),
        ("noted-by", rules(&decision.noted)),
        (
            "notes",
            (!about.notes.is_empty())
                .then(|| cropped(&clean(&about.notes.join("; ")), ANNOTATION_CHARACTERS)),
        ),
    ];
    let own = [("policies", about.policies.to_owned()), ("decision", about.decision.to_owned())];
    let lists = lists.into_iter().filter_map(|(key, list)| Some((key, list?)));
    own.into_iter().chain(lists).collect()
}

/// The rule, or what stands for it where none was asked.
pub(crate) fn rule(said: &Said) -> &str {
    match &said.what {
        What::Found(finding) => &finding.rule,
        What::Undecided(undecided) => &undecided.rule,
        What::Unjudged(_) => "unreadable",
    }
}

/// What is wrong, in one line.
fn text(said: &Said) -> String {
    clean(&match &said.what {
        What::Found(finding) => finding.message.clone(),
        What::Undecided(undecided) => {
            format!("cannot be decided for `{}`: {}", undecided.subject, undecided.reason)
        }
        What::Unjudged(unjudged) => format!("`{}`: {}", unjudged.name, unjudged.message),
    })
}

/// At most this many characters.
fn cropped(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let mut cropped: String = text.chars().take(most.saturating_sub(1)).collect();
    cropped.push('…');
    cropped
}
