//! A new rule: `rollgate policy new`.
//!
//! Owns the files that a rule begins with, which load, pass their tests and leave no line
//! unevaluated. Must not write them.
//!
//! `custom.acme.my_rule` gives `acme/my_rule/my_rule.rego`, its test, and an example that it denies
//! and one that it allows.

use rollgate_facts::SubjectKind;

use super::bundle::PolicyFile;
use super::package::is_users_rule;
use crate::report::Severity;

const RULE: &str = include_str!("scaffold/rule.rego.txt");
const TEST: &str = include_str!("scaffold/test.rego.txt");
const MACHINE_CONFIG: &str = include_str!("scaffold/machine_config.yaml");
const CLUSTER_OBJECT: &str = include_str!("scaffold/cluster_object.yaml");
const CONTAINERFILE: &str = "FROM {value}\n";

/// A package name that no rule of a user may have.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{name}` is not the package of a rule")]
pub struct RuleNameError {
    name: String,
}

/// A rule to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewRule {
    domain: String,
    name: String,
    /// What it is to judge.
    pub subject: SubjectKind,
    /// How serious its findings are to be.
    pub severity: Severity,
}

/// What the templates say of a kind of subject.
struct Wording {
    /// The body of `deny`, up to the finding.
    body: &'static str,
    /// Where the finding is.
    at: &'static str,
    /// The message.
    message: &'static str,
    /// In tests: facts with the fault and facts without it.
    denied: &'static str,
    allowed: &'static str,
    /// In tests: where the finding is.
    expected: &'static str,
    /// The examples with `{value}` where they differ.
    example: &'static str,
}

impl NewRule {
    /// A rule by its package, `custom.<domain>.<rule>`; its code (`custom.acme.my-rule`) does too.
    pub fn named(
        name: &str,
        subject: SubjectKind,
        severity: Severity,
    ) -> Result<Self, RuleNameError> {
        let package = name.replace('-', "_");
        let parts: Vec<_> = package.split('.').collect();
        match parts.as_slice() {
            ["custom", domain, rule] if is_users_rule(domain, rule) => {
                let (domain, name) = ((*domain).to_owned(), (*rule).to_owned());
                Ok(Self { domain, name, subject, severity })
            }
            _ => Err(RuleNameError { name: name.to_owned() }),
        }
    }

    /// The files, by their paths in a folder of policies.
    pub fn files(&self) -> Vec<PolicyFile> {
        let Self { domain, name, .. } = self;
        let wording = self.wording();
        let file = |inside: &str, text: String| PolicyFile {
            path: format!("{domain}/{name}/{inside}"),
            text,
        };
        let example = |value: &str| wording.example.replace("{value}", value);
        let example_name = match self.subject {
            SubjectKind::Containerfile => "Containerfile",
            _ => "example.yaml",
        };
        vec![
            file(&format!("{name}.rego"), self.filled(RULE, &wording)),
            file(&format!("{name}_test.rego"), self.filled(TEST, &wording)),
            file(&format!("denied/{example_name}"), example("forbidden")),
            file(&format!("allowed/{example_name}"), example("harmless")),
        ]
    }

    fn filled(&self, template: &str, wording: &Wording) -> String {
        let package = format!("custom.{}.{}", self.domain, self.name);
        let blanks = [
            ("{package}", package.as_str()),
            ("{subject}", self.subject.key()),
            ("{severity}", self.severity.name()),
            ("{body}", wording.body),
            ("{at}", wording.at),
            ("{message}", wording.message),
            ("{denied}", wording.denied),
            ("{allowed}", wording.allowed),
            ("{expected}", wording.expected),
        ];
        blanks.iter().fold(template.to_owned(), |text, (blank, value)| text.replace(blank, value))
    }

