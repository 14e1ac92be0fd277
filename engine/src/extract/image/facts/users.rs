//! Users and groups: `passwd`, `group`, who has a password, and what `sysusers.d` makes.
//!
//! Owns passwd(5), group(5), shadow(5) and sysusers.d(5). `/usr/lib/passwd` is that of nss-altfiles;
//! a name in `/etc` comes before it. Of `shadow` only what [`redact`](super::super::redact) leaves is
//! ever seen.
//!
//! `core:x:1000:1000::/var/home/core:/bin/bash` → user `core`, 1000.

use std::collections::{BTreeMap, BTreeSet};

use rollgate_facts::{ImageGroup, ImageUser, Locator};

use super::reader::{Reader, Text, lines};
use super::tmpfiles::word;

/// Users by name.
pub(super) type Users = BTreeMap<String, ImageUser>;

/// Groups by name.
pub(super) type Groups = BTreeMap<String, ImageGroup>;

/// The users and the groups; of each, whether the base has it, where that can be told.
pub(super) fn users(reader: &mut Reader<'_>) -> (Users, Groups) {
    let made = Made::read(reader);
    let with_password = with_password(reader);
    let mut users = passwd(&files(reader, "passwd"));
    for (name, user) in &mut users {
        user.in_sysusers = made.users.contains(name);
        user.has_password = with_password.contains(name);
    }
    let mut groups = group(&files(reader, "group"));
    for (name, group) in &mut groups {
        group.in_sysusers = made.groups.contains(name);
    }
    if let Some(base) = base_files(reader, "passwd") {
        inherit_users(&mut users, &passwd(&base));
    }
    if let Some(base) = base_files(reader, "group") {
        inherit_groups(&mut groups, &group(&base));
    }
    (users, groups)
}

/// Tells of users whether the base has them, and with which id.
pub(super) fn inherit_users(users: &mut Users, base: &Users) {
    for (name, user) in users {
        let old = base.get(name);
        user.in_base = Some(old.is_some());
        user.base_uid = old.map(|old| old.uid).filter(|uid| *uid != user.uid);
    }
}

/// Tells of groups whether the base has them, and with which id.
pub(super) fn inherit_groups(groups: &mut Groups, base: &Groups) {
    for (name, group) in groups {
        let old = base.get(name);
        group.in_base = Some(old.is_some());
        group.base_gid = old.map(|old| old.gid).filter(|gid| *gid != group.gid);
    }
}

fn passwd(files: &[Text<'_>]) -> Users {
    let records = files.iter().flat_map(records);
    let users = records.filter_map(|(at, fields)| user(at, &fields));
    first_of_each(users)
}

fn group(files: &[Text<'_>]) -> Groups {
    let records = files.iter().flat_map(records);
    let groups = records.filter_map(|(at, fields)| group_of(at, &fields));
    first_of_each(groups)
}

fn first_of_each<T>(named: impl Iterator<Item = (String, T)>) -> BTreeMap<String, T> {
    let mut first = BTreeMap::new();
    for (name, one) in named {
        first.entry(name).or_insert(one);
    }
    first
}

/// The files as the base has them; none where it has neither, or one was not kept.
fn base_files<'a>(reader: &Reader<'a>, name: &str) -> Option<Vec<Text<'a>>> {
    let mut files = Vec::new();
    for folder in ["/etc", "/usr/lib"] {
        let path = format!("{folder}/{name}");
        let Some(entry) = reader.of_base(&path) else { continue };
        let content: &[u8] = if entry.size == 0 { &[] } else { entry.content.as_deref()? };
        let text = String::from_utf8_lossy(content);
        files.push(Text { at: reader.image.entry(&path), text, in_base: true });
    }
    (!files.is_empty()).then_some(files)
}

fn files<'a>(reader: &mut Reader<'a>, name: &str) -> Vec<Text<'a>> {
    ["/etc", "/usr/lib"]
        .iter()
        .filter_map(|folder| reader.text(&format!("{folder}/{name}")))
        .collect()
}

/// The records of a file with where they stand.
fn records<'t>(file: &'t Text<'_>) -> impl Iterator<Item = (Locator, Vec<&'t str>)> {
    let records = lines(&file.text, &['#', '+', '-']);
    records.map(|(number, line)| (file.at.line(number), line.split(':').collect()))
}

fn user(at: Locator, fields: &[&str]) -> Option<(String, ImageUser)> {
    let [name, _, uid, gid, _, home, shell, ..] = *fields else { return None };
    let user = ImageUser {
        at,
        uid: uid.parse().ok()?,
        gid: gid.parse().ok()?,
        home: home.to_owned(),
        shell: shell.to_owned(),
        in_sysusers: false,
        has_password: false,
        base_uid: None,
        in_base: None,
    };
    Some((name.to_owned(), user))
}

