//! CAs and client certificates of registries (containers-certs.d(5)).
//!
//! Owns which files of a folder are which: `*.crt` are CAs, `NAME.cert` with `NAME.key` is the client.

use std::fs;
use std::path::{Path, PathBuf};

use reqwest::blocking::ClientBuilder;
use reqwest::{Certificate, Identity};

use crate::file::{self, Unread, display_name};
use crate::image::error::ImageError;

/// The size of such a file, in bytes: all the CAs of a system have 250 KB.
const FILE_BYTES: usize = 4 << 20;

/// A client that trusts also the CAs of a folder.
pub(crate) fn trusting(
    builder: ClientBuilder,
    folder: Option<&Path>,
) -> Result<ClientBuilder, ImageError> {
    let Some(folder) = folder else { return Ok(builder) };
    let mut found = Vec::new();
    for path in files(folder, "crt")? {
        let text = read(&path)?;
        let broken = |_| ImageError::invalid(display_name(&path), "holds no certificate in PEM");
        found.extend(Certificate::from_pem_bundle(&text).map_err(broken)?);
    }
    if found.is_empty() {
        return Ok(builder);
    }
    Ok(builder.tls_certs_merge(found))
}

/// A client that shows the certificate of a folder.
pub(crate) fn identified(
    builder: ClientBuilder,
    folder: Option<&Path>,
) -> Result<ClientBuilder, ImageError> {
    let Some(folder) = folder else { return Ok(builder) };
    let Some(path) = files(folder, "cert")?.into_iter().next() else { return Ok(builder) };
    let text = [read(&path)?, b"\n".to_vec(), read(&path.with_extension("key"))?].concat();
    let broken = |_| {
        ImageError::invalid(display_name(&path), "and its `.key` are no client certificate in PEM")
    };
    Ok(builder.identity(Identity::from_pem(&text).map_err(broken)?))
}

/// The files of a folder with an extension, sorted by name.
fn files(folder: &Path, extension: &str) -> Result<Vec<PathBuf>, ImageError> {
    let unreadable = |error| ImageError::unreadable(display_name(folder), error);
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(unreadable)? {
        let path = entry.map_err(unreadable)?.path();
        if file::has_extension(&path, &[extension]) {
            found.push(path);
        }
    }
    found.sort();
    Ok(found)
}

fn read(path: &Path) -> Result<Vec<u8>, ImageError> {
    let invalid =
        |unread: Unread| ImageError::Invalid { place: unread.name, message: unread.message };
    Ok(file::read(FILE_BYTES, path).map_err(invalid)?.bytes().to_vec())
}
