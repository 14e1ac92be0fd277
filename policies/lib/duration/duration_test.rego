# METADATA
# title: Tests of times
package rollgate.lib.duration_test

import data.rollgate.lib.duration

test_well_formed if {
	every text in {"0", "1m30s", ".5h", "1.5s", "-1s", "250µs"} { duration.well_formed(text) }
	every text in {"", "1", "1 m", "1d", "m", "soon"} { not duration.well_formed(text) }
}
