//! Whose OPA bundles load, as the flags say.

use miette::MietteDiagnostic;
use rollgate_engine::Limits;
use rollgate_engine::policy::{BundleTrust, VerificationKey};

use crate::args::BundleArguments;
use crate::settings::useless;

/// Reads the key that bundles are checked by, where one is given.
pub(crate) fn trust(limits: &Limits, arguments: &BundleArguments) -> miette::Result<BundleTrust> {
    let Some(file) = &arguments.bundle_verification_key else {
        let anybody = arguments.skip_bundle_verification;
        return Ok(if anybody { BundleTrust::Anybody } else { BundleTrust::Unsigned });
    };
    let artifact = rollgate_sources::read_file(limits, file).map_err(useless)?;
    let key = VerificationKey::from_pem(&String::from_utf8_lossy(artifact.bytes()));
    let key = key.map_err(|error| {
        MietteDiagnostic::new(format!("`{}` {error}", artifact.name())).with_help(error.help())
    })?;
    Ok(BundleTrust::SignedBy(key.with_scope(arguments.bundle_scope.clone())))
}
