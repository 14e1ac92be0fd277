//! The modules under check, and what a name in them means.
//!
//! Owns the way from `result.fail` in one file to the function in another. A name has one meaning:
//! variables that shadow an import or a rule are refused elsewhere, so no scopes are needed here.

use std::collections::BTreeMap;

use serde_json::Value;

use crate::policy::ast::{Expr, Head, Policy, Rule as AstRule};
use crate::policy::error::{LoadError, PolicyPlace};
use crate::policy::package::{Package, PackageKind};
use crate::policy::rule::Rule;

/// Every module, those under check and those that they may refer to.
pub(super) struct Program<'a> {
    pub(super) modules: Vec<Module<'a>>,
    /// How many arguments each built-in function takes that the modules may call.
    pub(super) arity: fn(&str) -> Option<usize>,
    /// The data beside them, as far as it is known before policies load.
    pub(super) data: &'a Value,
}

/// One policy file.
pub(super) struct Module<'a> {
    pub(super) policy: &'a Policy,
    pub(super) package: Package,
    /// The METADATA, where the package is a rule.
    pub(super) rule: Option<Rule>,
    /// Whether the module is itself under check.
    pub(super) checked: bool,
    /// What each import is called, and the path behind `data` (or `input`, …) that it stands for.
    pub(super) imports: BTreeMap<String, Vec<String>>,
    /// What the module defines.
    pub(super) definitions: BTreeMap<String, Definition>,
}

/// What a name of a module is.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Definition {
    /// A rule: a value, a set or an object.
    Rule,
    /// A function of this many arguments.
    Function(usize),
}

/// What a reference below `data` leads to.
pub(super) enum Target<'p, 'a> {
    /// A rule or function.
    Definition { module: &'p Module<'a>, name: String, definition: Definition },
    /// A package as a whole.
    Package,
    /// The data tables.
    Tables,
    /// The user's parameters.
    Parameters,
    /// Nothing.
    Nothing,
}

impl<'a> Program<'a> {
    /// What the path (without `data`) leads to.
    pub(super) fn target(&self, path: &[String]) -> Target<'_, 'a> {
        match path {
            [first, ..] if first == "rollgate_tables" => return Target::Tables,
            [first, ..] if first == "parameters" => return Target::Parameters,
            _ => {}
        }
        let depths = self.modules.iter().filter_map(|module| module.depth_in(path));
        let Some(depth) = depths.max() else { return Target::Nothing };
        let Some(name) = path.get(depth) else { return Target::Package };
        let mut modules = self.modules.iter().filter(|module| module.depth_in(path) == Some(depth));
        let found = modules.find_map(|module| Some((module, *module.definitions.get(name)?)));
        found.map_or(Target::Nothing, |(module, definition)| Target::Definition {
            module,
            name: name.clone(),
            definition,
        })
    }

    /// Whether the data has something at a path (without `data`).
    pub(super) fn has_data(&self, path: &[String]) -> bool {
        path.iter().try_fold(self.data, |at, step| at.get(step)).is_some()
    }

    /// The modules under check.
    pub(super) fn checked(&self) -> impl Iterator<Item = &Module<'a>> {
        self.modules.iter().filter(|module| module.checked)
    }
}

impl<'a> Module<'a> {
    /// A module under check.
    pub(super) fn new(policy: &'a Policy, package: Package, rule: Option<Rule>) -> Self {
        let (mut imports, mut definitions) = (BTreeMap::new(), BTreeMap::new());
        for import in &policy.ast.imports {
            let path: Vec<_> = import.refr.fixed_steps().into_iter().map(str::to_owned).collect();
            let alias = import.alias.map(|span| text_of(policy, span.start, span.end).to_owned());
            if let Some(alias) = alias.or_else(|| path.last().cloned()) {
                imports.insert(alias, path);
            }
        }
        for rule in &policy.ast.rules {
            definitions.insert(rule.name().to_owned(), definition(rule));
        }
        Self { policy, package, rule, checked: true, imports, definitions }
    }

    /// How many steps of a path name the package, where it begins with it.
    fn depth_in(&self, path: &[String]) -> Option<usize> {
        let steps = self.package.name.split('.');
        let depth = steps.clone().count();
        let begins = path.len() >= depth && steps.eq(path.iter().take(depth));
        begins.then_some(depth)
    }

    /// Whether the package holds tests.
    pub(super) fn is_test(&self) -> bool {
        self.package.kind == PackageKind::Test
    }

    /// The text of a span.
    pub(super) fn text(&self, start: usize, end: usize) -> &'a str {
        text_of(self.policy, start, end)
    }

    /// The path behind `data` that a reference leads to, up to its first step that is not fixed;
    /// `None` for variables, `input` and what is no reference.
    pub(super) fn data_path(&self, reference: &Expr) -> Option<Vec<String>> {
        let steps = reference.fixed_steps();
        let (root, rest) = steps.split_first()?;
        let mut path: Vec<String> = if let Some(import) = self.imports.get(*root) {
            let (data, path) = import.split_first()?;
            if data != "data" {
                return None;
            }
            path.to_vec()
        } else if *root == "data" {
            Vec::new()
        } else if self.definitions.contains_key(*root) {
            self.package.name.split('.').chain([*root]).map(str::to_owned).collect()
        } else {
            return None;
        };
        path.extend(rest.iter().map(|step| (*step).to_owned()));
        Some(path)
    }

    /// The steps below `data` that the first name of a reference stands for.
    pub(super) fn steps_behind(&self, root: &str) -> impl Iterator<Item = &str> {
        let import = self.imports.get(root).into_iter().flatten().skip(1).map(String::as_str);
        let own = self.definitions.get_key_value(root);
        let own = own.into_iter().flat_map(|(name, _)| {
            self.package.name.split('.').chain(std::iter::once(name.as_str()))
        });
        import.chain(own)
    }

    /// An error at a byte of the file.
    pub(super) fn error(
        &self,
        byte: usize,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> LoadError {
        let source = &self.policy.source;
        let place = PolicyPlace::of_byte(&source.file, &source.contents, byte);
        LoadError::new(place, message, help)
    }
}

fn definition(rule: &AstRule) -> Definition {
    match rule {
        AstRule::Spec { head: Head::Func { args, .. }, .. } => Definition::Function(args.len()),
        AstRule::Default { args, .. } if !args.is_empty() => Definition::Function(args.len()),
        _ => Definition::Rule,
    }
}

fn text_of(policy: &Policy, start: usize, end: usize) -> &str {
    policy.source.contents.get(start..end).unwrap_or_default()
}
