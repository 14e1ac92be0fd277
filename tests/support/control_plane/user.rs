//! Who calls the API server: names and groups, as its authentication gives them.

use std::path::Path;

/// A user that authenticates with a token.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct User {
    /// The name, as `system:serviceaccount:openshift-gitops:argocd`.
    pub name: String,
    /// The groups; the API server adds `system:authenticated`.
    pub groups: Vec<String>,
}

impl User {
    /// A user of this name and these groups.
    pub fn new(name: &str, groups: &[&str]) -> Self {
        let groups = groups.iter().map(|&group| group.to_owned()).collect();
        Self { name: name.to_owned(), groups }
    }

    /// A service account, with the groups that the API server gives it.
    pub fn service_account(namespace: &str, name: &str) -> Self {
        let group = format!("system:serviceaccounts:{namespace}");
        let name = format!("system:serviceaccount:{namespace}:{name}");
        Self::new(&name, &["system:serviceaccounts", &group])
    }

    /// Who may do everything.
    pub fn admin() -> Self {
        Self::new("admin", &["system:masters"])
    }

    /// A person without rights of their own.
    pub fn developer() -> Self {
        Self::new("developer", &[])
    }

    /// The Machine Config Operator's account that renders pools.
    pub fn machine_config_controller() -> Self {
        Self::service_account("openshift-machine-config-operator", "machine-config-controller")
    }

    /// The Machine Config Operator's own account.
    pub fn machine_config_operator() -> Self {
        Self::service_account("openshift-machine-config-operator", "machine-config-operator")
    }

    /// The account with which Argo CD applies what a team merged.
    pub fn gitops() -> Self {
        Self::service_account("openshift-gitops", "openshift-gitops-argocd-application-controller")
    }

    /// The Node Tuning Operator's account, which writes MachineConfigs.
    pub fn node_tuning_operator() -> Self {
        let namespace = "openshift-cluster-node-tuning-operator";
        Self::service_account(namespace, "cluster-node-tuning-operator")
    }

    /// The users that every control plane knows. Only the admin has rights; the others have those
    /// that a test binds to them.
    pub fn standard() -> [Self; 6] {
        [
            Self::admin(),
            Self::developer(),
            Self::machine_config_controller(),
            Self::machine_config_operator(),
            Self::gitops(),
            Self::node_tuning_operator(),
        ]
    }

    /// The token, which is the name in letters that a file name may have.
    pub fn token(&self) -> String {
        self.name.replace(':', "-")
    }

    /// The line of the API server's token file.
    pub(super) fn line(&self) -> String {
        format!("{},{},{},\"{}\"\n", self.token(), self.name, self.token(), self.groups.join(","))
    }

    /// The kubeconfig with which the user reaches an API server.
    pub(super) fn kubeconfig(&self, url: &str, authority: &Path) -> String {
        let (token, authority) = (self.token(), authority.display());
        format!(
            "apiVersion: v1\n\
             kind: Config\n\
             clusters:\n\
             - name: test\n\
             \x20 cluster: {{server: \"{url}\", certificate-authority: \"{authority}\"}}\n\
             users:\n\
             - name: user\n\
             \x20 user: {{token: \"{token}\"}}\n\
             contexts:\n\
             - name: test\n\
             \x20 context: {{cluster: test, user: user}}\n\
             current-context: test\n"
        )
    }
}
