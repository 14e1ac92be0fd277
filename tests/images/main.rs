//! Real images through the whole gate, and beside the tools that others have for them.
//!
//! Owns what `skopeo`, `umoci` and `rpm` make of the images of the testkit and what rollgate makes of
//! theirs, the images that are broken, and one image with and one without each fault.

#![expect(
    clippy::panic,
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test, which reads files and runs programs"
)]

mod agreement;
mod broken;
mod cache;
mod clusters;
mod faults;
mod interop;
mod judged;
mod layouts;
mod others;
mod reading;
mod registry;
mod tools;
mod unpacked;
