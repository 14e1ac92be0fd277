# METADATA
# title: The files of an image
package rollgate.lib.image

# What stands at an absolute path; undefined where nothing does.
file(path) := image.file(path)

# What meets every field of a filter, sorted by path.
files(filter) := image.files(filter)

# The text of a file that the rule `reads`; undefined where there is none.
read(path) := image.read(path)
