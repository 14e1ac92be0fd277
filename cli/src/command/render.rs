//! `rollgate render`: what the nodes of a pool would get.

use std::fmt::Write as _;

use miette::IntoDiagnostic as _;
use rollgate_engine::report::clean;
use rollgate_engine::text::mask;
use rollgate_engine::{Gate, RenderedPool, Settings, text};

use crate::args::Render;
use crate::exit::Outcome;
use crate::output;
use crate::settings::{Configured, embedded, read, today};

pub(super) fn run(arguments: &Render) -> miette::Result<Outcome> {
    let configured = Configured::of(&arguments.input)?;
    let input = read(&configured.limits, &arguments.input, configured.target)?;
    let policies = embedded()?;
    let gate =
        Gate::new(&policies, Settings { limits: configured.limits, ..Settings::on(today()) });
    let pool = gate.render(input, &arguments.pool)?;
    let mut document = pool.machine_config();
    if !arguments.reveal {
        text::mask_json(&mut document);
    }
    let text = match (arguments.json, arguments.explain) {
        (true, explain) => {
            if explain && let Some(document) = document.as_object_mut() {
                let origins = serde_json::to_value(&pool.origins).into_diagnostic()?;
                document.insert("origins".to_owned(), origins);
            }
            format!("{}\n", serde_json::to_string_pretty(&document).into_diagnostic()?)
        }
        (false, true) => text::print(&document) + &comments(&pool),
        (false, false) => text::print(&document),
    };
    output::print(&text)?;
    Ok(complain(&pool))
}

/// Says what the rendered config does not tell: what may be missing from it, and why the operator
/// would refuse it.
fn complain(pool: &RenderedPool) -> Outcome {
    for unread in &pool.unjudged {
        let text = clean(&format!("{}: {}", unread.name, mask(&unread.message)));
        tracing::warn!("{text}; the pool may lack it");
    }
    for problem in &pool.rendered.problems {
        tracing::warn!("the operator refuses the rendered config: {}", clean(&mask(&problem.text)));
    }
    let mut left_out = false;
    for member in pool.rendered.members.iter().filter(|member| !member.merged) {
        left_out = true;
        tracing::warn!("the operator refuses `{}`, which is left out", member.name);
    }
    match (left_out, pool.unjudged.is_empty()) {
        (true, _) => Outcome::Denied,
        (false, false) => Outcome::Inconclusive,
        (false, true) => Outcome::Done,
    }
}

/// The origins as comments, so that the whole remains a MachineConfig.
fn comments(pool: &RenderedPool) -> String {
    let order: Vec<_> = pool.rendered.members.iter().map(|member| member.name.as_str()).collect();
    let mut text = format!(
        "# rendered for release {} from {}, the last wins\n",
        pool.release,
        clean(&order.join(", "))
    );
    for origin in &pool.origins {
        let _ = writeln!(text, "# {origin}");
    }
    text
}
