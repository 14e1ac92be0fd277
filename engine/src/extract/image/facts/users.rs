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

/// The users and the groups, by name.
pub(super) fn users(
    reader: &mut Reader<'_>,
) -> (BTreeMap<String, ImageUser>, BTreeMap<String, ImageGroup>) {
    let made = Made::read(reader);
    let with_password = with_password(reader);
    let mut users = BTreeMap::new();
    for file in files(reader, "passwd") {
        for (at, fields) in records(&file) {
            let Some((name, mut user)) = user(at, &fields) else { continue };
            user.in_sysusers = made.users.contains(&name);
            user.has_password = with_password.contains(&name);
            users.entry(name).or_insert(user);
        }
    }
    let mut groups = BTreeMap::new();
    for file in files(reader, "group") {
        for (at, fields) in records(&file) {
            let Some((name, mut group)) = group(at, &fields) else { continue };
            group.in_sysusers = made.groups.contains(&name);
            groups.entry(name).or_insert(group);
        }
    }
    (users, groups)
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

fn group(at: Locator, fields: &[&str]) -> Option<(String, ImageGroup)> {
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
