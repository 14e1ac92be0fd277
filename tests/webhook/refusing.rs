//! A webhook that knows nothing: it notes who asked for what, and refuses it or lets it through.
//!
//! Owns the least that an API server calls: HTTP/1.1 over TLS, one review after the other.
//! It is what the rules and conditions of a configuration are tried with, whoever answers later.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::thread;

use rcgen::{CertifiedKey, generate_simple_self_signed};
use rustls::{ServerConfig, ServerConnection, StreamOwned};
use rustls_pki_types::PrivateKeyDer;
use serde_json::{Value, json};

/// The webhook, until it is dropped.
pub(crate) struct Refusing {
    address: SocketAddr,
    certificate: String,
    state: Arc<Mutex<State>>,
}

#[derive(Default)]
struct State {
    lets_through: bool,
    ended: bool,
    calls: Vec<String>,
    open: Vec<TcpStream>,
}

impl Refusing {
    /// Starts one on loopback.
    pub(crate) fn start() -> Self {
        let made = generate_simple_self_signed(["127.0.0.1".to_owned()]).unwrap();
        let certificate = made.cert.pem();
        let tls = Arc::new(configuration(&made));
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let state = Arc::new(Mutex::new(State::default()));
        let shared = Arc::clone(&state);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let mut locked = lock(&shared);
                if locked.ended {
                    break;
                }
                locked.open.push(stream.try_clone().unwrap());
                drop(locked);
                let (tls, state) = (Arc::clone(&tls), Arc::clone(&shared));
                thread::spawn(move || serve(stream, tls, &state));
            }
        });
        Self { address, certificate, state }
    }

    /// Where it is called, and what it shows.
    pub(crate) fn client_config(&self) -> Value {
        use base64::Engine as _;
        let bundle = base64::engine::general_purpose::STANDARD.encode(&self.certificate);
        json!({"url": format!("https://{}/validate", self.address), "caBundle": bundle})
    }

    /// Whether it lets through what it is asked from now on.
    pub(crate) fn lets_through(&self, lets_through: bool) {
        lock(&self.state).lets_through = lets_through;
    }

    /// What it was asked since the last time, as `UPDATE machineconfigs 99-worker`.
    pub(crate) fn calls(&self) -> Vec<String> {
        std::mem::take(&mut lock(&self.state).calls)
    }
}

impl Drop for Refusing {
    /// Nobody listens any more, and calls that are kept alive end.
    fn drop(&mut self) {
        let mut state = lock(&self.state);
        state.ended = true;
        for stream in state.open.drain(..) {
            let _ = stream.shutdown(std::net::Shutdown::Both);
        }
        drop(state);
        let _ = TcpStream::connect(self.address);
    }
}

fn lock(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn configuration(made: &CertifiedKey<rcgen::KeyPair>) -> ServerConfig {
    let key = PrivateKeyDer::try_from(made.signing_key.serialize_der()).unwrap();
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    ServerConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .unwrap()
        .with_no_client_auth()
        .with_single_cert(vec![made.cert.der().clone()], key)
        .unwrap()
}

/// Answers the reviews of one connection until either side ends it.
fn serve(stream: TcpStream, tls: Arc<ServerConfig>, state: &Mutex<State>) {
    let mut stream = BufReader::new(StreamOwned::new(ServerConnection::new(tls).unwrap(), stream));
    while let Some(review) = read(&mut stream) {
        let answer = answer(&review["request"], &mut lock(state)).to_string();
        let head = "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n";
        let response = format!("{head}Content-Length: {}\r\n\r\n{answer}", answer.len());
        if stream.get_mut().write_all(response.as_bytes()).is_err() {
            break;
        }
    }
}

/// The next request's body; none at the end of the connection.
fn read(stream: &mut BufReader<StreamOwned<ServerConnection, TcpStream>>) -> Option<Value> {
    let mut length = 0;
    loop {
        let mut line = String::new();
        if stream.read_line(&mut line).ok()? == 0 {
            return None;
        }
        let Some((name, value)) = line.split_once(':') else {
            if line == "\r\n" {
                break;
            }
            continue;
        };
        if name.eq_ignore_ascii_case("content-length") {
            length = value.trim().parse().ok()?;
        }
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    serde_json::from_slice(&body).ok()
}

/// Notes the request and answers it.
fn answer(request: &Value, state: &mut State) -> Value {
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    // Of a collection that is deleted the API server names no object, but sends each.
    let (named, old) = (text(&request["name"]), text(&request["oldObject"]["metadata"]["name"]));
    let name = if named.is_empty() { old } else { named };
    let (operation, resource) =
        (text(&request["operation"]), text(&request["resource"]["resource"]));
    state.calls.push(format!("{operation} {resource} {name}"));
    let status = json!({"code": 403, "message": "refused"});
    json!({
        "apiVersion": "admission.k8s.io/v1",
        "kind": "AdmissionReview",
        "response": {"uid": request["uid"], "allowed": state.lets_through, "status": status},
    })
}
