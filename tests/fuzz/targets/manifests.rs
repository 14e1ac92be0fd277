//! What leads to an image and says what it is: indexes, manifests, configurations, Docker's
//! `manifest.json`, references, `registries.conf`, files of credentials, and what a registry asks for.
//! Nothing panics, what is taken names blobs by digests alone, and no error shows a credential.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rollgate_sources::image::{
    AuthFile, Challenge, Configuration, Document, ImageSource, RegistriesConf, SavedImage,
};

fuzz_target!(|input: &[u8]| {
    let Some((&kind, bytes)) = input.split_first() else { return };
    match kind {
        b'm' => document(bytes),
        b'c' => {
            if let Ok(found) = Configuration::parse(bytes) {
                assert!(found.diff_ids.iter().all(|digest| digest.hex().len() == 64));
            }
        }
        b'd' => drop(SavedImage::parse(bytes)),
        b'a' => credentials(bytes),
        _ => text(kind, &String::from_utf8_lossy(bytes)),
    }
});

fn document(bytes: &[u8]) {
    for announced in ["", "application/vnd.oci.image.index.v1+json"] {
        let descriptors = match Document::parse(bytes, announced) {
            Ok(Document::Index(images)) => images,
            Ok(Document::Manifest(manifest)) => {
                assert!(announced.is_empty(), "a manifest that was announced as an index");
                let mut all = manifest.layers;
                all.push(manifest.config);
                all
            }
            Err(message) => return assert!(!message.is_empty()),
        };
        let is_hex = |hex: &str| hex.len() == 64 && hex.bytes().all(|byte| byte.is_ascii_hexdigit());
        assert!(descriptors.iter().all(|descriptor| is_hex(descriptor.digest.hex())));
    }
}

fn credentials(bytes: &[u8]) {
    match AuthFile::parse(bytes) {
        Ok(file) => assert!(!format!("{file:?}").contains("password")),
        Err(message) => assert!(message.len() < 200, "{message}"),
    }
}

fn text(kind: u8, text: &str) {
    match kind {
        b'r' => drop(RegistriesConf::parse(text)),
        b'w' => drop(Challenge::parse(text)),
        _ => match text.parse::<ImageSource>() {
            // What is printed is read again as the same.
            Ok(source) if !text.contains('\u{fffd}') => {
                let again = source.to_string().parse::<ImageSource>();
                assert!(again.is_ok_and(|again| again == source), "{source}");
            }
            Ok(_) => {}
            Err(error) => assert!(!error.help().is_empty()),
        },
    }
}
