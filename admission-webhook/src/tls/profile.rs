//! The TLS profile of an OpenShift cluster: the oldest version of TLS and the ciphers that its components accept.
//!
//! Read from the object `apiservers.config.openshift.io/cluster` (`tlsSecurityProfile`, openshift/api
//! `config/v1/types_tlssecurityprofile.go`), whose ciphers have OpenSSL's names.
//!
//! What rustls does not have is left out and said: TLS 1.0 and 1.1, CBC and RSA key exchange. So `Old`
//! is no weaker than `Intermediate` here.

use rustls::crypto::aws_lc_rs::cipher_suite as suite;
use rustls::version::{TLS12, TLS13};
use rustls::{SupportedCipherSuite, SupportedProtocolVersion};
use serde::Deserialize;

/// Every cipher that rustls has, by OpenSSL's name.
const SUITES: [(&str, SupportedCipherSuite); 9] = [
    ("TLS_AES_128_GCM_SHA256", suite::TLS13_AES_128_GCM_SHA256),
    ("TLS_AES_256_GCM_SHA384", suite::TLS13_AES_256_GCM_SHA384),
    ("TLS_CHACHA20_POLY1305_SHA256", suite::TLS13_CHACHA20_POLY1305_SHA256),
    ("ECDHE-ECDSA-AES128-GCM-SHA256", suite::TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256),
    ("ECDHE-RSA-AES128-GCM-SHA256", suite::TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256),
    ("ECDHE-ECDSA-AES256-GCM-SHA384", suite::TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384),
    ("ECDHE-RSA-AES256-GCM-SHA384", suite::TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384),
    ("ECDHE-ECDSA-CHACHA20-POLY1305", suite::TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256),
    ("ECDHE-RSA-CHACHA20-POLY1305", suite::TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256),
];

const NEWEST: [&SupportedProtocolVersion; 1] = [&TLS13];
const BOTH: [&SupportedProtocolVersion; 2] = [&TLS13, &TLS12];

/// Versions and ciphers that are accepted.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Profile {
    suites: Vec<SupportedCipherSuite>,
    /// Of a custom profile, what was asked for and is not to be had.
    left_out: Vec<String>,
}

/// Why a profile cannot be followed.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ProfileError {
    /// The object is not what it should be.
    #[error("the object is not an APIServer")]
    Object(#[from] serde_json::Error),
    /// No such profile.
    #[error("the type or version of its TLS profile is none that is known")]
    Unknown,
}

#[derive(Deserialize)]
struct ApiServer {
    #[serde(default)]
    spec: Spec,
}

#[derive(Deserialize, Default)]
#[serde(rename_all = "camelCase")]
struct Spec {
    tls_security_profile: Option<Security>,
}

#[derive(Deserialize)]
struct Security {
    #[serde(rename = "type", default)]
    kind: String,
    custom: Option<Custom>,
}

#[derive(Deserialize)]
struct Custom {
    #[serde(default)]
    ciphers: Vec<String>,
    #[serde(default, rename = "minTLSVersion")]
    min_tls_version: String,
}

impl Default for Profile {
    /// `Intermediate`, which a cluster has that says nothing.
    fn default() -> Self {
        let suites = SUITES.iter().map(|(_, suite)| *suite).collect();
        Self { suites, left_out: Vec::new() }
    }
}

impl Profile {
    /// The profile that an `APIServer` object asks for.
    pub(crate) fn of_api_server(json: &[u8]) -> Result<Self, ProfileError> {
        let object: ApiServer = serde_json::from_slice(json)?;
        let Some(security) = object.spec.tls_security_profile else { return Ok(Self::default()) };
        match (security.kind.as_str(), security.custom) {
            ("" | "Old" | "Intermediate", _) => Ok(Self::default()),
            ("Modern", _) => Ok(Self::newest()),
            ("Custom", Some(custom)) => Self::custom(custom),
            _ => Err(ProfileError::Unknown),
        }
    }

    fn newest() -> Self {
        let mut profile = Self::default();
        profile.suites.retain(is_newest);
        profile
    }

