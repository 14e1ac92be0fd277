//! RPM databases with their logs: an error or packages in order, within the limits, and never a file
//! without an absolute path. The first two bytes say how much of the input is the log.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rollgate_engine::extract::image::read_database;
use rollgate_engine::limits::ImageLimits;
use rollgate_facts::Locator;

fuzz_target!(|input: &[u8]| {
    let Some((&[high, low], rest)) = input.split_first_chunk::<2>() else { return };
    let length = usize::from(u16::from_be_bytes([high, low])).min(rest.len());
    let (log, database) = rest.split_at(length);
    let log = (!log.is_empty()).then_some(log);
    let limits = ImageLimits { packages: 64, content_bytes: 1 << 20, ..ImageLimits::default() };
    let at = Locator::image("sha256:0");
    let Ok(found) = read_database(database.to_vec(), log, &at, &limits) else { return };
    assert!(found.packages.len() <= limits.packages);
    assert!(found.packages.is_sorted_by(|one, other| one.package <= other.package));
    for installed in &found.packages {
        assert!(!installed.package.name.is_empty());
        assert!(installed.files.iter().all(|file| file.path.starts_with('/')));
    }
});
