//! How lists, counts and texts from inputs read.

use crate::text::is_obeyed;

/// How many items of a list are shown.
pub(super) const SHOWN: usize = 5;

/// How much of a text from an input is shown: enough for every message of ours, while a rule may
/// quote what somebody else wrote.
const CHARACTERS: usize = 2_000;

/// A text that a terminal shows as it is, in one line.
pub fn clean(text: &str) -> String {
    let shown = text.chars().map(|character| match character {
        '\n' | '\t' => ' ',
        character if is_obeyed(character) => char::REPLACEMENT_CHARACTER,
        character => character,
    });
    let mut cropped: String = shown.take(CHARACTERS).collect();
    if text.chars().nth(CHARACTERS).is_some() {
        cropped.push('…');
    }
    cropped
}

/// A text of at most so many characters, and `…` where there are more.
pub(super) fn cropped(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// A sentence as a message, in lower case and without a full stop: METADATA says `Remove it.`, and
/// the help beside a finding `remove it`. Several sentences stay as they are.
pub(super) fn phrase(sentence: &str) -> String {
    if sentence.contains(". ") {
        return sentence.to_owned();
    }
    let text = sentence.trim_end().trim_end_matches('.');
    let (word, rest) = text.split_at(text.find(' ').unwrap_or(text.len()));
    let mut letters = word.chars();
    match letters.next() {
        // A name, as `MachineConfig` or `FIPS`, stays as it is.
        Some(first) if !letters.any(char::is_uppercase) => {
            first.to_lowercase().chain(word.chars().skip(1)).chain(rest.chars()).collect()
        }
        _ => text.to_owned(),
    }
}

/// `3 MachineConfigs`
pub(crate) fn counted(count: usize, noun: &str) -> String {
    match (count, noun.strip_suffix('y')) {
        (1, _) => format!("1 {noun}"),
        (_, Some(stem)) => format!("{count} {stem}ies"),
        (_, None) => format!("{count} {noun}s"),
    }
}

/// `a, b and c`, or `a, b, c, d, e and 7 more`
pub(crate) fn some_of<'a>(items: impl ExactSizeIterator<Item = &'a str>) -> String {
    let count = items.len();
    let mut shown: Vec<String> = items.take(SHOWN).map(ToOwned::to_owned).collect();
    if count > SHOWN {
        shown.push(format!("{} more", count - SHOWN));
    }
    match shown.pop() {
        Some(last) if !shown.is_empty() => format!("{} and {last}", shown.join(", ")),
        last => last.unwrap_or_default(),
    }
}
