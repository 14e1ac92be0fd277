//! The wire type of admission reviews (k8s.io/api `admission/v1/types.go`).
//!
//! Owns what is read of a review and what is written. Nothing is copied: texts are borrowed where the
//! JSON spells them out, and the objects stay text. Must not judge.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// The one version that the webhook registers for.
const API_VERSION: &str = "admission.k8s.io/v1";

/// A review as it arrives.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Incoming<'a> {
    #[serde(borrow)]
    api_version: Cow<'a, str>,
    #[serde(borrow)]
    kind: Cow<'a, str>,
    #[serde(borrow)]
    request: Option<Request<'a>>,
}

/// What is asked.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Request<'a> {
    /// Of this call; the answer repeats it.
    #[serde(borrow)]
    pub(crate) uid: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) kind: Kind<'a>,
    #[serde(borrow)]
    pub(crate) resource: Resource<'a>,
    #[serde(borrow, default)]
    pub(crate) sub_resource: Option<Cow<'a, str>>,
    /// Absent where a collection is deleted, and where the server is to make up a name.
    #[serde(borrow, default)]
    pub(crate) name: Option<Cow<'a, str>>,
    #[serde(borrow)]
    pub(crate) operation: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(crate) user_info: UserInfo<'a>,
    /// Absent where the object is deleted.
    #[serde(borrow, default)]
    pub(crate) object: Option<&'a RawValue>,
    /// Absent where the object is created.
    #[serde(borrow, default)]
    pub(crate) old_object: Option<&'a RawValue>,
    #[serde(default)]
    pub(crate) dry_run: Option<bool>,
}

/// A kind with its group.
#[derive(Debug, Deserialize)]
pub(crate) struct Kind<'a> {
    #[serde(borrow)]
    pub(crate) group: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) kind: Cow<'a, str>,
}

/// A resource with its group.
#[derive(Debug, Deserialize)]
pub(crate) struct Resource<'a> {
    #[serde(borrow)]
    pub(crate) group: Cow<'a, str>,
    #[serde(borrow)]
    pub(crate) resource: Cow<'a, str>,
}

/// Who asks.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct UserInfo<'a> {
    #[serde(borrow, default)]
    pub(crate) username: Cow<'a, str>,
    #[serde(borrow, default)]
    pub(crate) groups: Vec<Cow<'a, str>>,
}

/// What of an object's metadata says which object it is.
#[derive(Debug, Default, Deserialize)]
pub(crate) struct Named<'a> {
    #[serde(borrow, default)]
    metadata: Metadata<'a>,
}

#[derive(Debug, Default, Deserialize)]
struct Metadata<'a> {
    #[serde(borrow, default)]
    name: Cow<'a, str>,
}

/// An answer as it leaves.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
struct Outgoing<'a> {
    api_version: &'static str,
    kind: &'static str,
    response: &'a Response,
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Response {
    pub(crate) uid: String,
    pub(crate) allowed: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) status: Option<Status>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) warnings: Vec<String>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub(crate) audit_annotations: BTreeMap<&'static str, String>,
}

/// Why it is refused (k8s.io/apimachinery `meta/v1`, `Status`).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Status {
    pub(crate) code: u16,
    pub(crate) reason: &'static str,
    pub(crate) message: String,
    pub(crate) details: Details,
}

/// What `kubectl` prints one a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Details {
    pub(crate) name: String,
    pub(crate) group: String,
    pub(crate) kind: String,
    pub(crate) causes: Vec<Cause>,
}

/// One reason.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct Cause {
    /// The rule's code.
    pub(crate) reason: String,
    pub(crate) message: String,
    /// The field of the object, as `spec.kernelArguments[1]`; empty where it is another object's.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub(crate) field: String,
}

impl<'a> Request<'a> {
    /// The request of a review, or why the body is none.
    pub(crate) fn read(body: &'a [u8]) -> Result<Self, String> {
        let incoming: Incoming<'_> = serde_json::from_slice(body)
            .map_err(|error| format!("the body is no AdmissionReview: {error}"))?;
        if incoming.api_version != API_VERSION || incoming.kind != "AdmissionReview" {
            return Err(format!("the body is not of `{API_VERSION}`, kind `AdmissionReview`"));
        }
        let request = incoming.request.ok_or("the AdmissionReview has no `request`")?;
        if request.uid.is_empty() {
            return Err("the request has no `uid`".to_owned());
        }
        Ok(request)
    }

    /// The object's name: where a collection is deleted, only the object tells.
    pub(crate) fn object_name(&self) -> String {
        let told = self.name.as_deref().filter(|name| !name.is_empty()).map(str::to_owned);
        let object = self.object.or(self.old_object);
        let own = || {
            let named: Named<'_> = serde_json::from_str(object?.get()).ok()?;
            Some(named.metadata.name.into_owned())
        };
        told.or_else(own).unwrap_or_default()
    }
}

impl Response {
    /// The answer as JSON.
    pub(crate) fn to_json(&self) -> Vec<u8> {
        let outgoing =
            Outgoing { api_version: API_VERSION, kind: "AdmissionReview", response: self };
        // Strings and maps of them are always JSON.
        serde_json::to_vec(&outgoing).unwrap_or_default()
    }
}
