//! The objects of a cluster, while they change.
//!
//! Owns what is a change, what is too much, and how far each kind is. Must not know the client.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Instant;

use rollgate_engine::Artifact;
use tokio::sync::Notify;

use super::health::Health;
use super::kind::{KINDS, Kind};
use super::{ObjectKey, Objects};
use crate::Unread;

/// How many objects are kept. The largest clusters have 2 000 nodes, an object of the
/// operator for each, and some hundreds of MachineConfigs.
pub(super) const MAX_OBJECTS: usize = 20_000;

/// How many bytes are kept: a thousand MachineConfigs of etcd's largest size would be more, and no pod
/// has room for them.
pub(super) const MAX_BYTES: usize = 512 << 20;

/// How many objects that are too many are named.
const NAMED: usize = 5;

/// The objects, and how far each kind is.
#[derive(Debug)]
pub(super) struct State {
    inner: Mutex<Inner>,
    /// Told when there is something new to see.
    pub(super) changed: Notify,
}

#[derive(Debug, Default)]
struct Inner {
    objects: Objects,
    bytes: usize,
    /// Objects for which there was no room.
    left_out: BTreeSet<ObjectKey>,
    kinds: BTreeMap<&'static str, Progress>,
    health: BTreeMap<&'static str, Health>,
}

/// How far a kind is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Progress {
    /// All of its objects are here.
    Synced,
    /// The cluster has no such kind.
    Absent,
    /// The cluster does not let this account read it.
    Forbidden,
}

impl State {
    pub(super) fn new() -> Arc<Self> {
        Arc::new(Self { inner: Mutex::default(), changed: Notify::new() })
    }

    /// Takes all objects of a kind, in the place of those that were known.
    pub(super) fn replace(&self, kind: &Kind, objects: Vec<(ObjectKey, Artifact)>) {
        self.change(|inner| {
            let kept: BTreeSet<ObjectKey> = objects.iter().map(|(key, _)| key.clone()).collect();
            let mut changed = inner.forget(|key| key.kind == kind.name && !kept.contains(key));
            for (key, artifact) in objects {
                changed |= inner.put(key, artifact);
            }
            inner.kinds.insert(kind.name, Progress::Synced) != Some(Progress::Synced) || changed
        });
    }

    /// Takes an object that was made or changed.
    pub(super) fn apply(&self, key: ObjectKey, artifact: Artifact) {
        self.change(|inner| inner.put(key, artifact));
    }

    /// Forgets an object.
    pub(super) fn delete(&self, deleted: &ObjectKey) {
        self.change(|inner| inner.forget(|key| key == deleted));
    }

    /// Notes that a kind cannot be read; what was known of it no longer counts. Whether that is new.
    pub(super) fn without(&self, kind: &Kind, progress: Progress) -> bool {
        self.change(|inner| {
            let forgotten = inner.forget(|key| key.kind == kind.name);
            inner.health.remove(kind.name);
            inner.kinds.insert(kind.name, progress.clone()) != Some(progress) || forgotten
        })
    }

    /// Notes that a kind's watch failed.
    pub(super) fn failed(&self, kind: &Kind, reason: String) {
        let mut inner = self.lock();
        inner.health.entry(kind.name).or_default().failed(Instant::now(), reason);
    }

    /// Notes that a kind's watch told something.
    pub(super) fn told(&self, kind: &Kind) {
        self.lock().health.entry(kind.name).or_default().told();
    }

    /// The objects as they are now.
    pub(super) fn objects(&self) -> Objects {
        self.lock().objects.clone()
    }

    /// The generation as it is now.
    pub(super) fn generation(&self) -> u64 {
        self.lock().objects.generation
    }

    /// Which kinds are not here yet, and why.
    pub(super) fn not_synced(&self) -> Option<String> {
        let inner = self.lock();
        let mut missing = KINDS.iter().filter(|kind| !inner.kinds.contains_key(kind.name));
        let first = missing.next()?;
        let more = match missing.count() {
            0 => String::new(),
            more => format!(" and {more} more kinds"),
        };
        let health = inner.health.get(first.name);
        let error = health.and_then(|health| health.error(Instant::now()));
        let error = error.map(|error| format!(": {error}")).unwrap_or_default();
        Some(format!("`{}`{more} not listed yet{error}", first.plural))
    }

    /// Which kind's watch has been broken for too long.
    pub(super) fn stale(&self, now: Instant) -> Option<String> {
        let inner = self.lock();
        KINDS.iter().find_map(|kind| {
            let health = inner.health.get(kind.name)?;
            let seconds = health.stale(now)?.as_secs();
            let error = health.error(now).unwrap_or_default();
            Some(format!("the watch of `{}` has been broken for {seconds} s: {error}", kind.plural))
        })
    }

