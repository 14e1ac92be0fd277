//! The files of a case: what `image.file`, `image.files` and `image.read` answer in a test.
//!
//! Owns what a file is of which a case says no more than the path. The filter is the one that judges
//! real images, so that a test cannot make up an answer.

use std::collections::BTreeMap;

use regorus::Value;
use rollgate_facts::ImageFile;
use serde_json::{Map, Value as Json, json};

use super::made_up;
use crate::policy::check::schema::Shape;
use crate::policy::image_files::ImageFiles;

/// The image in the fixtures.
const IMAGE: &str = "image/sha256:0";

/// The files and contents of a case.
pub(super) fn files(case: &Value) -> Result<ImageFiles, String> {
    let schema = ImageFile::schema();
    let shape = Shape::root("files[_]", &schema);
    let given = |member: &str| match &case[member] {
        Value::Undefined => Ok(None),
        value => serde_json::to_value(value).map(Some).map_err(|error| error.to_string()),
    };
    let mut files = Vec::new();
    for file in given("files")?.as_ref().and_then(Json::as_array).into_iter().flatten() {
        if let Some(path) = made_up("files[_]", file, &shape) {
            return Err(format!("a file has no `{path}`, or never as `null`"));
        }
        let file = filled(file).ok_or("`files` is a list of objects, each with a `path`")?;
        files.push(serde_json::from_value::<ImageFile>(file).map_err(|error| error.to_string())?);
    }
    let contents: BTreeMap<String, String> = given("contents")?
        .map_or_else(|| Ok(BTreeMap::new()), serde_json::from_value)
        .map_err(|error| format!("`contents` is no object of texts: {error}"))?;
    Ok(ImageFiles::new(files, contents, None))
}

/// The file with what the case does not say of it: an ordinary one, of the image's own layer.
fn filled(file: &Json) -> Option<Json> {
    let given = file.as_object()?;
    let path = given.get("path")?.as_str()?;
    let import = match path.split('/').nth(1) {
        Some("usr") => "kept",
        Some("etc") => "merged",
        Some("var") => "first_install_only",
        Some("sysroot" | "ostree") => "repository",
        _ => "dropped",
    };
    let mut filled: Map<String, Json> = Map::new();
    for (key, value) in [
        ("at", json!(format!("{IMAGE}!{path}"))),
        ("kind", json!("file")),
        ("mode", json!(0o644)),
        ("uid", json!(0)),
        ("gid", json!(0)),
        ("size", json!(1)),
        ("layer", json!(1)),
        ("import", json!(import)),
        ("packages", json!([])),
    ] {
        filled.insert(key.to_owned(), value);
    }
    filled.extend(given.clone());
    Some(Json::Object(filled))
}
