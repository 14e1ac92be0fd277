//! What the Machine Config Operator makes of a config, beyond what Ignition does.
//!
//! Owns the order of its checks (`IgnParseWrapper`, `ValidateIgnition` and `ParseAndConvertConfig` in
//! `pkg/controller/common`), its own one, of file modes, and what it does to files around a merge
//! (`MergeMachineConfigs`). Must not know pools, or the order in which their configs are merged.
//!
//! A 3.1.0 config with a link that has no target → a problem, for the operator validates the config
//! again in the version that it merges in.

use std::fmt::Write as _;

use rollgate_facts::{Problem, ProblemKind};

use super::problem::problem;
use super::{
    Config, Item, SpecVersion, Translation, Value, merge, translate, validate, validate_again,
};

/// The highest mode that the operator takes; Ignition takes more.
const HIGHEST_MODE: i64 = 0o777;

/// The config of one MachineConfig, translated to be merged, and what makes the operator refuse it.
///
/// There is no config where it could not be translated: then no pool that selects it is rendered.
pub fn accept(config: Config, translation: Translation) -> (Option<Config>, Vec<Problem>) {
    let problems = validate(&config);
    if !problems.is_empty() {
        return (None, problems);
    }
    accept_valid(config, translation)
}

/// As [`accept`], for a config in which `validate` found nothing.
pub fn accept_valid(config: Config, translation: Translation) -> (Option<Config>, Vec<Problem>) {
    // Of 2.2 configs it looks at the modes as written, before any are masked.
    let mut problems =
        if config.version == SpecVersion::V2_2 { excess_modes(&config) } else { Vec::new() };
    match translate(config, translation) {
        Ok(translated) => {
            problems.extend(validate_merged(&translated));
            problems.sort();
            problems.dedup();
            (Some(translated), problems)
        }
        Err(faults) => {
            problems.extend(faults);
            (None, problems)
        }
    }
}

/// What makes the operator refuse a config in the version that it merges in, where nothing was wrong
/// with what was translated and merged.
pub fn validate_merged(config: &Config) -> Vec<Problem> {
    let mut problems = validate_again(config);
    problems.extend(excess_modes(config));
    problems
}

/// Merges configs that `accept` gave, in the order given, as the operator merges those of a pool;
/// none where there are none.
#[must_use]
pub fn merge_all(configs: impl IntoIterator<Item = Config>) -> Option<Config> {
    let configs = configs.into_iter().map(|mut config| {
        for_each_file(&mut config, set_compression);
        config
    });
    let mut merged = configs.reduce(merge)?;
    for_each_file(&mut merged, |file| {
        unset_compression(file);
        set_overwrite(file);
    });
    Some(merged)
}

fn for_each_file(config: &mut Config, change: impl Fn(&mut Item)) {
    config.root.list_mut(&["storage", "files"]).iter_mut().for_each(change);
}

/// Lets a source without a compression override the compression of the source that it overrides.
fn set_compression(file: &mut Item) {
    let Some(contents) = file.path_mut(&["contents"]) else { return };
    let none = Item::string(contents.at.clone(), "");
    let lacks = contents.get("source").is_some() && contents.get("compression").is_none();
    if let Some(contents) = contents.as_object_mut().filter(|_| lacks) {
        contents.insert("compression", none);
    }
}

/// Takes out a compression that says that there is none.
fn unset_compression(file: &mut Item) {
    let contents = file.path_mut(&["contents"]);
    let none = contents.filter(|contents| contents.text("compression").is_empty());
    if let Some(contents) = none.and_then(Item::as_object_mut) {
        contents.remove("compression");
    }
}

/// Files overwrite what is there unless they say otherwise: spec 2 did, and nodes do.
fn set_overwrite(file: &mut Item) {
    let overwrite = Item::new(file.at.clone(), Value::Boolean(true));
    let lacks = file.get("overwrite").is_none();
    if let Some(file) = file.as_object_mut().filter(|_| lacks) {
        file.insert("overwrite", overwrite);
    }
}

fn excess_modes(config: &Config) -> Vec<Problem> {
    let excess = |mode: &i64| (HIGHEST_MODE + 1..=0o7777).contains(mode);
    let files = config.root.list_at(&["storage", "files"]).iter();
    let excess = files.filter_map(|file| Some((file, file.integer("mode").filter(excess)?)));
    excess
        .map(|(file, mode)| {
            let mut text = format!(
                "mode `{mode}` (octal {mode:o}) sets bits beyond 0777, which the operator refuses"
            );
            if let Some(meant) = written_in_octal_digits(mode) {
                let _ = write!(text, "; `{meant:04o}`, in decimal {meant}, was probably meant");
            }
            problem(ProblemKind::InvalidMode, file.at_of("mode"), text)
        })
        .collect()
}

/// The mode whose octal digits these decimal ones are, where that is a usual one: it gives the
/// group no more than the owner, and others no more than the group.
fn written_in_octal_digits(mode: i64) -> Option<i64> {
    let meant = i64::from_str_radix(&mode.to_string(), 8).ok()?;
    let (owner, group, others) = (meant >> 6, meant >> 3 & 7, meant & 7);
    let usual = meant <= HIGHEST_MODE && group & !owner == 0 && others & !group == 0;
    usual.then_some(meant)
}
