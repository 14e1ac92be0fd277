//! A registry that stalls, lies, redirects and fails as a test says.
//!
//! Owns plain HTTP/1.1, one request a connection. A connection that stalls ends with the registry.

use std::io::{self, BufRead as _, BufReader, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Condvar, Mutex, PoisonError};
use std::thread;

use crate::image::Built;

/// What was asked for.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The path with its query.
    pub path: String,
    /// The headers, their names in lower case.
    pub headers: Vec<(String, String)>,
    /// How many requests came before it.
    pub before: usize,
}

/// What is answered.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers; without `content-length` the true one is added.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// How it ends.
    pub end: End,
}

/// How an answer ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// As it should.
    Whole,
    /// The connection breaks after so many bytes of the body.
    Broken(usize),
    /// Nothing comes any more after so many bytes of the body.
    Stalled(usize),
}

/// A registry that does what a test says.
#[derive(Debug)]
pub struct HostileRegistry {
    /// Host and port.
    pub host: String,
    address: SocketAddr,
    shared: Arc<Shared>,
}

#[derive(Debug, Default)]
struct Shared {
    asked: Mutex<Vec<Asked>>,
    ended: Mutex<bool>,
    ending: Condvar,
}

impl Asked {
    /// A header.
    pub fn header(&self, name: &str) -> Option<&str> {
        let found = self.headers.iter().find(|(found, _)| found == name);
        found.map(|(_, value)| value.as_str())
    }
}

impl Answer {
    /// An answer with a body.
    pub fn new(status: u16, body: impl Into<Vec<u8>>) -> Self {
        Self { status, headers: Vec::new(), body: body.into(), end: End::Whole }
    }

    /// The answer with a header.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.headers.push((name.to_owned(), value.into()));
        self
    }

    /// The answer with another end.
    #[must_use]
    pub fn ending(self, end: End) -> Self {
        Self { end, ..self }
    }
}

/// What an honest registry answers that has this image under any repository and tag; ranges are served.
pub fn image(built: &Built, asked: &Asked) -> Answer {
    let manifest = "application/vnd.oci.image.manifest.v1+json";
    if asked.path == "/v2/" {
        return Answer::new(200, "{}");
    }
    if asked.path.contains("/manifests/") {
        return Answer::new(200, built.manifest.clone()).header("content-type", manifest);
    }
    let blobs = built.blobs();
    let found = blobs.iter().find(|(digest, _)| asked.path.ends_with(digest));
    let Some((_, bytes)) = found else { return Answer::new(404, "{}") };
    let from = asked
        .header("range")
        .and_then(|range| range.strip_prefix("bytes=")?.strip_suffix('-')?.parse::<usize>().ok());
    match from.and_then(|from| Some((from, bytes.get(from..)?))) {
        Some((from, rest)) => {
            let range = format!("bytes {from}-{}/{}", bytes.len().saturating_sub(1), bytes.len());
            Answer::new(206, rest).header("content-range", range)
        }
        None => Answer::new(200, bytes.clone()),
    }
}

impl HostileRegistry {
    /// Starts one.
    pub fn start(answer: impl Fn(&Asked) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap_or_else(|error| panic!("{error}"));
        let address = listener.local_addr().unwrap_or_else(|error| panic!("{error}"));
        let shared = Arc::new(Shared::default());
        let (answer, of_registry) = (Arc::new(answer), Arc::clone(&shared));
        thread::spawn(move || {
            for stream in listener.incoming().map_while(Result::ok) {
                if is_ended(&of_registry) {
                    return;
                }
                let (answer, shared) = (Arc::clone(&answer), Arc::clone(&of_registry));
                // Whoever asks may go away at any time.
                thread::spawn(move || drop(serve(&stream, &*answer, &shared)));
            }
        });
        Self { host: address.to_string(), address, shared }
    }

    /// What was asked for so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.shared.asked.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for HostileRegistry {
    fn drop(&mut self) {
        *self.shared.ended.lock().unwrap_or_else(PoisonError::into_inner) = true;
        self.shared.ending.notify_all();
        // So that it stops waiting for the next one.
        let _ = TcpStream::connect(self.address);
    }
}

fn is_ended(shared: &Shared) -> bool {
    *shared.ended.lock().unwrap_or_else(PoisonError::into_inner)
}

fn serve(
    mut stream: &TcpStream,
    answer: &(dyn Fn(&Asked) -> Answer + Send + Sync),
    shared: &Shared,
) -> io::Result<()> {
    let mut lines = BufReader::new(stream).lines();
    let first = lines.next().transpose()?.unwrap_or_default();
    let path = first.split(' ').nth(1).unwrap_or_default().to_owned();
    let mut headers = Vec::new();
    for line in lines {
        match line?.split_once(':') {
            Some((name, value)) => headers.push((name.to_lowercase(), value.trim().to_owned())),
            None => break,
        }
    }
    let asked = {
        let mut all = shared.asked.lock().unwrap_or_else(PoisonError::into_inner);
        let asked = Asked { path, headers, before: all.len() };
        all.push(asked.clone());
        asked
    };
    let Answer { status, headers, body, end } = answer(&asked);
    let mut head = format!("HTTP/1.1 {status} x\r\nconnection: close\r\n");
    for (name, value) in &headers {
        head.push_str(&format!("{name}: {value}\r\n"));
    }
    let said = |name: &str| headers.iter().any(|(header, _)| header == name);
    if !said("content-length") && !said("transfer-encoding") {
        head.push_str(&format!("content-length: {}\r\n", body.len()));
    }
    head.push_str("\r\n");
    stream.write_all(head.as_bytes())?;
    let sent = match end {
        End::Whole => body.len(),
        End::Broken(sent) | End::Stalled(sent) => sent.min(body.len()),
    };
    stream.write_all(body.get(..sent).unwrap_or_default())?;
    stream.flush()?;
    if let End::Stalled(_) = end {
        let ended = shared.ended.lock().unwrap_or_else(PoisonError::into_inner);
        drop(shared.ending.wait_while(ended, |ended| !*ended));
    }
    Ok(())
}
