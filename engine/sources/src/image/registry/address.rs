//! Which addresses may be asked.
//!
//! Owns that no request goes to an address that is never a registry's and often a cloud's secrets:
//! link-local ones, those of metadata services, multicast, and the unspecified one. Loopback and private
//! addresses are those of registries in the house. Names are looked up here and nowhere else, so that
//! what was checked is what is connected to; where a proxy is set, it looks names up itself.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, ToSocketAddrs};

use reqwest::Url;
use reqwest::dns::{Addrs, Name, Resolve, Resolving};

/// The metadata services that do not stand at a link-local address: Alibaba Cloud, Oracle Cloud, and
/// Azure's host.
const METADATA_V4: [Ipv4Addr; 3] = [
    Ipv4Addr::new(100, 100, 100, 200),
    Ipv4Addr::new(192, 0, 0, 192),
    Ipv4Addr::new(168, 63, 129, 16),
];

/// The same for IPv6: Amazon and Google.
const METADATA_V6: [Ipv6Addr; 2] = [
    Ipv6Addr::new(0xfd00, 0xec2, 0, 0, 0, 0, 0, 0x254),
    Ipv6Addr::new(0xfd20, 0xce, 0, 0, 0, 0, 0, 0x254),
];

/// The names of metadata services, which a proxy would look up.
const METADATA_NAMES: [&str; 2] = ["metadata.google.internal", "metadata"];

/// Whether an address is never asked.
pub(crate) fn is_forbidden(address: IpAddr) -> bool {
    match address {
        IpAddr::V4(address) => is_forbidden_v4(address),
        IpAddr::V6(address) => {
            let embedded = embedded(address).is_some_and(is_forbidden_v4);
            let link_local = address.is_unicast_link_local() || address.is_multicast();
            embedded || link_local || address.is_unspecified() || METADATA_V6.contains(&address)
        }
    }
}

fn is_forbidden_v4(address: Ipv4Addr) -> bool {
    let unspecified = matches!(address.octets(), [0, ..] | [240..=255, ..]);
    unspecified
        || address.is_link_local()
        || address.is_multicast()
        || METADATA_V4.contains(&address)
}

/// The IPv4 address in one of IPv6: mapped, compatible, of NAT64 (RFC 6052), of 6to4 (RFC 3056).
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let four = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        Ipv4Addr::new(a, b, c, d)
    };
    match address.segments() {
        [0, 0, 0, 0, 0, 0, 0, 0 | 1] => None,
        [0, 0, 0, 0, 0, 0 | 0xffff, high, low] | [0x64, 0xff9b, 0, 0, 0, 0, high, low] => {
            Some(four(high, low))
        }
        [0x2002, high, low, ..] => Some(four(high, low)),
        _ => None,
    }
}

/// Whether the host of an address, where it is written as a number, or by a name of a metadata service,
/// may be asked.
pub(crate) fn may_ask(url: &Url) -> bool {
    let host = url.host_str().unwrap_or_default().trim_end_matches('.');
    let number = host.trim_start_matches('[').trim_end_matches(']').parse::<IpAddr>();
    number.map_or_else(|_| !METADATA_NAMES.contains(&host), |address| !is_forbidden(address))
}

/// Looks names up, and leaves out what may not be asked.
#[derive(Debug)]
pub(crate) struct Resolver;

impl Resolve for Resolver {
    fn resolve(&self, name: Name) -> Resolving {
        let name = name.as_str().to_owned();
        let look_up = move || -> Result<Addrs, Box<dyn std::error::Error + Send + Sync>> {
            let found: Vec<SocketAddr> = (name.as_str(), 0).to_socket_addrs()?.collect();
            let allowed: Vec<_> =
                found.iter().copied().filter(|found| !is_forbidden(found.ip())).collect();
            if allowed.is_empty() && !found.is_empty() {
                return Err(format!("`{name}` leads to an address that is never asked").into());
            }
            Ok(Box::new(allowed.into_iter()))
        };
        Box::pin(async move { tokio::task::spawn_blocking(look_up).await? })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn metadata_and_link_local_addresses_are_never_asked_however_they_are_written() {
        for host in [
            "169.254.169.254",
            "0xa9fea9fe",
            "2852039166",
            "169.254.1",
            "0.0.0.0",
            "0",
            "224.0.0.1",
            "255.255.255.255",
            "100.100.100.200",
            "[fd00:ec2::254]",
            "[fe80::1]",
            "[::]",
            "[ff02::1]",
            "[::ffff:169.254.169.254]",
            "[64:ff9b::a9fe:a9fe]",
            "[2002:a9fe:a9fe::]",
            "168.63.129.16",
            "metadata.google.internal",
            "metadata.google.internal.",
        ] {
            assert!(!may_ask(&format!("https://{host}/v2/").parse().unwrap()), "{host}");
        }
        for host in
            ["127.0.0.1", "[::1]", "10.0.0.1", "192.168.1.1", "[fd12::1]", "quay.io", "9.9.9.9"]
        {
            assert!(may_ask(&format!("https://{host}/v2/").parse().unwrap()), "{host}");
        }
    }
}
