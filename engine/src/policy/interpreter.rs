//! The Rego interpreter, set up the one way that rollgate uses it.
//!
//! Owns regorus' configuration and its error texts. Strict built-in errors are regorus' default and
//! stay on: in the other mode an error makes a rule silent.

use std::num::NonZeroU32;

use regorus::{Engine, PolicyLengthConfig, Value};
use serde_json::{Map, Value as Json, json};

use super::ast::Policy;
use super::bundle::PolicyFile;
use super::error::{LoadError, LoadErrors, PolicyPlace};

/// The longest array that `numbers.range` makes. regorus cannot be stopped inside a built-in, and
/// 30 million numbers take it 2.4 s; these take a few milliseconds.
const RANGE_ITEMS: u64 = 100_000;

/// An interpreter with these policies.
pub(super) fn with_policies<'f>(
    files: impl IntoIterator<Item = &'f PolicyFile>,
) -> Result<Engine, LoadErrors> {
    let mut engine = new();
    let files = files.into_iter();
    LoadErrors::result(files.filter_map(|file| add(&mut engine, file).err()).collect())?;
    Ok(engine)
}

/// An interpreter without policies.
pub(super) fn new() -> Engine {
    let mut engine = Engine::new();
    // regorus stops at 1 024 columns, which a long message or a fixture in a test exceeds; its limit
    // on a file's size (1 MiB) stays, and bounds lines as well.
    engine.set_policy_length_config(PolicyLengthConfig {
        max_col: NonZeroU32::MAX,
        ..PolicyLengthConfig::default()
    });
    // Fails only for a name that is taken, and no other extension is added.
    let range = |arguments: Vec<Value>| Ok(bounded_range(&arguments)?);
    let _ = engine.add_extension("numbers.range".to_owned(), 2, Box::new(range));
    engine
}

/// Adds a policy file.
pub(super) fn add(engine: &mut Engine, file: &PolicyFile) -> Result<(), LoadError> {
    match engine.add_policy(file.path.clone(), file.text.clone()) {
        Ok(_) => Ok(()),
        Err(error) => {
            let (place, message) = taken_apart(&error.to_string());
            let mut place = place.unwrap_or_else(|| PolicyPlace::new(&file.path, 1, 1));
            place.column = character_column(&file.text, &place);
            Err(LoadError::new(place, message, "write Rego v1 as regorus 0.14 reads it"))
        }
    }
}

/// The syntax trees of these files. Slow (a quarter of a millisecond a file): not for the start of
/// a run.
pub(super) fn parse(files: &[PolicyFile]) -> Result<Vec<Policy>, LoadErrors> {
    trees(&with_policies(files)?)
}

/// The syntax trees of an interpreter's policies, in the order in which they were added.
pub(super) fn trees(engine: &Engine) -> Result<Vec<Policy>, LoadErrors> {
    let unreadable = |error: String| {
        let place = PolicyPlace::new("policies", 1, 1);
        let help = "break long expressions up; they nest too deeply to be checked";
        LoadErrors::from(LoadError::new(place, error, help))
    };
    let json = engine.get_ast_as_json().map_err(|error| unreadable(error.to_string()))?;
    serde_json::from_str(&json).map_err(|error| unreadable(error.to_string()))
}

/// Gives tables and parameters to policies, and does the work that every evaluation would otherwise
/// repeat; clones made from here on share it.
pub(super) fn prepare(
    engine: &mut Engine,
    tables: &Json,
    parameters: &Map<String, Json>,
) -> Result<(), LoadError> {
    prepare_with(engine, document(tables, parameters))
}

/// Tables and parameters, as policies find them behind `data`.
pub(super) fn document(tables: &Json, parameters: &Map<String, Json>) -> Json {
    json!({ "rollgate_tables": tables, "parameters": parameters })
}

/// The same with other data.
pub(super) fn prepare_with(engine: &mut Engine, data: Json) -> Result<(), LoadError> {
    give(engine, data)?;
    ready(engine)
}

/// Gives data to policies in place of what they had.
pub(super) fn give(engine: &mut Engine, data: Json) -> Result<(), LoadError> {
    engine.clear_data();
    let given = engine.add_data(Value::from(data));
    given.map_err(|error| unready(engine, &error))
}

/// Does the work that every evaluation would otherwise repeat.
pub(super) fn ready(engine: &mut Engine) -> Result<(), LoadError> {
    // Any query prepares everything.
    let answer = engine.eval_query("true".to_owned(), false);
    answer.map(drop).map_err(|error| unready(engine, &error))
}

fn unready(engine: &Engine, error: &impl ToString) -> LoadError {
    let (place, message) = placed(engine, &error.to_string());
    let place = place.unwrap_or_else(|| PolicyPlace::new("policies", 1, 1));
    LoadError::new(place, message, "bind every variable, and give every name one meaning")
}

/// The place and the message of an error that regorus met in one of its policies.
pub(super) fn placed(engine: &Engine, text: &str) -> (Option<PolicyPlace>, String) {
    let (place, message) = taken_apart(text);
    let in_characters = |mut place: PolicyPlace| {
        let sources = engine.get_policies().unwrap_or_default();
        if let Some(source) = sources.iter().find(|source| *source.get_path() == place.file) {
            place.column = character_column(source.get_contents(), &place);
        }
        place
    };
    (place.map(in_characters), message)
}

/// The place and the message of an error of regorus, whose texts are
/// `\n--> file:line:column\n  |\n3 | source\n  |  ^\nerror: message`.
fn taken_apart(text: &str) -> (Option<PolicyPlace>, String) {
    let message = text.rsplit_once("error: ").map_or(text, |(_, message)| message);
    let message = message.split_whitespace().collect::<Vec<_>>().join(" ");
    let arrow = text.lines().find_map(|line| line.trim_start().strip_prefix("--> "));
    let place = arrow.and_then(|arrow| {
        let (rest, column) = arrow.rsplit_once(':')?;
        let (file, line) = rest.rsplit_once(':')?;
        Some(PolicyPlace::new(file, line.parse().ok()?, column.parse().ok()?))
    });
    (place, message)
}

/// The column in characters of a place that regorus gave, to which a tab is four columns.
fn character_column(text: &str, place: &PolicyPlace) -> usize {
    let line = text.lines().nth(place.line.saturating_sub(1)).unwrap_or_default();
    let widths = line.chars().map(|character| if character == '\t' { 4 } else { 1 });
    let ends = widths.scan(0, |end, width| {
        *end += width;
        Some(*end)
    });
    ends.take_while(|end| *end < place.column).count() + 1
}

/// Why `numbers.range` refuses.
#[derive(Debug, thiserror::Error)]
enum RangeError {
    #[error("`numbers.range` takes two whole numbers")]
    NotNumbers,
    #[error("`numbers.range` makes at most {RANGE_ITEMS} numbers")]
    TooMany,
}

/// `numbers.range`, bounded.
fn bounded_range(arguments: &[Value]) -> Result<Value, RangeError> {
    let [first, last] = arguments else { return Err(RangeError::NotNumbers) };
    let (Ok(first), Ok(last)) = (first.as_i64(), last.as_i64()) else {
        return Err(RangeError::NotNumbers);
    };
    if first.abs_diff(last) >= RANGE_ITEMS {
        return Err(RangeError::TooMany);
    }
    let mut numbers: Vec<_> = (first.min(last)..=first.max(last)).map(Value::from).collect();
    if last < first {
        numbers.reverse();
    }
    Ok(Value::from(numbers))
}
