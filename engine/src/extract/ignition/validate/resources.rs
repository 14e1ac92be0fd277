//! Checks of what Ignition fetches or decodes: sources, hashes, headers, proxies (upstream
//! `resource.go`, `url.go`, `verification.go`, `headers.go`, `ignition.go`, `tls.go`, `proxy.go`).

use rollgate_facts::{Locator, ProblemKind};

use super::Checks;
use crate::extract::data_url;
use crate::extract::ignition::url::{self, Url};
use crate::extract::ignition::{Item, SpecVersion};

/// Contents, a config reference or a certificate authority.
pub(in super::super) fn check_resource(checks: &mut Checks, resource: &Item) {
    let compression = resource.text("compression");
    if !matches!(compression, "" | "gzip") {
        let text = format!("compression `{compression}` is neither `gzip` nor empty");
        checks.report(ProblemKind::InvalidCompression, resource.at_of("compression"), text);
    }
    if let Some(hash) = resource.path(&["verification", "hash"])
        && resource.get("source").is_none()
    {
        let text = "a verification hash without a source that it would verify";
        checks.report(ProblemKind::InvalidVerification, &hash.at, text);
    }
    check_source(checks, resource);
    check_headers_have_use(checks, resource);
}

/// A certificate authority: it has a source, which 3.0 checks like any other.
pub(in super::super) fn check_certificate_authority(checks: &mut Checks, authority: &Item) {
    check_resource(checks, authority);
    require_source(checks, authority, "a certificate authority");
}

/// `ignition.config`: what is merged has a source, since 3.1.
pub(in super::super) fn check_ignition_config(checks: &mut Checks, config: &Item) {
    if checks.since(1) {
        for reference in config.list("merge") {
            require_source(checks, reference, "a config to merge");
        }
    }
}

fn require_source(checks: &mut Checks, resource: &Item, what: &str) {
    if resource.text("source").is_empty() {
        checks.report(ProblemKind::InvalidSource, &resource.at, format!("{what} has no source"));
    }
}

/// A source, where there is one: a URL of a scheme that Ignition fetches.
pub(super) fn check_source(checks: &mut Checks, resource: &Item) {
    let source = resource.text("source");
    if !source.is_empty()
        && let Some((kind, text)) = source_fault(checks, source)
    {
        checks.report(kind, resource.at_of("source"), text);
    }
}

fn source_fault(checks: &Checks, source: &str) -> Option<(ProblemKind, String)> {
    let version = checks.version;
    let Some(url) = url::parse(source) else {
        // Said of data URLs before all others: `data:,a#b` or a newline in base64.
        if source.starts_with("data:") {
            let reason = data_url::decode(source).err().map(|fault| fault.to_string());
            let reason = reason.unwrap_or_else(|| "is broken over lines".to_owned());
            return Some((ProblemKind::InvalidDataUrl, format!("the data URL {reason}")));
        }
        return Some((ProblemKind::InvalidSource, "the source is not an absolute URL".to_owned()));
    };
    let fault = match url.scheme.as_str() {
        "http" | "https" | "tftp" => None,
        "gs" if version >= SpecVersion::V3_2 => None,
        "oem" if version == SpecVersion::V2_2 => None,
        "arn" if version >= SpecVersion::V3_4 => arn_fault(&url),
        "s3" => object_version_fault(&url),
        "data" if checks.decoded => None,
        "data" => {
            let fault = data_url::decode(source).err()?;
            return Some((ProblemKind::InvalidDataUrl, format!("the data URL {fault}")));
        }
        scheme => Some(format!("Ignition {version} fetches no `{scheme}` sources")),
    };
    fault.map(|text| (ProblemKind::InvalidSource, text))
}

/// An Amazon resource name: `arn:<partition>:s3:<region>:<account>:<bucket>/<key>`.
fn arn_fault(url: &Url<'_>) -> Option<String> {
    let mut sections = url.opaque.splitn(5, ':');
    let service = sections.nth(1);
    let Some(resource) = sections.nth(2) else {
        return Some("the source is no ARN of six sections".to_owned());
    };
    let parts = url.opaque.matches('/').count() + 1;
    let needed = if resource.starts_with("accesspoint/") { 3 } else { 2 };
    if service != Some("s3") || parts < needed {
        return Some("the ARN does not name an object of S3".to_owned());
    }
    object_version_fault(url)
}

fn object_version_fault(url: &Url<'_>) -> Option<String> {
    let empty = url.query_value("versionId") == Some("");
    empty.then(|| "the source's `versionId` is empty".to_owned())
}

fn check_headers_have_use(checks: &mut Checks, resource: &Item) {
    let source = resource.text("source");
    if resource.list("httpHeaders").is_empty() {
        return;
    }
    let scheme = url::parse(source).map(|url| url.scheme).unwrap_or_default();
    if !matches!(scheme.as_str(), "http" | "https") {
        let text = "HTTP headers beside a source that is not fetched by HTTP";
        checks.report(ProblemKind::InvalidHttpHeaders, resource.at_of("httpHeaders"), text);
    }
}

/// An HTTP header: a name, and a value unless it is there to remove one.
pub(in super::super) fn check_header(checks: &mut Checks, header: &Item) {
    let name = header.text("name");
    if name.is_empty() {
        let text = "an HTTP header without a name";
        checks.report(ProblemKind::InvalidHttpHeaders, header.at_of("name"), text);
    }
    if header.get("value").is_some_and(|value| value.as_str() == Some("")) {
        let text = format!("HTTP header `{name}` has an empty value");
        checks.report(ProblemKind::InvalidHttpHeaders, header.at_of("value"), text);
    }
}

/// A hash: `sha512-` or, since 3.1, `sha256-`, and as many hexadecimal digits as it has.
pub(in super::super) fn check_verification(checks: &mut Checks, verification: &Item) {
    let Some(hash) = verification.get("hash") else { return };
    let text = hash.as_str().unwrap_or_default();
    let expected = match text.split_once('-') {
        None => Err("is not of the form `sha512-<hex>`"),
        Some(("sha512", digest)) => Ok((digest, 128)),
        Some(("sha256", digest)) if checks.since(1) => Ok((digest, 64)),
        Some(_) => Err("is of a function that Ignition does not know"),
    };
    let fault = match expected {
        Ok((digest, length)) if digest.len() == length => return,
        Ok(_) => "is of the wrong length",
        Err(fault) => fault,
    };
    report_hash(checks, &hash.at, fault);
}

fn report_hash(checks: &mut Checks, at: &Locator, fault: &str) {
    checks.report(ProblemKind::InvalidVerification, at, format!("the verification hash {fault}"));
}

/// The proxies for fetching: HTTP or HTTPS URLs.
pub(in super::super) fn check_proxy(checks: &mut Checks, proxy: &Item) {
    for name in ["httpProxy", "httpsProxy"] {
        let Some(value) = proxy.get(name) else { continue };
        let scheme = url::parse(value.as_str().unwrap_or_default()).map(|url| url.scheme);
        if !matches!(scheme.as_deref(), Some("http" | "https")) {
            let text = format!("`{name}` is no URL of scheme `http` or `https`");
            checks.report(ProblemKind::InvalidIgnition, &value.at, text);
        }
    }
}
