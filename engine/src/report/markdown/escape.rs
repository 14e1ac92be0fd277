//! Texts from inputs, made harmless in Markdown: no markup, no table cell, no link, no mention.
//!
//! `a|b <b>` → `a&#124;b &#60;b&#62;`

use crate::report::wording::clean;

/// Characters with which a text inside a line could be more than text (CommonMark 6, GFM's tables and
/// strikethrough, GitHub's formulas).
const MARKUP: &[char] = &['\\', '`', '*', '_', '[', ']', '<', '>', '|', '~', '&', '$'];

/// A message: literals in backticks are code, all else is plain.
pub(crate) fn prose(text: &str) -> String {
    let text = clean(text);
    let parts: Vec<&str> = text.split('`').collect();
    // An odd backtick opens nothing.
    if parts.len().is_multiple_of(2) {
        return plain(&text);
    }
    let part = |(index, part): (usize, &&str)| match index % 2 {
        0 => plain(part),
        _ => code(part),
    };
    parts.iter().enumerate().map(part).collect()
}

/// A text in which nothing is markup. What could be a mention or a link is broken by a character
/// that is not seen.
pub(crate) fn plain(text: &str) -> String {
    let text = clean(text);
    let mut escaped = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '@' => escaped.push_str("@\u{200b}"),
            // `https://` and `:smile:`
            ':' if characters.peek().is_some_and(|next| *next != ' ') => escaped.push_str("&#58;"),
            character if MARKUP.contains(&character) => escaped.push_str(&entity(character)),
            character => escaped.push(character),
        }
    }
    // GFM links what starts so.
    escaped.replace("www.", "www\u{200b}.")
}

/// A literal. A code span cannot hold a backtick, and a table takes a bar in it for a cell's end.
pub(crate) fn code(text: &str) -> String {
    let text = clean(text);
    let spaced = text.starts_with(' ') || text.ends_with(' ');
    if text.is_empty() || spaced || text.contains(['`', '|']) {
        return format!("<code>{}</code>", plain(&text));
    }
    format!("`{text}`")
}

fn entity(character: char) -> String {
    format!("&#{};", u32::from(character))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_an_input_is_markup() {
        let cases = [
            ("uses `a.b` and c", "uses `a.b` and c"),
            ("one ` only", "one &#96; only"),
            ("`a|b`", "<code>a&#124;b</code>"),
            ("<img src=x> @org [a](b)", "&#60;img src=x&#62; @\u{200b}org &#91;a&#93;(b)"),
            ("https://x", "https&#58;//x"),
        ];
        for (text, expected) in cases {
            assert_eq!(prose(text), expected);
        }
    }
}
