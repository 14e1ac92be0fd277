//! The stages of a Containerfile.
//!
//! Owns arguments in `FROM`, which stage builds on which, and which are used. Must not read text.
//! `ARG V=1`, `FROM os:$V AS a`, `FROM a` are two stages, the first of the image `os:1`, and used.

use std::collections::BTreeMap;

use rollgate_facts::{Instruction, Locator, Stage, Text};

use super::instruction::From;
use super::interpreter::Shell;
use crate::extract::image_reference;

/// The stages that stand before the Containerfile of a MachineOSConfig.
///
/// Source: openshift/machine-config-operator
/// `pkg/controller/build/buildrequest/assets/Containerfile.on-cluster-build-template`.
const OF_THE_OPERATOR: [&str; 2] = ["extract", "configs"];

/// How long what arguments stand for may become, in bytes: a reference has 255 and a digest.
const MAX_REFERENCE: usize = 4096;

/// The image without anything in it.
const SCRATCH: &str = "scratch";

/// Stages as they are read.
#[derive(Debug)]
pub(super) struct Stages {
    on_cluster: bool,
    /// The defaults of the arguments before the first `FROM`.
    defaults: BTreeMap<String, String>,
    arguments: Vec<Text>,
    found: Vec<Stage>,
    shell: Shell,
}

impl Stages {
    pub(super) const fn new(on_cluster: bool) -> Self {
        let shell = Shell { errexit: false, pipefail: false };
        Self {
            on_cluster,
            defaults: BTreeMap::new(),
            arguments: Vec::new(),
            found: Vec::new(),
            shell,
        }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.found.is_empty()
    }

    /// The shell that `RUN` has at this point.
    pub(super) const fn shell(&self) -> Shell {
        self.shell
    }

    /// Takes in what stands before the first `FROM`: arguments; the keyword of anything else.
    pub(super) fn global(&mut self, instruction: Instruction) -> Result<(), String> {
        if instruction.keyword != "ARG" {
            return Err(instruction.keyword);
        }
        for pair in &instruction.pairs {
            if let Some((name, value)) = pair.text.split_once('=') {
                let value = self.filled(value).unwrap_or_else(|| value.to_owned());
                self.defaults.insert(name.to_owned(), value);
            }
        }
        self.arguments.extend(instruction.pairs);
        Ok(())
    }

    pub(super) fn begin(&mut self, at: Locator, from: From) {
        let From { image: written, name } = from;
        let from_stage = self.is_stage(&written);
        let filled = self.filled(&written).filter(|image| !from_stage && image != SCRATCH);
        let image = filled.map(|image| image_reference(Text::new(at.clone(), image)));
        self.shell = Shell::default();
        self.found.push(Stage {
            at,
            name,
            image,
            from: written,
            from_stage,
            used: false,
            in_image: false,
            last: false,
            instructions: Vec::new(),
        });
    }

    pub(super) fn add(&mut self, instruction: Instruction) {
        if instruction.keyword == "SHELL" {
            let list = serde_json::from_str::<Vec<String>>(&instruction.text).unwrap_or_default();
            self.shell = Shell::started_by(&list);
        }
        if let Some(stage) = self.found.last_mut() {
            stage.instructions.push(instruction);
        }
    }

    /// The arguments before the first stage, and all stages.
    pub(super) fn finished(mut self) -> (Vec<Text>, Vec<Stage>) {
        if let Some(last) = self.found.last_mut() {
            last.last = true;
        }
        self.mark_image();
        let mut wanted: Vec<usize> = self.found.len().checked_sub(1).into_iter().collect();
        while let Some(index) = wanted.pop() {
            let Some(stage) = self.found.get_mut(index) else { continue };
            if std::mem::replace(&mut stage.used, true) {
                continue;
            }
            let Some(stage) = self.found.get(index) else { continue };
            let named = named_by(stage).into_iter();
            wanted.extend(named.filter_map(|name| self.stage_before(index, &name)));
        }
        (self.arguments, self.found)
    }

    /// Marks the last stage, and those that it is built on, one on the other.
    fn mark_image(&mut self) {
        let mut next = self.found.len().checked_sub(1);
        while let Some(index) = next {
            let Some(stage) = self.found.get_mut(index) else { break };
            stage.in_image = true;
            let base = stage.from_stage.then(|| stage.from.clone());
            next = base.and_then(|base| self.stage_before(index, &base));
        }
    }

    /// The stage of this name, or number, before another.
    fn stage_before(&self, before: usize, name: &str) -> Option<usize> {
        let named = |stage: &Stage| {
            stage.name.as_ref().is_some_and(|known| known.eq_ignore_ascii_case(name))
        };
        let number = name.parse().ok().filter(|number| *number < before);
        let earlier = self.found.iter().take(before);
        earlier.enumerate().rev().find(|(_, stage)| named(stage)).map(|(at, _)| at).or(number)
    }

    fn is_stage(&self, name: &str) -> bool {
        let of_the_operator = self.on_cluster && OF_THE_OPERATOR.contains(&name);
        let named = self.found.iter().filter_map(|stage| stage.name.as_deref());
        of_the_operator || named.into_iter().any(|known| known.eq_ignore_ascii_case(name))
    }

    /// A text with the defaults of its arguments; none where one has no default, or where they
    /// come to more than any reference has.
    fn filled(&self, text: &str) -> Option<String> {
        let mut filled = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('$') {
            filled.push_str(before);
            rest = if let Some(braced) = after.strip_prefix('{') {
                let (inside, rest) = braced.split_once('}')?;
                filled.push_str(&self.expanded(inside)?);
                rest
            } else {
                let is_name = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
                let length = after.bytes().take_while(is_name).count();
                let (name, rest) = after.split_at_checked(length)?;
                filled.push_str(self.defaults.get(name)?);
                rest
            };
            if filled.len() > MAX_REFERENCE {
                return None;
            }
        }
        filled.push_str(rest);
        Some(filled)
    }

    /// What `${inside}` stands for.
    fn expanded(&self, inside: &str) -> Option<String> {
        let value = |name: &str| self.defaults.get(name).filter(|value| !value.is_empty());
        if let Some((name, default)) = inside.split_once(":-") {
            return Some(value(name).cloned().unwrap_or_else(|| default.to_owned()));
        }
        if let Some((name, other)) = inside.split_once(":+") {
            return Some(value(name).map(|_| other.to_owned()).unwrap_or_default());
        }
        self.defaults.get(inside).cloned()
    }
}

/// The names of stages, or images, that a stage takes from.
fn named_by(stage: &Stage) -> Vec<String> {
    let from = stage.from_stage.then(|| stage.from.clone());
    let copied =
        stage.instructions.iter().filter_map(|instruction| instruction.copied_from.clone());
    let mounts = stage.instructions.iter().flat_map(|instruction| &instruction.mounts);
    let mounted =
        mounts.flat_map(|mount| mount.split(',')).filter_map(|part| part.strip_prefix("from="));
    from.into_iter().chain(copied).chain(mounted.map(ToOwned::to_owned)).collect()
}
