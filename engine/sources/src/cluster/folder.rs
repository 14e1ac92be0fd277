//! A folder of files that stands for a cluster.
//!
//! Owns which of the objects in it a cluster would be asked for. Must not know who asks.
//! A must-gather, or a folder of manifests, gives the objects that a watch would.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::thread;

use rollgate_engine::extract::{self, Recognised};
use rollgate_engine::{Artifact, Limits};
use serde_json::Value;
use tokio::sync::watch;

use super::kept::keep;
use super::kind::Kind;
use super::{ClusterError, ObjectKey, Objects};
use crate::{Changes, Unread};

/// Reads the objects of a folder now, and again whenever something in it changes.
pub(super) fn follow(
    limits: &Limits,
    dir: &Path,
) -> Result<watch::Receiver<Arc<Objects>>, ClusterError> {
    // Watched before it is read, so that no change is missed.
    let changes = Changes::below(&[dir.to_owned()])?;
    let mut first = Objects { generation: 1, ..Objects::default() };
    read_into(&mut first, limits, &[dir.to_owned()])?;
    let (sender, receiver) = watch::channel(Arc::new(first));
    let (limits, dir) = (limits.clone(), dir.to_owned());
    thread::spawn(move || {
        while changes.wait() && !sender.is_closed() {
            again(&sender, &limits, &dir);
        }
    });
    Ok(receiver)
}

fn again(sender: &watch::Sender<Arc<Objects>>, limits: &Limits, dir: &Path) {
    let before = sender.borrow().clone();
    let mut next = Objects { generation: before.generation + 1, ..Objects::default() };
    if let Err(error) = read_into(&mut next, limits, &[dir.to_owned()]) {
        // What was read holds on, and that it may be old is said.
        next.objects.clone_from(&before.objects);
        let name = dir.display().to_string();
        next.gaps = vec![Unread::new(&name, format!("cannot be read again: {error}"), "check it")];
    }
    for (key, artifact) in &mut next.objects {
        if let Some(same) = before.objects.get(key)
            && same.digest() == artifact.digest()
        {
            *artifact = same.clone();
        }
    }
    let same = |(one, other): (&Arc<Artifact>, &Arc<Artifact>)| Arc::ptr_eq(one, other);
    let unchanged = next.gaps == before.gaps
        && next.objects.len() == before.objects.len()
        && next.objects.values().zip(before.objects.values()).all(same);
    if !unchanged {
        sender.send_replace(Arc::new(next));
    }
}

/// Reads the objects of files and folders.
pub(super) fn read_into(
    objects: &mut Objects,
    limits: &Limits,
    paths: &[PathBuf],
) -> Result<(), ClusterError> {
    let inputs = crate::read(limits, paths)?;
    objects.gaps = inputs.unread;
    let mut places = BTreeMap::new();
    for artifact in inputs.artifacts {
        add(objects, &mut places, limits, &artifact);
    }
    objects.gaps.sort();
    Ok(())
}

fn add(
    objects: &mut Objects,
    places: &mut BTreeMap<ObjectKey, String>,
    limits: &Limits,
    artifact: &Artifact,
) {
    let file = artifact.name();
    let (values, errors) = extract::single_objects(limits, artifact);
    objects.gaps.extend(
        errors
            .iter()
            .map(|error| Unread::new(file, format!("cannot be read: {error}"), &error.help)),
    );
    for value in values.into_iter().filter(is_wanted) {
        let Some((key, artifact)) = keep(value) else {
            objects.gaps.push(Unread::new(file, "holds an object without a name", "name it"));
            continue;
        };
        let before = objects.objects.insert(key.clone(), Arc::new(artifact));
        let place = places.insert(key.clone(), file.to_owned());
        if let (Some(before), Some(place)) = (before, place)
            && objects.objects.get(&key).is_some_and(|now| now.digest() != before.digest())
        {
            let message = format!("holds another `{key}` than `{place}`; a cluster has one");
            objects.gaps.push(Unread::new(file, message, "remove one of them"));
        }
    }
}

/// Whether a watch of a cluster would give it, or it is of a kind that rollgate judges.
fn is_wanted(object: &Value) -> bool {
    let text = |key| object.get(key).and_then(Value::as_str).unwrap_or_default();
    let (api_version, kind) = (text("apiVersion"), text("kind"));
    Kind::of(api_version, kind).is_some()
        || extract::Kind::recognise(api_version, kind) != Recognised::Other
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::time::Duration;

    use super::*;

    const POOL: &str =
        "apiVersion: machineconfiguration.openshift.io/v1\nkind: MachineConfigPool\n";

    fn shown(objects: &Objects) -> (Vec<&str>, Vec<String>) {
        let names = objects.objects.values().map(|artifact| artifact.name()).collect();
        (names, objects.gaps.iter().map(ToString::to_string).collect())
    }

    #[test]
    fn files_give_what_a_cluster_would() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("a.yaml", &format!("{POOL}metadata: {{name: worker}}\n---\n{POOL}---\na: [\n"));
        write(
            "b.json",
            r#"{"apiVersion": "v1", "kind": "List", "items": [
            {"apiVersion": "v1", "kind": "Node", "metadata": {"name": "n", "managedFields": []}},
            {"apiVersion": "v1", "kind": "Secret", "metadata": {"name": "s"}},
            {"apiVersion": "config.openshift.io/v1", "kind": "APIServer", "metadata": {"name": "cluster"}}
        ]}"#,
        );
        write("c.yaml", &format!("{POOL}metadata: {{name: worker, labels: {{a: b}}}}\n"));
        let mut objects = Objects::default();
        read_into(&mut objects, &Limits::default(), &[folder.path().to_owned()]).unwrap();
        let (names, gaps) = shown(&objects);
        assert_eq!(names, ["APIServer/cluster", "MachineConfigPool/worker", "Node/n"]);
        let root = format!("{}/", folder.path().display());
        let gaps: Vec<_> = gaps.iter().map(|gap| gap.replace(&root, "")).collect();
        assert_eq!(gaps.len(), 3, "{gaps:?}");
        assert!(gaps[0].starts_with("`a.yaml` cannot be read: "), "{gaps:?}");
        assert_eq!(gaps[1], "`a.yaml` holds an object without a name");
        let other =
            "`c.yaml` holds another `MachineConfigPool/worker` than `a.yaml`; a cluster has one";
        assert_eq!(gaps[2], other);
    }

    #[tokio::test]
    async fn a_change_of_the_files_is_a_generation_and_the_rest_stays() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str, text: &str| fs::write(folder.path().join(name), text).unwrap();
        write("a.yaml", &format!("{POOL}metadata: {{name: a}}\n"));
        let mut objects = follow(&Limits::default(), folder.path()).unwrap();
        let before = objects.borrow_and_update().clone();
        write("b.yaml", &format!("{POOL}metadata: {{name: b}}\n"));
        let waited = tokio::time::timeout(Duration::from_secs(30), objects.changed());
        waited.await.unwrap().unwrap();
        let after = objects.borrow_and_update().clone();
        let names = ["MachineConfigPool/a", "MachineConfigPool/b"];
        assert_eq!(shown(&after), (names.to_vec(), vec![]));
        assert_eq!((before.generation, after.generation), (1, 2));
        let first = |objects: &Objects| objects.objects.values().next().unwrap().clone();
        assert!(Arc::ptr_eq(&first(&before), &first(&after)));
    }
}
