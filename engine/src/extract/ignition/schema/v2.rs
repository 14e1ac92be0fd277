//! The types of Ignition configs of spec 2.2.
//!
//! Owns the table (coreos/ignition v0.35 `config/v2_2/types/schema.go`). Configs of 2.2 are never
//! merged or printed as such, so keys and presence say nothing here.

use super::v3::{TIMEOUTS, VERIFICATION};
use super::{Field, Key, ObjectType, boolean, integer, object, string};
use crate::extract::ignition::validate::{files, units, v2};

const fn strings(name: &'static str) -> Field {
    super::strings(name, Key::Nothing)
}

const fn objects(name: &'static str, object_type: &'static ObjectType) -> Field {
    super::objects(name, object_type, Key::Nothing)
}

pub(super) static CONFIG: ObjectType = ObjectType {
    name: "a config",
    check: None,
    fields: &[
        object("ignition", &IGNITION),
        object("networkd", &NETWORKD),
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
        object("security", &SECURITY),
        object("timeouts", &TIMEOUTS),
        string("version"),
    ],
};

static IGNITION_CONFIG: ObjectType = ObjectType {
    name: "`ignition.config`",
    check: None,
    fields: &[objects("append", &REFERENCE), object("replace", &REFERENCE)],
};

static REFERENCE: ObjectType = ObjectType {
    name: "a config reference",
    check: Some(v2::check_contents_source),
    fields: &[string("source"), object("verification", &VERIFICATION)],
};

static SECURITY: ObjectType =
    ObjectType { name: "`ignition.security`", check: None, fields: &[object("tls", &TLS)] };

static TLS: ObjectType = ObjectType {
    name: "`ignition.security.tls`",
    check: None,
    fields: &[objects("certificateAuthorities", &REFERENCE)],
};

static NETWORKD: ObjectType =
    ObjectType { name: "`networkd`", check: None, fields: &[objects("units", &NETWORKD_UNIT)] };

static NETWORKD_UNIT: ObjectType = ObjectType {
    name: "a networkd unit",
    check: Some(v2::check_networkd_unit),
    fields: &[string("contents"), objects("dropins", &DROPIN), string("name")],
};

static DROPIN: ObjectType = ObjectType {
    name: "a drop-in",
    check: Some(units::check_dropin),
    fields: &[string("contents"), string("name")],
};

static PASSWD: ObjectType = ObjectType {
    name: "`passwd`",
    check: None,
    fields: &[objects("groups", &GROUP), objects("users", &USER)],
};

static GROUP: ObjectType = ObjectType {
    name: "a group",
    check: None,
    fields: &[integer("gid"), string("name"), string("passwordHash"), boolean("system")],
};

static USER: ObjectType = ObjectType {
    name: "a user",
    check: Some(v2::check_user),
    fields: &[
        object("create", &USER_CREATE),
        string("gecos"),
        strings("groups"),
        string("homeDir"),
        string("name"),
        boolean("noCreateHome"),
        boolean("noLogInit"),
        boolean("noUserGroup"),
        string("passwordHash"),
        string("primaryGroup"),
        strings("sshAuthorizedKeys"),
        string("shell"),
        boolean("system"),
        integer("uid"),
    ],
};

static USER_CREATE: ObjectType = ObjectType {
    name: "`create` of a user",
    check: None,
    fields: &[
        string("gecos"),
        strings("groups"),
        string("homeDir"),
        boolean("noCreateHome"),
        boolean("noLogInit"),
        boolean("noUserGroup"),
        string("primaryGroup"),
        string("shell"),
        boolean("system"),
        integer("uid"),
    ],
};

static STORAGE: ObjectType = ObjectType {
    name: "`storage`",
    check: None,
    fields: &[
        objects("directories", &DIRECTORY),
        objects("disks", &DISK),
        objects("files", &FILE),
        objects("filesystems", &FILESYSTEM),
        objects("links", &LINK),
        objects("raid", &RAID),
    ],
};

static DIRECTORY: ObjectType = ObjectType {
    name: "a directory",
    check: Some(v2::check_node),
    fields: &[
        string("filesystem"),
        object("group", &OWNER),
        integer("mode"),
        boolean("overwrite"),
        string("path"),
        object("user", &OWNER),
    ],
};

static FILE: ObjectType = ObjectType {
    name: "a file",
    check: Some(v2::check_file),
    fields: &[
        boolean("append"),
        object("contents", &CONTENTS),
        string("filesystem"),
        object("group", &OWNER),
        integer("mode"),
        boolean("overwrite"),
        string("path"),
        object("user", &OWNER),
    ],
};

static LINK: ObjectType = ObjectType {
    name: "a link",
    check: Some(v2::check_node),
    fields: &[
        string("filesystem"),
        object("group", &OWNER),
        boolean("hard"),
        boolean("overwrite"),
        string("path"),
        string("target"),
        object("user", &OWNER),
    ],
};

static OWNER: ObjectType = ObjectType {
    name: "an owner",
    check: Some(files::check_owner),
    fields: &[integer("id"), string("name")],
};

static CONTENTS: ObjectType = ObjectType {
    name: "contents",
    check: Some(v2::check_contents_source),
    fields: &[string("compression"), string("source"), object("verification", &VERIFICATION)],
};

static DISK: ObjectType = ObjectType {
    name: "a disk",
    check: Some(v2::check_disk),
    fields: &[string("device"), objects("partitions", &PARTITION), boolean("wipeTable")],
};

static PARTITION: ObjectType = ObjectType {
    name: "a partition",
    check: None,
    fields: &[
        string("guid"),
        string("label"),
        integer("number"),
        integer("size"),
        integer("start"),
        string("typeGuid"),
    ],
};

static FILESYSTEM: ObjectType = ObjectType {
    name: "a filesystem",
    check: Some(v2::check_filesystem),
    fields: &[object("mount", &MOUNT), string("name"), string("path")],
};

static MOUNT: ObjectType = ObjectType {
    name: "a mount",
    check: Some(v2::check_mount),
    fields: &[
        object("create", &MOUNT_CREATE),
        string("device"),
        string("format"),
        string("label"),
        strings("options"),
        string("uuid"),
        boolean("wipeFilesystem"),
    ],
};

static MOUNT_CREATE: ObjectType = ObjectType {
    name: "`create` of a mount",
    check: None,
    fields: &[boolean("force"), strings("options")],
};

static RAID: ObjectType = ObjectType {
    name: "a RAID array",
    check: Some(v2::check_raid),
    fields: &[
        strings("devices"),
        string("level"),
        string("name"),
        strings("options"),
        integer("spares"),
    ],
};

static SYSTEMD: ObjectType =
    ObjectType { name: "`systemd`", check: None, fields: &[objects("units", &UNIT)] };

static UNIT: ObjectType = ObjectType {
    name: "a unit",
    check: Some(units::check_unit),
    fields: &[
        string("contents"),
        objects("dropins", &DROPIN),
        boolean("enable"),
        boolean("enabled"),
        boolean("mask"),
        string("name"),
    ],
};
