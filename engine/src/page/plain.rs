//! A page for a terminal: the Markdown of a rule's page without its marks.
//!
//! Owns the layout. Knows only the Markdown that pages are written in: headings, fenced blocks,
//! lists and paragraphs.
//!
//! `## Why` becomes `WHY`, a paragraph is indented and wrapped, a fenced block stands as it is.

use owo_colors::OwoColorize as _;

/// The column at which paragraphs wrap, as reports do.
const WIDTH: usize = 100;

/// The page as text.
pub fn plain(markdown: &str, color: bool) -> String {
    let (mut fenced, mut section_begins) = (false, false);
    let mut text = String::new();
    for line in markdown.lines() {
        if line.starts_with("```") {
            fenced = !fenced;
        } else if fenced {
            text.extend([format!("    {line}").trim_end(), "\n"]);
        } else if let Some(code) = line.strip_prefix("# ") {
            text.extend([&heading(code, color), "\n"]);
        } else if let Some(title) = line.strip_prefix("## ") {
            text.extend([&heading(&title.to_uppercase(), color), "\n"]);
            section_begins = true;
            continue;
        } else if !line.is_empty() {
            text.push_str(&wrapped(line));
        } else if !section_begins {
            text.push('\n');
        }
        section_begins = false;
    }
    text
}

fn heading(text: &str, color: bool) -> String {
    if color { text.bold().to_string() } else { text.to_owned() }
}

/// A paragraph or list item, two columns in.
fn wrapped(line: &str) -> String {
    let (mut text, mut width) = (String::from(" "), 1);
    for word in line.split_whitespace() {
        let length = word.chars().count() + 1;
        if width + length > WIDTH && width > 1 {
            text.push_str("\n ");
            width = 1;
        }
        text.extend([" ", word]);
        width += length;
    }
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_reads_without_its_marks() {
        let page = format!(
            "# a.b\n\n## Summary\n\n{}.\n\nTwo `words`.\n\n## Denied\n\n```yaml\na: 1\n\n  b\n```\n\n## Since\n\n0.1.0\n",
            "word ".repeat(21).trim_end()
        );
        let expected = "a.b\n\nSUMMARY\n  word word word word word word word word word word word word word \
                        word word word word word word\n  word word.\n\n  Two `words`.\n\nDENIED\n    a: 1\n\n      b\n\nSINCE\n  0.1.0\n";
        assert_eq!(plain(&page, false), expected);
    }
}
