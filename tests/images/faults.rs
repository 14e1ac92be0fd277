//! One image with each fault, and one without it.
//!
//! Owns which fault belongs to which rule. The images are small RHCOS images of the testkit; what the
//! gate says of each is in a snapshot, and what they come to as facts are the examples of the rules.

mod accounts;
mod base;
mod files;
mod kernels;
mod layers;
mod lints;
mod packages;
mod secrets;
mod units;

use rollgate_testkit::image::{Image, Layer};

/// A fault of an image.
pub(crate) struct Fault {
    /// Its name, by which its example is called.
    pub(crate) name: &'static str,
    /// The rule that denies it.
    pub(crate) rule: &'static str,
    /// An image that has it.
    pub(crate) with: Image,
    /// An image like that, which has it not.
    pub(crate) without: Image,
    /// The image that both are compared with.
    pub(crate) base: Option<Image>,
}

/// Every fault.
pub(crate) fn all() -> Vec<Fault> {
    [
        lints::faults(),
        kernels::faults(),
        files::faults(),
        accounts::faults(),
        units::faults(),
        packages::faults(),
        secrets::faults(),
        layers::faults(),
        base::faults(),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// A fault of a layer on a base that is as it should be; without it, the other layer lies there.
fn on_top(rule: &'static str, name: &'static str, with: Layer, without: Layer) -> Fault {
    fault(rule, name, Image::rhcos().layer(with), Image::rhcos().layer(without))
}

fn fault(rule: &'static str, name: &'static str, with: Image, without: Image) -> Fault {
    Fault { name, rule, with, without, base: None }
}
