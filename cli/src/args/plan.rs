//! `rollgate plan` as typed.

use clap::Args;

use super::input::{InputArguments, required};
use crate::output::{Output, PlanFormat};

const PLAN_EXAMPLES: &str = "\
Examples:
  rollgate plan --against running/ proposed/
  oc get mc,mcp,nodes,machineconfiguration,controllerconfig,clusterversion -o yaml > now.yaml
  rollgate plan --against now.yaml --release 4.20 proposed/ --output markdown=plan.md

Exit codes: 0 planned, 1 the operator refuses the change, 2 no plan could be made, 3 inconclusive.
";

/// Say what a change does to the nodes of each pool.
///
/// PATH and `--against` each name a whole set of objects: MachineConfigs or rendered configs, and
/// where there are any, MachineConfigPools, Nodes, MachineConfiguration and ControllerConfig. The plan
/// is that of the Machine Config Operator; whether the change is a good one is for `check` to say.
#[derive(Debug, Args)]
#[command(after_help = PLAN_EXAMPLES)]
#[command(group = required(&["paths"]))]
pub(crate) struct Plan {
    /// Write a plan: `human`, `json` or `markdown`, to a file or to standard output; repeatable
    #[arg(long, short, value_name = "FORMAT[=FILE]", default_value = "human")]
    pub(crate) output: Vec<Output<PlanFormat>>,
    // Last, as its headings hold for all that follows.
    #[command(flatten)]
    pub(crate) input: InputArguments,
}
