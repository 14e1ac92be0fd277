//! Parameters as configured: given to the policies, with the place of each that they refuse.

use std::collections::BTreeMap;

use super::{Configuration, ConfigurationError};
use crate::policy::{ParameterError, PolicySet};
use crate::report::ParameterInfo;

impl Configuration {
    /// The policies with these values of their parameters, and what reports say of them.
    pub fn give_parameters(
        &self,
        policies: PolicySet,
    ) -> Result<(PolicySet, Vec<ParameterInfo>), ConfigurationError> {
        if self.parameters.is_empty() {
            return Ok((policies, Vec::new()));
        }
        let values: BTreeMap<_, _> = self
            .parameters
            .iter()
            .map(|(name, given)| (name.clone(), given.value.clone()))
            .collect();
        let infos = self.parameters.iter().map(|(name, given)| ParameterInfo {
            name: name.clone(),
            value: given.value.clone(),
            place: given.place.clone(),
            rules: policies
                .rules()
                .iter()
                .filter(|rule| rule.parameters.contains_key(name))
                .map(|rule| rule.code.clone())
                .collect(),
        });
        let infos = infos.collect();
        let policies = policies.with_parameters(&values).map_err(|error| self.refused(&error))?;
        Ok((policies, infos))
    }

    fn refused(&self, error: &ParameterError) -> ConfigurationError {
        let at_fault = error.location().and_then(|(name, _)| self.parameters.get(name));
        // Policies that do not load with all of them blame none.
        let place = at_fault.or_else(|| self.parameters.values().next()).map(|given| &given.place);
        ConfigurationError::parameter(place, &error.to_string(), error.help())
    }
}
