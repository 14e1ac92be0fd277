//! Registries: from a reference to an image and its blobs.
//!
//! Owns which of the mirrors and the source is asked, and that a tag is resolved once: everything after
//! is asked for by its digest, at the same place. Pulls only.
//!
//! Source: distribution specification 1.1, "Pull".

mod address;
mod auth_file;
mod certificates;
mod challenge;
mod client;
mod registries_conf;
mod session;
mod transfer;

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use reqwest::header::CONTENT_TYPE;

use self::auth_file::Found;
use self::client::Client;
use self::registries_conf::Endpoint;
use self::session::Session;
use self::transfer::Transfer;
use super::ImageOptions;
use super::digest::BlobDigest;
use super::error::ImageError;
use super::manifest::{Descriptor, MANIFEST_TYPES};
use super::reference::RegistryReference;
use super::store::{FoundImage, Store, Wanted, find};

pub use auth_file::AuthFile;
pub use challenge::Challenge;
pub use registries_conf::RegistriesConf;

/// A repository of a registry, and the manifest that was asked for first.
#[derive(Debug)]
pub(crate) struct Registry {
    session: Session,
    name: String,
    first: (Descriptor, Vec<u8>),
}

/// Finds an image at the first place that has it.
pub(crate) fn open(
    options: &ImageOptions,
    reference: &RegistryReference,
    wanted: Wanted<'_>,
) -> Result<(Registry, FoundImage), ImageError> {
    let host = &options.host;
    let named = options.registries_conf.as_deref();
    let conf = RegistriesConf::read(named, &host.registries_conf)?;
    let endpoints = conf.endpoints(&options.mirrors, reference)?;
    let mut failures: Vec<String> = Vec::new();
    let mut last = None;
    for endpoint in &endpoints {
        match Registry::open(options, reference, endpoint, wanted) {
            Ok(found) => return Ok(found),
            Err(error) => {
                tracing::debug!(%error, host = endpoint.host, "asked the next");
                if let Some(before) = last.replace(error) {
                    failures.push(before.to_string());
                }
            }
        }
    }
    Err(match last {
        Some(ImageError::Registry { place, message, help, again }) if !failures.is_empty() => {
            let message = format!("{message}; before that, {}", failures.join("; "));
            ImageError::Registry { place, message, help, again }
        }
        Some(error) => error,
        None => {
            ImageError::invalid(reference.to_string(), "has no place where it may be asked for")
        }
    })
}

impl Registry {
    fn open(
        options: &ImageOptions,
        reference: &RegistryReference,
        endpoint: &Endpoint,
        wanted: Wanted<'_>,
    ) -> Result<(Self, FoundImage), ImageError> {
        let insecure = if endpoint.insecure { vec![endpoint.host.clone()] } else { Vec::new() };
        let folders = options.host.certificates.clone();
        let client =
            Client::new(&options.network, folders, options.certificates.clone(), insecure)?;
        let session = Session::open(client, endpoint, credentials(options, endpoint)?)?;
        let tag = reference.tag.as_deref().unwrap_or("latest");
        let name = reference.digest.as_ref().map_or(tag, BlobDigest::as_str);
        let first = manifest(&session, name, wanted.limits.manifest_bytes)?;
        if let Some(expected) =
            reference.digest.as_ref().filter(|digest| **digest != first.0.digest)
        {
            let (expected, found) = (expected.to_string(), first.0.digest.to_string());
            return Err(ImageError::Digest { place: reference.to_string(), expected, found });
        }
        let name = format!("{}/{}", endpoint.host, endpoint.repository);
        let registry = Self { session, name, first };
        let descriptor = registry.first.0.clone();
        let image = find(&registry, wanted, &[descriptor])?;
        Ok((registry, image))
    }
}

/// The credentials for a place: of the file that was named, or else of the first that has any.
fn credentials(options: &ImageOptions, endpoint: &Endpoint) -> Result<Found, ImageError> {
    let repository = format!("{}/{}", endpoint.host, endpoint.repository);
    if let Some(file) = &options.authfile {
        return Ok(AuthFile::read(file, true)?.find(&repository));
    }
    for file in &options.host.auth_files {
        let found = AuthFile::read(file, false)?.find(&repository);
        if found != Found::Nothing {
            return Ok(found);
        }
    }
    Ok(Found::Nothing)
}

/// A manifest by tag or digest: what it is, and its bytes. One that breaks off is asked for anew.
fn manifest(
    session: &Session,
    name: &str,
    limit: u64,
) -> Result<(Descriptor, Vec<u8>), ImageError> {
    let path = format!("manifests/{name}");
    let url = session.url(&path)?;
    let limits = session.client.limits();
    let mut left = limits.retries;
    let (media_type, bytes) = loop {
        let answer = session.get(&path, Some(&MANIFEST_TYPES.join(", ")), 0)?;
        let media_type = answer.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let media_type = media_type.and_then(|value| value.split(';').next()).unwrap_or_default();
        let media_type = media_type.trim().to_owned();
        let mut bytes = Vec::new();
        match answer.take(limit.saturating_add(1)).read_to_end(&mut bytes) {
            Ok(_) => break (media_type, bytes),
            Err(_) if left > 0 => session.client.pause(limits.pause, &url)?,
            Err(_) => {
                let help = "run again, or ask a mirror";
                return Err(client::failed(&url, "broke off, or stalled", help));
            }
        }
        left = left.saturating_sub(1);
    };
    let found = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
    if found > limit {
        return Err(ImageError::Limit { place: client::place(&url), what: "a size", found, limit });
    }
    let descriptor = Descriptor {
        media_type,
        digest: BlobDigest::of(&bytes),
        size: found,
        annotations: BTreeMap::new(),
        architecture: None,
    };
    Ok((descriptor, bytes))
}

impl Store for Registry {
    fn place(&self, digest: &BlobDigest) -> String {
        format!("{}@{digest}", self.name)
    }

    fn blob(&self, descriptor: &Descriptor) -> Result<Box<dyn Read + Send + '_>, ImageError> {
        Ok(Box::new(Transfer::begin(&self.session, descriptor)?))
    }

    fn manifest(&self, descriptor: &Descriptor) -> Result<Box<dyn Read + Send + '_>, ImageError> {
        let (first, bytes) = &self.first;
        if first.digest == descriptor.digest {
            return Ok(Box::new(Cursor::new(bytes.clone())));
        }
        let limit = descriptor.size;
        let (_, bytes) = manifest(&self.session, descriptor.digest.as_str(), limit)?;
        Ok(Box::new(Cursor::new(bytes)))
    }
}
