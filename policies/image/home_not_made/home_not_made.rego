# METADATA
# title: The home of an account is on no node
# description: >-
#   An added user has its home under `/var`, where `useradd` made it in the image. `/var` of an
#   image reaches newly installed nodes only: on the others the account has no home, and its
#   services and logins fail.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Make it with a line of `tmpfiles.d` (`d /var/home/example 0700 example example`), or give the
#     account no home.
#   since: 0.1.0
#   references:
#     - https://github.com/ostreedev/ostree-rs-ext/issues/159
package rollgate.image.home_not_made

import data.rollgate.lib.result

deny contains finding if {
	made := {line.path |
		some line in input.image.settings.tmpfiles
		substring(line.kind, 0, 1) in {"C", "D", "Q", "d", "q", "v"}
	}
	some name, user in input.image.users
	not user.in_base
	home := _resolved(user.home)
	startswith(home, "/var/")
	not home in made
	finding := result.fail(user.at, sprintf("home `%s` of user `%s` is made by no line of `tmpfiles.d`", [user.home, name]))
}

# As the links of the base lead.
_resolved(home) := concat("", ["/var", home]) if startswith(home, "/home/")

else := home
