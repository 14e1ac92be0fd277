//! OPA bundles: an archive is refused, or its files have plain paths inside it, each once; and what
//! they say of themselves is taken, or refused with a place.
#![no_main]

use std::io::Write;

use flate2::Compression;
use flate2::write::GzEncoder;
use libfuzzer_sys::fuzz_target;
use rollgate_engine::Artifact;
use rollgate_engine::policy::{BundleFile, BundleTrust, VerificationKey, open_bundle};
use rollgate_sources::{FolderFile, read_archive};

/// The key of whoever signed the seeds.
const KEY: &str = include_str!("../../fixtures/opa/es256.pub");

fuzz_target!(|tar: &[u8]| {
    let Ok(files) = read_archive(&Artifact::new("fuzz.tar.gz", gzip(&summed(tar)))) else { return };
    assert!(files.is_sorted_by(|one, other| one.path < other.path), "{files:?}");
    for file in &files {
        let plain = |step: &str| !matches!(step, "" | "." | "..") && !step.contains(['\\', ':']);
        assert!(file.path.split('/').all(plain), "{file:?}");
    }
    let total: usize = files.iter().map(|file| file.artifact.bytes().len()).sum();
    assert!(total <= tar.len(), "{total} bytes of {}", tar.len());

    let file = |FolderFile { path, artifact }| BundleFile { path, artifact };
    let files: Vec<_> = files.into_iter().map(file).collect();
    let key = VerificationKey::from_pem(KEY).expect("a key");
    for trust in [BundleTrust::Unsigned, BundleTrust::SignedBy(key), BundleTrust::Anybody] {
        if let Err(refused) = open_bundle("fuzz.tar.gz", &files, &trust) {
            assert!(!refused.errors().is_empty());
            let is_inside = |name: &str| name.starts_with("fuzz.tar.gz/");
            assert!(refused.errors().iter().all(|error| is_inside(&error.place.file)), "{refused}");
        }
    }
});

/// The archive with the sums that its headers ought to have: else next to nothing would be read.
fn summed(tar: &[u8]) -> Vec<u8> {
    let mut tar = tar.to_vec();
    let headers = tar.chunks_exact_mut(512).filter(|block| block[257..262] == *b"ustar");
    for header in headers {
        header[148..156].fill(b' ');
        let sum: u32 = header.iter().map(|&byte| u32::from(byte)).sum();
        header[148..156].copy_from_slice(format!("{sum:06o}\0 ").as_bytes());
    }
    tar
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::fast());
    encoder.write_all(bytes).expect("a vector takes all");
    encoder.finish().expect("a vector takes all")
}
