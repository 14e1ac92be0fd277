# METADATA
# title: Tests of quantities
package rollgate.lib.quantity_test

import data.rollgate.lib.quantity

test_well_formed if {
	every text in {"0", "1", "1.5Gi", "+2", ".5", "5.", "100m", "50M", "1e3", "2E-1"} { quantity.well_formed(text) }
	every text in {"", ".", "-1", "8 GB", "50MB", "1Mi5", "ten"} { not quantity.well_formed(text) }
}

test_zero if {
	every text in {"0", "0Gi", "0.0", "+0"} { quantity.zero(text) }
	every text in {"", "1", "0.5", "10"} { not quantity.zero(text) }
}
