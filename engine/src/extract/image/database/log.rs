//! The write-ahead log of a SQLite database, applied in memory.
//!
//! Owns the frames of a `-wal` file: as SQLite does, those up to the last whole transaction count, and
//! the log ends at the first frame whose salt or checksum is not right.
//!
//! Source: <https://www.sqlite.org/fileformat2.html#the_write_ahead_log>.

use super::DatabaseError;

const HEADER: usize = 32;
const FRAME_HEADER: usize = 24;
/// The magic of a log whose checksums read big-endian words; without its last bit, little-endian.
const MAGIC: u32 = 0x377f_0682;
const VERSION: u32 = 3_007_000;

/// The numbers that a header of a log, or of a frame, begins with.
type Words = [u32; 6];

/// Writes the committed pages of the log over those of the database, which may become as large as
/// `limit` bytes.
pub(super) fn apply(database: &mut Vec<u8>, log: &[u8], limit: u64) -> Result<(), DatabaseError> {
    let Some((header, frames)) = log.split_at_checked(HEADER) else { return Ok(()) };
    let [magic, version, page_size, _, salt, other_salt] = words(header);
    let big_endian = magic & 1 == 1;
    let checksum = Checksum { sums: (0, 0), big_endian }.over(header.get(..24).unwrap_or_default());
    let size = usize::try_from(page_size).unwrap_or_default();
    let sound = magic & !1 == MAGIC && size.is_power_of_two() && (512..=65536).contains(&size);
    if !sound || !checksum.stands_in(header.get(24..)) {
        return Ok(());
    }
    if version != VERSION {
        return Err(DatabaseError::Log("has a version that is not known"));
    }
    if page_size_of(database) != Some(size) {
        return Err(DatabaseError::Log("has pages of another size than the database"));
    }
    let reading = Reading { salts: (salt, other_salt), checksum, size, limit };
    reading.apply(database, frames)
}

/// What the frames of a log have to agree with.
struct Reading {
    salts: (u32, u32),
    checksum: Checksum,
    size: usize,
    limit: u64,
}

impl Reading {
    fn apply(self, database: &mut Vec<u8>, frames: &[u8]) -> Result<(), DatabaseError> {
        let mut checksum = self.checksum;
        let mut pending: Vec<(u32, &[u8])> = Vec::new();
        for frame in frames.chunks_exact(FRAME_HEADER + self.size) {
            let (header, page) = frame.split_at_checked(FRAME_HEADER).unwrap_or_default();
            let [number, pages, salt, other_salt, ..] = words(header);
            checksum = checksum.over(header.get(..8).unwrap_or_default()).over(page);
            let sound = (salt, other_salt) == self.salts && number != 0;
            if !sound || !checksum.stands_in(header.get(16..)) {
                break;
            }
            pending.push((number, page));
            if pages != 0 {
                self.commit(database, pages, pending.drain(..))?;
            }
        }
        Ok(())
    }

    /// Writes the pages of one transaction, after which the database has `pages` of them.
    fn commit<'a>(
        &self,
        database: &mut Vec<u8>,
        pages: u32,
        written: impl Iterator<Item = (u32, &'a [u8])>,
    ) -> Result<(), DatabaseError> {
        let length = u64::from(pages).saturating_mul(self.size as u64);
        if length > self.limit {
            return Err(DatabaseError::Limit { limit: "image.content_bytes", value: self.limit });
        }
        database.resize(usize::try_from(length).unwrap_or_default(), 0);
        for (number, page) in written {
            let start = (number as usize - 1).saturating_mul(self.size);
            let end = start.saturating_add(self.size);
            if let Some(place) = database.get_mut(start..end) {
                place.copy_from_slice(page);
            }
        }
        Ok(())
    }
}

/// The running checksum of a log.
#[derive(Debug, Clone, Copy)]
struct Checksum {
    sums: (u32, u32),
    big_endian: bool,
}

impl Checksum {
    fn over(self, bytes: &[u8]) -> Self {
        let read = if self.big_endian { u32::from_be_bytes } else { u32::from_le_bytes };
        let (pairs, _) = bytes.as_chunks::<8>();
        let sums = pairs.iter().fold(self.sums, |(one, other), &[a, b, c, d, e, f, g, h]| {
            let one = one.wrapping_add(read([a, b, c, d])).wrapping_add(other);
            (one, other.wrapping_add(read([e, f, g, h])).wrapping_add(one))
        });
        Self { sums, ..self }
    }

    /// Whether these bytes begin with it; there it is big-endian always.
    fn stands_in(self, bytes: Option<&[u8]>) -> bool {
        let (one, other) = self.sums;
        let expected = (u64::from(one) << 32 | u64::from(other)).to_be_bytes();
        bytes.is_some_and(|bytes| bytes.starts_with(&expected))
    }
}

/// The size of a database's pages, as its header says; 1 means 65 536.
fn page_size_of(database: &[u8]) -> Option<usize> {
    let &[high, low] = database.get(16..18)? else { return None };
    let size = u16::from_be_bytes([high, low]);
    Some(if size == 1 { 65536 } else { usize::from(size) })
}

fn words(bytes: &[u8]) -> Words {
    let mut words = [0; 6];
    for (word, &bytes) in words.iter_mut().zip(bytes.as_chunks::<4>().0) {
        *word = u32::from_be_bytes(bytes);
    }
    words
}
