//! Checks of LUKS volumes and what they are bound to (upstream `luks.go`, `clevis.go`, `custom.go`,
//! `tang.go`, `cex.go`).

use rollgate_facts::ProblemKind::InvalidStorage;

use super::Checks;
use super::files::check_path;
use crate::extract::ignition::{Item, url};

/// LUKS 2 keeps 48 bytes for the label, the terminating zero among them.
const LABEL: usize = 47;

/// A LUKS volume: a name, a device, and one way to unlock it.
pub(in super::super) fn check_luks(checks: &mut Checks, luks: &Item) {
    let name = luks.text("name");
    if name.contains('/') {
        let text = format!("LUKS volume name `{name}` contains a slash");
        checks.report(InvalidStorage, luks.at_of("name"), text);
    }
    if luks.text("label").len() > LABEL {
        let text = format!("the label of LUKS volume `{name}` is longer than {LABEL} bytes");
        checks.report(InvalidStorage, luks.at_of("label"), text);
    }
    if luks.text("device").is_empty() {
        let text = format!("LUKS volume `{name}` has no device");
        checks.report(InvalidStorage, luks.at_of("device"), text);
    } else {
        check_path(checks, InvalidStorage, luks.text("device"), luks.at_of("device"));
    }
    check_binding(checks, luks);
}

fn check_binding(checks: &mut Checks, luks: &Item) {
    let clevis = luks.get("clevis");
    if clevis.is_some_and(|clevis| is_custom(checks, clevis) && has_pins(clevis)) {
        let text = "a custom Clevis binding stands alone: no `tang`, `tpm2` or `threshold`";
        checks.report(InvalidStorage, luks.at_of("clevis"), text);
    }
    let bound = clevis.is_some_and(|clevis| {
        has_pins(clevis)
            || clevis.get("custom").is_some_and(|custom| !custom.text("pin").is_empty())
    });
    let key_file = luks.path(&["keyFile", "source"]).and_then(Item::as_str);
    if luks.path(&["cex", "enabled"]).and_then(Item::as_bool) == Some(true) {
        for (other, set) in
            [("clevis", bound), ("keyFile", key_file.is_some_and(|s| !s.is_empty()))]
        {
            if set {
                let text = format!("`cex` and `{other}` are both set; a volume takes only one");
                checks.report(InvalidStorage, luks.at_of("cex"), text);
            }
        }
    }
}

/// Whether a custom binding is there; before 3.3 an empty one counts.
fn is_custom(checks: &Checks, clevis: &Item) -> bool {
    let custom = clevis.get("custom");
    custom.is_some_and(|custom| !checks.since(3) || !custom.text("pin").is_empty())
}

fn has_pins(clevis: &Item) -> bool {
    !clevis.list("tang").is_empty()
        || clevis.boolean("tpm2") == Some(true)
        || clevis.integer("threshold").unwrap_or(0) != 0
}

/// A custom Clevis binding: a known pin and its configuration.
pub(in super::super) fn check_clevis_custom(checks: &mut Checks, custom: &Item) {
    let (pin, config) = (custom.text("pin"), custom.text("config"));
    let needs_network = checks.since(3) && custom.boolean("needsNetwork") == Some(true);
    if pin.is_empty() && config.is_empty() && !needs_network {
        return;
    }
    if !matches!(pin, "tpm2" | "tang" | "sss") {
        let text = format!("Clevis pin `{pin}` is none of `tpm2`, `tang` and `sss`");
        checks.report(InvalidStorage, custom.at_of("pin"), text);
    }
    if config.is_empty() {
        let text = "a custom Clevis binding needs a `config`";
        checks.report(InvalidStorage, custom.at_of("config"), text);
    }
}

/// A Tang server: an HTTP URL, a thumbprint, and an advertisement that is JSON.
pub(in super::super) fn check_tang(checks: &mut Checks, tang: &Item) {
    let scheme = url::parse(tang.text("url")).map(|url| url.scheme);
    if !matches!(scheme.as_deref(), Some("http" | "https")) {
        let text = "the URL of a Tang server is not of scheme `http` or `https`";
        checks.report(InvalidStorage, tang.at_of("url"), text);
    }
    if tang.text("thumbprint").is_empty() {
        let text = "a Tang server needs a `thumbprint`";
        checks.report(InvalidStorage, tang.at_of("thumbprint"), text);
    }
    let advertisement = tang.text("advertisement");
    let is_json = || serde_json::from_str::<serde::de::IgnoredAny>(advertisement).is_ok();
    if !advertisement.is_empty() && !is_json() {
        let text = "the advertisement of a Tang server is not JSON";
        checks.report(InvalidStorage, tang.at_of("advertisement"), text);
    }
}
