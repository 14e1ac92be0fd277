//! Keeping up with the files of certificates and with the cluster's profile, while connections are open.
//!
//! Files are read again and compared: the kubelet exchanges a secret's folder behind a link, which
//! watches of the files in it do not see.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;
use tokio::time::{self, MissedTickBehavior};
use tracing::{error, info, warn};

use super::clients::Clients;
use super::pair::{Pair, PairBytes};
use super::{Profile, Serving, Tls};
use crate::metrics::CertificateMetrics;

/// Time between two looks at the files. A certificate is renewed days before it ends, so this could
/// be longer; reading two files costs nothing.
const LOOK: Duration = Duration::from_secs(10);

/// What TLS is made of, as it was when it was last read.
pub(crate) struct Files {
    /// The folder of the certificate and its key.
    pub(crate) folder: PathBuf,
    /// What was read from there.
    pub(crate) bytes: PairBytes,
    /// What is served.
    pub(crate) pair: Pair,
    /// Where it is served.
    pub(crate) serving: Arc<Serving>,
    /// The TLS of reviews.
    pub(crate) reviews: Arc<Tls>,
    /// The TLS of metrics.
    pub(crate) metrics: Option<ClientFiles>,
    /// What is counted.
    pub(crate) counted: CertificateMetrics,
}

/// TLS that demands a client's certificate.
pub(crate) struct ClientFiles {
    /// The CA's file.
    pub(crate) path: PathBuf,
    /// Who may connect.
    pub(crate) names: Vec<String>,
    /// What was read from the file.
    pub(crate) bytes: Vec<u8>,
    /// Who is let in.
    pub(crate) clients: Clients,
    /// Where.
    pub(crate) tls: Arc<Tls>,
}

/// Looks at the files every few seconds, and at once on `SIGHUP`; follows the profile.
pub(crate) async fn keep_up(mut files: Files, mut profiles: watch::Receiver<Profile>) {
    let mut looks = time::interval(LOOK);
    looks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut hang_up = match signal(SignalKind::hangup()) {
        Ok(hang_up) => hang_up,
        Err(error) => return error!(%error, "certificates cannot be reloaded"),
    };
    let mut last_failure = String::new();
    loop {
        let profile = profiles.borrow_and_update().clone();
        tokio::select! {
            _ = looks.tick() => files.look(&profile, &mut last_failure),
            _ = hang_up.recv() => files.look(&profile, &mut last_failure),
            Ok(()) = profiles.changed() => {
                let profile = profiles.borrow().clone();
                files.follow(&profile);
            }
        }
    }
}

impl Files {
    fn look(&mut self, profile: &Profile, last_failure: &mut String) {
        let failure = self.look_at_pair().err().unwrap_or_default();
        if !failure.is_empty() && failure != *last_failure {
            error!(reason = failure, "something is wrong with the certificate");
        }
        *last_failure = failure;
        if let Some(metrics) = &mut self.metrics {
            metrics.look(profile);
        }
    }

    /// Why the pair could not be reloaded, if so.
    fn look_at_pair(&mut self) -> Result<(), String> {
        let reloaded = PairBytes::read(&self.folder).and_then(|bytes| {
            let changed = bytes != self.bytes;
            let pair = if changed { Some(Pair::new(&self.folder, &bytes)?) } else { None };
            Ok(pair.map(|pair| (pair, bytes)))
        });
        match reloaded {
            Ok(Some((pair, bytes))) => {
                self.serving.replace(&pair);
                self.counted.serves(pair.ends);
                info!("the certificate was reloaded");
                (self.pair, self.bytes) = (pair, bytes);
                Ok(())
            }
            Ok(None) => {
                self.counted.is_well();
                self.pair.ends_soon()
            }
            Err(error) => {
                self.counted.failed();
                let reason = crate::log::chain(&error);
                Err(format!("it was not reloaded, the old one is served: {reason}"))
            }
        }
    }

    fn follow(&self, profile: &Profile) {
        if !profile.left_out().is_empty() {
            let left_out = profile.left_out().join(" ");
            warn!(left_out, "ciphers of the cluster's TLS profile cannot be had");
        }
        let metrics = self.metrics.as_ref().map(|metrics| (&metrics.tls, &metrics.clients));
        let changed = self.reviews.change(profile, None);
        let changed = changed.and_then(|()| {
            metrics.map_or(Ok(()), |(tls, clients)| tls.change(profile, Some(clients)))
        });
        match changed {
            Ok(()) => info!("the cluster's TLS profile is followed"),
            Err(error) => error!(%error, "the cluster's TLS profile cannot be followed"),
        }
    }
}

impl ClientFiles {
    fn look(&mut self, profile: &Profile) {
        match Clients::read(&self.path, &self.names) {
            Ok((_, bytes)) if bytes == self.bytes => {}
            Ok((clients, bytes)) => {
                if let Err(error) = self.tls.change(profile, Some(&clients)) {
                    return error!(%error, "the new CA of clients cannot be followed");
                }
                (self.clients, self.bytes) = (clients, bytes);
                info!("the CA of clients was reloaded");
            }
            Err(error) => {
                let reason = crate::log::chain(&error);
                error!(reason, "the CA of clients could not be reloaded, the old one stays");
            }
        }
    }
}
