//! URLs, as Go's `net/url` parses them.
//!
//! Owns whether a text is a URL and what its scheme, opaque part and query are; Ignition tells good
//! sources from bad ones by these. Must not know which schemes Ignition takes.
//!
//! `https://a:b@c/d?e` → scheme `https`, query `e`; `http://[c` → no URL.

use std::net::Ipv6Addr;

/// A URL with a scheme.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Url<'a> {
    /// The scheme in lower case.
    pub(super) scheme: String,
    /// What follows the scheme and the colon, without query; empty where a `/` does.
    pub(super) opaque: &'a str,
    /// What follows the question mark.
    pub(super) query: &'a str,
}

/// Parses an absolute URL; none where Go gives an error or finds no scheme.
pub(super) fn parse(text: &str) -> Option<Url<'_>> {
    let (text, fragment) = text.split_once('#').unwrap_or((text, ""));
    // Without an early end, the compiler looks at many bytes at a time; contents are long.
    let control = text.bytes().fold(false, |found, byte| found | byte.is_ascii_control());
    if control || !escapes_are_valid(fragment) {
        return None;
    }
    let (scheme, rest) = text.split_once(':')?;
    let (rest, query) = rest.split_once('?').unwrap_or((rest, ""));
    let valid = is_scheme(scheme)
        && match rest.strip_prefix("//") {
            Some(rest) => {
                let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
                is_authority(authority, scheme) && escapes_are_valid(path)
            }
            None => !rest.starts_with('/') || escapes_are_valid(rest),
        };
    let opaque = if rest.starts_with('/') { "" } else { rest };
    valid.then(|| Url { scheme: scheme.to_ascii_lowercase(), opaque, query })
}

/// The text without the user and password that may stand before the host.
pub(super) fn without_user_info(text: &str) -> String {
    let Some((scheme, rest)) = text.split_once("//") else { return text.to_owned() };
    let end = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    format!("{scheme}//{host}{path}")
}

impl Url<'_> {
    /// The first value of a query parameter.
    pub(super) fn query_value(&self, name: &str) -> Option<&str> {
        let pairs = self.query.split('&').filter(|pair| !pair.contains(';'));
        pairs
            .map(|pair| pair.split_once('=').unwrap_or((pair, "")))
            .find_map(|(key, value)| (key == name).then_some(value))
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_alphabetic())
        && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
}

fn is_authority(text: &str, scheme: &str) -> bool {
    match text.rsplit_once('@') {
        Some((user, host)) => {
            let is_user = |c: char| c.is_ascii_alphanumeric() || "-._:~!$&'()*+,;=%@".contains(c);
            user.chars().all(is_user) && escapes_are_valid(user) && is_host(host, scheme)
        }
        None => is_host(text, scheme),
    }
}

fn is_host(text: &str, scheme: &str) -> bool {
    if let Some((before, literal)) = text.rsplit_once('[') {
        let Some((address, port)) = literal.rsplit_once(']') else { return false };
        let (address, zone) = address.split_once("%25").unwrap_or((address, ""));
        return before.is_empty()
            && address.parse::<Ipv6Addr>().is_ok()
            && escapes_are_valid(zone)
            && is_port(port);
    }
    // Other schemes may name many hosts, as databases do.
    let lenient = !matches!(scheme.to_ascii_lowercase().as_str(), "http" | "https");
    let colon = if lenient { text.rfind(':') } else { text.find(':') };
    let port = colon.and_then(|colon| text.get(colon..)).unwrap_or_default();
    is_port(port) && is_host_name(text)
}

fn is_port(text: &str) -> bool {
    text.is_empty()
        || text.strip_prefix(':').is_some_and(|port| port.bytes().all(|byte| byte.is_ascii_digit()))
}

/// Whether a host name has only characters that may stand in one, and escapes none that it could
/// write plainly.
fn is_host_name(text: &str) -> bool {
    let is_plain = |c: char| {
        !c.is_ascii() || c.is_ascii_alphanumeric() || "-_.~!$&'()*+,;=:[]<>\"%".contains(c)
    };
    let is_needed = |escape: &str| {
        escape.starts_with("25") || !escape.starts_with(|c: char| matches!(c, '0'..='7'))
    };
    text.chars().all(is_plain) && escapes_are_valid(text) && text.split('%').skip(1).all(is_needed)
}

fn escapes_are_valid(text: &str) -> bool {
    text.split('%').skip(1).all(|rest| {
        let mut digits = rest.chars();
        let mut is_digit = || digits.next().is_some_and(|c| c.is_ascii_hexdigit());
        is_digit() && is_digit()
    })
}

#[cfg(test)]
mod tests {
    use super::{parse, without_user_info};

    #[test]
    fn urls_are_those_of_go() {
        let urls = [
            ("HTTPS://user:p%40ss@host:80/a%20b?c=d#e", "https"),
            ("data:,a?b", "data"),
            ("s3://bucket/key?versionId=", "s3"),
            ("arn:aws:s3:::bucket/key", "arn"),
            ("http://[::1]:8080/", "http"),
            ("tftp:", "tftp"),
        ];
        for (text, scheme) in urls {
            assert_eq!(parse(text).map(|url| url.scheme).as_deref(), Some(scheme), "{text}");
        }
        let faults = [
            "",
            "/etc/a",
            "a b:c",
            ":a",
            "1a:b",
            "http://a b/",
            "http://[::1",
            "http://a:b/",
            "http://h/%zz",
            "http://h/#%",
            "http://%41/",
            "data:,a\nb",
            "http://a:1:2/",
        ];
        for text in faults {
            assert_eq!(parse(text), None, "{text}");
        }
        assert_eq!(without_user_info("http://u:p@h/a@b"), "http://h/a@b");
    }
}
