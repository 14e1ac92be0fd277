# METADATA
# title: The instructions and commands of a Containerfile
package rollgate.lib.containerfile

# instructions are those whose layers are the image's, in order.
instructions(containerfile) := [instruction |
	some stage in containerfile.stages
	stage.in_image
	some instruction in stage.instructions
]

# commands are those of the instructions of the image, in order.
commands(containerfile) := [command |
	some instruction in instructions(containerfile)
	some command in instruction.commands
]

# name is the program that a command runs, without its folder.
name(command) := path[count(path) - 1] if path := split(command.words[0], "/")

# arguments are the words behind the program that are no options.
arguments(command) := [word |
	some word in array.slice(command.words, 1, count(command.words))
	not startswith(word, "-")
]

# changes_packages is the action by which a command changes which packages there are.
changes_packages(command) := action if {
	name(command) in {"dnf", "dnf5", "microdnf", "rpm-ostree", "yum"}
	action := arguments(command)[0]
	action in _actions
}

changes_packages(command) := option if {
	name(command) == "rpm"
	some option in array.slice(command.words, 1, 2)
	regex.match(`^(-[iUFe][a-zA-Z]*|--(install|upgrade|freshen|erase|reinstall))$`, option)
}

# installs are the packages that a command adds, as written: names, files or URLs.
installs(command) := array.slice(words, 1, count(words)) if {
	changes_packages(command) in {"install", "localinstall", "reinstall"}
	words := arguments(command)
}

installs(command) := arguments(command) if {
	regex.match(`^(-[iUF][a-zA-Z]*|--(install|upgrade|freshen|reinstall))$`, changes_packages(command))
}

# package_name is what a package is called that is written as a name, a file or a URL.
package_name(written) := found[0][1] if {
	path := split(written, "/")
	found := regex.find_all_string_submatch_n(`^([A-Za-z][A-Za-z0-9_+.-]*?)(-[0-9*$][^/]*)?(\.rpm)?$`, path[count(path) - 1], 1)
}

# quoted is what a finding calls a command: the program and what it is told to do.
quoted(command) := concat(" ", array.concat([name(command)], array.slice(arguments(command), 0, 1)))

_actions := {
	"distro-sync", "downgrade", "erase", "group", "groupinstall", "install", "localinstall", "override", "reinstall",
	"remove", "swap", "uninstall", "update", "upgrade",
}
