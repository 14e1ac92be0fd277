//! Services that do not start, or that a node cannot do without.

use rollgate_testkit::image::{Layer, Package};

use super::{Fault, on_top};

const UNIT: &str = "/usr/lib/systemd/system/example.service";
const WANTS: &str = "/etc/systemd/system/multi-user.target.wants";

fn unit(install: &str) -> Layer {
    let text = format!("[Service]\nExecStart=/usr/bin/bash\n{install}");
    Layer::new().file(UNIT, 0o644, text).packaged("example")
}

fn preset(line: &str) -> Layer {
    unit("\n[Install]\nWantedBy=multi-user.target\n").file(
        "/etc/systemd/system-preset/40-example.preset",
        0o644,
        line,
    )
}

pub(super) fn faults() -> Vec<Fault> {
    let mask =
        |name: &str| Layer::new().symlink(&format!("/etc/systemd/system/{name}"), "/dev/null");
    let wants = |target: &str| {
        Layer::new().directory(WANTS, 0o755).symlink(&format!("{WANTS}/example.service"), target)
    };
    vec![
        on_top("needed_unit_masked", "crio", mask("crio.service"), mask("bluetooth.service")),
        on_top(
            "needed_unit_masked",
            "NetworkManager",
            mask("NetworkManager.service"),
            mask("firewalld.service"),
        ),
        on_top(
            "needed_unit_missing",
            "rpm-ostreed",
            Layer::new().whiteout("/usr/lib/systemd/system/rpm-ostreed.service").install(
                Package::new("rpm-ostree", "2025.6-2.el9_6").files(&["/usr/bin/rpm-ostree"]),
            ),
            Layer::new(),
        ),
        on_top(
            "needed_unit_disabled",
            "chronyd",
            Layer::new().file(
                "/etc/systemd/system-preset/10-example.preset",
                0o644,
                "disable chronyd.service\n",
            ),
            Layer::new().file(
                "/etc/systemd/system-preset/10-example.preset",
                0o644,
                "disable bluetooth.service\n",
            ),
        ),
        on_top(
            "dangling_unit_link",
            "no such unit",
            wants("/usr/lib/systemd/system/example.service"),
            {
                unit("").directory(WANTS, 0o755).symlink(
                    &format!("{WANTS}/example.service"),
                    "/usr/lib/systemd/system/example.service",
                )
            },
        ),
        on_top(
            "unit_without_install",
            "enabled by a preset",
            unit("").file(
                "/etc/systemd/system-preset/40-example.preset",
                0o644,
                "enable example.service\n",
            ),
            preset("enable example.service\n"),
        ),
        on_top(
            "owned_path",
            "the kubelet",
            Layer::new().file(
                "/etc/systemd/system/kubelet.service",
                0o644,
                "[Service]\nExecStart=/usr/bin/kubelet --v=9\n",
            ),
            Layer::new(),
        ),
    ]
}
