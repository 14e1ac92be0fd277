# METADATA
# title: Times as Go reads them
package rollgate.lib.duration

# well_formed tells whether a text is a time such as `1m30s` (Go's `time.ParseDuration`).
well_formed(text) if regex.match(`^[+-]?(0|(([0-9]+([.][0-9]*)?|[.][0-9]+)(ns|us|µs|μs|ms|s|m|h))+)$`, text)
