# METADATA
# title: Label selectors
package rollgate.lib.selector

# requires tells whether a selector requires anything. One that does not selects nothing: so the
# Machine Config Operator has it, other than Kubernetes.
requires(selector) if {
	some requirements in selector
	count(requirements) > 0
}