    const fn wording(&self) -> Wording {
        match self.subject {
            SubjectKind::MachineConfig => Wording {
                body: "some argument in input.machine_config.kernel_arguments\n\t\
                       argument.text == \"example=forbidden\"",
                at: "argument.at",
                message: "kernel argument `example=forbidden` is not wanted here",
                denied: "fixture.machine_config({\"kernel_arguments\": fixture.texts(\
                         \"/spec/kernelArguments\", [\"example=forbidden\"])})",
                allowed: "fixture.machine_config({\"kernel_arguments\": fixture.texts(\
                          \"/spec/kernelArguments\", [\"example=harmless\"])})",
                expected: "MachineConfig/99-worker#/spec/kernelArguments/0",
                example: MACHINE_CONFIG,
            },
            SubjectKind::Pool => Wording {
                body: "some argument in input.pool.kernel_arguments\n\t\
                       argument.text == \"example=forbidden\"",
                at: "argument.at",
                message: "kernel argument `example=forbidden` is not wanted here",
                denied: "fixture.pool_with_kernel_arguments([\"example=forbidden\"])",
                allowed: "fixture.pool_with_kernel_arguments([\"example=harmless\"])",
                expected: "MachineConfig/99-worker#/spec/kernelArguments/0",
                example: MACHINE_CONFIG,
            },
            SubjectKind::ClusterObject => Wording {
                body: "input.cluster_object.kind == \"KubeletConfig\"\n\t\
                       input.cluster_object.labels.example == \"forbidden\"",
                at: "result.at(input.cluster_object.at, [\"metadata\", \"labels\", \"example\"])",
                message: "label `example` is `forbidden`",
                denied: "fixture.cluster_object({\"at\": \"KubeletConfig/example#\", \"kind\": \"KubeletConfig\", \
                         \"labels\": {\"example\": \"forbidden\"}})",
                allowed: "fixture.cluster_object({\"at\": \"KubeletConfig/example#\", \"kind\": \"KubeletConfig\", \
                          \"labels\": {\"example\": \"harmless\"}})",
                expected: "KubeletConfig/example#/metadata/labels/example",
                example: CLUSTER_OBJECT,
            },
            SubjectKind::Image => Wording {
                body: "input.image.labels.example == \"forbidden\"",
                at: "result.at(input.image.at, [\"config\", \"Labels\", \"example\"])",
                message: "label `example` is `forbidden`",
                denied: "fixture.image({\"labels\": {\"example\": \"forbidden\"}})",
                allowed: "fixture.image({\"labels\": {\"example\": \"harmless\"}})",
                expected: "image/sha256:0#/config/Labels/example",
                example: CLUSTER_OBJECT,
            },
            SubjectKind::Containerfile => Wording {
                body: "some stage in input.containerfile.stages\n\tstage.from == \"forbidden\"",
                at: "stage.at",
                message: "the image `forbidden` is not wanted here",
                denied: "fixture.containerfile([\"forbidden\"])",
                allowed: "fixture.containerfile([\"harmless\"])",
                expected: "Containerfile/Containerfile#:1",
                example: CONTAINERFILE,
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Limits;
    use crate::policy::{PolicyRoot, test};

    #[test]
    fn a_new_rule_of_each_subject_passes_its_own_tests_and_leaves_no_line_out() {
        for subject in [
            SubjectKind::MachineConfig,
            SubjectKind::Pool,
            SubjectKind::ClusterObject,
            SubjectKind::Containerfile,
        ] {
            let rule = NewRule::named("custom.acme.my-rule", subject, Severity::Low).unwrap();
            let root = PolicyRoot { name: "p".to_owned(), files: rule.files() };
            let report = test(&[root], &Limits::default()).unwrap();
            assert_eq!(report.failures().collect::<Vec<_>>(), [] as [&_; 0], "{subject:?}");
            assert_eq!(report.tests.len(), 4, "{:?}", report.tests);
            assert_eq!(report.coverage[0].missed, [] as [u32; 0], "{subject:?}");
        }
    }

    #[test]
    fn only_names_that_load_are_taken() {
        let named = |name| NewRule::named(name, SubjectKind::Pool, Severity::Low);
        assert_eq!(named("custom.acme.ok_2").unwrap().files()[0].path, "acme/ok_2/ok_2.rego");
        for name in [
            "acme.rule",
            "rollgate.pool.x",
            "custom.lib.x",
            "custom.acme.x_test",
            "custom.acme.X",
            "custom.../x.y",
            "custom.acme.x.y",
            "",
        ] {
            assert_eq!(
                named(name).unwrap_err().to_string(),
                format!("`{name}` is not the package of a rule")
            );
        }
    }
}
