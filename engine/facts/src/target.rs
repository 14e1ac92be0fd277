//! The target: what the change is meant for.

use std::fmt;
use std::str::FromStr;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What the change is meant for. A field that nobody gave is absent, and a rule that needs it says
/// so in its METADATA (`needs: [target.release]`).
#[derive(
    Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct Target {
    /// The OpenShift/OKD minor release, as `4.20`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release: Option<String>,
    /// The operating system stream of the nodes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stream: Option<Stream>,
    /// The architecture of the nodes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub architecture: Option<Architecture>,
    /// The platform, in lower case as the Machine Config Operator's templates name it (`vsphere`,
    /// `baremetal`, `none`, …).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub platform: Option<String>,
    /// Whether nodes are being installed or are running.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<Day>,
}

/// The platforms of OpenShift, in lower case (openshift/api `config/v1/types_infrastructure.go`,
/// `PlatformType`).
const PLATFORMS: &[&str] = &[
    "alibabacloud",
    "aws",
    "azure",
    "baremetal",
    "equinixmetal",
    "external",
    "gcp",
    "ibmcloud",
    "kubevirt",
    "libvirt",
    "none",
    "nutanix",
    "openstack",
    "ovirt",
    "powervs",
    "vsphere",
];

impl fmt::Display for Target {
    /// `release=4.20,stream=rhel-9,arch=x86_64`, which [`str::parse`] reads.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let parts = [
            ("release", self.release.clone()),
            ("stream", self.stream.map(|stream| stream.to_string())),
            ("arch", self.architecture.map(|architecture| architecture.to_string())),
            ("platform", self.platform.clone()),
            ("day", self.day.map(|day| u8::from(day).to_string())),
        ];
        let parts = parts.into_iter().filter_map(|(name, part)| Some(format!("{name}={}", part?)));
        formatter.write_str(&parts.collect::<Vec<_>>().join(","))
    }
}

impl FromStr for Target {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let mut target = Self::default();
        for part in text.split(',') {
            let (name, value) = part.split_once('=').unwrap_or((part, ""));
            match name.trim() {
                "release" if !value.is_empty() => target.release = Some(value.to_owned()),
                "stream" => target.stream = Some(value.parse()?),
                "arch" => target.architecture = Some(value.parse()?),
                "platform" => target.platform = Some(Self::platform_named(value)?),
                "day" => {
                    let day: u8 = value.parse().map_err(|_| format!("`{value}` is no day"))?;
                    target.day = Some(Day::try_from(day)?);
                }
                _ => {
                    return Err(format!(
                        "`{part}` is not one of release=…, stream=…, arch=…, platform=… and day=…"
                    ));
                }
            }
        }
        Ok(target)
    }
}

impl Target {
    /// The platform of this name, written in whatever case.
    ///
    /// # Errors
    ///
    /// When there is none: policies would take a misspelt one for a platform that owns nothing.
    pub fn platform_named(text: &str) -> Result<String, String> {
        let name = text.to_lowercase();
        if PLATFORMS.contains(&name.as_str()) {
            return Ok(name);
        }
        Err(format!("`{text}` is not one of {}", PLATFORMS.join(", ")))
    }
}

/// An operating system stream.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Stream {
    /// RHEL CoreOS 9
    #[serde(rename = "rhel-9")]
    Rhel9,
    /// RHEL CoreOS 10
    #[serde(rename = "rhel-10")]
    Rhel10,
    /// CentOS Stream CoreOS 9
    #[serde(rename = "centos-9")]
    Centos9,
    /// CentOS Stream CoreOS 10
    #[serde(rename = "centos-10")]
    Centos10,
    /// Fedora CoreOS
    #[serde(rename = "fcos")]
    Fcos,
}

/// A processor architecture, as RPM names it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "snake_case")]
pub enum Architecture {
    /// `x86_64`
    #[serde(rename = "x86_64")]
    X86_64,
    /// `aarch64`
    Aarch64,
    /// `ppc64le`
    Ppc64le,
    /// `s390x`
    S390x,
}

/// Whether nodes are being installed or are running. Written as the numbers 1 and 2.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(into = "u8", try_from = "u8")]
#[schemars(with = "u8")]
pub enum Day {
    /// Day 1: nodes are installed with this configuration.
    Install,
    /// Day 2: nodes run already and are changed.
    Running,
}

impl From<Day> for u8 {
    fn from(day: Day) -> Self {
        match day {
            Day::Install => 1,
            Day::Running => 2,
        }
    }
}

impl TryFrom<u8> for Day {
    type Error = String;

    fn try_from(number: u8) -> Result<Self, Self::Error> {
        match number {
            1 => Ok(Self::Install),
            2 => Ok(Self::Running),
            other => Err(format!("`{other}` is no day: 1 is install, 2 is running")),
        }
    }
}

macro_rules! named {
    ($type:ident { $($variant:ident => $name:literal),+ $(,)? }) => {
        impl $type {
            /// Every value, in order.
            pub const ALL: &[Self] = &[$(Self::$variant),+];

            /// The name, as flags, configuration and facts write it.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name),+ }
            }
        }

        impl std::str::FromStr for $type {
            type Err = String;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Self::ALL.iter().copied().find(|value| value.name() == text).ok_or_else(|| {
                    let known: Vec<_> = Self::ALL.iter().map(|value| value.name()).collect();
                    format!("`{text}` is not one of {}", known.join(", "))
                })
            }
        }

        impl std::fmt::Display for $type {
            fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                formatter.write_str(self.name())
            }
        }
    };
}

named!(Stream {
    Rhel9 => "rhel-9",
    Rhel10 => "rhel-10",
    Centos9 => "centos-9",
    Centos10 => "centos-10",
    Fcos => "fcos",
});

named!(Architecture {
    X86_64 => "x86_64",
    Aarch64 => "aarch64",
    Ppc64le => "ppc64le",
    S390x => "s390x",
});
