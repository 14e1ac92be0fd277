# METADATA
# title: Tests of image.unowned-kernel-module
package rollgate.image.unowned_kernel_module_test

import data.rollgate.image.unowned_kernel_module as rule
import data.rollgate.lib.fixture

test_cases if {
	every case in cases {
		actual := rule.deny with input as case.input
		actual == case.deny
	}
}

cases := {
	"denied: a module": {
		"input": fixture.os_image({"kernels": [fixture.os_kernel({"in_base": false, "unowned_modules": [_module]})]}),
		"deny": {{"at": _module.at, "message": "module `extra/example.ko` is owned by no package"}},
	},
	"allowed: of the base": {
		"input": fixture.os_image({"kernels": [fixture.os_kernel({"unowned_modules": [_module]})]}),
		"deny": set(),
	},
	"allowed: no such modules": {"input": fixture.os_image({"kernels": [fixture.os_kernel({"in_base": false})]}), "deny": set()},
}

_module := {
	"at": "image/sha256:0!/usr/lib/modules/5.14.0-570.el9.x86_64/extra/example.ko",
	"text": "extra/example.ko",
}
