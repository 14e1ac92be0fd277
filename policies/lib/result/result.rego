# METADATA
# title: The only maker of findings
package rollgate.lib.result

# fail is a finding at a locator: lower case, no full stop, literals in backticks.
fail(locator, message) := {"at": locator, "message": message}

# fail_with is a finding with details for machines, an object.
fail_with(locator, message, details) := {"at": locator, "message": message, "details": details}

# at is the locator of the value under path (keys and indexes) of the object at object_at.
at(object_at, path) := concat("/", array.concat([object_at], [_escaped(step) | some step in path]))

# _escaped is one step of a JSON pointer (RFC 6901).
_escaped(step) := replace(replace(sprintf("%v", [step]), "~", "~0"), "/", "~1")
