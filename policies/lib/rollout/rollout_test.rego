# METADATA
# title: Tests of how many nodes may be away
package rollgate.lib.rollout_test

import data.rollgate.lib.rollout

test_allowed if {
	rollout.allowed("0", 5) == 1
	rollout.allowed("3", 5) == 3
	rollout.allowed("50%", 5) == 2
	rollout.allowed("10%", 5) == 1
}

test_away if {
	rollout.away({"ready": false, "schedulable": true})
	rollout.away({"ready": true, "schedulable": false})
	not rollout.away({"ready": true, "schedulable": true})
	not rollout.away({"schedulable": true})
}
