//! Headers as they stand in an RPM database: an error or a package, never a panic of what checks them or
//! of what parses them then.
#![no_main]

use libfuzzer_sys::fuzz_target;
use rollgate_engine::extract::image::check_header;
use rollgate_engine::limits::ImageLimits;

fuzz_target!(|blob: &[u8]| {
    let _ = check_header(blob, &ImageLimits::default());
});
