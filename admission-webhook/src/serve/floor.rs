//! A reviewer that judges nothing, and never allows anything.

use std::borrow::Cow;
use std::time::Instant;

use serde::Deserialize;
use serde_json::json;

use crate::review::{Answer, Counted, Reviewer};

/// Refuses every review after reading no more of it than its `uid`: what the server costs by itself, for
/// measurements and for tests of the server.
pub(super) struct Floor;

#[derive(Deserialize)]
struct Envelope<'a> {
    #[serde(borrow)]
    request: Request<'a>,
}

#[derive(Deserialize)]
struct Request<'a> {
    #[serde(borrow)]
    uid: Cow<'a, str>,
}

impl Reviewer for Floor {
    fn review(&self, _decision: &str, body: &[u8], _deadline: Instant) -> Answer {
        let Ok(Envelope { request }) = serde_json::from_slice(body) else {
            return Answer::Malformed { reason: "this is no AdmissionReview".to_owned() };
        };
        let status = json!({"code": 403, "reason": "Forbidden", "message": "nothing is judged"});
        let response = json!({"uid": request.uid, "allowed": false, "status": status});
        let review = json!({
            "apiVersion": "admission.k8s.io/v1",
            "kind": "AdmissionReview",
            "response": response,
        });
        let counted = Counted {
            operation: "CREATE",
            resource: "other",
            decision: "denied",
            mode: "enforce",
            dry_run: false,
            hits: Vec::new(),
        };
        Answer::Review { body: review.to_string().into_bytes(), counted }
    }

    fn not_ready(&self) -> Option<String> {
        None
    }
}
