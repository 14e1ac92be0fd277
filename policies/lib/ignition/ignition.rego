# METADATA
# title: What an Ignition config writes, and where
package rollgate.lib.ignition

# written lists the files, directories and links of an Ignition config with their paths and places.
written(ignition) := array.concat(_files(ignition), array.concat(_directories(ignition), _links(ignition)))

# under tells whether a path is one of the folders, or below one.
under(path, folders) if {
	some folder in folders
	startswith(path, folder)
	startswith(concat("", [trim_prefix(path, folder), "/"]), "/")
}

_files(ignition) := [{"kind": "file", "path": path, "at": file.at} |
	some path, file in ignition.files
]

_directories(ignition) := [{"kind": "directory", "path": directory.path, "at": directory.at} |
	some directory in ignition.directories
]

_links(ignition) := [{"kind": "link", "path": link.path, "at": link.at} |
	some link in ignition.links
]
