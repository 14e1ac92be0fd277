# METADATA
# title: What an Ignition config writes, and where
package rollgate.lib.ignition

# written lists the files, directories and links of an Ignition config with their paths and places.
# One body: to call a function costs more than to look through a few links.
written(ignition) := array.concat(
	[{"kind": "file", "path": path, "at": file.at} | some path, file in ignition.files],
	array.concat(
		[{"kind": "directory", "path": directory.path, "at": directory.at} | some directory in ignition.directories],
		[{"kind": "link", "path": link.path, "at": link.at} | some link in ignition.links],
	),
)

# under tells whether a path is one of the folders, or below one.
under(path, folders) if {
	some folder in folders
	startswith(path, folder)
	startswith(concat("", [trim_prefix(path, folder), "/"]), "/")
}
