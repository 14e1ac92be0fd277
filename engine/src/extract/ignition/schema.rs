//! The types of Ignition configs of spec 3, as data: one table that reading, merging, translating
//! and printing walk, as upstream walks its Go types by reflection.
//!
//! Owns which fields there are, of which type, since which version, and how lists are merged
//! (coreos/ignition `config/v3_0` to `v3_5`, `types/schema.go`, and the `Key`, `IgnoreDuplicates` and
//! `MergedKeys` methods beside it). Must not know what makes a value valid.
//!
//! `storage.luks` → a list of objects with the key `name`, since 3.2.

use super::validate::{Check, devices, files, luks, resources, units};
use super::{Item, Object, SpecVersion, Value, schema_v2};
use rollgate_facts::Locator;

/// An object type: a name for messages, and its fields.
#[derive(Debug)]
pub(super) struct ObjectType {
    /// What messages call such an object: `a file`.
    pub(super) name: &'static str,
    /// What validates such an object as a whole.
    pub(super) check: Option<Check>,
    /// The fields, in alphabetical order as upstream has them.
    pub(super) fields: &'static [Field],
}

/// A field of an object.
#[derive(Debug)]
pub(super) struct Field {
    pub(super) name: &'static str,
    pub(super) kind: Kind,
    /// The minor version of spec 3 that brought the field.
    pub(super) since: u8,
    pub(super) presence: Presence,
    /// Lists of one object with the same name here share their keys: an entry of one list removes
    /// the entry of that key from the others.
    pub(super) keys_shared_in: Option<&'static str>,
}

/// What a field holds.
#[derive(Debug, Clone, Copy)]
pub(super) enum Kind {
    Boolean,
    Integer,
    String,
    Object(&'static ObjectType),
    Strings(Key),
    Objects(&'static ObjectType, Key),
}

/// What tells the items of a list apart.
#[derive(Debug, Clone, Copy)]
pub(super) enum Key {
    /// Nothing: such lists are appended to each other, and may repeat items.
    Nothing,
    /// The item itself, a string.
    Itself,
    /// The string in this field.
    Field(&'static str),
    /// A partition's number, or else its label.
    Partition,
}

/// Whether a field is printed where it is not set.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Presence {
    /// Not set is not printed; set to a zero value is.
    Optional,
    /// Always printed.
    Always,
    /// Always printed (and so set, if only to nothing) before this minor version, optional since.
    AlwaysBefore(u8),
    /// Printed unless it is empty or zero.
    NonZero,
}

/// The type of a whole config of `version`.
pub(super) const fn config_type(version: SpecVersion) -> &'static ObjectType {
    if version.major == 2 { &schema_v2::CONFIG } else { &CONFIG }
}

impl Kind {
    /// What tells the items apart, where this is a list.
    pub(super) const fn key(self) -> Option<Key> {
        match self {
            Self::Strings(key) | Self::Objects(_, key) => Some(key),
            Self::Boolean | Self::Integer | Self::String | Self::Object(_) => None,
        }
    }
}

impl ObjectType {
    /// The fields that the type has in `version`.
    pub(super) fn fields_in(&self, version: SpecVersion) -> impl Iterator<Item = &'static Field> {
        self.fields.iter().filter(move |field| field.is_in(version))
    }

    /// The field `name`, of whatever version.
    pub(super) fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }
}

/// Calls `visit` on the object and on every object inside it, outer ones first.
pub(super) fn for_each_object(
    object_type: &'static ObjectType,
    item: &mut Item,
    visit: &mut impl FnMut(&'static ObjectType, &Locator, &mut Object),
) {
    let Item { at, value: Value::Object(object), .. } = item else { return };
    visit(object_type, at, object);
    for field in object_type.fields {
        match (field.kind, object.get_mut(field.name)) {
            (Kind::Object(object_type), Some(item)) => for_each_object(object_type, item, visit),
            (Kind::Objects(object_type, _), Some(Item { value: Value::List(items), .. })) => {
                for item in items {
                    for_each_object(object_type, item, visit);
                }
            }
            _ => {}
        }
    }
}

impl Field {
    pub(super) const fn is_in(&self, version: SpecVersion) -> bool {
        version.major == 2 || self.since <= version.minor
    }

    pub(super) const fn new(name: &'static str, kind: Kind) -> Self {
        Self { name, kind, since: 0, presence: Presence::Optional, keys_shared_in: None }
    }

    const fn since(mut self, minor: u8) -> Self {
        self.since = minor;
        self
    }

    const fn presence(mut self, presence: Presence) -> Self {
        self.presence = presence;
        self
    }

    const fn keys_shared_in(mut self, name: &'static str) -> Self {
        self.keys_shared_in = Some(name);
        self
    }
}

pub(super) const fn boolean(name: &'static str) -> Field {
    Field::new(name, Kind::Boolean)
}

pub(super) const fn integer(name: &'static str) -> Field {
    Field::new(name, Kind::Integer)
}

pub(super) const fn string(name: &'static str) -> Field {
    Field::new(name, Kind::String)
}

pub(super) const fn object(name: &'static str, object_type: &'static ObjectType) -> Field {
    Field::new(name, Kind::Object(object_type))
}

pub(super) const fn strings(name: &'static str, key: Key) -> Field {
    Field::new(name, Kind::Strings(key))
}

pub(super) const fn objects(
    name: &'static str,
    object_type: &'static ObjectType,
    key: Key,
) -> Field {
    Field::new(name, Kind::Objects(object_type, key))
}

const fn name() -> Field {
    string("name").presence(Presence::Always)
}

const fn path() -> Field {
    string("path").presence(Presence::Always)
}

const fn device() -> Field {
    string("device").presence(Presence::Always)
}

static CONFIG: ObjectType = ObjectType {
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
