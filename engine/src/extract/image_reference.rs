//! Container image references, taken apart.

use std::str::FromStr;

use oci_spec::distribution::Reference;
use rollgate_facts::{ImageReference, Text};

/// Takes a reference apart (distribution `reference/reference.go`); one that does not parse is kept
/// as text with `valid: false`.
///
/// ```
/// # use rollgate_facts::{Locator, Text};
/// # use rollgate_engine::extract::image_reference;
/// # let at: Locator = "MachineConfig/a#/spec/osImageURL".parse()?;
/// let reference = image_reference(Text::new(at, "quay.io/org/os:4.20"));
/// assert_eq!((reference.valid, reference.tag.as_deref()), (true, Some("4.20")));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn image_reference(written: Text) -> ImageReference {
    let parsed = Reference::from_str(&written.text).ok();
    let of = |part: fn(&Reference) -> Option<&str>| {
        parsed.as_ref().and_then(part).map(ToOwned::to_owned)
    };
    ImageReference {
        valid: parsed.is_some(),
        registry: of(|reference| Some(reference.registry())),
        repository: of(|reference| Some(reference.repository())),
        tag: of(Reference::tag),
        digest: of(Reference::digest),
        at: written.at,
        text: written.text,
        overrides: written.overrides,
    }
}
