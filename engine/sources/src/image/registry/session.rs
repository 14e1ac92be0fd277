//! One repository of one registry, and being let in.
//!
//! Owns the answer to 401: a token of the realm that the registry names, or user and password. Must not
//! know manifests or blobs. A realm has TLS, or is on the host of a registry that has none.
//!
//! Sources: distribution specification 1.1; "Token Authentication Specification" of Docker's
//! distribution.

use std::io::Read as _;
use std::sync::{Mutex, PoisonError};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use reqwest::blocking::Response;
use reqwest::header::{HeaderValue, WWW_AUTHENTICATE};
use reqwest::{StatusCode, Url};
use serde::Deserialize;

use super::auth_file::{Credentials, Found};
use super::challenge::Challenge;
use super::client::{Client, Request, SUSPICIOUS, failed, refused};
use super::registries_conf::Endpoint;
use crate::image::error::ImageError;

/// A repository that is asked.
#[derive(Debug)]
pub(crate) struct Session {
    pub(crate) client: Client,
    /// `https://host/v2/repository/`
    base: Url,
    repository: String,
    insecure: bool,
    found: Found,
    /// What the registry let in last.
    authorization: Mutex<Option<HeaderValue>>,
}

#[derive(Deserialize)]
struct Token {
    token: Option<String>,
    access_token: Option<String>,
}

impl Session {
    /// Asks a registry; of an insecure one first whether it speaks TLS.
    pub(crate) fn open(
        client: Client,
        endpoint: &Endpoint,
        found: Found,
    ) -> Result<Self, ImageError> {
        let Endpoint { host, repository, insecure } = endpoint;
        let host = if host == "docker.io" { "registry-1.docker.io" } else { host };
        let address = |scheme: &str, path: &str| -> Result<Url, ImageError> {
            format!("{scheme}://{host}/v2/{path}").parse().map_err(|_| {
                ImageError::invalid(format!("{host}/{repository}"), "is no address of a registry")
            })
        };
        let mut scheme = "https";
        if *insecure {
            let ping =
                Request { url: address("https", "")?, accept: None, authorization: None, from: 0 };
            if client.answers(&ping).is_err() {
                scheme = "http";
            }
        }
        Ok(Self {
            client,
            base: address(scheme, &format!("{repository}/"))?,
            repository: repository.clone(),
            insecure: *insecure,
            found,
            authorization: Mutex::default(),
        })
    }

    /// The address of something in the repository, as `blobs/sha256:…`.
    pub(crate) fn url(&self, path: &str) -> Result<Url, ImageError> {
        let invalid = |_| ImageError::invalid(path, "is no part of an address");
        format!("{}{path}", self.base).parse().map_err(invalid)
    }

    /// An answer with content.
    pub(crate) fn get(
        &self,
        path: &str,
        accept: Option<&str>,
        from: u64,
    ) -> Result<Response, ImageError> {
        let url = self.url(path)?;
        let mut request =
            Request { url, accept: accept.map(str::to_owned), authorization: self.known(), from };
        let mut answer = self.client.get(&request)?;
        if answer.status() == StatusCode::UNAUTHORIZED {
            let authorization = self.let_in(&request.url, &answer)?;
            *self.authorization.lock().unwrap_or_else(PoisonError::into_inner) =
                Some(authorization.clone());
            request.authorization = Some(authorization);
            answer = self.client.get(&request)?;
        }
        if answer.status().is_success() {
            return Ok(answer);
        }
        Err(refused(&request.url, answer.status()))
    }

    fn known(&self) -> Option<HeaderValue> {
        self.authorization.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn let_in(&self, url: &Url, answer: &Response) -> Result<HeaderValue, ImageError> {
        let headers = answer.headers().get_all(WWW_AUTHENTICATE).into_iter();
        let challenge =
            headers.filter_map(|header| header.to_str().ok()).find_map(Challenge::parse);
        match (challenge, &self.found) {
            (None, _) => Err(refused(url, StatusCode::UNAUTHORIZED)),
            (Some(_), Found::Helper(helper)) => Err(failed(
                url,
                format!(
                    "needs credentials that the helper `{helper}` has, and helpers are not run"
                ),
                "log in with `podman login`, which writes them to a file, or name one with `--authfile`",
            )),
            (Some(Challenge::Basic), Found::Credentials(credentials)) => Ok(credentials.basic()),
            (Some(Challenge::Basic), Found::Nothing) => Err(refused(url, StatusCode::UNAUTHORIZED)),
            (Some(Challenge::Bearer { realm, service, .. }), found) => {
                let credentials = match found {
                    Found::Credentials(credentials) => Some(credentials),
                    _ => None,
                };
                self.token(url, &realm, service.as_deref(), credentials)
            }
        }
    }

    /// A token for pulling from this repository, and for nothing else, whatever the registry asks for.
    fn token(
        &self,
        url: &Url,
        realm: &str,
        service: Option<&str>,
        credentials: Option<&Credentials>,
    ) -> Result<HeaderValue, ImageError> {
        let mut address: Url =
            realm.parse().map_err(|_| failed(url, "asks for a token of no address", SUSPICIOUS))?;
        let same = address.host_str() == self.base.host_str();
        let plain = self.insecure && same && self.base.scheme() == "http";
        if address.scheme() != "https" && !plain {
            return Err(failed(url, "asks for a token of an address without TLS", SUSPICIOUS));
        }
        if !address.username().is_empty() || address.password().is_some() {
            return Err(failed(url, "asks for a token of an address with a user", SUSPICIOUS));
        }
        if let Some(service) = service {
            address.query_pairs_mut().append_pair("service", service);
        }
        let scope = format!("repository:{}:pull", self.repository);
        address.query_pairs_mut().append_pair("scope", &scope);
        let authorization = credentials.map(Credentials::basic);
        let request = Request { url: address, accept: None, authorization, from: 0 };
        let answer = self.client.get(&request)?;
        if !answer.status().is_success() {
            return Err(refused(&request.url, answer.status()));
        }
        let mut bytes = Vec::new();
        let unusable = || failed(&request.url, "gives no token", SUSPICIOUS);
        answer
            .take(self.client.limits().token_bytes)
            .read_to_end(&mut bytes)
            .map_err(|_| unusable())?;
        let Token { token, access_token } =
            serde_json::from_slice(&bytes).map_err(|_| unusable())?;
        let token = token.filter(|token| !token.is_empty()).or(access_token);
        secret(&format!("Bearer {}", token.ok_or_else(unusable)?)).ok_or_else(unusable)
    }
}

impl Credentials {
    fn basic(&self) -> HeaderValue {
        let encoded = STANDARD.encode(format!("{}:{}", self.user, self.password));
        // Base64 is always the value of a header.
        secret(&format!("Basic {encoded}")).unwrap_or_else(|| HeaderValue::from_static(""))
    }
}

/// A header that is not shown.
fn secret(value: &str) -> Option<HeaderValue> {
    let mut value = HeaderValue::from_str(value).ok()?;
    value.set_sensitive(true);
    Some(value)
}
