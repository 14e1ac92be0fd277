# METADATA
# title: The files of an image
package rollgate.lib.image

# file is what stands at a path; undefined where nothing does.
file(path) := image.file(path)

# files are those that a filter finds, sorted by path: an object as the facts' `FileFilter`.
files(filter) := image.files(filter)

# read is the text of a file that METADATA lists under `reads`; undefined where there is none.
read(path) := image.read(path)

# several names the first of some files, and says how many there are beside it.
several(found) := sprintf("`%s`", [found[0].path]) if count(found) == 1

several(found) := sprintf("`%s` and %d more", [found[0].path, count(found) - 1]) if count(found) > 1

# secret_files are the files that by their place hold a secret of this kind, also those that a later
# layer removes: whoever has the image has them still.
secret_files(kind) := array.concat(files(filter), files(object.union(filter, {"removed": true}))) if {
	filter := {"globs": data.rollgate_tables.secret_paths[kind], "kinds": ["file"], "min_size": 1}
}

# is_secret_path tells whether a secret of this kind has its place at the path.
is_secret_path(kind, path) if {
	some pattern in data.rollgate_tables.secret_paths[kind]
	glob.match(pattern, ["/"], path)
}

# removal says in a message what removing a secret is worth.
removal(true) := ", which a later layer removes, but whoever has the image still has"

removal(false) := ""
