# METADATA
# title: A file has a name that its reader ignores
# description: >-
#   A file is put into a folder of configuration under a name that the program passes over:
#   `/etc/sysctl.d/99-site` instead of `99-site.conf`. The file is written, and nothing
#   takes effect.
# custom:
#   subject: machine_config
#   severity: medium
#   remediation: >-
#     Give the file the ending that its folder asks for.
#   since: 0.1.0
#   tags: [ignition]
#   references:
#     - https://www.freedesktop.org/software/systemd/man/latest/sysctl.d.html
#     - https://www.sudo.ws/docs/man/sudoers.man/
package rollgate.machineconfig.ignored_file_name

import data.rollgate.lib.result

deny contains finding if {
	some path, _ in input.machine_config.ignition.files
	steps := split(path, "/")
	name := steps[count(steps) - 1]
	folder := concat("/", array.slice(steps, 0, count(steps) - 1))
	fault := _fault(folder, name)
	finding := result.fail(input.machine_config.ignition.files[path].at, sprintf("file `%s` is ignored: %s", [path, fault]))
}

_fault(folder, name) := sprintf("only names that end in `%s` are read there", [concat("` or `", endings)]) if {
	endings := data.rollgate_tables.file_names[folder]
	not strings.any_suffix_match(name, endings)
}

_fault("/etc/sudoers.d", name) := "sudo passes over names with a dot" if contains(name, ".")

else := "sudo passes over names that end in `~`" if endswith(name, "~")
