# What `opa run --server` answers at `/`: the rules of `plain/`, as an admission webhook.
package system

main := {
	"apiVersion": "admission.k8s.io/v1",
	"kind": "AdmissionReview",
	"response": {
		"uid": input.request.uid,
		"allowed": count(_denials) == 0,
		"status": {"message": concat("; ", sort(_denials))},
	},
}

_denials contains message if some message in data.main.deny with input as input.request.object
