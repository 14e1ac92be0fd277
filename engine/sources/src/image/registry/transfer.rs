//! A blob on its way from a registry.
//!
//! Owns that not a byte more is taken than its descriptor says, and that a connection that breaks is
//! taken up where it broke. Must not check digests: whoever reads it does.

use std::io::{self, Read};

use reqwest::StatusCode;
use reqwest::blocking::Response;
use reqwest::header::{CONTENT_LENGTH, CONTENT_RANGE};

use super::client::{SUSPICIOUS, failed, stalled};
use super::session::Session;
use crate::image::error::ImageError;
use crate::image::manifest::Descriptor;

/// A blob that is being read.
pub(crate) struct Transfer<'a> {
    session: &'a Session,
    path: String,
    size: u64,
    /// How many bytes were given out.
    read: u64,
    /// How many bytes of the answer are skipped: the registry began anew.
    skip: u64,
    answer: Option<Response>,
    /// How often it may still be taken up.
    left: u32,
}

impl<'a> Transfer<'a> {
    pub(crate) fn begin(session: &'a Session, descriptor: &Descriptor) -> Result<Self, ImageError> {
        let mut transfer = Self {
            session,
            path: format!("blobs/{}", descriptor.digest),
            size: descriptor.size,
            read: 0,
            skip: 0,
            answer: None,
            left: session.client.limits().retries,
        };
        transfer.answer = Some(transfer.ask()?);
        Ok(transfer)
    }

    /// Asks for the rest.
    fn ask(&mut self) -> Result<Response, ImageError> {
        let answer = self.session.get(&self.path, None, self.read)?;
        let url = self.session.url(&self.path)?;
        let header = |name| answer.headers().get(name).and_then(|value| value.to_str().ok());
        let mut rest = self.size;
        self.skip = self.read;
        if answer.status() == StatusCode::PARTIAL_CONTENT {
            let begin = format!("bytes {}-", self.read);
            if !header(CONTENT_RANGE).is_some_and(|range| range.starts_with(&begin)) {
                return Err(failed(
                    &url,
                    "answers with another part than was asked for",
                    SUSPICIOUS,
                ));
            }
            rest = self.size.saturating_sub(self.read);
            self.skip = 0;
        }
        let length = header(CONTENT_LENGTH).and_then(|length| length.parse::<u64>().ok());
        if length.is_some_and(|length| length != rest) {
            let said = length.unwrap_or_default();
            let message = format!("comes with {said} bytes, where the manifest says {rest}");
            return Err(failed(&url, message, SUSPICIOUS));
        }
        Ok(answer)
    }

    fn next(&mut self, buffer: &mut [u8]) -> Result<usize, ImageError> {
        let url = self.session.url(&self.path)?;
        loop {
            self.session.client.check_time(&url)?;
            let answer = match &mut self.answer {
                Some(answer) => answer,
                None => {
                    let answer = self.ask()?;
                    self.answer.insert(answer)
                }
            };
            let reason = match answer.read(buffer) {
                Ok(0) if self.read == self.size => return Ok(0),
                Ok(0) => format!("ended after {} of {} bytes", self.read, self.size),
                Ok(count) => match self.taken(count) {
                    Ok(0) => continue,
                    // What was skipped stands before what was not.
                    Ok(new) => {
                        buffer.copy_within(count.saturating_sub(new)..count, 0);
                        return Ok(new);
                    }
                    Err(message) => return Err(failed(&url, message, SUSPICIOUS)),
                },
                // Everything is here; how the connection ends does not matter.
                Err(_) if self.read == self.size => return Ok(0),
                Err(error) if is_timeout(&error) => stalled(self.session.client.limits()),
                Err(_) => format!("broke off after {} of {} bytes", self.read, self.size),
            };
            self.again(reason)?;
        }
    }

    /// How many of the bytes that came are new.
    fn taken(&mut self, count: usize) -> Result<usize, String> {
        let came = u64::try_from(count).unwrap_or(u64::MAX);
        let skipped = self.skip.min(came);
        self.skip = self.skip.saturating_sub(skipped);
        let new = came.saturating_sub(skipped);
        self.read = self.read.saturating_add(new);
        if self.read > self.size {
            return Err(format!("goes on after the {} bytes that the manifest says", self.size));
        }
        usize::try_from(new).map_err(|error| error.to_string())
    }

    /// Prepares to take it up again, as often as that may be.
    fn again(&mut self, reason: String) -> Result<(), ImageError> {
        let url = self.session.url(&self.path)?;
        tracing::debug!(reason, left = self.left, "a blob is taken up again");
        if self.left == 0 {
            let help = "run again, or ask a mirror or a nearer registry";
            return Err(failed(&url, reason, help));
        }
        self.left = self.left.saturating_sub(1);
        self.answer = None;
        self.session.client.pause(self.session.client.limits().pause, &url)
    }
}

impl Read for Transfer<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if buffer.is_empty() {
            return Ok(0);
        }
        self.next(buffer).map_err(ImageError::into_io)
    }
}

fn is_timeout(error: &io::Error) -> bool {
    let inner = error.get_ref().and_then(|inner| inner.downcast_ref::<reqwest::Error>());
    error.kind() == io::ErrorKind::TimedOut || inner.is_some_and(reqwest::Error::is_timeout)
}
