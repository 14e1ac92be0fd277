//! The problems of a layer.
//!
//! Owns how many of a kind are kept: each kind denies once, and a hostile layer has a million.

use std::collections::BTreeMap;

use rollgate_facts::ImageProblemKind;

use crate::extract::image::LayerProblem;

/// How many problems of a kind are kept of one layer.
const OF_A_KIND: usize = 50;

/// The problems that were found.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    kept: Vec<LayerProblem>,
    counts: BTreeMap<ImageProblemKind, usize>,
}

impl Problems {
    /// Adds one.
    pub(crate) fn add(&mut self, kind: ImageProblemKind, path: &str, text: impl Into<String>) {
        let count = self.counts.entry(kind).or_default();
        *count += 1;
        if *count <= OF_A_KIND {
            self.kept.push(LayerProblem { kind, path: path.into(), text: text.into() });
        }
    }

    /// What was found, and of how many more only the number is known.
    pub(crate) fn finish(mut self) -> Vec<LayerProblem> {
        for (kind, count) in self.counts {
            if let Some(more) = count.checked_sub(OF_A_KIND).filter(|more| *more > 0) {
                let text = format!("and {more} more of the kind");
                self.kept.push(LayerProblem { kind, path: Box::default(), text });
            }
        }
        self.kept
    }
}
