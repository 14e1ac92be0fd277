//! What is known of images: facts by digest, one file a digest, in a folder.
//!
//! Owns which image's facts are at hand. Must not fetch anything: an API server waits for the answer,
//! and layers take longer than it does.

use std::path::PathBuf;

use rollgate_facts::ImageReference;

/// The folder of `--image-facts`, or nothing.
#[derive(Debug, Default)]
pub(crate) struct ImageFacts {
    folder: Option<PathBuf>,
}

impl ImageFacts {
    pub(crate) const fn new(folder: Option<PathBuf>) -> Self {
        Self { folder }
    }

    /// What the user is told of an image that the change brings.
    pub(crate) fn note(&self, image: &ImageReference) -> String {
        let why = match (&image.digest, &self.folder) {
            (None, _) => "it is named by a tag, which may move".to_owned(),
            (Some(_), None) => "no facts of images are given".to_owned(),
            (Some(digest), Some(folder)) => {
                let file = folder.join(format!("{}.json", digest.replace(':', "-")));
                let known =
                    if file.is_file() { "this version judges none" } else { "there are none" };
                format!("of the facts of `{digest}` {known}")
            }
        };
        format!("rollgate: what the image `{}` holds is not judged: {why}", image.text)
    }
}
