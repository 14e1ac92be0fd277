# METADATA
# title: Which images a scope of a registry, a policy or a mirror covers
package rollgate.lib.scope

# covers tells whether a scope (a registry, a repository, a namespace of repositories, or `*.` and a
# domain) covers a repository or scope.
covers(scope, name) if scope == name

covers(scope, name) if startswith(name, concat("", [scope, "/"]))

covers(scope, name) if {
	startswith(scope, "*.")
	endswith(split(_host(name), ":")[0], substring(scope, 1, -1))
}

# most_specific is the scope that a reader of scopes chooses for a name: of those that cover it the
# longest, and one with `*.` only where there is no other.
most_specific(scopes, name) := ranked[count(ranked) - 1][2] if {
	ranked := sort([[_rank(scope), count(scope), scope] | some scope in scopes; covers(scope, name)])
}

# payload is the repositories of the release's images: of the release that is known, or those given.
payload(release_image, given) := [repository] if {
	repository := _repository(release_image)
	not repository in given
} else := given

_rank(scope) := 0 if startswith(scope, "*.")

else := 1

_repository(image) := concat("/", [image.registry, image.repository])

_host(name) := split(name, "/")[0]
