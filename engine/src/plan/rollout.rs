//! The rollout: how many nodes a change reaches, how many at once, and how long that takes.
//!
//! Owns the arithmetic and the assumptions about time. Must not know what changes.
//!
//! Three nodes, one at a time, a reboot each on virtual machines → 15 to 45 minutes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::extract::effect::Action;

/// How long the pods of a node take to go, in minutes. Most are gone after their grace period of 30
/// seconds; a disruption budget holds them for longer, up to the hour after which the operator
/// reports a failure.
const DRAIN: Minutes = Minutes { least: 1, most: 5 };

/// How long a virtual machine takes to write the config, reboot and be ready again.
const REBOOT: Minutes = Minutes { least: 4, most: 10 };

/// The same for a machine whose firmware tests its memory and devices first.
const REBOOT_METAL: Minutes = Minutes { least: 10, most: 20 };

/// How long a node takes to pull and deploy another operating system image, kernel or extension.
const OS_UPDATE: Minutes = Minutes { least: 2, most: 8 };

/// How long a node takes to write files, and to reload or restart units.
const IN_PLACE: Minutes = Minutes { least: 0, most: 1 };

/// The pool in which the operator updates one node at a time whatever `maxUnavailable` says.
const ARBITER: &str = "arbiter";

/// How a change reaches the nodes of a pool.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Rollout {
    /// Whether the pool is paused: then nothing happens until it is not.
    pub paused: bool,
    /// How many nodes there are, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub nodes: Option<u64>,
    /// Their names, where the Node objects were given.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub names: Vec<String>,
    /// `maxUnavailable`, where it is set.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub max_unavailable: Option<String>,
    /// How many nodes are changed at once, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub at_once: Option<u64>,
    /// How long one node takes.
    pub minutes_per_node: Minutes,
    /// How long all of them take, where known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub minutes: Option<Minutes>,
    /// From what the times are made.
    pub assumptions: Vec<String>,
}

/// A range of minutes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Minutes {
    /// At least.
    pub least: u64,
    /// At most, unless something goes wrong.
    pub most: u64,
}

/// What is known of the nodes of a pool.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Capacity {
    /// The pool's name.
    pub pool: String,
    /// Whether it is paused.
    pub paused: bool,
    /// `maxUnavailable` as written.
    pub max_unavailable: Option<String>,
    /// The names of its nodes, where Node objects were given.
    pub names: Option<Vec<String>>,
    /// How many there are, as the pool's status says.
    pub counted: Option<u64>,
    /// The platform, where known.
    pub platform: Option<String>,
}

impl Capacity {
    /// How a change that does this reaches the nodes.
    pub fn rollout(self, actions: &[Action], drain: bool, os_update: bool) -> Rollout {
        let nodes = self.names.as_ref().map(|names| names.len() as u64).or(self.counted);
        let at_once = nodes.map(|nodes| self.at_once(nodes));
        let (per_node, assumptions) = self.per_node(actions, drain, os_update);
        let minutes = nodes.zip(at_once).map(|(nodes, at_once)| {
            let rounds = nodes.div_ceil(at_once.max(1));
            Minutes { least: per_node.least * rounds, most: per_node.most * rounds }
        });
        Rollout {
            paused: self.paused,
            nodes,
            names: self.names.unwrap_or_default(),
            max_unavailable: self.max_unavailable,
            at_once,
            minutes_per_node: per_node,
            minutes,
            assumptions,
        }
    }

    /// `maxUnavailable` of so many nodes (`pkg/controller/node/node_controller.go`): a percentage is
    /// rounded down, and none is one.
    fn at_once(&self, nodes: u64) -> u64 {
        if self.pool == ARBITER {
            return 1;
        }
        let written = self.max_unavailable.as_deref().unwrap_or("1");
        let number = match written.strip_suffix('%') {
            Some(percent) => {
                percent.parse::<u64>().ok().map(|part| nodes.saturating_mul(part) / 100)
            }
            None => written.parse().ok(),
        };
        number.unwrap_or(1).clamp(1, nodes.max(1))
    }

    fn per_node(&self, actions: &[Action], drain: bool, os_update: bool) -> (Minutes, Vec<String>) {
        let (mut sum, mut assumptions) = (Minutes { least: 0, most: 0 }, Vec::new());
        let mut add = |minutes: Minutes, what: &str| {
            sum = Minutes { least: sum.least + minutes.least, most: sum.most + minutes.most };
            assumptions.push(format!("{what} takes {minutes}"));
        };
        if drain {
            add(DRAIN, "a drain without a disruption budget that holds it");
        }
        if os_update {
            add(OS_UPDATE, "pulling and deploying an operating system image or package");
        }
        if actions.contains(&Action::Reboot) {
            match self.platform.as_deref() {
                Some("baremetal") => add(REBOOT_METAL, "a reboot of a physical machine"),
                Some("none" | "external") | None => add(
                    Minutes { least: REBOOT.least, most: REBOOT_METAL.most },
                    "a reboot of a machine, virtual or physical,",
                ),
                Some(_) => add(REBOOT, "a reboot of a virtual machine"),
            }
        } else if actions.iter().any(|action| *action != Action::None) {
            add(IN_PLACE, "writing files and reloading or restarting units");
        }
        (sum, assumptions)
    }
}

impl std::fmt::Display for Minutes {
    /// `15 to 45 minutes`, or `2 to 5 hours` where it is long.
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        const LONG: u64 = 180;
        match *self {
            Self { least: 0, most: 0 } => write!(formatter, "no time"),
            Self { least: 0, most } => write!(formatter, "up to {}", unit(most, "minute")),
            Self { least, most } if least >= LONG => {
                write!(formatter, "{} to {} hours", least / 60, most.div_ceil(60))
            }
            Self { least, most } if most >= 2 * LONG => {
                write!(formatter, "{least} minutes to {} hours", most.div_ceil(60))
            }
            Self { least, most } => write!(formatter, "{least} to {}", unit(most, "minute")),
        }
    }
}

fn unit(count: u64, noun: &str) -> String {
    if count == 1 { format!("1 {noun}") } else { format!("{count} {noun}s") }
}
