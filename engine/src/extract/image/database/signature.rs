//! Whose key made a signature.
//!
//! Owns the little of OpenPGP that tells the id of the key. Verifies nothing.
//!
//! Source: RFC 9580 §4.2 (packets), §5.2 (signatures), §5.2.3.12 and §5.2.3.35 (issuers).

const SIGNATURE: u8 = 2;
const ISSUER: u8 = 16;
const ISSUER_FINGERPRINT: u8 = 33;

/// The id of the key, in hex, as the first packet says.
pub(super) fn key_id(packets: &[u8]) -> Option<String> {
    let body = first_body(packets)?;
    let id = match body.first()? {
        3 => body.get(7..15)?.try_into().ok()?,
        4 => issuer(body, 2)?,
        6 => issuer(body, 4)?,
        _ => return None,
    };
    Some(format!("{:016x}", u64::from_be_bytes(id)))
}

/// The body of the first packet, where it is a signature.
fn first_body(packets: &[u8]) -> Option<&[u8]> {
    let (&head, rest) = packets.split_first()?;
    let (tag, (length, rest)) = match head {
        0xc0.. => (head & 0x3f, length(rest)?),
        0x80..=0xbf => {
            let (number, rest) = rest.split_at_checked(*[1, 2, 4].get(usize::from(head & 3))?)?;
            (head >> 2 & 0xf, (number_of(number), rest))
        }
        _ => return None,
    };
    (tag == SIGNATURE).then(|| rest.get(..length))?
}

/// The issuer that the subpackets name, those that the signature covers first; their length stands in
/// so many bytes.
fn issuer(body: &[u8], width: usize) -> Option<[u8; 8]> {
    let (length, rest) = body.get(4..)?.split_at_checked(width)?;
    let (hashed, rest) = rest.split_at_checked(number_of(length))?;
    let (length, rest) = rest.split_at_checked(width)?;
    let unhashed = rest.get(..number_of(length))?;
    named_in(hashed).or_else(|| named_in(unhashed))
}

fn named_in(mut subpackets: &[u8]) -> Option<[u8; 8]> {
    while !subpackets.is_empty() {
        let (length, rest) = length(subpackets)?;
        let (subpacket, rest) = rest.split_at_checked(length)?;
        let (&kind, value) = subpacket.split_first()?;
        // The id is the end of a fingerprint of version 4, and the beginning of one of version 6.
        let id = match (kind & 0x7f, value.split_first()) {
            (ISSUER, _) => value.get(..8),
            (ISSUER_FINGERPRINT, Some((4, fingerprint))) => fingerprint.get(12..20),
            (ISSUER_FINGERPRINT, Some((6, fingerprint))) => fingerprint.get(..8),
            _ => None,
        };
        if let Some(id) = id {
            return id.try_into().ok();
        }
        subpackets = rest;
    }
    None
}

/// The length that stands in one, two or five bytes, and what follows.
fn length(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (&first, rest) = bytes.split_first()?;
    match first {
        0..=191 => Some((usize::from(first), rest)),
        192..=223 => {
            let (&second, rest) = rest.split_first()?;
            Some((((usize::from(first) - 192) << 8) + usize::from(second) + 192, rest))
        }
        255 => rest.split_at_checked(4).map(|(number, rest)| (number_of(number), rest)),
        // A body in parts, which no signature has.
        224..=254 => None,
    }
}

fn number_of(bytes: &[u8]) -> usize {
    bytes.iter().fold(0, |number, &byte| number << 8 | usize::from(byte))
}
