//! The headers of an RPM database that is a SQLite file.
//!
//! Owns how SQLite is held to reading one plain table of a hostile file: from memory, without
//! triggers, views or functions of the schema, within limits on rows and bytes, and never round in a
//! circle. Must not know what a header says.
//!
//! Source: <https://www.sqlite.org/security.html>, rpm `lib/backend/sqlite.c`.

use rusqlite::config::DbConfig;
use rusqlite::limits::Limit;
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension as _};

use super::{DatabaseError, log};
use crate::limits::ImageLimits;

const MAGIC: &[u8] = b"SQLite format 3\0";

/// How many instructions SQLite may spend on each row that is let in: a row of a sound table takes
/// about ten.
const INSTRUCTIONS_PER_ROW: usize = 1_000;

/// What is wanted of the table: its columns, none of them computed, and whether it is one of rows.
const COLUMNS: &str = "SELECT group_concat(name || ':' || hidden) FROM \
    (SELECT name, hidden FROM pragma_table_xinfo('Packages') ORDER BY cid)";

/// Calls back with each header and the number of its row.
pub(super) fn for_each_header(
    bytes: Vec<u8>,
    log: Option<&[u8]>,
    limits: &ImageLimits,
    mut each: impl FnMut(i64, &[u8]) -> Result<(), DatabaseError>,
) -> Result<(), DatabaseError> {
    let length = bytes.len().saturating_add(log.map_or(0, <[u8]>::len));
    let connection = open(bytes, log, limits)?;
    check_table(&connection)?;
    let mut statement = connection.prepare("SELECT rowid, blob FROM main.Packages")?;
    let mut rows = statement.query([])?;
    let (mut last, mut count, mut sum) = (i64::MIN, 0_usize, 0_usize);
    while let Some(row) = rows.next()? {
        let number: i64 = row.get(0)?;
        let ValueRef::Blob(blob) = row.get_ref(1)? else {
            return Err(DatabaseError::Table("holds a row without a header"));
        };
        count += 1;
        sum = sum.saturating_add(blob.len());
        // Rows come in the order of their numbers, and together are no larger than the file.
        if number <= last || sum > length {
            return Err(DatabaseError::Cycle(number));
        }
        if count > limits.packages {
            let value = limits.packages as u64;
            return Err(DatabaseError::Limit { limit: "image.packages", value });
        }
        last = number;
        each(number, blob)?;
    }
    Ok(())
}

fn open(
    mut bytes: Vec<u8>,
    log: Option<&[u8]>,
    limits: &ImageLimits,
) -> Result<Connection, DatabaseError> {
    recognise(&bytes)?;
    if let Some(log) = log {
        log::apply(&mut bytes, log, limits.content_bytes)?;
    }
    // In WAL mode SQLite wants the log and shared memory as files; what the log holds is applied.
    if let Some(modes @ [_, _]) = bytes.get_mut(18..20) {
        modes.fill(1);
    }
    let mut connection = Connection::open_in_memory()?;
    let size = bytes.len();
    connection.deserialize_read_exact("main", bytes.as_slice(), size, true)?;
    drop(bytes);
    harden(&mut connection, limits)?;
    Ok(connection)
}

fn recognise(bytes: &[u8]) -> Result<(), DatabaseError> {
    if bytes.starts_with(MAGIC) {
        return Ok(());
    }
    // `DB_HASHMAGIC` and `DB_BTREEMAGIC` stand behind the first page's number, in either order.
    let berkeley = |word: &[u8]| {
        [0x0006_1561_u32, 0x0005_3162]
            .iter()
            .any(|magic| word == magic.to_le_bytes() || word == magic.to_be_bytes())
    };
    Err(match bytes.get(12..16) {
        Some(word) if berkeley(word) => DatabaseError::Unsupported("Berkeley DB"),
        _ if bytes.starts_with(b"RpmP") => DatabaseError::Unsupported("ndb"),
        _ => DatabaseError::UnknownFormat,
    })
}

fn harden(connection: &mut Connection, limits: &ImageLimits) -> Result<(), DatabaseError> {
    let limited = [
        (Limit::SQLITE_LIMIT_LENGTH, row_bytes(limits)),
        (Limit::SQLITE_LIMIT_SQL_LENGTH, 1 << 16),
        (Limit::SQLITE_LIMIT_COLUMN, 64),
        (Limit::SQLITE_LIMIT_EXPR_DEPTH, 32),
        (Limit::SQLITE_LIMIT_VDBE_OP, 1 << 16),
        (Limit::SQLITE_LIMIT_ATTACHED, 0),
        (Limit::SQLITE_LIMIT_TRIGGER_DEPTH, 1),
        (Limit::SQLITE_LIMIT_WORKER_THREADS, 0),
    ];
    for (limit, value) in limited {
        connection.set_limit(limit, value)?;
    }
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_DEFENSIVE, true)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_TRUSTED_SCHEMA, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_TRIGGER, false)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_VIEW, false)?;
    connection.pragma_update(None, "cell_size_check", true)?;
    connection.pragma_update(None, "query_only", true)?;
    let mut steps = limits.packages;
    let step = i32::try_from(INSTRUCTIONS_PER_ROW).unwrap_or(i32::MAX);
    connection.progress_handler(
        step,
        Some(move || match steps.checked_sub(1) {
            Some(left) => {
                steps = left;
                false
            }
            None => true,
        }),
    )?;
    Ok(())
}

/// A row is a header and its number.
fn row_bytes(limits: &ImageLimits) -> i32 {
    i32::try_from(limits.header_bytes).unwrap_or(i32::MAX).saturating_add(64)
}

fn check_table(connection: &Connection) -> Result<(), DatabaseError> {
    let find = "SELECT count(*), min(type), min(rootpage), min(sql) FROM main.sqlite_schema \
                WHERE lower(name) = 'packages'";
    let (count, kind, root, text) = connection.query_row(find, [], |row| {
        let kind: Option<String> = row.get(1)?;
        let text: Option<String> = row.get(3)?;
        Ok((row.get::<_, i64>(0)?, kind, row.get::<_, Option<i64>>(2)?, text))
    })?;
    if count == 0 {
        return Err(DatabaseError::Table("has no table `Packages`"));
    }
    let text = text.unwrap_or_default().to_ascii_lowercase();
    let plain =
        kind.as_deref() == Some("table") && root > Some(0) && text.starts_with("create table");
    if count > 1 || !plain {
        return Err(DatabaseError::Table("has a `Packages` that is no plain table"));
    }
    let columns: Option<Option<String>> =
        connection.query_row(COLUMNS, [], |row| row.get(0)).optional()?;
    if columns.flatten().as_deref() != Some("hnum:0,blob:0") {
        return Err(DatabaseError::Table("has a table `Packages` with other columns than RPM's"));
    }
    Ok(())
}
