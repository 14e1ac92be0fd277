# METADATA
# title: Tests of the maker of findings
package rollgate.lib.result_test

import data.rollgate.lib.result

test_fail if {
	result.fail("Node/a#", "broken") == {"at": "Node/a#", "message": "broken"}
}

test_fail_with if {
	result.fail_with("Node/a#", "broken", {"n": 1}) == {"at": "Node/a#", "message": "broken", "details": {"n": 1}}
}

test_at_escapes_steps if {
	result.at("Node/a#", ["spec", "a/b~c", 0]) == "Node/a#/spec/a~1b~0c/0"
}

test_at_of_the_object_itself if {
	result.at("Node/a#", []) == "Node/a#"
}
