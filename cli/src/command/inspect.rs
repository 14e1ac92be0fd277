//! `rollgate inspect image`: what an OS image is, for people or for programs.

use miette::IntoDiagnostic as _;
use rollgate_engine::{inspect, text};

use crate::args::{Global, Inspect, InspectCommand, InspectImage};
use crate::exit::Outcome;
use crate::images;
use crate::output;
use crate::progress::Progress;

pub(super) fn run(global: &Global, arguments: &Inspect) -> miette::Result<Outcome> {
    match &arguments.what {
        InspectCommand::Image(arguments) => image(global, arguments),
    }
}

fn image(global: &Global, arguments: &InspectImage) -> miette::Result<Outcome> {
    let progress = Progress::start(global, "reading the image");
    let InspectImage { reference, base, arch, registry, json } = arguments;
    let wanted = (reference.as_str(), base.as_deref());
    let evidence = images::one(registry, *arch, Vec::new(), wanted, &progress)?;
    drop(progress);
    let inspected = inspect::InspectedImage::of(&evidence);
    let text = if *json {
        let mut document = serde_json::to_value(&inspected).into_diagnostic()?;
        text::mask_json(&mut document);
        format!("{}\n", serde_json::to_string_pretty(&document).into_diagnostic()?)
    } else {
        inspect::summary(&inspected)
    };
    output::print(&text)?;
    Ok(Outcome::Done)
}
