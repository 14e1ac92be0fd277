//! What a rule reads of its subject, as its text names it.
//!
//! Owns the paths behind `input`. They are all that bears on what the rule says of a subject: no
//! library reads `input`, and no rule reads another's (see `check`). Whatever follows a step that
//! only evaluation tells is read as a whole: `input.pool.ignition.files[path].mode` reads
//! `pool.ignition.files`.

use std::collections::BTreeSet;

use rollgate_facts::SubjectKind;

use super::ast::Policy;
use super::host;

/// The paths into the subject that the policy names, none of them inside another.
pub(super) fn facts(policy: &Policy, subject: SubjectKind) -> Vec<String> {
    let mut paths = BTreeSet::new();
    policy.each_input(&mut |reference| paths.extend(path(&reference.fixed_steps(), subject)));
    // What it asks of an image's files bears on its findings as well; the place names the image.
    if policy.source.contents.contains(host::LIBRARY) {
        paths.insert(format!("{}.at", subject.key()));
    }
    let outermost = |path: &&String| {
        let mut outer = path.match_indices('.').filter_map(|(dot, _)| path.get(..dot));
        !outer.any(|outer| paths.contains(outer))
    };
    paths.iter().filter(outermost).cloned().collect()
}

/// The path of `input.pool.name`, or of the whole subject where the steps do not lead into it; none
/// for what is the same for all subjects of a run.
fn path(steps: &[&str], subject: SubjectKind) -> Option<String> {
    let steps = steps.iter().skip(1).copied();
    let steps: Vec<_> = steps.take_while(|step| !step.contains('.')).collect();
    match steps.first() {
        None => Some(subject.key().to_owned()),
        Some(first) => (*first == subject.key()).then(|| steps.join(".")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::bundle::PolicyFile;
    use crate::policy::interpreter;

    #[test]
    fn paths_end_where_only_evaluation_tells_more() {
        let text = r#"package custom.a.b

deny contains finding if {
	some path, file in input.machine_config.ignition.files
	input.machine_config.ignition.files[path].mode == 420
	not input.machine_config.labels["a.b/c"]
	every step in [input[key] | key := input.target.platform] { step != input.pool.name }
	finding := {"at": file.at, "message": object.get(input.machine_config, "name", "")}
}
"#;
        let file = PolicyFile { path: "a.rego".to_owned(), text: text.to_owned() };
        let read = |text: &str, subject| {
            let file = PolicyFile { text: text.to_owned(), ..file.clone() };
            facts(&interpreter::parse(&[file]).unwrap()[0], subject)
        };
        // `input[key]` and `object.get` of a whole subject may read any of it.
        assert_eq!(read(text, SubjectKind::MachineConfig), ["machine_config"]);
        assert_eq!(read(text, SubjectKind::Pool), ["pool"]);
        let narrow = text.replace("input[key]", "key").replace("(input.machine_config,", "(file,");
        let paths = ["machine_config.ignition.files", "machine_config.labels"];
        assert_eq!(read(&narrow, SubjectKind::MachineConfig), paths);
        assert_eq!(read(&narrow, SubjectKind::Pool), ["pool.name"]);
    }
}
