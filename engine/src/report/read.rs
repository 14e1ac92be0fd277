//! Reports that are read again: baselines, and what two runs said.
//!
//! Owns what is refused of a file that is to be a report. Must not know what it is read for.

use serde::Deserialize;
use serde_json::Value;
use thiserror::Error;

use super::{REPORT_VERSION, Report};
use crate::Artifact;

/// Why a file is no report that can be read.
#[derive(Debug, Error, miette::Diagnostic)]
pub enum ReadReportError {
    /// Not JSON.
    #[error("`{name}` is not JSON: {message} (at {name}:{line}:{column})")]
    #[diagnostic(help("write it with `rollgate check --output json=FILE`"))]
    NotJson {
        /// Its name.
        name: String,
        /// What is wrong.
        message: String,
        /// The line, from 1.
        line: usize,
        /// The column, from 1.
        column: usize,
    },
    /// JSON of another kind.
    #[error("`{name}` is not a report of rollgate")]
    #[diagnostic(help("write it with `rollgate check --output json=FILE`"))]
    NotAReport {
        /// Its name.
        name: String,
    },
    /// A report of another version.
    #[error("`{name}` is a report of version `{version}`; this rollgate reads version `{known}`", known = REPORT_VERSION)]
    #[diagnostic(help("write it again with this rollgate: `rollgate check --output json=FILE`"))]
    OtherVersion {
        /// Its name.
        name: String,
        /// Its version.
        version: String,
    },
    /// A report that was changed by something else.
    #[error("`{name}` is not a valid report at `{path}`: {message} (at {name}:{line})")]
    #[diagnostic(help("write it again: `rollgate check --output json=FILE`"))]
    Invalid {
        /// Its name.
        name: String,
        /// Where in the report.
        path: String,
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
}

/// What tells a report of rollgate from other JSON. What else there is may differ by version.
#[derive(Deserialize)]
struct Header {
    version: Option<Value>,
    tool: Option<Value>,
}

/// Reads a report that was written as JSON.
pub fn read(artifact: &Artifact) -> Result<Report, ReadReportError> {
    let name = artifact.name().to_owned();
    let header: Header = match serde_json::from_slice(artifact.bytes()) {
        Ok(header) => header,
        Err(error) if error.is_data() => return Err(ReadReportError::NotAReport { name }),
        Err(error) => {
            let (line, column) = (error.line(), error.column().max(1));
            let message = without_place(&error);
            return Err(ReadReportError::NotJson { name, message, line, column });
        }
    };
    let tool = header.tool.as_ref().and_then(|tool| tool.get("name")?.as_str());
    match (tool, header.version) {
        (Some("rollgate"), Some(Value::String(version))) if version == REPORT_VERSION => {}
        (Some("rollgate"), Some(Value::String(version))) => {
            return Err(ReadReportError::OtherVersion { name, version });
        }
        _ => return Err(ReadReportError::NotAReport { name }),
    }
    let mut json = serde_json::Deserializer::from_slice(artifact.bytes());
    serde_path_to_error::deserialize(&mut json).map_err(|error| ReadReportError::Invalid {
        name,
        path: error.path().to_string(),
        line: error.inner().line(),
        message: without_place(error.inner()),
    })
}

fn without_place(error: &serde_json::Error) -> String {
    let message = error.to_string();
    message.split_once(" at line ").map_or(message.clone(), |(message, _)| message.to_owned())
}
