# METADATA
# title: Tests of the files of an image
package rollgate.lib.image_test

import data.rollgate.lib.image

test_several if {
	image.several([{"path": "/a"}]) == "`/a`"
	image.several([{"path": "/a"}, {"path": "/b"}, {"path": "/c"}]) == "`/a` and 2 more"
}

test_is_secret_path if {
	image.is_secret_path("entitlement", "/etc/pki/entitlement/1-key.pem")
	not image.is_secret_path("entitlement", "/etc/pki/ca-trust/ca.pem")
	not image.is_secret_path("entitlement", "/etc/pki/tls/private/example.key")
}

test_removal if {
	image.removal(false) == ""
	contains(image.removal(true), "a later layer removes")
}
