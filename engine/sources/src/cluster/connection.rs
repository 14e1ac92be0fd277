//! The connection to an API server.
//!
//! Owns how it is found, how long is waited for it, and how its refusals read. Must not know what is
//! asked of it.

use std::error::Error as _;
use std::fmt;
use std::time::Duration;

use kube::api::{ApiResource, GroupVersionKind};
use kube::config::{KubeConfigOptions, Kubeconfig};
use kube::error::DiscoveryError;
use kube::{Client, Config, Error, discovery};
use rollgate_engine::report::clean;

use super::kind::Kind;
use super::{ClusterError, WatchOptions};

/// How long connecting may take: the API server of a node's own cluster answers within milliseconds,
/// and who tries again has another one answer.
const CONNECT: Duration = Duration::from_secs(10);

/// How much of an answer's text is repeated: what it says first.
const REASON: usize = 300;

/// A cluster that can be asked. Cheap to clone.
#[derive(Clone)]
pub struct Cluster {
    pub(super) client: Client,
    namespace: String,
}

impl fmt::Debug for Cluster {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // The client holds a token.
        write!(formatter, "Cluster({})", self.namespace)
    }
}

impl Cluster {
    /// Finds the cluster; nothing is asked of it yet.
    ///
    /// # Errors
    ///
    /// When it is not known where it is, or its credentials cannot be read.
    pub async fn connect(options: &WatchOptions) -> Result<Self, ClusterError> {
        let unknown = |error: &dyn fmt::Display| ClusterError::Configuration(error.to_string());
        let mut config = match &options.kubeconfig {
            Some(file) => {
                let kubeconfig = Kubeconfig::read_from(file).map_err(|error| unknown(&error))?;
                from(kubeconfig, options).await?
            }
            None if options.context.is_some() => {
                let kubeconfig = Kubeconfig::read().map_err(|error| unknown(&error))?;
                from(kubeconfig, options).await?
            }
            None => Config::infer().await.map_err(|error| unknown(&error))?,
        };
        config.connect_timeout = Some(CONNECT);
        let namespace = config.default_namespace.clone();
        let client = Client::try_from(config).map_err(|error| unknown(&error))?;
        Ok(Self { client, namespace })
    }

    /// The namespace that the credentials name: of a pod, its own.
    pub fn namespace(&self) -> &str {
        &self.namespace
    }
}

async fn from(kubeconfig: Kubeconfig, options: &WatchOptions) -> Result<Config, ClusterError> {
    let context = KubeConfigOptions { context: options.context.clone(), ..Default::default() };
    let config = Config::from_custom_kubeconfig(kubeconfig, &context).await;
    config.map_err(|error| ClusterError::Configuration(error.to_string()))
}

/// The best version of a kind that the cluster serves, if any.
pub(super) async fn served(client: &Client, kind: &Kind) -> Result<Option<ApiResource>, Error> {
    for version in kind.versions {
        let wanted = GroupVersionKind::gvk(kind.group, version, kind.name);
        match discovery::pinned_kind(client, &wanted).await {
            Ok((resource, _)) => return Ok(Some(resource)),
            Err(Error::Discovery(DiscoveryError::MissingKind(_))) => {}
            Err(error) if code(&error) == Some(404) => {}
            Err(error) => return Err(error),
        }
    }
    Ok(None)
}

/// The HTTP status of a refusal.
pub(super) fn code(error: &Error) -> Option<u16> {
    match error {
        Error::Api(status) => Some(status.code),
        _ => None,
    }
}

/// What went wrong, with its causes, in one line.
pub(super) fn reason(error: &Error) -> String {
    let text = if let Error::Api(status) = error {
        let said = if status.message.is_empty() { &status.reason } else { &status.message };
        format!("{} ({})", said, status.code)
    } else {
        let mut text = error.to_string();
        let mut cause = error.source();
        while let Some(deeper) = cause {
            let said = deeper.to_string();
            // Most errors of the client repeat their cause.
            if !text.contains(&said) {
                text = format!("{text}: {said}");
            }
            cause = deeper.source();
        }
        text
    };
    clean(&text).chars().take(REASON).collect()
}
