//! A pool as it would be rendered, with the origin of every item.

use rollgate_facts::Locator;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::{Value as Json, json};

use crate::extract::ignition::{Item, Value};
use crate::extract::{PoolSource, ReleaseImages, Rendered};
use crate::gate::evidence::Evidence;
use crate::report::Unjudged;
use crate::text::Places;

/// A pool as it would be rendered.
#[derive(Debug)]
pub struct RenderedPool {
    /// The pool's name.
    pub name: String,
    /// For which release it was rendered.
    pub release: String,
    /// Its MachineConfigs, merged.
    pub rendered: Rendered,
    /// The images that it gets where no MachineConfig overrides them.
    pub images: ReleaseImages,
    /// Where every item comes from, in the order of the rendered config.
    pub origins: Vec<Origin>,
    /// What could not be read, and may belong to the pool.
    pub unjudged: Vec<Unjudged>,
}

/// Where an item of a rendered config comes from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Origin {
    /// The JSON pointer of the item in the rendered MachineConfig.
    pub item: String,
    /// Where the value stands that won.
    #[serde(flatten)]
    pub source: OriginPlace,
    /// Where the values stand that lost, last loser first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub overrides: Vec<OriginPlace>,
}

/// Where a value stands.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct OriginPlace {
    /// As a locator.
    pub at: Locator,
    /// As `file:line:column`, where the value stands in a file.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub place: Option<String>,
}

impl RenderedPool {
    pub(super) fn new(
        evidence: &Evidence<'_>,
        pool: &PoolSource,
        release: String,
        rendered: Rendered,
    ) -> Self {
        let stream = pool.os_image_stream.as_ref().map(|stream| stream.text.as_str());
        Self {
            name: pool.name.clone(),
            release,
            images: crate::extract::release_images(&evidence.objects, stream),
            origins: Origins { evidence, found: Vec::new() }.of(&rendered),
            rendered,
            unjudged: evidence.unjudged.clone(),
        }
    }

    /// The rendered MachineConfig, owned by its pool; no role label makes it a part of one. Its name
    /// lacks the hash, which depends on the operator's build.
    pub fn machine_config(&self) -> Json {
        json!({
            "apiVersion": "machineconfiguration.openshift.io/v1",
            "kind": "MachineConfig",
            "metadata": {
                "name": format!("rendered-{}", self.name),
                "ownerReferences": [{
                    "apiVersion": "machineconfiguration.openshift.io/v1",
                    "kind": "MachineConfigPool",
                    "name": self.name,
                }],
            },
            "spec": self.rendered.spec(&self.images),
        })
    }
}

impl OriginPlace {
    pub(super) fn find(places: &Places<'_>, at: &Locator) -> Self {
        Self { at: at.clone(), place: places.find(at).map(|place| place.to_string()) }
    }
}

impl std::fmt::Display for Origin {
    /// `/spec/fips: 99-worker (worker.yaml:7:9), overrides 00-worker (base.yaml:7:9)`
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}: {}", self.item, self.source)?;
        for (index, lost) in self.overrides.iter().enumerate() {
            let word = if index == 0 { "overrides " } else { "" };
            write!(formatter, ", {word}{lost}")?;
        }
        Ok(())
    }
}

impl std::fmt::Display for OriginPlace {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let object = self.at.object_id();
        write!(formatter, "{}", object.strip_prefix("MachineConfig/").unwrap_or(object))?;
        match &self.place {
            Some(place) => write!(formatter, " ({place})"),
            None => Ok(()),
        }
    }
}

/// Gathers origins.
struct Origins<'e> {
    evidence: &'e Evidence<'e>,
    found: Vec<Origin>,
}

impl Origins<'_> {
    fn of(mut self, rendered: &Rendered) -> Vec<Origin> {
        if let Some(image) = &rendered.os_image_url {
            self.add("/spec/osImageURL".to_owned(), &image.at, &image.overrides);
        }
        if let Some(image) = &rendered.base_os_extensions_container_image {
            let item = "/spec/baseOSExtensionsContainerImage".to_owned();
            self.add(item, &image.at, &image.overrides);
        }
        self.add_tree("/spec/config".to_owned(), &rendered.config.root);
        for (index, argument) in rendered.kernel_arguments.iter().enumerate() {
            self.add(format!("/spec/kernelArguments/{index}"), &argument.at, &argument.overrides);
        }
        for (index, extension) in rendered.extensions.iter().enumerate() {
            self.add(format!("/spec/extensions/{index}"), &extension.at, &extension.overrides);
        }
        if let Some(fips) = &rendered.fips {
            self.add("/spec/fips".to_owned(), &fips.at, &fips.overrides);
        }
        if let Some(kernel_type) = &rendered.kernel_type {
            self.add("/spec/kernelType".to_owned(), &kernel_type.at, &kernel_type.overrides);
        }
        self.found
    }

    /// Every scalar of a tree. Its depth is that of the schema.
    fn add_tree(&mut self, pointer: String, item: &Item) {
        match &item.value {
            Value::Object(object) => {
                for (name, item) in object.iter() {
                    self.add_tree(format!("{pointer}/{name}"), item);
                }
            }
            Value::List(items) => {
                for (index, item) in items.iter().enumerate() {
                    self.add_tree(format!("{pointer}/{index}"), item);
                }
            }
            _ => self.add(pointer, &item.at, &item.overrides),
        }
    }

    fn add(&mut self, item: String, at: &Locator, overrides: &[Locator]) {
        let overrides = overrides.iter().map(|lost| self.place(lost)).collect();
        self.found.push(Origin { item, source: self.place(at), overrides });
    }

    fn place(&self, at: &Locator) -> OriginPlace {
        OriginPlace::find(&self.evidence.places, at)
    }
}
