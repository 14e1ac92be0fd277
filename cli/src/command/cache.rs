//! `rollgate cache`: what is kept of layers, and how to get rid of it.

use std::time::{Duration, SystemTime};

use miette::IntoDiagnostic as _;
use rollgate_engine::inspect;
use rollgate_engine::report::clean;
use rollgate_sources::image;
use serde_json::json;

use crate::args::{Cache, CacheArguments, CacheCommand};
use crate::exit::Outcome;
use crate::images;
use crate::output;

pub(super) fn run(arguments: &Cache) -> miette::Result<Outcome> {
    match &arguments.command {
        CacheCommand::Info(info) => tell(&cache(&info.cache)?, info.json)?,
        CacheCommand::Prune(prune) => {
            let cache = cache(&prune.cache)?;
            let most = prune.max_size.as_deref().map(size).transpose()?;
            let days =
                prune.older_than.map(|days| Duration::from_secs(days.saturating_mul(86_400)));
            let now = SystemTime::from(jiff::Timestamp::now());
            let unused_since = days.and_then(|age| now.checked_sub(age));
            let most = most.unwrap_or(image::CACHE_BYTES);
            removed(&cache.prune(most, unused_since).into_diagnostic()?)?;
        }
        CacheCommand::Clear(clear) => removed(&cache(&clear.cache)?.clear().into_diagnostic()?)?,
    }
    Ok(Outcome::Done)
}

/// The cache that is meant.
fn cache(arguments: &CacheArguments) -> miette::Result<image::Cache> {
    images::cache(arguments).ok_or_else(|| {
        miette::miette!(help = "name a folder with `--cache-dir`", "there is no place for a cache")
    })
}

/// Prints what the cache holds.
fn tell(cache: &image::Cache, as_json: bool) -> miette::Result<()> {
    let info = cache.info().into_diagnostic()?;
    let day = |time: SystemTime| {
        let stamp = jiff::Timestamp::try_from(time).ok()?;
        Some(stamp.to_zoned(jiff::tz::TimeZone::UTC).date().to_string())
    };
    let oldest = info.oldest.and_then(day);
    if as_json {
        let document = json!({
            "folder": info.folder, "layers": info.entries, "bytes": info.bytes,
            "max_bytes": info.max_bytes, "oldest": oldest,
        });
        return output::print(&format!("{document:#}\n"));
    }
    let size = inspect::bytes(info.bytes);
    let most = inspect::bytes(info.max_bytes);
    let oldest = oldest.map(|day| format!("\nleast recently used {day}")).unwrap_or_default();
    let folder = clean(&info.folder.display().to_string());
    output::print(&format!("{folder}\n{} layers, {size} of at most {most}{oldest}\n", info.entries))
}

/// Prints what was removed.
fn removed(pruned: &image::Pruned) -> miette::Result<()> {
    output::print(&format!("removed {} layers, {}\n", pruned.entries, inspect::bytes(pruned.bytes)))
}

/// A size as people write it.
fn size(text: &str) -> miette::Result<u64> {
    inspect::parse_bytes(text).ok_or_else(|| {
        miette::miette!(help = "write `500MB`, `1GiB` or a number of bytes", "`{text}` is no size")
    })
}
