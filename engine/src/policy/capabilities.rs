//! The built-in functions that policies may call.
//!
//! Owns the list and its reasons. regorus reports an unknown function only when it reaches the
//! call, and OPA has many more; this list is what both have, and what a gate can vouch for.

use serde_json::{Value, json};

use super::host;

/// Name and number of arguments of every built-in that policies may call, sorted.
///
/// Left out although regorus has them: what depends on more than the input (`time.now_ns`,
/// `rand.intn`, `opa.runtime`, `trace`), what can be made to run or allocate without end
/// (`net.cidr_expand`, `numbers.range_step`, `bits.lsh`, `format_int`), and what is wrong or
/// panics in regorus 0.14.1 (`strings.count`, `regex.template_match`).
const BUILTINS: &[(&str, usize)] = &[
    ("abs", 1),
    ("array.concat", 2),
    ("array.reverse", 1),
    ("array.slice", 3),
    ("base64.decode", 1),
    ("base64.encode", 1),
    ("base64.is_valid", 1),
    ("base64url.decode", 1),
    ("base64url.encode", 1),
    ("base64url.encode_no_pad", 1),
    ("bits.and", 2),
    ("bits.negate", 1),
    ("bits.or", 2),
    ("bits.rsh", 2),
    ("bits.xor", 2),
    ("ceil", 1),
    ("concat", 2),
    ("contains", 2),
    ("count", 1),
    ("endswith", 2),
    ("floor", 1),
    ("glob.match", 3),
    ("glob.quote_meta", 1),
    ("hex.decode", 1),
    ("hex.encode", 1),
    ("indexof", 2),
    ("indexof_n", 2),
    ("intersection", 1),
    ("is_array", 1),
    ("is_boolean", 1),
    ("is_null", 1),
    ("is_number", 1),
    ("is_object", 1),
    ("is_set", 1),
    ("is_string", 1),
    ("json.filter", 2),
    ("json.is_valid", 1),
    ("json.marshal", 1),
    ("json.remove", 2),
    ("json.unmarshal", 1),
    ("lower", 1),
    ("max", 1),
    ("min", 1),
    ("net.cidr_contains", 2),
    ("net.cidr_is_valid", 1),
    ("numbers.range", 2),
    ("object.filter", 2),
    ("object.get", 3),
    ("object.keys", 1),
    ("object.remove", 2),
    ("object.subset", 2),
    ("object.union", 2),
    ("object.union_n", 1),
    ("product", 1),
    ("regex.find_all_string_submatch_n", 3),
    ("regex.find_n", 3),
    ("regex.is_valid", 1),
    ("regex.match", 2),
    ("regex.replace", 3),
    ("regex.split", 2),
    ("replace", 3),
    ("round", 1),
    ("semver.compare", 2),
    ("semver.is_valid", 1),
    ("sort", 1),
    ("split", 2),
    ("sprintf", 2),
    ("startswith", 2),
    ("strings.any_prefix_match", 2),
    ("strings.any_suffix_match", 2),
    ("strings.replace_n", 2),
    ("strings.reverse", 1),
    ("substring", 3),
    ("sum", 1),
    ("time.add_date", 4),
    ("time.clock", 1),
    ("time.date", 1),
    ("time.diff", 2),
    ("time.parse_duration_ns", 1),
    ("time.parse_ns", 2),
    ("time.parse_rfc3339_ns", 1),
    ("time.weekday", 1),
    ("to_number", 1),
    ("trim", 2),
    ("trim_left", 2),
    ("trim_prefix", 2),
    ("trim_right", 2),
    ("trim_space", 1),
    ("trim_suffix", 2),
    ("type_name", 1),
    ("union", 1),
    ("units.parse", 1),
    ("units.parse_bytes", 1),
    ("upper", 1),
];

/// The operators, which OPA counts among the functions: name, symbol, number of operands.
const OPERATORS: &[(&str, Option<&str>, usize)] = &[
    ("and", Some("&"), 2),
    ("assign", Some(":="), 2),
    ("div", Some("/"), 2),
    ("eq", Some("="), 2),
    ("equal", Some("=="), 2),
    ("gt", Some(">"), 2),
    ("gte", Some(">="), 2),
    ("internal.member_2", Some("in"), 2),
    ("internal.member_3", Some("in"), 3),
    ("lt", Some("<"), 2),
    ("lte", Some("<="), 2),
    ("minus", Some("-"), 2),
    ("mul", Some("*"), 2),
    ("neq", Some("!="), 2),
    ("or", Some("|"), 2),
    ("plus", Some("+"), 2),
    ("rem", Some("%"), 2),
];

