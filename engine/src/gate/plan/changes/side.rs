//! One side of a change: where a value stands, what it overrides, and what of it may be shown.
//!
//! Must not print contents: files show their size, mode and digest, and secrets not even that.

use rollgate_facts::{Locator, Text};

use crate::extract::ignition::Item;
use crate::gate::OriginPlace;
use crate::gate::plan::half::Half;
use crate::plan::{ChangeKind, ChangeSide};
use crate::text::is_secret_path;

impl Half<'_> {
    pub(super) fn all(&self, at: &[Locator]) -> Vec<OriginPlace> {
        at.iter().map(|at| OriginPlace::find(self.places, at)).collect()
    }

    pub(super) fn scalar(&self, value: String, own: Option<(&Locator, &[Locator])>) -> ChangeSide {
        ChangeSide {
            origin: own.map(|(at, _)| OriginPlace::find(self.places, at)),
            overrides: own.map(|(_, overrides)| self.all(overrides)).unwrap_or_default(),
            value: Some(value),
            ..ChangeSide::default()
        }
    }

    pub(super) fn text(&self, text: &Text) -> ChangeSide {
        ChangeSide {
            origin: Some(OriginPlace::find(self.places, &text.at)),
            overrides: self.all(&text.overrides),
            ..ChangeSide::default()
        }
    }

    /// An entry of a list: placed at the first field that differs, as another MachineConfig may have
    /// set it than the one that wrote the rest.
    pub(super) fn entry(&self, kind: ChangeKind, item: &Item, fields: &[&str]) -> ChangeSide {
        let differing = fields.iter().find_map(|field| item.get(field));
        let file = (kind == ChangeKind::File).then(|| self.ignition.files.get(item.text("path")));
        let contents = file.flatten().and_then(|file| file.contents.as_ref());
        let of_contents = fields.first().is_none_or(|field| *field == "contents");
        let at = match (differing, contents) {
            (_, Some(contents)) if of_contents => &contents.at,
            (Some(field), _) => &field.at,
            (None, _) => &item.at,
        };
        let secret = is_secret_path(item.text("path"));
        let sha256 = contents.and_then(|contents| contents.sha256.clone());
        ChangeSide {
            origin: Some(OriginPlace::find(self.places, at)),
            overrides: self.all(&item.overrides),
            value: None,
            mode: item
                .integer("mode")
                .filter(|_| kind == ChangeKind::File)
                .map(|mode| format!("{mode:04o}")),
            size: contents.and_then(|contents| contents.size),
            sha256: sha256.filter(|_| !secret),
        }
    }
}
