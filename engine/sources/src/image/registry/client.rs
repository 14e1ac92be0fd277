//! Requests to registries: connections, redirects, repetitions, times.
//!
//! Owns that credentials go to the host that they are for and to no other, that every address is one
//! that may be asked, and that no error shows more of an address than host and path. Must not know what
//! is asked for.

use std::collections::BTreeMap;
use std::error::Error as _;
use std::path::PathBuf;
use std::sync::{Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use reqwest::blocking::{Client as Http, ClientBuilder, Response};
use reqwest::header::{ACCEPT, AUTHORIZATION, HeaderValue, LOCATION, RANGE, RETRY_AFTER};
use reqwest::redirect::Policy;
use reqwest::{StatusCode, Url};

use super::address::{Resolver, may_ask};
use super::certificates;
use crate::image::error::ImageError;
use crate::image::limits::NetworkLimits;

/// What is asked for.
#[derive(Debug, Clone)]
pub(crate) struct Request {
    /// The address.
    pub(crate) url: Url,
    /// The media types that are taken.
    pub(crate) accept: Option<String>,
    /// The header `Authorization`, for the host of the address alone.
    pub(crate) authorization: Option<HeaderValue>,
    /// Where to begin, in bytes.
    pub(crate) from: u64,
}

/// The client of registries, for one image.
#[derive(Debug)]
pub(crate) struct Client {
    network: NetworkLimits,
    deadline: Instant,
    /// The folders of certificates of hosts.
    certificates: Vec<PathBuf>,
    /// A folder of CAs for every host.
    everywhere: Option<PathBuf>,
    /// The hosts whose certificates are not verified.
    insecure: Vec<String>,
    plain: Http,
    /// Those of hosts with certificates of their own.
    own: Mutex<BTreeMap<String, Http>>,
}

impl Client {
    pub(crate) fn new(
        network: &NetworkLimits,
        certificates: Vec<PathBuf>,
        everywhere: Option<PathBuf>,
        insecure: Vec<String>,
    ) -> Result<Self, ImageError> {
        let builder = certificates::trusting(builder(network), everywhere.as_deref())?;
        let now = Instant::now();
        Ok(Self {
            network: network.clone(),
            deadline: now.checked_add(network.total).unwrap_or(now),
            certificates,
            everywhere,
            insecure,
            plain: built(builder)?,
            own: Mutex::default(),
        })
    }

    /// The client for a host: its own where it has certificates, or none that are verified.
    fn http(&self, url: &Url) -> Result<Http, ImageError> {
        let host = host_of(url);
        let folders: Vec<_> = self.certificates.iter().map(|folder| folder.join(&host)).collect();
        let folder = folders.into_iter().find(|folder| folder.is_dir());
        let insecure = self.insecure.contains(&host);
        if folder.is_none() && !insecure {
            return Ok(self.plain.clone());
        }
        let mut own = self.own.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(http) = own.get(&host) {
            return Ok(http.clone());
        }
        let builder = certificates::trusting(builder(&self.network), self.everywhere.as_deref())?;
        let builder = certificates::trusting(builder, folder.as_deref())?;
        let builder = certificates::identified(builder, folder.as_deref())?;
        let http = built(builder.tls_danger_accept_invalid_certs(insecure))?;
        own.insert(host, http.clone());
        Ok(http)
    }

    /// An answer that is no redirect, whatever its status; what may pass is tried again.
    pub(crate) fn get(&self, request: &Request) -> Result<Response, ImageError> {
        let mut pause = self.network.pause;
        for left in (0..=self.network.retries).rev() {
            let (error, wanted) = match self.follow(request) {
                Ok(answer) if !is_passing(answer.status()) => return Ok(answer),
                Ok(answer) => (refused(&request.url, answer.status()), retry_after(&answer)),
                Err(error) if error.may_pass() => (error, None),
                Err(error) => return Err(error),
            };
            if left == 0 {
                return Err(error);
            }
            tracing::debug!(%error, left, "asked again");
            self.pause(wanted.unwrap_or(pause), &request.url)?;
            pause = pause.saturating_mul(2);
        }
        Err(self.too_late(&request.url))
    }

    /// Whether anything answers, asked once.
    pub(crate) fn answers(&self, request: &Request) -> Result<(), ImageError> {
        self.send(&request.url, request).map(drop)
    }

    /// Waits, as long as there is time for it.
    pub(crate) fn pause(&self, pause: Duration, url: &Url) -> Result<(), ImageError> {
        let pause = pause.min(self.network.longest_pause);
        if self.deadline.saturating_duration_since(Instant::now()) < pause {
            return Err(self.too_late(url));
        }
        thread::sleep(pause);
        Ok(())
    }

    /// Whether there is time left.
    pub(crate) fn check_time(&self, url: &Url) -> Result<(), ImageError> {
        if Instant::now() < self.deadline { Ok(()) } else { Err(self.too_late(url)) }
    }

    pub(crate) const fn limits(&self) -> &NetworkLimits {
        &self.network
    }

    fn too_late(&self, url: &Url) -> ImageError {
        let message = format!(
            "took longer than {} s, which is all an image has",
            self.network.total.as_secs()
        );
        let help = "ask a nearer registry or a mirror, or copy the image with `skopeo copy` first";
        ImageError::Registry { place: place(url), message, help, again: false }
    }

    fn follow(&self, request: &Request) -> Result<Response, ImageError> {
        let mut url = request.url.clone();
        for _ in 0..=self.network.redirects {
            let answer = self.send(&url, request)?;
            let location = match answer.status().as_u16() {
                301 | 302 | 303 | 307 | 308 => answer.headers().get(LOCATION),
                _ => return Ok(answer),
            };
            let next = location.and_then(|location| location.to_str().ok());
            let next = next.and_then(|next| url.join(next).ok());
            let Some(next) = next else {
                return Err(failed(&url, "redirects to no address", SUSPICIOUS));
            };
            if url.scheme() == "https" && next.scheme() != "https" {
                return Err(failed(&url, "redirects from TLS to no TLS", SUSPICIOUS));
            }
            url = next;
        }
        let message = format!("redirects more than {} times", self.network.redirects);
        Err(failed(&request.url, message, SUSPICIOUS))
    }

    fn send(&self, url: &Url, request: &Request) -> Result<Response, ImageError> {
        if !may_ask(url) || !matches!(url.scheme(), "https" | "http") {
            return Err(failed(url, "is an address that is never asked", SUSPICIOUS));
        }
        self.check_time(url)?;
        let mut get = self.http(url)?.get(url.clone());
        if let Some(accept) = &request.accept {
            get = get.header(ACCEPT, accept);
        }
        if request.from > 0 {
            get = get.header(RANGE, format!("bytes={}-", request.from));
        }
        if let Some(authorization) = &request.authorization
            && url.origin() == request.url.origin()
        {
            get = get.header(AUTHORIZATION, authorization.clone());
        }
        get.send().map_err(|error| broken(url, &self.network, error))
    }
}

/// What is wrong when a registry behaves as none does.
pub(crate) const SUSPICIOUS: &str =
    "ask whoever runs the registry, and do not trust this image before it is clear";

/// What to do when a registry cannot be reached.
const UNREACHABLE: &str = "check the name of the registry, the network, the proxy and its certificate (`--cert-dir`), and run again";

fn builder(network: &NetworkLimits) -> ClientBuilder {
    Http::builder()
        .user_agent(concat!("rollgate/", env!("CARGO_PKG_VERSION")))
        .connect_timeout(network.connect)
        // Of a blocking client it is the time for headers, and then for each piece of the body.
        .timeout(network.idle)
        .redirect(Policy::none())
        .referer(false)
        .http1_max_headers(network.headers)
        .dns_resolver(std::sync::Arc::new(Resolver))
}

fn built(builder: ClientBuilder) -> Result<Http, ImageError> {
    builder.build().map_err(|error| ImageError::Unsupported {
        place: "TLS".to_owned(),
        message: format!("cannot be set up: {}", cause(&error)),
        help: "install the CA certificates of the system, or name them with `SSL_CERT_FILE` or `--cert-dir`",
    })
}

/// Whether an answer may be another one next time.
fn is_passing(status: StatusCode) -> bool {
    status == StatusCode::TOO_MANY_REQUESTS || status.is_server_error()
}

fn retry_after(answer: &Response) -> Option<Duration> {
    let seconds = answer.headers().get(RETRY_AFTER)?.to_str().ok()?.parse().ok()?;
    Some(Duration::from_secs(seconds))
}

/// An answer that is of no use.
pub(crate) fn refused(url: &Url, status: StatusCode) -> ImageError {
    let (message, help) = match status.as_u16() {
        401 | 403 => (
            "may not be read with these credentials, or does not exist",
            "log in with `podman login` or `oc registry login`, or name a file of credentials with `--authfile`; check the reference",
        ),
        404 => (
            "does not exist",
            "check the repository, the tag and the digest: images are removed when nothing names them",
        ),
        429 => ("is asked too often", "wait, log in, or ask a mirror"),
        500..=599 => ("cannot be had: the registry failed", "run again later, or ask a mirror"),
        _ => (
            "is answered in a way that is not known",
            "check the reference, and that the host is a registry",
        ),
    };
    let message = format!("{message} (HTTP {})", status.as_u16());
    ImageError::Registry { place: place(url), message, help, again: is_passing(status) }
}

pub(crate) fn failed(url: &Url, message: impl Into<String>, help: &'static str) -> ImageError {
    ImageError::Registry { place: place(url), message: message.into(), help, again: false }
}

/// A request that got no answer.
pub(crate) fn broken(url: &Url, network: &NetworkLimits, error: reqwest::Error) -> ImageError {
    let message = match &error {
        error if error.is_connect() => format!("cannot be connected to: {}", cause(error)),
        error if error.is_timeout() => stalled(network),
        error => format!("broke off: {}", cause(error)),
    };
    // A certificate that is not trusted, or a name that leads to a forbidden place, stays so.
    let lasting = ["certificate", "never asked"].iter().any(|word| message.contains(word));
    ImageError::Registry { place: place(url), message, help: UNREACHABLE, again: !lasting }
}

pub(crate) fn stalled(network: &NetworkLimits) -> String {
    format!("did not say anything for {} s", network.idle.as_secs_f64())
}

/// The innermost cause, which names no address.
fn cause(error: &reqwest::Error) -> String {
    let mut innermost: Option<&dyn std::error::Error> = error.source();
    while let Some(next) = innermost.and_then(std::error::Error::source) {
        innermost = Some(next);
    }
    innermost.map_or_else(|| "no reason is known".to_owned(), ToString::to_string)
}

/// What is shown of an address: no user, no password, no query.
pub(crate) fn place(url: &Url) -> String {
    format!("{}{}", host_of(url), url.path())
}

/// The host with its port, where that is not the usual one.
pub(crate) fn host_of(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}
