//! A recorded case as an input of the gate.

use rollgate_engine::policy::PolicySet;
use rollgate_engine::report::Report;
use rollgate_engine::{Artifact, Gate, Input, RenderedPool, Settings};
use rollgate_facts::{Architecture, Facts, Pool, Stream, Subject, Target};
use rollgate_testkit::recorded;
use serde_json::{Value, json};

/// What one case asks.
pub(crate) struct Case<'a> {
    pub(crate) policies: &'a PolicySet,
    pub(crate) value: &'a Value,
}

impl Case<'_> {
    pub(crate) fn id(&self) -> &str {
        self.value["id"].as_str().or(self.value["case"].as_str()).unwrap()
    }

    pub(crate) fn pool(&self) -> String {
        self.value["pool"].as_str().map_or_else(
            || if self.roles().contains(&"infra") { "infra" } else { "worker" }.to_owned(),
            ToOwned::to_owned,
        )
    }

    fn roles(&self) -> Vec<&str> {
        let inputs = self.value["inputs"].as_array().unwrap();
        inputs.iter().filter_map(|input| input["role"].as_str()).collect()
    }

    /// `mco.<field>`, or the field of the case itself where it has no `mco`.
    pub(crate) fn said(&self, field: &str) -> &Value {
        match self.value.get("mco") {
            Some(mco) => &mco[field],
            None => &self.value[field],
        }
    }

    pub(crate) fn check(&self) -> Report {
        self.gate().check(self.input()).unwrap()
    }

    pub(crate) fn render(&self) -> RenderedPool {
        self.gate().render(self.input(), &self.pool()).unwrap()
    }

    pub(crate) fn pool_facts(&self) -> Pool {
        let facts: Vec<Facts> = self.gate().facts(self.input()).unwrap();
        let pools = facts.into_iter().filter_map(|facts| match facts.subject {
            Subject::Pool(pool) => Some(*pool),
            _ => None,
        });
        let name = self.pool();
        pools.into_iter().find(|pool| pool.name == name).unwrap()
    }

    pub(crate) fn gate(&self) -> Gate<'_> {
        Gate::new(self.policies, Settings::on(jiff::civil::date(2026, 11, 21)))
    }

    pub(crate) fn input(&self) -> Input {
        let now = self.objects("inputs");
        let before = self.objects("old_inputs");
        let cluster_before = before.is_some().then(|| self.cluster("old_defaults"));
        let before = before.into_iter().chain(cluster_before);
        Input {
            against: before.collect(),
            target: Target {
                release: Some("5.0".to_owned()),
                stream: Some(Stream::Rhel9),
                architecture: Some(Architecture::X86_64),
                platform: Some("none".to_owned()),
                day: None,
            },
            ..Input::new(now.into_iter().chain([self.cluster("defaults")]).collect())
        }
    }

    /// The MachineConfigs of `field` in one file, in the order given.
    fn objects(&self, field: &str) -> Option<Artifact> {
        let items = recorded::machine_configs(self.value, field)?;
        Some(list(&format!("{field}.json"), &items))
    }

    /// The objects that give the release's images, and what the cluster lets change.
    fn cluster(&self, defaults: &str) -> Artifact {
        list("cluster.json", &recorded::cluster(self.value, &self.pool(), defaults))
    }
}

fn list(name: &str, items: &[Value]) -> Artifact {
    let list = json!({"apiVersion": "v1", "kind": "List", "items": items});
    Artifact::new(name, list.to_string())
}
