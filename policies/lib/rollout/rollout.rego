# METADATA
# title: How many nodes of a pool may be away at once
package rollgate.lib.rollout

# allowed is how many of `count` nodes maxUnavailable lets be away: at least one, as the operator
# has it, and a percentage rounded down.
allowed(text, _) := max([1, to_number(text)]) if regex.match(`^[0-9]{1,9}$`, text)

allowed(text, count) := max([1, floor((count * to_number(trim_suffix(text, "%"))) / 100)]) if {
	regex.match(`^[0-9]{1,3}%$`, text)
}

# away tells whether a node counts as unavailable.
away(node) if node.ready == false

away(node) if node.schedulable == false
