//! `rollgate facts`: the documents that policies see, or what is known of an image.

use std::path::Path;

use miette::IntoDiagnostic as _;
use rollgate_engine::{Gate, Settings, text};

use crate::args::{Facts, Global};
use crate::exit::Outcome;
use crate::images;
use crate::output;
use crate::progress::Progress;
use crate::settings::{Configured, embedded, read, today};

pub(super) fn run(global: &Global, arguments: &Facts) -> miette::Result<Outcome> {
    let progress = Progress::start(global, "reading");
    let configured = Configured::of(&arguments.input)?;
    let mut input = read(&configured.limits, &arguments.input, configured.target)?;
    let policies = embedded()?;
    let limits = configured.limits;
    let gate = Gate::new(&policies, Settings { limits: limits.clone(), ..Settings::on(today()) });
    if let Some(file) = &arguments.save {
        return save(&gate, arguments, &progress, file);
    }
    images::add(&gate, &limits, &arguments.images, &progress, &mut input)?;
    drop(progress);
    if let Some(unread) = input.unread_images.first() {
        miette::bail!(help = unread.help.clone(), "{}: {}", unread.name, unread.message);
    }
    let facts = gate.facts(input)?;
    let mut document = serde_json::to_value(&facts).into_diagnostic()?;
    if !arguments.reveal {
        text::mask_json(&mut document);
    }
    let text = serde_json::to_string_pretty(&document).into_diagnostic()?;
    output::print(&format!("{text}\n"))?;
    Ok(Outcome::Done)
}

/// Writes what is known of the one image.
fn save(
    gate: &Gate<'_>,
    arguments: &Facts,
    progress: &Progress,
    file: &Path,
) -> miette::Result<Outcome> {
    let [image] = arguments.images.images.as_slice() else {
        miette::bail!(help = "save each to a file of its own", "`--save` takes one `--image`");
    };
    let base = arguments.images.base.as_deref();
    let architecture = arguments.input.target.arch;
    let registry = &arguments.images.registry;
    let reads = gate.image_reads();
    let evidence = images::one(registry, architecture, reads, (image, base), progress)?;
    rollgate_sources::write(file, evidence.write().as_bytes()).into_diagnostic()?;
    Ok(Outcome::Done)
}
