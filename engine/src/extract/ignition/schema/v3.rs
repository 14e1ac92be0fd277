//! The types of Ignition configs of spec 3, 3.0 to 3.5.
//!
//! Owns the table (coreos/ignition `config/v3_0` to `v3_5`, `types/schema.go`, and the `Key`,
//! `IgnoreDuplicates` and `MergedKeys` methods beside it).

use super::{Field, Key, ObjectType, Presence, boolean, integer, object, objects, string, strings};
use crate::extract::ignition::validate::{devices, files, luks, resources, units};

const fn name() -> Field {
    string("name").presence(Presence::Always)
}

const fn path() -> Field {
    string("path").presence(Presence::Always)
}

const fn device() -> Field {
    string("device").presence(Presence::Always)
}

pub(super) static CONFIG: ObjectType = ObjectType {
    name: "a config",
    check: Some(files::check_config),
    fields: &[
        object("ignition", &IGNITION),
        object("kernelArguments", &KERNEL_ARGUMENTS).since(3),
        object("passwd", &PASSWD),
        object("storage", &STORAGE),
        object("systemd", &SYSTEMD),
    ],
};

static IGNITION: ObjectType = ObjectType {
    name: "`ignition`",
    check: None,
    fields: &[
        object("config", &IGNITION_CONFIG),
        object("proxy", &PROXY).since(1),
        object("security", &SECURITY),
        object("timeouts", &TIMEOUTS),
        string("version").presence(Presence::Always),
    ],
};

static IGNITION_CONFIG: ObjectType = ObjectType {
    name: "`ignition.config`",
    check: Some(resources::check_ignition_config),
    fields: &[objects("merge", &REFERENCE, Key::Field("source")), object("replace", &REFERENCE)],
};

static PROXY: ObjectType = ObjectType {
    name: "a proxy",
    check: Some(resources::check_proxy),
    fields: &[string("httpProxy"), string("httpsProxy"), strings("noProxy", Key::Itself)],
};

static SECURITY: ObjectType =
    ObjectType { name: "`ignition.security`", check: None, fields: &[object("tls", &TLS)] };

static TLS: ObjectType = ObjectType {
    name: "`ignition.security.tls`",
    check: None,
    fields: &[objects("certificateAuthorities", &CERTIFICATE_AUTHORITY, Key::Field("source"))],
};

pub(super) static TIMEOUTS: ObjectType = ObjectType {
    name: "`ignition.timeouts`",
    check: None,
    fields: &[integer("httpResponseHeaders"), integer("httpTotal")],
};

static KERNEL_ARGUMENTS: ObjectType = ObjectType {
    name: "`kernelArguments`",
    check: None,
    fields: &[
        strings("shouldExist", Key::Itself).keys_shared_in("kernel arguments"),
        strings("shouldNotExist", Key::Itself).keys_shared_in("kernel arguments"),
    ],
};

static PASSWD: ObjectType = ObjectType {
    name: "`passwd`",
    check: None,
    fields: &[
        objects("groups", &GROUP, Key::Field("name")),
        objects("users", &USER, Key::Field("name")),
    ],
};

static GROUP: ObjectType = ObjectType {
    name: "a group",
    check: None,
    fields: &[
        integer("gid"),
        name(),
        string("passwordHash"),
        boolean("shouldExist").since(2),
        boolean("system"),
    ],
};

static USER: ObjectType = ObjectType {
    name: "a user",
    check: None,
    fields: &[
        string("gecos"),
        strings("groups", Key::Itself),
        string("homeDir"),
        name(),
        boolean("noCreateHome"),
        boolean("noLogInit"),
        boolean("noUserGroup"),
        string("passwordHash"),
        string("primaryGroup"),
        strings("sshAuthorizedKeys", Key::Itself),
        string("shell"),
        boolean("shouldExist").since(2),
        boolean("system"),
        integer("uid"),
    ],
};

static STORAGE: ObjectType = ObjectType {
    name: "`storage`",
    check: Some(files::check_storage),
    fields: &[
        objects("directories", &DIRECTORY, Key::Field("path")).keys_shared_in("nodes"),
        objects("disks", &DISK, Key::Field("device")),
        objects("files", &FILE, Key::Field("path")).keys_shared_in("nodes"),
        objects("filesystems", &FILESYSTEM, Key::Field("device")),
        objects("links", &LINK, Key::Field("path")).keys_shared_in("nodes"),
        objects("luks", &LUKS, Key::Field("name")).since(2),
        objects("raid", &RAID, Key::Field("name")),
    ],
};

static DIRECTORY: ObjectType = ObjectType {
    name: "a directory",
    check: Some(files::check_directory),
    fields: &[
        object("group", &NODE_GROUP),
        integer("mode"),
        boolean("overwrite"),
        path(),
        object("user", &NODE_USER),
    ],
};

static FILE: ObjectType = ObjectType {
    name: "a file",
    check: Some(files::check_file),
    fields: &[
        objects("append", &RESOURCE, Key::Nothing),
        object("contents", &RESOURCE),
        object("group", &NODE_GROUP),
        integer("mode"),
        boolean("overwrite"),
        path(),
        object("user", &NODE_USER),
    ],
};

static LINK: ObjectType = ObjectType {
    name: "a link",
    check: Some(files::check_link),
    fields: &[
        object("group", &NODE_GROUP),
        boolean("hard"),
        boolean("overwrite"),
        path(),
        string("target").presence(Presence::AlwaysBefore(3)),
        object("user", &NODE_USER),
    ],
};

