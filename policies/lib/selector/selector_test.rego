# METADATA
# title: Tests of label selectors
package rollgate.lib.selector_test

import data.rollgate.lib.selector

test_requires if {
	selector.requires({"matchLabels": {"a": "b"}})
	selector.requires({"matchExpressions": [{"key": "a", "operator": "Exists"}], "matchLabels": {}})
	not selector.requires({})
	not selector.requires({"matchExpressions": [], "matchLabels": {}})
}
