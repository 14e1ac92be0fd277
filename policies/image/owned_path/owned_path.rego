# METADATA
# title: A path of the Machine Config Operator is in the image
# description: >-
#   The image brings a file, unit or drop-in that the Machine Config Operator writes on nodes. The
#   operator writes its own over it when the node joins: what was meant here does not last, or
#   lasts until then and breaks the first boot. An image of an on-cluster build, into which the
#   operator wrote itself, passes.
# custom:
#   subject: image
#   severity: medium
#   remediation: >-
#     Use the object that configures it (KubeletConfig, ContainerRuntimeConfig, …) or a drop-in
#     under a name of your own.
#   since: 0.1.0
#   needs: [target.release, target.platform]
#   tags: [operator]
#   references:
#     - https://github.com/openshift/machine-config-operator/tree/main/templates
package rollgate.image.owned_path

import data.rollgate.lib.image
import data.rollgate.lib.result

deny contains finding if {
	not image.file("/etc/machine-config-daemon/currentconfig")
	releases := data.rollgate_tables.releases
	order := releases[input.target.release].order
	some path in _paths
	some owner in _owners(path)
	releases[owner.from].order <= order
	order <= releases[owner.to].order
	_on_platform(owner)
	some file in image.files({"paths": [path], "kinds": ["file"], "layers": "derived"})
	finding := result.fail(file.at, sprintf("`%s` belongs to the Machine Config Operator, which writes its own", [path]))
}

_paths contains path if some path, _ in data.rollgate_tables.owned_paths.files

_paths contains concat("", [_units, name]) if some name, _ in data.rollgate_tables.owned_paths.units

_paths contains concat("", [_units, name]) if some name, _ in data.rollgate_tables.owned_paths.dropins

_owners(path) := data.rollgate_tables.owned_paths.files[path]

_owners(path) := data.rollgate_tables.owned_paths.units[trim_prefix(path, _units)]

_owners(path) := data.rollgate_tables.owned_paths.dropins[trim_prefix(path, _units)]

_units := "/etc/systemd/system/"

_on_platform(owner) if not owner.platforms

_on_platform(owner) if input.target.platform in owner.platforms
