# METADATA
# title: Quantities of Kubernetes
package rollgate.lib.quantity

# well_formed tells whether a text is a quantity that is not negative, such as `1.5Gi` or `500m`
# (k8s.io/apimachinery `pkg/api/resource`).
well_formed(text) if regex.match(`^[+]?([0-9]+([.][0-9]*)?|[.][0-9]+)([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$`, text)

# zero tells whether a quantity is none.
zero(text) if regex.match(`^[+]?[0.]+([KMGTPE]i|[numkMGTPE]|[eE][+-]?[0-9]+)?$`, text)
