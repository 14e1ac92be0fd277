//! What is written: reports.

use std::io;
use std::path::Path;

/// Writes a file, or replaces it.
pub fn write(path: &Path, bytes: &[u8]) -> io::Result<()> {
    std::fs::write(path, bytes)
}
