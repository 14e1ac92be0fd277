//! What these tests share: a webhook that refuses every review, and a review to send to it.

use rollgate_testkit::certificate::{Authority, GOOD};
use rollgate_testkit::https::{Answer, Client};
use rollgate_testkit::webhook::Webhook;
use serde_json::{Value, json};
use tempfile::TempDir;

/// The program.
pub(crate) const BINARY: &str = env!("CARGO_BIN_EXE_rollgate-webhook");

/// Where reviews go, as the API server calls it.
pub(crate) const PATH: &str = "/validate?timeout=5s";

/// A webhook that judges nothing and refuses everything, and a client that trusts it.
pub(crate) struct Served {
    pub(crate) webhook: Webhook,
    pub(crate) client: Client,
    pub(crate) authority: Authority,
    pub(crate) tls: TempDir,
    pub(crate) objects: TempDir,
}

impl Served {
    pub(crate) fn new(arguments: &[&str]) -> Self {
        let authority = Authority::new();
        let (tls, objects) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        authority.sign(&GOOD).write(tls.path());
        let folder = objects.path().to_str().unwrap();
        let arguments = [&["--refuse-unjudged", "--objects", folder], arguments].concat();
        let webhook = Webhook::serve(BINARY, tls.path(), &arguments);
        let client = Client::new(&authority.pem);
        Self { webhook, client, authority, tls, objects }
    }

    /// Sends a review over a connection of its own.
    pub(crate) fn review(&self, body: &[u8]) -> Answer {
        self.client.connect(self.webhook.reviews).unwrap().post(PATH, body).unwrap()
    }
}

/// A review of this many bytes and a few more.
pub(crate) fn review(uid: &str, bytes: usize) -> Vec<u8> {
    let object = json!({"kind": "MachineConfig", "filling": "x".repeat(bytes)});
    let request = json!({"uid": uid, "operation": "CREATE", "object": object});
    let review = json!({
        "apiVersion": "admission.k8s.io/v1",
        "kind": "AdmissionReview",
        "request": request,
    });
    review.to_string().into_bytes()
}

/// Whether an answer is a refusal of the review with this uid.
#[track_caller]
pub(crate) fn assert_refused(answer: &Answer, uid: &str) {
    assert_eq!(answer.status, 200, "{answer:?}");
    let review: Value = serde_json::from_str(&answer.body).unwrap();
    assert_eq!(review["response"]["uid"], uid);
    assert_eq!(review["response"]["allowed"], false);
}
