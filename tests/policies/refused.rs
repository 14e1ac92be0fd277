//! Policies that do not load: each check with the policy that it refuses, and all that it says.

use rollgate_engine::policy::{PolicyFile, PolicyRoot, check};

#[test]
fn what_is_refused_and_why() {
    let shown = cases().into_iter().map(|(name, errors)| format!("# {name}\n{errors}\n\n"));
    insta::assert_snapshot!(shown.collect::<String>());
}

/// The METADATA of a rule over a pool; what follows begins at line 11.
const RULE: &str = "\
# METADATA
# title: A rule
# description: What and why.
# custom:
#   subject: pool
#   severity: low
#   remediation: What to do.
#   since: 0.1.0
package custom.acme.rule

";

fn refusal(path: &str, text: &str) -> String {
    let file = PolicyFile { path: path.to_owned(), text: text.to_owned() };
    refusal_of(vec![file])
}

fn refusal_of(files: Vec<PolicyFile>) -> String {
    let root = PolicyRoot { name: "acme".to_owned(), files };
    check(&[root]).map_or_else(|errors| errors.to_string(), |rules| format!("{rules:?}"))
}

/// The checks must not stand in the way of ordinary Rego.
#[test]
fn what_is_not_refused() {
    let text = RULE.replace("0.1.0", "0.1.0\n#   needs: [target.release, target.day]");
    let body = r#"
import data.rollgate.lib.result
import data.rollgate_tables.releases
import data.rollgate_tables.extensions as catalogue

deny contains finding if {
	some path, file in input.pool.ignition.files
	startswith(path, "/etc/")
	not _harmless(file)
	mode := object.get(file, ["mode", "value"], 420)
	bits.and(mode, 2) != 0
	finding := result.fail_with(file.at, sprintf("`%s`", [path]), {"mode": mode})
}

deny contains finding if {
	releases[input.target.release].order >= 3
	some name
	catalogue.allowed[input.target.release][name]
	some extension in input.pool.extensions
	lower(extension.text) == name
	not name in {"usbguard", "kerberos"}
	finding := result.fail(result.at(input.pool.at, ["spec", name]), concat(" ", ["a", name]))
}

deny contains finding if {
	input.target.day == 2
	not input.pool.fips.value
	every member in input.pool.machine_configs { member.role != "master" }
	texts := [argument.text | some argument in input.pool.kernel_arguments; argument.text != ""]
	count(texts) != count({text | some text in texts})
	some i
	input.pool.kernel_arguments[i].text in _words
	input.pool.ignition.files["/etc/motd"].contents.text
	finding := result.fail(input.pool.kernel_arguments[i].at, _worst(texts[0]))
}

_harmless(file) if file.path == "/etc/motd"

_harmless(file) if regex.match(`^/etc/[a-z]+\.d/`, file.path)

default _worst(_) := "bad"

_worst(text) := "worst" if {
	contains(text, "=")
} else := "worse" if {
	text != ""
}

_words contains word if {
	some problem in input.pool.problems
	problem.kind == "wrong_type"
	some word in split(problem.text, " ")
}
"#;
    let rules = refusal("rule.rego", &format!("{text}{body}"));
    assert!(rules.starts_with("[Rule {"), "{rules}");
}

/// A rule with this body, and nothing else.
fn rule(body: &str) -> String {
    refusal("rule.rego", &format!("{RULE}{body}"))
}

/// A rule that denies under these conditions.
fn conditions(lines: &[&str]) -> String {
    rule(&format!(
        "import data.rollgate.lib.result\n\ndeny contains finding if {{\n\t{}\n\tfinding := \
         result.fail(input.pool.at, \"no\")\n}}\n",
        lines.join("\n\t")
    ))
}

