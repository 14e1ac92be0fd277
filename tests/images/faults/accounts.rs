//! Users and groups that do not arrive on a node, or arrive as somebody else.

use rollgate_testkit::image::{Entry, Image, Layer};

use super::{Fault, fault, on_top};

const ROOT: &str = "root:x:0:0:root:/root:/bin/bash\n";

fn passwd(line: &str) -> Layer {
    Layer::new().file("/etc/passwd", 0o644, format!("{ROOT}{line}"))
}

fn sysusers(layer: Layer, text: &str) -> Layer {
    layer.file("/usr/lib/sysusers.d/example.conf", 0o644, text).packaged("example")
}

pub(super) fn faults() -> Vec<Fault> {
    let group = || Layer::new().file("/etc/group", 0o644, "root:x:0:\nexample:x:970:\n");
    vec![
        on_top(
            "account_without_sysusers",
            "a user",
            passwd("example:x:970:970::/:/sbin/nologin\n"),
            sysusers(passwd("example:x:970:970::/:/sbin/nologin\n"), "u example 970 - /\n"),
        ),
        on_top(
            "account_without_sysusers",
            "a group",
            group(),
            sysusers(group(), "g example 970 - -\n"),
        ),
        moved(),
        on_top(
            "password_in_image",
            "a hash",
            Layer::new().file(
                "/etc/shadow",
                0o000,
                "root:$6$c0ffee$4rTkIqsDrQxV:19000:0:99999:7:::\n",
            ),
            Layer::new().file("/etc/shadow", 0o000, "root:!:19000:0:99999:7:::\n"),
        ),
        on_top(
            "home_not_made",
            "a home in var",
            sysusers(passwd(ADMIN), "u example 971 - /var/home/example /bin/bash\n"),
            sysusers(passwd(ADMIN), "u example 971 - /var/home/example /bin/bash\n").file(
                "/etc/tmpfiles.d/example.conf",
                0o644,
                "d /var/home/example 0700 example example -\n",
            ),
        ),
    ]
}

const ADMIN: &str = "example:x:971:971::/var/home/example:/bin/bash\n";

/// A user of the base whose number is another one on top of it.
fn moved() -> Fault {
    let user = |number: u32| format!("{ROOT}example:x:{number}:0::/:/sbin/nologin\n");
    let base = Image::rhcos().with(Entry::file("etc/passwd", 0o644, user(970))).with(Entry::file(
        "usr/lib/sysusers.d/example.conf",
        0o644,
        "u example - - /\n",
    ));
    let passwd = |number| Layer::new().file("/etc/passwd", 0o644, user(number));
    let [with, without] = [971, 970].map(|number| base.clone().layer(passwd(number)));
    Fault { base: Some(base), ..fault("account_id_changed", "another number", with, without) }
}
