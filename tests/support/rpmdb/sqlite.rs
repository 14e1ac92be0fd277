//! The SQLite file with the tables of `rpm`.
//!
//! Source: rpm `lib/backend/sqlite.c`.

#![expect(clippy::disallowed_methods, reason = "SQLite writes a log only beside a file")]

use std::fs;
use std::path::Path;

use rusqlite::Connection;

use super::Header;

/// The tables in which `rpm` looks up by a text: the table, and the tag of its keys.
const INDEXES: [(&str, u32); 18] = [
    ("Name", 1000),
    ("Basenames", 1117),
    ("Group", 1016),
    ("Requirename", 1049),
    ("Providename", 1047),
    ("Conflictname", 1054),
    ("Obsoletename", 1090),
    ("Triggername", 1066),
    ("Dirnames", 1118),
    ("Installtid", 1128),
    ("Sigmd5", 261),
    ("Sha1header", 269),
    ("Filetriggername", 5069),
    ("Transfiletriggername", 5079),
    ("Recommendname", 5046),
    ("Suggestname", 5049),
    ("Supplementname", 5052),
    ("Enhancename", 5055),
];

/// The database, and what its log holds of `later`.
pub(super) fn write<'a>(
    headers: impl IntoIterator<Item = &'a Header>,
    later: impl IntoIterator<Item = &'a Header>,
) -> (Vec<u8>, Vec<u8>) {
    let folder = tempfile::tempdir().unwrap_or_else(|error| panic!("no folder: {error}"));
    let path = folder.path().join("rpmdb.sqlite");
    try_write(&path, headers, later).unwrap_or_else(|error| panic!("no database: {error}"))
}

fn try_write<'a>(
    path: &Path,
    headers: impl IntoIterator<Item = &'a Header>,
    later: impl IntoIterator<Item = &'a Header>,
) -> rusqlite::Result<(Vec<u8>, Vec<u8>)> {
    let mut connection = Connection::open(path)?;
    connection.execute_batch(
        "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0; PRAGMA synchronous = OFF;
         CREATE TABLE 'Packages' (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL);",
    )?;
    for (table, _) in INDEXES {
        let kind = if matches!(table, "Installtid" | "Sigmd5") { "BLOB" } else { "TEXT" };
        connection.execute_batch(&format!(
            "CREATE TABLE '{table}' (key '{kind}' NOT NULL, hnum INTEGER NOT NULL,
                 idx INTEGER NOT NULL, FOREIGN KEY (hnum) REFERENCES 'Packages'(hnum));
             CREATE INDEX '{table}_key_idx' ON '{table}'(key ASC);
             CREATE INDEX '{table}_hnum_idx' ON '{table}'(hnum ASC);"
        ))?;
    }
    insert(&mut connection, headers)?;
    connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(()))?;
    let bytes = read(path);
    insert(&mut connection, later)?;
    let log = path.with_extension("sqlite-wal");
    let log = if log.exists() { read(&log) } else { Vec::new() };
    Ok((bytes, log))
}

fn insert<'a>(
    connection: &mut Connection,
    headers: impl IntoIterator<Item = &'a Header>,
) -> rusqlite::Result<()> {
    let transaction = connection.transaction()?;
    for header in headers {
        transaction.execute("INSERT INTO Packages (blob) VALUES (?1)", [header.bytes()])?;
        let number = transaction.last_insert_rowid();
        for (table, tag) in INDEXES {
            let insert = format!("INSERT INTO '{table}' VALUES (?1, ?2, ?3)");
            let mut insert = transaction.prepare(&insert)?;
            for (place, key) in (0_i64..).zip(header.texts(tag)) {
                insert.execute((key, number, place))?;
            }
        }
    }
    transaction.commit()
}

fn read(path: &Path) -> Vec<u8> {
    fs::read(path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}