    fn change(&self, change: impl FnOnce(&mut Inner) -> bool) -> bool {
        let mut inner = self.lock();
        let changed = change(&mut inner);
        if changed {
            inner.objects.generation += 1;
            inner.objects.gaps = inner.gaps();
            drop(inner);
            self.changed.notify_one();
        }
        changed
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    /// Keeps an object; whether that is a change.
    fn put(&mut self, key: ObjectKey, artifact: Artifact) -> bool {
        let before = self.objects.objects.get(&key);
        if before.is_some_and(|before| before.digest() == artifact.digest()) {
            return false;
        }
        let others = self.bytes - before.map_or(0, |before| before.bytes().len());
        let is_new = before.is_none();
        let bytes = others + artifact.bytes().len();
        if bytes > MAX_BYTES || (is_new && self.objects.objects.len() >= MAX_OBJECTS) {
            self.bytes = others;
            self.objects.objects.remove(&key);
            return self.left_out.insert(key) || !is_new;
        }
        self.bytes = bytes;
        self.left_out.remove(&key);
        self.objects.objects.insert(key, Arc::new(artifact));
        true
    }

    /// Forgets objects; whether there were any.
    fn forget(&mut self, forgotten: impl Fn(&ObjectKey) -> bool) -> bool {
        let before = self.objects.objects.len() + self.left_out.len();
        let bytes = &mut self.bytes;
        self.objects.objects.retain(|key, artifact| {
            let keep = !forgotten(key);
            if !keep {
                *bytes -= artifact.bytes().len();
            }
            keep
        });
        self.left_out.retain(|key| !forgotten(key));
        self.objects.objects.len() + self.left_out.len() < before
    }

    fn gaps(&self) -> Vec<Unread> {
        let forbidden =
            KINDS.iter().filter(|kind| self.kinds.get(kind.name) == Some(&Progress::Forbidden));
        let mut gaps: Vec<Unread> = forbidden.map(forbidden_gap).collect();
        gaps.extend(self.left_out.iter().take(NAMED).map(|key| {
            let message = format!(
                "is left out: more than {MAX_OBJECTS} objects or {MAX_BYTES} bytes are watched"
            );
            Unread::new(&key.to_string(), message, "remove objects that nobody uses")
        }));
        if let Some(more) = self.left_out.len().checked_sub(NAMED).filter(|more| *more > 0) {
            gaps.push(Unread::new(
                "the cluster",
                format!("has {more} more objects that are left out"),
                "remove objects that nobody uses",
            ));
        }
        gaps
    }
}

/// A kind that this account may not read.
pub(super) fn forbidden_gap(kind: &Kind) -> Unread {
    Unread::new(
        &kind.resource(),
        "may not be read: the cluster forbids it to this account",
        "grant `get`, `list` and `watch` on it, as the manifests do",
    )
}

#[cfg(test)]
mod tests {
    use super::super::kind::NODE;
    use super::*;

    fn object(name: &str, text: &str) -> (ObjectKey, Artifact) {
        let key = ObjectKey { kind: "Node".to_owned(), namespace: None, name: name.to_owned() };
        (key.clone(), Artifact::new(key.to_string(), text))
    }

    fn put(state: &State, name: &str, text: &str) {
        let (key, artifact) = object(name, text);
        state.apply(key, artifact);
    }

    #[test]
    fn only_changes_make_generations_and_what_stays_is_the_same_value() {
        let state = State::new();
        let generation = || state.objects().generation;
        state.replace(&NODE, vec![object("a", "1"), object("b", "1")]);
        assert_eq!(generation(), 1);
        let before = state.objects();
        put(&state, "a", "1");
        state.replace(&NODE, vec![object("a", "1"), object("b", "1")]);
        assert_eq!(generation(), 1);
        put(&state, "b", "2");
        assert_eq!(generation(), 2);
        let (a, b) = (object("a", "").0, object("b", "").0);
        let after = state.objects();
        assert!(Arc::ptr_eq(&before.objects[&a], &after.objects[&a]));
        assert!(!Arc::ptr_eq(&before.objects[&b], &after.objects[&b]));
        // A new list without it is a deletion.
        state.replace(&NODE, vec![object("a", "1")]);
        assert_eq!((generation(), state.objects().objects.len()), (3, 1));
        state.delete(&b);
        assert_eq!(generation(), 3);
        state.without(&NODE, Progress::Forbidden);
        state.without(&NODE, Progress::Forbidden);
        let objects = state.objects();
        assert_eq!((objects.generation, objects.objects.len()), (4, 0));
        let gap = "`nodes` may not be read: the cluster forbids it to this account";
        assert_eq!(objects.gaps.iter().map(ToString::to_string).collect::<Vec<_>>(), [gap]);
    }

    #[test]
    fn what_is_too_much_is_left_out_and_said() {
        let state = State::new();
        let all = (0..MAX_OBJECTS + 6).map(|index| object(&format!("{index:05}"), "x")).collect();
        state.replace(&NODE, all);
        let objects = state.objects();
        assert_eq!(objects.objects.len(), MAX_OBJECTS);
        let gaps: Vec<_> = objects.gaps.iter().map(ToString::to_string).collect();
        assert_eq!(gaps.len(), 6);
        let limit = "more than 20000 objects or 536870912 bytes are watched";
        assert_eq!(gaps[0], format!("`Node/20000` is left out: {limit}"));
        assert_eq!(gaps[5], "`the cluster` has 1 more objects that are left out");
        // There is room again.
        state.delete(&object("00000", "").0);
        put(&state, "20000", "x");
        assert_eq!(state.objects().gaps.len(), 5);
    }

    #[test]
    fn what_is_missing_is_named_with_the_reason() {
        let state = State::new();
        let first = "`machineconfigs` and 19 more kinds not listed yet";
        assert_eq!(state.not_synced().as_deref(), Some(first));
        state.failed(&KINDS[0], "connection refused".to_owned());
        let why = format!("{first}: connection refused");
        assert_eq!(state.not_synced(), Some(why));
        for kind in KINDS {
            state.without(kind, Progress::Absent);
        }
        assert_eq!(state.not_synced(), None);
    }
}