fn group_of(at: Locator, fields: &[&str]) -> Option<(String, ImageGroup)> {
    let [name, _, gid, ..] = *fields else { return None };
    let members = fields.get(3).copied().unwrap_or_default();
    let group = ImageGroup {
        at,
        gid: gid.parse().ok()?,
        members: members.split(',').filter(|it| !it.is_empty()).map(str::to_owned).collect(),
        in_sysusers: false,
        base_gid: None,
        in_base: None,
    };
    Some((name.to_owned(), group))
}

/// The users that log in with a password, or without being asked for one.
fn with_password(reader: &mut Reader<'_>) -> BTreeSet<String> {
    let Some(file) = reader.text("/etc/shadow") else { return BTreeSet::new() };
    let pairs = file.text.lines().filter_map(|line| line.split_once(':'));
    let open = pairs.filter(|(_, state)| !state.starts_with(['!', '*']));
    open.map(|(name, _)| name.to_owned()).collect()
}

/// The names that `sysusers.d` makes.
#[derive(Debug, Default)]
struct Made {
    users: BTreeSet<String>,
    groups: BTreeSet<String>,
}

impl Made {
    fn read(reader: &mut Reader<'_>) -> Self {
        let mut made = Self::default();
        for file in reader.drop_ins("sysusers.d", ".conf") {
            for (_, line) in lines(&file.text, &['#']) {
                made.line(line);
            }
        }
        made
    }

    /// A user brings a group of its name, but where its line names another; a membership brings both.
    fn line(&mut self, line: &str) {
        let (kind, rest) = word(line);
        let (name, rest) = word(&rest);
        let (id, _) = word(&rest);
        match kind.chars().next() {
            Some('u') => {
                if id.split_once(':').is_none() {
                    self.groups.insert(name.clone());
                }
                self.users.insert(name);
            }
            Some('g') => {
                self.groups.insert(name);
            }
            Some('m') => {
                self.users.insert(name);
                self.groups.insert(id);
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use rollgate_facts::Locator;

    use super::users;
    use crate::extract::image::facts::reader::Reader;
    use crate::extract::image::facts::sample::Sample;

    #[test]
    fn what_the_base_had_is_known_by_the_file_that_was_replaced() {
        let tree = Sample::new()
            .file("/usr/lib/passwd", "chrony:x:994:992::/:/bin/false\n")
            .removed("/etc/passwd", "core:x:1000:1000::/:/bin/sh\n", None)
            .layer(4)
            .file("/etc/passwd", "core:x:1001:1000::/:/bin/sh\nnew:x:5:5::/:/bin/sh\n")
            .file("/etc/group", "new:x:5:\n")
            .tree();
        let at = Locator::image("sha256:0");
        let (users, groups) = users(&mut Reader::new(&tree, &at, Some(1)));
        let seen: Vec<_> =
            users.iter().map(|(name, it)| (&**name, it.in_base, it.base_uid)).collect();
        let expected = [
            ("chrony", Some(true), None),
            ("core", Some(true), Some(1000)),
            ("new", Some(false), None),
        ];
        assert_eq!(seen, expected);
        assert_eq!(groups["new"].in_base, None);
    }

    #[test]
    fn users_are_those_of_both_files() {
        let sysusers = "# c\nu chrony 994:992 \"a b\" /var/lib/chrony\ng wheel 10\nm core docker\nu! dbus 81\n";
        let tree = Sample::new()
            .file("/etc/passwd", "root:x:0:0:root:/root:/bin/bash\ncore:x:1000:1000::/var/home/core:/bin/bash\nbroken:x\n")
            .file("/usr/lib/passwd", "root:x:5:5::/:/bin/sh\nchrony:x:994:992::/var/lib/chrony:/sbin/nologin\n")
            .file("/etc/group", "wheel:x:10:core,admin\n")
            .file("/usr/lib/group", "dbus:x:81:\nother:x:7:\n")
            .file("/etc/shadow", "root:!\ncore:$\n")
            .file("/usr/lib/sysusers.d/a.conf", sysusers)
            .tree();
        let at = Locator::image("sha256:0");
        let (users, groups) = users(&mut Reader::new(&tree, &at, None));
        let seen: Vec<_> = users
            .iter()
            .map(|(name, it)| (&**name, it.uid, it.gid, it.in_sysusers, it.has_password))
            .collect();
        let expected = [
            ("chrony", 994, 992, true, false),
            ("core", 1000, 1000, true, true),
            ("root", 0, 0, false, false),
        ];
        assert_eq!(seen, expected);
        assert_eq!(users["core"].at.as_str(), "image/sha256:0!/etc/passwd:2");
        let seen: Vec<_> =
            groups.iter().map(|(name, it)| (&**name, it.gid, it.in_sysusers)).collect();
        assert_eq!(seen, [("dbus", 81, true), ("other", 7, false), ("wheel", 10, true)]);
        assert_eq!(groups["wheel"].members, ["core", "admin"]);
    }
}