/// Each policy that is refused, and what for.
#[expect(clippy::too_many_lines, reason = "a table")]
fn cases() -> Vec<(&'static str, String)> {
    vec![
        ("a mistyped path", conditions(&["some argument in input.pool.kernel_argument"])),
        (
            "a mistyped path of a member",
            conditions(&["some file in input.pool.ignition.files", "file.mod.value == 420"]),
        ),
        (
            "a mistyped path behind a function",
            rule(
                "\
import data.rollgate.lib.result

deny contains finding if {
	some file in input.pool.ignition.files
	_is_open(file)
	finding := result.fail(file.at, \"no\")
}

_is_open(entry) if entry.mode.valeu == 511
",
            ),
        ),
        ("a mistyped key with a default", conditions(&["object.get(input.pool, \"pausd\", true)"])),
        (
            "a text that a fact never has",
            conditions(&[
                "some problem in input.pool.problems",
                "problem.kind == \"duplicate_keys\"",
            ]),
        ),
        (
            "a mistyped key of a table",
            conditions(&["data.rollgate_tables.releases[\"4.20\"].ordr > 3"]),
        ),
        ("another subject", conditions(&["input.machine_config.generated"])),
        ("a target that is not declared", conditions(&["input.target.release == \"4.20\""])),
        ("what runs now not declared", conditions(&["input.pool.current.fips"])),
        ("a need that is not read", rule_with_needs()),
        (
            "a missing import",
            rule("import data.rollgate.lib.reslut\n\ndeny contains f if f := 1\n"),
        ),
        ("a missing reference", conditions(&["data.custom.lib.names.known[_] == 1"])),
        ("another rule", two_rules()),
        ("a variable without a value", conditions(&["argument.text == \"quiet\""])),
        ("a rule through its package", rule_of_a_library()),
        ("a function that regorus has wrong", conditions(&["strings.count(\"11\", \"1\") == 2"])),
        ("a whole package", conditions(&["x := data.rollgate.lib.result"])),
        ("an import of input", rule("import input.pool\n\ndeny contains f if f := pool\n")),
        ("an import of rego v1", rule("import rego.v1\n\ndeny contains f if f := 1\n")),
        ("a variable that hides a rule", conditions(&["some deny in input.pool.extensions"])),
        ("an unknown function", conditions(&["x := input.pool.name", "crypto.sha256(x) == \"\""])),
        ("a mistyped function", conditions(&["startwith(input.pool.name, \"a\")"])),
        ("a mistyped library function", conditions(&["result.fial(input.pool.at, \"\")"])),
        (
            "a function of the outside",
            conditions(&["http.send({\"method\": \"get\", \"url\": \"x\"})"]),
        ),
        ("a clock", conditions(&["time.now_ns() > 0"])),
        ("a walk", conditions(&["[path, value] := walk(input.pool)"])),
        ("too few arguments", conditions(&["result.fail(input.pool.at)"])),
        ("an unbounded range", conditions(&["numbers.range_step(0, 30000000, 1)"])),
        ("a format with width", conditions(&["sprintf(\"%5s\", [input.pool.name]) == \"\""])),
        ("a format without value", conditions(&["sprintf(\"%s %s\", [input.pool.name]) == \"\""])),
        (
            "a regular expression that is too large",
            conditions(&["regex.match(`^\\w{1,63}$`, input.pool.name)"]),
        ),
        (
            "a regular expression that is none",
            conditions(&["regex.match(`(?=a)`, input.pool.name)"]),
        ),
        ("a negated call of input", conditions(&["not startswith(input.pool.name, \"w\")"])),
        (
            "a negated call of an optional fact",
            conditions(&[
                "some file in input.pool.ignition.files",
                "not startswith(file.contents.text, \"w\")",
            ]),
        ),
        (
            "a function that calls itself",
            rule(
                "\
deny contains finding if {
	finding := _even(input.pool.name)
}

_even(x) := _odd(x)

_odd(x) := _even(x)
",
            ),
        ),
        ("a literal that nests too deeply", rule("deny contains f if f := [[[[[[[[[1]]]]]]]]]\n")),
        ("an expression without end", conditions(&[&format!("input.pool{}", ".a".repeat(50_000))])),
        ("a sum without end", conditions(&[&format!("x := 1{}", " +\n1".repeat(50_000))])),
        ("brackets without end", rule(&"[".repeat(500_000))),
        (
            "a parameter without default",
            refusal(
                "x.rego",
                &RULE.replace("0.1.0", "0.1.0\n#   parameters: {most: {type: integer}}"),
            ),
        ),
        ("a parameter that is not declared", conditions(&["data.parameters.most > 3"])),
        ("a deny that is a value", rule("deny := false\n")),
        (
            "a deny without condition",
            rule("deny contains {\"at\": \"A/b#\", \"message\": \"no\"}\n"),
        ),
        ("a mistyped deny", rule("dney contains finding if finding := input.pool.name\n")),
        ("a with", conditions(&["input.pool.name == \"a\" with input as {}"])),
        ("a syntax error", rule("deny contains finding if {\n\tfinding := \n}\n")),
        (
            "a package of rollgates own",
            refusal("x.rego", "package rollgate.pool.mitigations_disabled\n"),
        ),
        (
            "a package where the tables are",
            refusal("x.rego", "package rollgate_tables.releases.deny\n"),
        ),
        (
            "a package in two files",
            refusal_of(vec![
                PolicyFile { path: "a.rego".to_owned(), text: RULE.to_owned() },
                PolicyFile { path: "b.rego".to_owned(), text: RULE.to_owned() },
            ]),
        ),
        ("no package", refusal("x.rego", "# nothing\n")),
        ("no metadata", refusal("x.rego", "package custom.acme.rule\n")),
        ("an unknown key in metadata", refusal("x.rego", &RULE.replace("since", "sinse"))),
        (
            "a kind that is not judged",
            refusal("x.rego", &RULE.replace("pool", "cluster_object\n#   kinds: [KubletConfig]")),
        ),
        ("kinds of no object", refusal("x.rego", &RULE.replace("pool", "pool\n#   kinds: [Node]"))),
        ("a missing key in metadata", refusal("x.rego", &RULE.replace("#   severity: low\n", ""))),
        (
            "an unknown need",
            refusal("x.rego", &RULE.replace("0.1.0", "0.1.0\n#   needs: [target.relase]")),
        ),
        ("a title with a full stop", refusal("x.rego", &RULE.replace("A rule", "A rule."))),
        (
            "a library that reads input",
            refusal(
                "names.rego",
                "\
# METADATA
# title: Names
package custom.lib.names

first := input.pool.name
",
            ),
        ),
        (
            "cases in several definitions",
            refusal(
                "x_test.rego",
                "\
# METADATA
# title: Tests
package custom.acme.x_test

cases[\"denied\"] := {\"input\": {}, \"deny\": set()}
",
            ),
        ),
        (
            "a head that looks up beside an else",
            refusal(
                "rule.rego",
                &format!(
                    "{RULE}deny contains f if f := {{\"at\": input.pool.at, \"message\": _short(input.pool.name)}}

_short(name) := table[key] if {{
	table := {{\"worker\": \"w\"}}
	key := name
}} else := \"other\"

_fine(name) := table[name] if table := {{\"worker\": \"w\"}}

else := \"other\" if name != \"\"
"
                ),
            ),
        ),
        (
            "a test that nobody runs",
            refusal(
                "x_test.rego",
                "\
# METADATA
# title: Tests
package custom.acme.x_test

tset_it if true
",
            ),
        ),
    ]
}

fn two_rules() -> String {
    let file = |name: &str, body: &str| {
        let text = RULE.replace("acme.rule", &format!("acme.{name}")) + body;
        PolicyFile { path: format!("{name}.rego"), text }
    };
    refusal_of(vec![
        file("one", "deny contains finding if some finding in data.custom.acme.other.deny\n"),
        file("other", "deny contains finding if finding := input.pool.name\n"),
    ])
}

fn rule_of_a_library() -> String {
    let library = "# METADATA\n# title: Names\npackage custom.lib.names\n\nknown := {\"a\"}\n";
    let rule = "import data.custom.lib.names\n\ndeny contains f if some f in names.known\n";
    refusal_of(vec![
        PolicyFile { path: "names.rego".to_owned(), text: library.to_owned() },
        PolicyFile { path: "rule.rego".to_owned(), text: format!("{RULE}{rule}") },
    ])
}

fn rule_with_needs() -> String {
    let text = RULE.replace("0.1.0", "0.1.0\n#   needs: [target.release]");
    refusal("rule.rego", &format!("{text}deny contains f if f := input.pool.name\n"))
}