/// How many arguments this built-in takes; `None` where policies may not call it.
pub(super) fn arity(name: &str) -> Option<usize> {
    let of_host = host::FUNCTIONS.iter().find(|(function, _)| *function == name);
    of_host.map(|(_, arity)| *arity).or_else(|| builtin_arity(name))
}

fn builtin_arity(name: &str) -> Option<usize> {
    let found = BUILTINS.binary_search_by(|(builtin, _)| (*builtin).cmp(name)).ok()?;
    BUILTINS.get(found).map(|(_, arity)| *arity)
}

/// The same for conftest policies, which also walk. OPA's other form of it, `walk(x)`, yields
/// nothing in regorus, and is refused by its number of arguments.
pub(super) fn arity_for_conftest(name: &str) -> Option<usize> {
    if name == "walk" { Some(2) } else { builtin_arity(name) }
}

/// The names of all built-ins, for suggestions.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    BUILTINS.iter().map(|(name, _)| *name)
}

/// Why a function is not among the built-ins, where there is more to say than that it is not.
pub(super) fn reason_against(name: &str) -> Option<&'static str> {
    let (family, _) = name.split_once('.').unwrap_or((name, ""));
    Some(match (family, name) {
        ("http" | "opa" | "rand" | "uuid", _) | (_, "net.lookup_ip_addr" | "time.now_ns") => {
            "a verdict depends on the input alone; take what you need from the facts"
        }
        (_, "print" | "trace") => "policies have no output but findings; look at `rollgate facts`",
        (_, "walk") => "name the fields that you mean, or iterate with `some key, value in …`",
        ("rego", _) => "METADATA is read by rollgate; write texts into the finding",
        ("crypto" | "io" | "x509", _) => "rollgate verifies before policies run; use the facts",
        _ => return None,
    })
}

/// The list as OPA's `--capabilities` takes it.
pub(super) fn as_opa_capabilities() -> Value {
    let declared = |arity: usize| {
        let any = json!({"type": "any"});
        json!({"type": "function", "args": vec![any.clone(); arity], "result": any})
    };
    let mut builtins: Vec<_> = BUILTINS
        .iter()
        .chain(host::FUNCTIONS)
        .map(|(name, arity)| json!({"name": name, "decl": declared(*arity)}))
        .chain(OPERATORS.iter().map(
            |(name, infix, arity)| json!({"name": name, "decl": declared(*arity), "infix": infix}),
        ))
        .collect();
    builtins.sort_by(|one, other| one["name"].as_str().cmp(&other["name"].as_str()));
    json!({"builtins": builtins, "features": ["rego_v1"]})
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::interpreter;

    #[test]
    fn the_list_is_sorted() {
        assert!(BUILTINS.is_sorted());
    }

    #[test]
    fn regorus_has_every_builtin_with_this_many_arguments() {
        for (name, arity) in BUILTINS {
            let arguments = vec!["1"; *arity].join(", ");
            let query = format!("x := {name}({arguments})");
            let result = interpreter::new().eval_query(query, false);
            let message = result.map_or_else(|error| error.to_string(), |_| String::new());
            let other_count = (0..9).any(|n| message.contains(&format!("expects {n} argument")));
            let unknown = message.contains("could not find function");
            assert!(!other_count && !unknown, "{name}: {message}");
        }
    }

    /// regorus leaves these classes off; the workspace's own `regex` dependency turns them on.
    #[test]
    fn regular_expressions_know_perl_and_unicode_classes() {
        let query = r#"regex.match(`^(?i)\w+\s\d\b\p{L}?`, "Release 4")"#;
        let result = interpreter::new().eval_query(query.to_owned(), false).unwrap();
        assert_eq!(result.result[0].expressions[0].value, regorus::Value::from(true));
    }

    #[test]
    fn numbers_range_is_bounded() {
        let eval = |query: &str| interpreter::new().eval_query(query.to_owned(), false);
        let value = eval("numbers.range(3, 1)").unwrap().result[0].expressions[0].value.clone();
        assert_eq!(value.to_string(), "[3,2,1]");
        let error = eval("numbers.range(0, 30000000)").unwrap_err().to_string();
        assert!(error.contains("at most 100000 numbers"), "{error}");
    }
}
