//! Container image references, taken apart.

use std::str::FromStr;

use oci_spec::distribution::Reference;
use rollgate_facts::{ImageReference, Text};

/// How many hex digits a SHA-256 digest has.
const SHA256_DIGITS: usize = 64;

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
        fault: if parsed.is_some() { None } else { fault(&written.text) },
        registry: of(|reference| Some(reference.registry())),
        repository: of(|reference| Some(reference.repository())),
        tag: of(Reference::tag),
        digest: of(Reference::digest),
        at: written.at,
        text: written.text,
        machine_config: None,
        overrides: written.overrides,
    }
}

/// What keeps a text from being a reference.
fn fault(text: &str) -> Option<String> {
    if let Some((_, digest)) = text.rsplit_once('@') {
        return digest_fault(digest);
    }
    let repository = text.split_once('/').map_or(text, |(_, repository)| repository);
    let repository = repository.split(':').next().unwrap_or_default();
    Some(if text.contains(char::is_whitespace) {
        "it has a space".to_owned()
    } else if let Some((transport, _)) = text.split_once("://") {
        format!("`{transport}://` is no part of it")
    } else if repository.contains(|character: char| character.is_ascii_uppercase()) {
        "its repository has upper case letters".to_owned()
    } else {
        return None;
    })
}

/// What is wrong with a digest, which is `sha256:` and 64 digits.
fn digest_fault(digest: &str) -> Option<String> {
    let Some(rest) = digest.strip_prefix("sha256") else {
        return Some("its digest is not a `sha256:` one".to_owned());
    };
    let digits = rest.strip_prefix(':').unwrap_or(rest);
    let count = digits.bytes().take_while(u8::is_ascii_hexdigit).count();
    Some(match count {
        0..SHA256_DIGITS => {
            format!("its digest is cut short: {count} of {SHA256_DIGITS} digits")
        }
        _ if digits.len() > SHA256_DIGITS => {
            format!("its digest is longer than {SHA256_DIGITS} digits")
        }
        _ if !rest.starts_with(':') => "its digest lacks the `:` after `sha256`".to_owned(),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn the_fault_is_said_plainly() {
        let digest = "0123456789abcdef".repeat(4);
        let cases = [
            ("quay.io/a/b@sha256...".to_owned(), "its digest is cut short: 0 of 64 digits"),
            ("quay.io/a/b@sha256:01ab...".to_owned(), "its digest is cut short: 4 of 64 digits"),
            (format!("quay.io/a/b@sha256:{digest}0"), "its digest is longer than 64 digits"),
            (format!("quay.io/a/b@sha256{digest}"), "its digest lacks the `:` after `sha256`"),
            ("quay.io/a/b@latest".to_owned(), "its digest is not a `sha256:` one"),
            ("docker://quay.io/a/b".to_owned(), "`docker://` is no part of it"),
            ("quay.io/a/b: c".to_owned(), "it has a space"),
            ("quay.io/Acme/b".to_owned(), "its repository has upper case letters"),
        ];
        for (text, expected) in cases {
            assert_eq!(fault(&text).as_deref(), Some(expected), "{text}");
        }
    }
}
