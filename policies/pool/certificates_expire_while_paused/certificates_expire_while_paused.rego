# METADATA
# title: Certificates expire while the pool is paused
# description: >-
#   A paused pool gets no certificates either. Once the authority that signs those of the kubelets
#   has expired on its nodes, they can no longer reach the API server, and have to be mended one by
#   one.
# custom:
#   subject: pool
#   severity: high
#   remediation: >-
#     Resume the pool until its nodes have the new certificates: set `spec.paused` to `false`.
#   since: 0.1.0
#   tags: [pool, certificates]
#   parameters:
#     certificate_days:
#       description: How many days before a certificate expires a pool must not be paused.
#       type: integer
#       minimum: 0
#       default: 30
#   references:
#     - https://github.com/openshift/machine-config-operator/blob/main/docs/custom-pools.md
#     - https://access.redhat.com/articles/5651701
package rollgate.pool.certificates_expire_while_paused

import data.rollgate.lib.result

deny contains finding if {
	input.pool.paused.value
	some certificate in input.pool.status.certificates
	certificate.days_left <= data.parameters.certificate_days
	finding := result.fail_with(
		input.pool.paused.at,
		sprintf("pool `%s` is paused, and `%s` %s", [input.pool.name, certificate.subject, _when(certificate.days_left)]),
		{"related": [{"label": "the certificate", "at": certificate.at}]},
	)
}

_when(days) := "has expired" if days < 0

_when(days) := sprintf("expires in %d days", [days]) if days >= 0
