//! How old an image is that takes the place of the release's own.
//!
//! Owns the comparison: the machines that run the image tell from when it is, and other machines of the
//! cluster, which run the release's own, from when that is. A tag tells nothing: anybody may write it.
//! Must not read the clock.

use jiff::civil::Date;

use super::model::{ClusterTelemetry, ImageOverride, ImageReferenceKind, UnknownPart};
use super::tables::Tables;
use crate::extract::{Machine, MachineState, Machines};

/// The release that a cluster runs, and from when its own image is.
#[derive(Debug)]
pub(super) struct Fleetmates<'a> {
    tables: &'a Tables,
    machines: &'a Machines,
    release: Option<String>,
    built: Option<Date>,
}

impl<'a> Fleetmates<'a> {
    /// Looks at the pools that run the release's own image.
    pub(super) fn of(
        tables: &'a Tables,
        cluster: &ClusterTelemetry,
        machines: &'a Machines,
    ) -> Self {
        let plain = cluster.pools.iter().filter(|pool| {
            let unknown = pool
                .unknown
                .iter()
                .any(|it| matches!(it.what, UnknownPart::Asked | UnknownPart::OsImage));
            pool.os_image.is_none() && !unknown
        });
        let plain = plain.filter_map(|pool| machines.by_pool.get(&pool.name)).flatten();
        let built = plain.filter(|it| is_done(it)).filter_map(|machine| machine.os.built).max();
        Self { tables, machines, release: cluster.release.clone(), built }
    }

    /// Fills in what is known of each image's age.
    pub(super) fn tell(&self, cluster: &mut ClusterTelemetry) {
        for pool in &mut cluster.pools {
            let machines = self.machines.by_pool.get(&pool.name);
            let machines = machines.map(Vec::as_slice).unwrap_or_default();
            // Only where all of them run the image is it theirs that they tell of.
            let settled = machines.iter().all(is_done);
            let Some(image) = pool.os_image.as_mut().filter(|_| settled) else { continue };
            self.date(image, machines);
            if image.releases_behind.is_some() || image.days_behind.is_some() {
                pool.unknown.retain(|it| it.what != UnknownPart::OsImageAge);
            }
        }
    }

    fn date(&self, image: &mut ImageOverride, machines: &[Machine]) {
        let all = u64::try_from(machines.len()).ok();
        let is_theirs = image.by == ImageReferenceKind::Build || image.machines == all;
        if !is_theirs {
            return;
        }
        let built = machines.iter().filter_map(|machine| machine.os.built).min();
        let mut releases = machines.iter().map(|machine| machine.os.release.as_ref());
        let first = releases.next().flatten();
        let release = first.filter(|_| releases.all(|other| other == first));
        image.built = built.map(|built| built.to_string());
        image.release = release.cloned();
        image.releases_behind =
            release.zip(self.release.as_ref()).and_then(|(own, of)| self.tables.behind(own, of));
        image.days_behind = built.zip(self.built).and_then(|(own, of)| {
            let days = own.until(of).ok()?.get_days();
            Some(u32::try_from(days).unwrap_or(0))
        });
    }
}

fn is_done(machine: &Machine) -> bool {
    machine.state == MachineState::Done
}