static NODE_GROUP: ObjectType = ObjectType {
    name: "an owning group",
    check: Some(files::check_owner),
    fields: &[integer("id"), string("name")],
};

static NODE_USER: ObjectType = ObjectType {
    name: "an owner",
    check: Some(files::check_owner),
    fields: &[integer("id"), string("name")],
};

static RESOURCE: ObjectType = ObjectType {
    name: "contents",
    check: Some(resources::check_resource),
    fields: &[
        string("compression"),
        objects("httpHeaders", &HTTP_HEADER, Key::Field("name")).since(1),
        string("source"),
        object("verification", &VERIFICATION),
    ],
};

static REFERENCE: ObjectType = ObjectType {
    name: "a config reference",
    check: Some(resources::check_resource),
    fields: &[
        string("compression").since(1),
        objects("httpHeaders", &HTTP_HEADER, Key::Field("name")).since(1),
        string("source"),
        object("verification", &VERIFICATION),
    ],
};

static CERTIFICATE_AUTHORITY: ObjectType = ObjectType {
    name: "a certificate authority",
    check: Some(resources::check_certificate_authority),
    fields: &[
        string("compression").since(1),
        objects("httpHeaders", &HTTP_HEADER, Key::Field("name")).since(1),
        string("source").presence(Presence::AlwaysBefore(1)),
        object("verification", &VERIFICATION),
    ],
};

/// An HTTP header; merging removes the parent's where the child's has no value.
pub(super) static HTTP_HEADER: ObjectType = ObjectType {
    name: "an HTTP header",
    check: Some(resources::check_header),
    fields: &[name(), string("value")],
};

pub(super) static VERIFICATION: ObjectType = ObjectType {
    name: "a verification",
    check: Some(resources::check_verification),
    fields: &[string("hash")],
};

static DISK: ObjectType = ObjectType {
    name: "a disk",
    check: Some(devices::check_disk),
    fields: &[device(), objects("partitions", &PARTITION, Key::Partition), boolean("wipeTable")],
};

static PARTITION: ObjectType = ObjectType {
    name: "a partition",
    check: Some(devices::check_partition),
    fields: &[
        string("guid"),
        string("label"),
        integer("number").presence(Presence::NonZero),
        boolean("resize").since(2),
        boolean("shouldExist"),
        integer("sizeMiB"),
        integer("startMiB"),
        string("typeGuid"),
        boolean("wipePartitionEntry"),
    ],
};

static FILESYSTEM: ObjectType = ObjectType {
    name: "a filesystem",
    check: Some(devices::check_filesystem),
    fields: &[
        device(),
        string("format"),
        string("label"),
        strings("mountOptions", Key::Nothing).since(1),
        strings("options", Key::Nothing),
        string("path"),
        string("uuid"),
        boolean("wipeFilesystem"),
    ],
};

static RAID: ObjectType = ObjectType {
    name: "a RAID array",
    check: Some(devices::check_raid),
    fields: &[
        strings("devices", Key::Itself),
        string("level").presence(Presence::AlwaysBefore(3)),
        name(),
        strings("options", Key::Nothing),
        integer("spares"),
    ],
};

static LUKS: ObjectType = ObjectType {
    name: "a LUKS volume",
    check: Some(luks::check_luks),
    fields: &[
        object("cex", &CEX).since(5),
        object("clevis", &CLEVIS),
        string("device"),
        boolean("discard").since(4),
        object("keyFile", &RESOURCE),
        string("label"),
        name(),
        strings("openOptions", Key::Itself).since(4),
        strings("options", Key::Nothing),
        string("uuid"),
        boolean("wipeVolume"),
    ],
};

static CEX: ObjectType =
    ObjectType { name: "a CEX binding", check: None, fields: &[boolean("enabled")] };

static CLEVIS: ObjectType = ObjectType {
    name: "a Clevis binding",
    check: None,
    fields: &[
        object("custom", &CLEVIS_CUSTOM),
        objects("tang", &TANG, Key::Field("url")),
        integer("threshold"),
        boolean("tpm2"),
    ],
};

static CLEVIS_CUSTOM: ObjectType = ObjectType {
    name: "a custom Clevis binding",
    check: Some(luks::check_clevis_custom),
    fields: &[
        string("config").presence(Presence::AlwaysBefore(3)),
        boolean("needsNetwork"),
        string("pin").presence(Presence::AlwaysBefore(3)),
    ],
};

static TANG: ObjectType = ObjectType {
    name: "a Tang server",
    check: Some(luks::check_tang),
    fields: &[
        string("advertisement").since(4),
        string("thumbprint"),
        string("url").presence(Presence::NonZero),
    ],
};

static SYSTEMD: ObjectType = ObjectType {
    name: "`systemd`",
    check: None,
    fields: &[objects("units", &UNIT, Key::Field("name"))],
};

static UNIT: ObjectType = ObjectType {
    name: "a unit",
    check: Some(units::check_unit),
    fields: &[
        string("contents"),
        objects("dropins", &DROPIN, Key::Field("name")),
        boolean("enabled"),
        boolean("mask"),
        name(),
    ],
};

static DROPIN: ObjectType = ObjectType {
    name: "a drop-in",
    check: Some(units::check_dropin),
    fields: &[string("contents"), name()],
};
