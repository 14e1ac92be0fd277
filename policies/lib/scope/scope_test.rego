# METADATA
# title: Tests of which images a scope covers
package rollgate.lib.scope_test

import data.rollgate.lib.scope

test_covers if {
	scope.covers("quay.io", "quay.io/org/repository")
	scope.covers("quay.io/org", "quay.io/org/repository")
	scope.covers("quay.io/org/repository", "quay.io/org/repository")
	scope.covers("*.example.com", "registry.example.com:5000/org")
}

test_does_not_cover if {
	not scope.covers("quay.io/org", "quay.io/organization")
	not scope.covers("*.example.com", "example.com/org")
	not scope.covers("*.example.com", "registry.example.org/x.example.com")
}

test_payload if {
	given := ["quay.io/release", "quay.io/parts"]
	scope.payload(null, given) == given
	scope.payload({"registry": "quay.io", "repository": "release"}, given) == given
	scope.payload({"registry": "quay.io", "repository": "okd/release"}, given) == ["quay.io/okd/release"]
}

test_most_specific if {
	scopes := {"quay.io", "quay.io/org", "quay.io/org/other", "*.io"}
	scope.most_specific(scopes, "quay.io/org/repository") == "quay.io/org"
	scope.most_specific(scopes, "quay.io/elsewhere") == "quay.io"
	scope.most_specific(scopes, "docker.io/library") == "*.io"
	not scope.most_specific(scopes, "registry.example.com/site")
}
