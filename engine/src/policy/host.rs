//! The functions that rollgate gives to policies: `image.file`, `image.files`, `image.read`.
//!
//! Owns the way between the interpreter's values and [`ImageFiles`]. Only `lib/image` may call them
//! (see `check::calls`); whatever cannot be answered is an error, which makes the rule inconclusive.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use regorus::{Engine, Value};
use rollgate_facts::FileFilter;
use serde::Serialize;

use super::image_files::{ImageFiles, ImageFilesError};

/// The one package that calls them.
pub(super) const LIBRARY: &str = "rollgate.lib.image";

/// Name and number of arguments of each, sorted.
pub(super) const FUNCTIONS: &[(&str, usize)] =
    &[("image.file", 1), ("image.files", 1), ("image.read", 1)];

/// Of which image the rules of an interpreter may ask.
#[derive(Clone, Default)]
pub(super) struct Host(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    files: Option<ImageFiles>,
    /// What the rule that is evaluated declared to read.
    reads: Arc<[String]>,
}

impl Host {
    /// Answers of another image from here on, or of none.
    pub(super) fn set(&self, files: Option<ImageFiles>) {
        self.state().files = files;
    }

    /// Answers a rule that declared to read these globs.
    pub(super) fn set_reads(&self, reads: &[String]) {
        let mut state = self.state();
        if *state.reads != *reads {
            state.reads = reads.into();
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Answers the calls of this interpreter.
    pub(super) fn attach(&self, engine: &mut Engine) {
        type Answer = fn(&ImageFiles, &Value, &[String]) -> Result<Value, ImageFilesError>;
        let functions: [(&str, Answer); 3] =
            [("image.file", file), ("image.files", all), ("image.read", read)];
        for (name, answer) in functions {
            let host = self.clone();
            let extension = move |arguments: Vec<Value>| {
                let state = host.state();
                let (files, reads) = (state.files.clone(), Arc::clone(&state.reads));
                drop(state);
                let files = files.ok_or(ImageFilesError::NoImage)?;
                Ok(answer(&files, arguments.first().unwrap_or(&Value::Undefined), &reads)?)
            };
            // Fails only for a name that is taken; it is attached to an interpreter of its own.
            let _ = engine.add_extension(name.to_owned(), 1, Box::new(extension));
        }
    }
}

fn file(files: &ImageFiles, path: &Value, _: &[String]) -> Result<Value, ImageFilesError> {
    Ok(files.file(text(path)?).map_or(Value::Undefined, written))
}

fn all(files: &ImageFiles, filter: &Value, _: &[String]) -> Result<Value, ImageFilesError> {
    let filter = serde_json::to_value(filter).and_then(serde_json::from_value::<FileFilter>);
    let filter = filter.map_err(|error| ImageFilesError::Filter(error.to_string()))?;
    let found = files.files(&filter)?;
    Ok(Value::from(found.into_iter().map(written).collect::<Vec<_>>()))
}

fn read(files: &ImageFiles, path: &Value, reads: &[String]) -> Result<Value, ImageFilesError> {
    Ok(files.read(text(path)?, reads)?.map_or(Value::Undefined, Value::from))
}

fn text(path: &Value) -> Result<&str, ImageFilesError> {
    let text = path.as_string().map(|path| &**path);
    text.map_err(|_| ImageFilesError::Filter("a path is a string".to_owned()))
}

fn written(file: &impl Serialize) -> Value {
    // What serde writes of plain structures is a value.
    serde_json::to_value(file).map_or(Value::Undefined, Value::from)
}
