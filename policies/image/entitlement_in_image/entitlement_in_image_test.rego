# METADATA
# title: Tests of image.entitlement-in-image
package rollgate.image.entitlement_in_image_test

import data.rollgate.lib.fixture

cases := {
	"denied: at its place": {
		"input": fixture.os_image({}),
		"files": [{"path": "/etc/pki/entitlement/1-key.pem"}],
		"deny": {{"at": "image/sha256:0!/etc/pki/entitlement/1-key.pem", "message": "`/etc/pki/entitlement/1-key.pem` is in the image: an entitlement"}},
	},
	"denied: removed by a later layer": {
		"input": fixture.os_image({}),
		"files": [{"path": "/etc/pki/entitlement/1-key.pem", "removed": true}],
		"deny": {{"at": "image/sha256:0!/etc/pki/entitlement/1-key.pem", "message": "`/etc/pki/entitlement/1-key.pem` is in the image: an entitlement, which a later layer removes, but whoever has the image still has"}},
	},
	"allowed: an empty file": {
		"input": fixture.os_image({}),
		"files": [{"path": "/etc/pki/entitlement/1-key.pem", "size": 0}],
		"deny": set(),
	},
	"allowed: none": {"input": fixture.os_image({}), "deny": set()},
}
