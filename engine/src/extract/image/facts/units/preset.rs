//! Presets: what the first boot of a node enables and disables.
//!
//! Owns systemd.preset(5): files in the order of their names, and the first line that matches.
//! `enable crio.*\ndisable *` → `crio.service` on, all others off.

use globset::{GlobBuilder, GlobMatcher};

use super::folders::template;
use crate::extract::image::facts::reader::{Reader, lines};

/// The lines of all presets, in order.
#[derive(Debug)]
pub(super) struct Presets {
    lines: Vec<Line>,
}

#[derive(Debug)]
struct Line {
    /// Whether it enables; of `ignore`, nothing.
    enables: Option<bool>,
    pattern: GlobMatcher,
    text: String,
    /// The instances of a template that are meant, where the line names any.
    instances: Vec<String>,
}

impl Presets {
    pub(super) fn read(reader: &mut Reader<'_>) -> Self {
        let files = reader.drop_ins("systemd/system-preset", ".preset");
        let lines = files.iter().flat_map(|file| lines(&file.text, &['#', ';']));
        Self { lines: lines.filter_map(|(_, line)| Line::read(line)).collect() }
    }

    /// What the presets say of a unit; none where no line is about it, or one that leaves it as it is.
    pub(super) fn of(&self, unit: &str) -> Option<bool> {
        self.lines.iter().find(|line| line.matches(unit)).and_then(|line| line.enables)
    }
}

impl Line {
    fn read(line: &str) -> Option<Self> {
        let mut words = line.split_whitespace();
        let enables = match words.next()? {
            "enable" => Some(true),
            "disable" => Some(false),
            "ignore" => None,
            _ => return None,
        };
        let text = words.next()?.to_owned();
        let glob = GlobBuilder::new(&text).backslash_escape(false).build().ok()?;
        let instances = words.map(str::to_owned).collect();
        Some(Self { enables, pattern: glob.compile_matcher(), text, instances })
    }

    /// A line that names instances is about its template and those, and nothing else.
    fn matches(&self, unit: &str) -> bool {
        if self.instances.is_empty() {
            return self.pattern.is_match(unit);
        }
        let instance = unit.split_once('@').and_then(|(_, rest)| rest.rsplit_once('.'));
        let named = instance.is_some_and(|(name, _)| self.instances.iter().any(|it| it == name));
        self.text == unit || (named && template(unit).as_deref() == Some(&self.text))
    }
}

#[cfg(test)]
mod tests {
    use super::{Line, Presets};

    #[test]
    fn the_first_line_that_matches_decides() {
        let text = "enable a-*.service\nignore b.service\nenable t@.service x y\ndisable t@*\nfrob c\ndisable c?.timer\n";
        let presets = Presets { lines: text.lines().filter_map(Line::read).collect() };
        let units = [
            ("a-b.service", Some(true)),
            ("b.service", None),
            ("t@x.service", Some(true)),
            ("t@.service", Some(true)),
            ("t@z.service", Some(false)),
            ("c1.timer", Some(false)),
            ("d.service", None),
        ];
        for (unit, expected) in units {
            assert_eq!(presets.of(unit), expected, "{unit}");
        }
    }
}
