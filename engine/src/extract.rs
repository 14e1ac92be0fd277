//! Extraction: what an input *is*, as facts.
//!
//! Owns every parser of a domain format. Must not see policies, severities or verdicts.

mod account;
mod cluster;
mod cluster_object;
mod config_file;
mod containerfile;
pub mod data_url;
pub mod effect;
mod fields;
mod hazard;
pub mod ignition;
pub mod image;
mod image_reference;
mod indentation;
mod inventory;
mod kind;
mod machine_config;
mod mistaken;
mod nodes;
mod object;
mod pool_status;
mod pools;
mod reconcile;
mod render;
mod running;
mod selector;
mod shadow;
mod shape;
mod single;
mod template;
pub mod unit;
mod wrapped;

pub use cluster::{
    ReleaseImages, available_streams, irreconcilable_overrides, layered_pool, release_images,
    single_control_plane, target,
};
pub use cluster_object::{Surroundings, cluster_object};
pub use containerfile::{containerfile, containerfile_id, containerfiles_of, is_containerfile};
pub use hazard::hazards;
pub use ignition::ContentBudget;
pub use image_reference::image_reference;
pub use inventory::{Inventory, OtherObject};
pub use kind::{KINDS, Kind, Recognised};
pub use machine_config::{MachineConfigSource, ROLE_LABEL, machine_config, machine_config_outline};
pub use mistaken::Mistaken;
pub use nodes::assign_nodes;
pub use object::Object;
pub use pools::{PoolSource, assign, implied_pool, pools};
pub use reconcile::{core_ssh_keys, irreconcilable};
pub use render::{IgnitionVersions, Rendered, Rendering, as_rendered, render};
pub use running::{
    Configuration, Machine, MachineState, Machines, OsVersion, Releases, configuration, is_layered,
    machines, releases,
};
pub use selector::Selector;
pub use single::single_objects;
pub use wrapped::{ConfigMap, open};
