//! One Containerfile, as written.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::{Architecture, ImageReference, Locator, Text};

/// A Containerfile, or that of a MachineOSConfig (`spec.containerFile`).
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Containerfile {
    /// Where it stands.
    pub at: Locator,
    /// The file's name, or the name of the MachineOSConfig.
    pub name: String,
    /// Whether a MachineOSConfig holds it, so that the cluster builds it.
    pub on_cluster: bool,
    /// The architecture for which a MachineOSConfig holds it; absent where for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub architecture: Option<Architecture>,
    /// The arguments before the first stage, as `NAME=default` or `NAME`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub arguments: Vec<Text>,
    /// The stages, in order; the last one is the image.
    pub stages: Vec<Stage>,
    /// What is wrong with it: where, and what.
    #[serde(default)]
    pub problems: Vec<Text>,
}

/// One stage of a Containerfile.
#[expect(clippy::struct_excessive_bools, reason = "each says one thing of the stage")]
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Stage {
    /// Where its `FROM` stands.
    pub at: Locator,
    /// The name after `AS`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// The image of `FROM` with the defaults of arguments filled in; absent where it is another
    /// stage, `scratch`, or rests on an argument without a default.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub image: Option<ImageReference>,
    /// What `FROM` names, as written.
    pub from: String,
    /// Whether `FROM` names an earlier stage.
    #[serde(default)]
    pub from_stage: bool,
    /// Whether the last stage is built on this one, or copies from it.
    #[serde(default)]
    pub used: bool,
    /// Whether its layers are the image's: it is the last stage, or that is built on it.
    #[serde(default)]
    pub in_image: bool,
    /// Whether it is the last stage.
    #[serde(default)]
    pub last: bool,
    /// The instructions after `FROM`, in order.
    pub instructions: Vec<Instruction>,
}

/// One instruction.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Instruction {
    /// Where it stands.
    pub at: Locator,
    /// Its keyword, in capitals.
    pub keyword: String,
    /// What follows, with continued lines joined and secrets masked.
    pub text: String,
    /// Of `RUN`, the commands of its shell, each with its words.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub commands: Vec<Command>,
    /// Of `COPY` and `ADD`, the sources.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<String>,
    /// Of `COPY` and `ADD`, the destination.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub destination: Option<String>,
    /// Of `COPY` and `ADD`, the stage or image of `--from`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub copied_from: Option<String>,
    /// Of `COPY` and `ADD`, the other options, as written (`--checksum=sha256:…`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub options: Vec<String>,
    /// Of `LABEL`, `ENV` and `ARG`, the names and values, as `NAME=value`; values that look secret
    /// are masked.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pairs: Vec<Text>,
    /// The mounts of `RUN --mount`, as written.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub mounts: Vec<String>,
}

/// A command of a shell, up to `;`, `&&`, `||`, `|` or the end of the line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Command {
    /// Where it stands.
    pub at: Locator,
    /// Its words, quotes removed; variables are left as written. Assignments before the command
    /// and wrappers such as `sudo` and `env` are left out.
    pub words: Vec<String>,
    /// The files that its output is written to.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub writes: Vec<String>,
    /// Whether its output is another command's input.
    #[serde(default)]
    pub piped: bool,
    /// Whether a failure of it is passed over (`|| true`, `;` without `set -e`).
    #[serde(default)]
    pub unchecked: bool,
}
