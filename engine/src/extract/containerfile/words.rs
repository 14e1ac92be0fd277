//! Words of an instruction that no shell reads: `A="b c" D=e` is `A=b c` and `D=e`.
//!
//! Owns quotes and escapes of `ENV`, `LABEL` and `ARG`. Must not know shell operators (see `shell`).

/// A word as written.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'a> {
    /// Where it begins.
    pub(super) start: usize,
    /// The word with its quotes.
    pub(super) raw: &'a str,
}

impl Word<'_> {
    /// The word without its quotes.
    pub(super) fn unquoted(&self) -> String {
        let mut text = String::with_capacity(self.raw.len());
        let mut quote = None;
        let mut characters = self.raw.chars();
        while let Some(character) = characters.next() {
            match (quote, character) {
                (Some('\''), '\'') | (Some('"'), '"') => quote = None,
                (None, '\'' | '"') => quote = Some(character),
                (None | Some('"'), '\\') => text.extend(characters.next()),
                _ => text.push(character),
            }
        }
        text
    }
}

/// The words of a text, apart by white space outside of quotes.
pub(super) fn words(text: &str) -> impl Iterator<Item = Word<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let rest = text.get(at..)?;
        let start = at + (rest.len() - rest.trim_start().len());
        let rest = text.get(start..)?;
        let length = length(rest);
        at = start + length;
        (length > 0).then(|| Word { start, raw: rest.get(..length).unwrap_or_default() })
    })
}

/// How long the first word is.
fn length(text: &str) -> usize {
    let mut quote = None;
    let mut escaped = false;
    for (offset, character) in text.char_indices() {
        match (quote, character) {
            _ if escaped => escaped = false,
            (None | Some('"'), '\\') => escaped = true,
            (Some(open), _) if open == character => quote = None,
            (None, '\'' | '"') => quote = Some(character),
            (None, _) if character.is_whitespace() => return offset,
            _ => {}
        }
    }
    text.len()
}
