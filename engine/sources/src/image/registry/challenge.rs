//! What a registry asks for with 401: `WWW-Authenticate`.
//!
//! Owns the grammar (RFC 9110, 11.6.1). Must not know credentials.
//! `Bearer realm="https://auth.example.com/token",service="example"` is a [`Challenge::Bearer`].

/// What is asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Challenge {
    /// A token of this realm for this service.
    Bearer {
        /// The address that gives tokens.
        realm: String,
        /// The service, if one is named.
        service: Option<String>,
        /// The scope, if one is named.
        scope: Option<String>,
    },
    /// A user and a password.
    Basic,
}

/// How long a header may be that is looked at.
const HEADER_BYTES: usize = 8 << 10;

impl Challenge {
    /// What a header asks for; the first that is known.
    pub(crate) fn parse(header: &str) -> Option<Self> {
        if header.len() > HEADER_BYTES {
            return None;
        }
        let mut rest = header.trim_start();
        while !rest.is_empty() {
            let (scheme, behind) = rest.split_once(' ').unwrap_or((rest, ""));
            let (parameters, next) = parameters(behind);
            let value = |name: &str| {
                let is_it = |(found, _): &&(String, String)| found.eq_ignore_ascii_case(name);
                parameters.iter().find(is_it).map(|(_, value)| value.clone())
            };
            if scheme.eq_ignore_ascii_case("basic") {
                return Some(Self::Basic);
            }
            if scheme.eq_ignore_ascii_case("bearer") {
                let realm = value("realm")?;
                return Some(Self::Bearer {
                    realm,
                    service: value("service"),
                    scope: value("scope"),
                });
            }
            rest = next;
        }
        None
    }
}

/// The parameters of a challenge, and what comes behind them.
fn parameters(text: &str) -> (Vec<(String, String)>, &str) {
    let mut found = Vec::new();
    let mut rest = text;
    loop {
        let start = rest.trim_start_matches([' ', ',', '\t']);
        let Some((name, behind)) = start.split_once('=') else { return (found, "") };
        if name.contains(' ') {
            // The name of the next scheme comes first.
            return (found, start);
        }
        let (value, behind) = match behind.strip_prefix('"') {
            Some(quoted) => unquoted(quoted),
            None => {
                let (value, behind) = behind.split_once(',').unwrap_or((behind, ""));
                (value.trim().to_owned(), behind)
            }
        };
        found.push((name.trim().to_owned(), value));
        rest = behind;
    }
}

/// A quoted string, and what comes behind it.
fn unquoted(text: &str) -> (String, &str) {
    let mut value = String::new();
    let mut letters = text.chars();
    while let Some(letter) = letters.next() {
        match letter {
            '"' => break,
            '\\' => value.extend(letters.next()),
            other => value.push(other),
        }
    }
    (value, letters.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_known_scheme_is_taken() {
        let bearer = |realm: &str, service: Option<&str>, scope: Option<&str>| {
            Some(Challenge::Bearer {
                realm: realm.to_owned(),
                service: service.map(str::to_owned),
                scope: scope.map(str::to_owned),
            })
        };
        for (header, challenge) in [
            ("Basic realm=\"a\"", Some(Challenge::Basic)),
            (
                "Bearer realm=\"https://a/t\",service=\"s\",scope=\"repository:a/b:pull,push\"",
                bearer("https://a/t", Some("s"), Some("repository:a/b:pull,push")),
            ),
            ("Negotiate, Bearer realm=\"https://a\"", bearer("https://a", None, None)),
            ("bearer realm=https://a , service=x", bearer("https://a", Some("x"), None)),
            (
                "Digest realm=\"a, Bearer\", nonce=\"\\\"\", Basic realm=\"x\"",
                Some(Challenge::Basic),
            ),
            ("Bearer", None),
            ("", None),
        ] {
            assert_eq!(Challenge::parse(header), challenge, "{header}");
        }
    }
}
