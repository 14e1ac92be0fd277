//! Translation of a config to the version that a release merges in.
//!
//! Owns what changes between versions of spec 3, up (coreos/ignition `config/v3_x/translate`) and
//! down (coreos/ign-converter); 2.2 is converted to 3.0 in the module below. Must not know which
//! release merges in which version.
//!
//! 3.2.0 → 3.5.0: the version changes, and a link without target gets an empty one, as it had in 3.2.

mod v2;

use rollgate_facts::{Problem, ProblemKind};

use super::problem::problem;
use super::schema::{Presence, config_type, for_each_object};
use super::{Config, Item, Object, SpecVersion, Value, validate};

/// The bits of a mode that are not permissions.
const SPECIAL_BITS: i64 = 0o7000;

/// What a release makes of configs before it merges them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Translation {
    /// The version that the release merges in.
    pub to: SpecVersion,
    /// Whether the release clears the special bits of modes in configs before 3.4 without a word,
    /// as the translators of Ignition 2.15 to 2.20 do.
    pub masks_special_bits: bool,
}

impl Translation {
    /// As the newest releases do it.
    pub const NEWEST: Self = Self { to: SpecVersion::V3_5, masks_special_bits: false };
}

/// Translates a config that `validate` finds nothing wrong with.
///
/// Kernel arguments that should exist are dropped on the way to a version without them: the one
/// release that does so has moved them to `spec.kernelArguments` before.
///
/// # Errors
///
/// What of the config the version `to` cannot say, or what of a 2.2 config spec 3 cannot.
pub fn translate(config: Config, translation: Translation) -> Result<Config, Vec<Problem>> {
    let Translation { to, masks_special_bits } = translation;
    let mut config = if config.version.major == 2 { v2::convert(config)? } else { config };
    if masks_special_bits && config.version < SpecVersion::V3_4 {
        mask_special_bits(&mut config.root);
    }
    set_required_fields(&mut config);
    let written = config.version;
    set_version(&mut config, to);
    let problems = if to < written { drop_newer(&mut config, written) } else { Vec::new() };
    if problems.is_empty() { Ok(config) } else { Err(problems) }
}

fn mask_special_bits(root: &mut Item) {
    for list in ["files", "directories"] {
        for item in root.list_mut(&["storage", list]) {
            let mode = item.path_mut(&["mode"]);
            if let Some(Item { value: Value::Integer(mode), .. }) = mode {
                *mode &= !SPECIAL_BITS;
            }
        }
    }
}

/// Sets what older versions have as a plain string, and so never lack, to nothing.
fn set_required_fields(config: &mut Config) {
    let version = config.version;
    for_each_object(config_type(version), &mut config.root, &mut |object_type, at, object| {
        for field in object_type.fields_in(version) {
            let required =
                matches!(field.presence, Presence::AlwaysBefore(minor) if version.minor < minor);
            if required && object.get(field.name).is_none() {
                object.insert(field.name, Item::string(at.clone(), ""));
            }
        }
    });
}

fn set_version(config: &mut Config, version: SpecVersion) {
    config.version = version;
    if let Some(item) = config.root.path_mut(&["ignition", "version"]) {
        item.value = Value::String(version.to_string().into());
    }
}

/// Takes out what the config's version does not have, and says what of it matters.
fn drop_newer(config: &mut Config, written: SpecVersion) -> Vec<Problem> {
    let version = config.version;
    let mut problems = Vec::new();
    for_each_object(config_type(version), &mut config.root, &mut |object_type, _, object| {
        for field in object_type.fields.iter().filter(|field| !field.is_in(version)) {
            if let Some(item) = object.remove(field.name).filter(|item| matters(field.name, item)) {
                let text = format!("`{}` cannot be said in Ignition {version}", field.name);
                problems.push(problem(ProblemKind::Untranslatable, &item.at, text));
            }
        }
        let has_special_bits = |mode: i64| mode & SPECIAL_BITS != 0;
        let mode = object.get("mode").filter(|item| item.as_i64().is_some_and(has_special_bits));
        if let Some(mode) =
            mode.filter(|_| version < SpecVersion::V3_4 && written >= SpecVersion::V3_4)
        {
            let text = format!("the mode has special bits, which Ignition {version} does not take");
            problems.push(problem(ProblemKind::Untranslatable, &mode.at, text));
        }
    });
    problems.extend(validate(config));
    problems
}

/// Whether a field says anything that its absence does not.
fn matters(name: &str, item: &Item) -> bool {
    match (&item.value, name) {
        (Value::Boolean(exists), "shouldExist") => !exists,
        (Value::Boolean(value), _) => *value,
        (Value::String(text), _) => !text.is_empty(),
        (Value::List(items), _) => !items.is_empty(),
        (Value::Object(object), "kernelArguments") => {
            object.get("shouldNotExist").is_some_and(|item| matters("shouldNotExist", item))
        }
        (Value::Object(object), _) => Object::iter(object).any(|(name, item)| matters(name, item)),
        (Value::Integer(_), _) => true,
    }
}
