//! From locators back to places.
//!
//! Owns which object stands where. Must not know what the objects are. With the object
//! `MachineConfig/99-worker` added, `MachineConfig/99-worker#/spec/kernelArguments/1` is the line of
//! that list item, and of something missing the key under which it would stand.

use std::collections::BTreeMap;

use rollgate_facts::{Locator, ObjectId};

use super::{Node, Source, Value};
use crate::report::Place;

/// Where each object of a run stands.
#[derive(Debug, Default)]
pub struct Places<'a> {
    objects: BTreeMap<String, Object<'a>>,
    /// Texts that hold lines, and no object.
    texts: BTreeMap<String, &'a Source>,
}

#[derive(Debug)]
struct Object<'a> {
    source: &'a Source,
    node: &'a Node,
}

impl<'a> Places<'a> {
    /// Says where an object stands: `node` is the object itself, which may be an item of a list.
    pub fn add(&mut self, id: &ObjectId, source: &'a Source, node: &'a Node) {
        self.objects.insert(id.as_str().to_owned(), Object { source, node });
    }

    /// Says which text has lines alone.
    pub fn add_text(&mut self, id: &ObjectId, source: &'a Source) {
        self.texts.insert(id.as_str().to_owned(), source);
    }

    /// The place of a locator, unless its object stands in no text that was read.
    pub fn find(&self, locator: &Locator) -> Option<Place> {
        if let Some(source) = self.texts.get(locator.object_id()) {
            return Some(source.place_of_line(locator.content_line().unwrap_or(1)));
        }
        let object = self.objects.get(locator.object_id())?;
        let reached = object.node.pointer(locator.pointer());
        let key = reached.key_span.filter(|_| reached.whole && locator.is_key());
        let span = key.unwrap_or_else(|| reached.span());
        Some(match (&reached.node.value, locator.content_line()) {
            (Value::String(text), Some(line)) if reached.whole && key.is_none() => {
                object.source.place_in_text(text, span, line)
            }
            _ => object.source.place(span),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Artifact, Limits};

    /// The place as `line:column-line:column`, and the excerpt with the value between `⟦⟧`.
    fn shown(text: &str, pointer: &str) -> String {
        let source = Source::read(&Limits::default(), Artifact::new("test.yaml", text));
        let root = &source.documents()[0].as_ref().unwrap().root;
        let id = ObjectId::new("MachineConfig", None, "99-worker", 1);
        let mut places = Places::default();
        places.add(&id, &source, root);
        let locator = format!("{id}#{pointer}").parse().unwrap();
        drawn(&places.find(&locator).unwrap())
    }

    fn drawn(place: &Place) -> String {
        let excerpt = place.excerpt.clone().unwrap();
        let mut text = excerpt.text;
        text.insert(excerpt.start + excerpt.length, '⟧');
        text.insert(excerpt.start, '⟦');
        let Place { line, column, end_line, end_column, .. } = place;
        format!("{line}:{column}-{end_line}:{end_column}\n{text}")
    }

    #[test]
    fn values_missing_values_and_lines_of_text_are_found() {
        let text =
            "kind: X\nspec:\n  args: [ä, 'b c']\n  unit: |\n\n    [Unit]\n    After=x\n  none:\n";
        assert_eq!(
            shown(text, "/spec/args/1"),
            "3:13-3:18\nspec:\n  args: [ä, ⟦'b c'⟧]\n  unit: |"
        );
        assert_eq!(shown(text, "/spec/fips"), "2:1-2:5\nkind: X\n⟦spec⟧:\n  args: [ä, 'b c']");
        assert_eq!(shown(text, "/spec/args"), "3:3-3:7\nspec:\n  ⟦args⟧: [ä, 'b c']\n  unit: |");
        assert_eq!(shown(text, "/spec/none"), "8:3-8:7\n    After=x\n  ⟦none⟧:");
        assert_eq!(shown(text, "/spec/unit:3"), "7:5-7:12\n    [Unit]\n    ⟦After=x⟧\n  none:");
        assert_eq!(shown(text, ""), "1:1-8:7\n⟦kind: X⟧\nspec:");
    }

    #[test]
    fn secrets_beside_the_value_are_masked_and_the_mark_stays_on_the_value() {
        let text = "{pullSecret: 'ab\u{e4}', users: [{name: core, passwordHash: $6$salt$abcdefgh, uid: 0}]}";
        assert_eq!(
            shown(text, "/users/0/uid"),
            "1:79-1:80\n{pullSecret: <masked>, users: [{name: core, passwordHash: <masked>, uid: ⟦0⟧}]}"
        );
        assert_eq!(
            shown(text, "/users/0/passwordHash"),
            "1:56-1:72\n{pullSecret: <masked>, users: [{name: core, passwordHash: ⟦<masked>⟧, uid: 0}]}"
        );
        let text = "files:\n- path: /root/.docker/config.json\n  contents: {source: 'data:,x'}\n- path: /etc/a\n  contents: {source: 'data:,y'}\n";
        assert_eq!(
            shown(text, "/files/0/path"),
            "2:9-2:34\nfiles:\n- path: ⟦/root/.docker/config.json⟧\n  contents: {source: <masked>}"
        );
        let text = "a: 1\nkey: |\n  -----BEGIN RSA PRIVATE KEY-----\n  c2VjcmV0\n  -----END RSA PRIVATE KEY-----\nb: 2\n";
        assert_eq!(shown(text, "/b"), "6:4-6:5\n  <masked>\nb: ⟦2⟧");
    }

    #[test]
    fn a_text_that_cannot_be_read_is_masked_by_what_it_looks_like() {
        let text = "stringData:\n  token: |\n    one\n    two\n  other: 'x\n";
        let source = Source::read(&Limits::default(), Artifact::new("test.yaml", text));
        let error = source.documents()[0].as_ref().unwrap_err();
        assert_eq!(drawn(&source.place(error.span)), "5:11-5:12\n    <masked>\n  other: '⟦x⟧");
        let hash = "users: [{passwordHash: $y$j9T$abcdef, uid: 0";
        let source = Source::read(&Limits::default(), Artifact::new("test.yaml", hash));
        let error = source.documents()[0].as_ref().unwrap_err();
        assert_eq!(
            drawn(&source.place(error.span)),
            "1:9-1:10\nusers: [⟦{⟧passwordHash: <masked>, uid: 0"
        );
    }

    #[test]
    fn a_value_far_along_a_line_is_cropped_to() {
        let text = format!("{{\"a\": \"{0}\", \"key\": 7, \"b\": \"{0}\"}}", "ä".repeat(500_000));
        let drawn = shown(&text, "/key");
        let (place, excerpt) = drawn.split_once('\n').unwrap();
        assert_eq!(place, "1:500018-1:500019");
        assert_eq!(excerpt.chars().count(), 160 + 2);
        let beside = format!("…{}\", \"key\": ⟦7⟧, \"b\": \"ä", "ä".repeat(30));
        assert!(excerpt.starts_with(&beside) && excerpt.ends_with("ä…"), "{excerpt}");
    }
}
