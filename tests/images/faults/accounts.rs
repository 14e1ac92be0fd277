//! Users and groups that do not arrive on a node, or arrive as somebody else.

use rollgate_testkit::image::Layer;

use super::{Fault, on_top};

const ROOT: &str = "root:x:0:0:root:/root:/bin/bash\n";

fn passwd(line: &str) -> Layer {
    Layer::new().file("/etc/passwd", 0o644, format!("{ROOT}{line}"))
}

fn sysusers(layer: Layer, text: &str) -> Layer {
    layer.file("/usr/lib/sysusers.d/example.conf", 0o644, text)
}

pub(super) fn faults() -> Vec<Fault> {
    let group = || Layer::new().file("/etc/group", 0o644, "root:x:0:\nexample:x:970:\n");
    let altfiles = |sshd: &str| {
        let text = format!(
            "bin:x:1:1:bin:/bin:/sbin/nologin\n{sshd}chrony:x:998:996::/var/lib/chrony:/sbin/nologin\n"
        );
        Layer::new().file("/usr/lib/passwd", 0o644, text)
    };
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
        on_top(
            "user_id_changed",
            "another id",
            altfiles("sshd:x:75:74::/usr/share/empty.sshd:/sbin/nologin\n"),
            altfiles("sshd:x:74:74::/usr/share/empty.sshd:/sbin/nologin\n"),
        ),
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
            "second_root",
            "a user with the id of root",
            sysusers(passwd("admin:x:0:0::/root:/bin/bash\n"), "u admin 0 - /root /bin/bash\n"),
            sysusers(passwd("admin:x:971:971::/:/sbin/nologin\n"), "u admin 971 - /\n"),
        ),
    ]
}