    /// Where the list names no cipher of TLS 1.3, all of them are accepted, as in components written in Go,
    /// where the list speaks of TLS 1.2 only. One that names none of TLS 1.2 leaves TLS 1.3.
    fn custom(custom: Custom) -> Result<Self, ProfileError> {
        let only_newest = match custom.min_tls_version.as_str() {
            "" | "VersionTLS10" | "VersionTLS11" | "VersionTLS12" => false,
            "VersionTLS13" => true,
            _ => return Err(ProfileError::Unknown),
        };
        let mut left_out = Vec::new();
        let mut asked = Vec::new();
        for name in custom.ciphers {
            match SUITES.iter().find(|(known, _)| *known == name) {
                Some((_, suite)) => asked.push(*suite),
                None => left_out.push(name),
            }
        }
        let (mut suites, older): (Vec<_>, Vec<_>) = asked.into_iter().partition(is_newest);
        if suites.is_empty() {
            suites = Self::newest().suites;
        }
        if !only_newest {
            suites.extend(older);
        }
        Ok(Self { suites, left_out })
    }

    /// Ciphers that were asked for and are not to be had.
    pub(crate) fn left_out(&self) -> &[String] {
        &self.left_out
    }

    pub(super) fn suites(&self) -> Vec<SupportedCipherSuite> {
        self.suites.clone()
    }

    pub(super) fn versions(&self) -> &'static [&'static SupportedProtocolVersion] {
        let has_older = self.suites.iter().any(|suite| !is_newest(suite));
        if has_older { &BOTH } else { &NEWEST }
    }
}

fn is_newest(suite: &SupportedCipherSuite) -> bool {
    suite.version() == &TLS13
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(profile: &Profile) -> String {
        let versions = profile.versions().iter().map(|version| format!("{:?}", version.version));
        let suites = profile.suites.iter().map(|suite| format!("{:?}", suite.suite()));
        versions.chain(suites).collect::<Vec<_>>().join(" ")
    }

    fn of(profile: &str) -> Result<Profile, ProfileError> {
        let json = format!(r#"{{"kind":"APIServer","spec":{{"tlsSecurityProfile":{profile}}}}}"#);
        Profile::of_api_server(json.as_bytes())
    }

    #[test]
    fn the_named_profiles() {
        let default = Profile::default();
        assert_eq!(default.versions().len(), 2);
        assert_eq!(default.suites.len(), 9);
        for same in ["null", r#"{"type":"Old","old":{}}"#, r#"{"type":"Intermediate"}"#] {
            assert_eq!(of(same).unwrap(), default, "{same}");
        }
        assert_eq!(
            names(&of(r#"{"type":"Modern","modern":{}}"#).unwrap()),
            "TLSv1_3 TLS13_AES_128_GCM_SHA256 TLS13_AES_256_GCM_SHA384 \
             TLS13_CHACHA20_POLY1305_SHA256"
        );
        assert_eq!(Profile::of_api_server(b"{}").unwrap(), default);
    }

    #[test]
    fn a_custom_profile_is_followed_as_far_as_rustls_goes() {
        let custom = of(r#"{"type":"Custom","custom":{"minTLSVersion":"VersionTLS11","ciphers":[
            "ECDHE-RSA-AES128-GCM-SHA256","AES128-SHA","TLS_AES_256_GCM_SHA384"]}}"#);
        let custom = custom.unwrap();
        assert_eq!(
            names(&custom),
            "TLSv1_3 TLSv1_2 TLS13_AES_256_GCM_SHA384 TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"
        );
        assert_eq!(custom.left_out(), ["AES128-SHA"]);
        let none_left = of(r#"{"type":"Custom","custom":{"ciphers":["AES128-SHA"]}}"#).unwrap();
        assert_eq!(none_left.versions(), [&TLS13]);
        let newest = of(r#"{"type":"Custom","custom":{"minTLSVersion":"VersionTLS13",
            "ciphers":["ECDHE-RSA-AES128-GCM-SHA256"]}}"#);
        assert_eq!(newest.unwrap().suites, Profile::newest().suites);
    }

    #[test]
    fn what_is_not_known_is_not_guessed() {
        assert!(matches!(of(r#"{"type":"Fancy"}"#), Err(ProfileError::Unknown)));
        assert!(matches!(of(r#"{"type":"Custom"}"#), Err(ProfileError::Unknown)));
        let version = r#"{"type":"Custom","custom":{"minTLSVersion":"VersionTLS14"}}"#;
        assert!(matches!(of(version), Err(ProfileError::Unknown)));
        assert!(matches!(of("7"), Err(ProfileError::Object(_))));
    }
}
