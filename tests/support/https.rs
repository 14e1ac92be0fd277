//! A client of HTTP/1.1 with and without TLS, as plain as can be: what it sends is what a test says, and
//! what it does with a connection too.

use std::io::{self, BufRead as _, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::sync::Arc;
use std::time::Duration;

use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use rustls::{
    ClientConfig, ClientConnection, RootCertStore, StreamOwned, SupportedProtocolVersion,
};

use crate::certificate::Certificate;

/// An answer that does not come within this never does.
const TIMEOUT: Duration = Duration::from_mins(1);

/// Whom a client trusts, and how it shows itself.
#[derive(Debug, Clone)]
pub struct Client {
    config: Arc<ClientConfig>,
}

/// An open connection.
#[derive(Debug)]
pub struct Connection<S = StreamOwned<ClientConnection, TcpStream>> {
    stream: BufReader<S>,
}

/// An answer.
#[derive(Debug, Clone)]
pub struct Answer {
    /// The status.
    pub status: u16,
    /// The headers, their names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body, as text.
    pub body: String,
}

/// Versions of TLS.
pub mod version {
    pub use rustls::version::{TLS12, TLS13};
}

impl Client {
    /// Trusts this CA.
    pub fn new(authority: &str) -> Self {
        Self::with(authority, &[&rustls::version::TLS13, &rustls::version::TLS12], None)
    }

    /// Trusts this CA, speaks these versions and shows this certificate.
    ///
    /// # Panics
    ///
    /// When these are no certificates.
    pub fn with(
        authority: &str,
        versions: &[&'static SupportedProtocolVersion],
        certificate: Option<&Certificate>,
    ) -> Self {
        let mut roots = RootCertStore::empty();
        for authority in CertificateDer::pem_slice_iter(authority.as_bytes()) {
            let added = authority.map(|authority| roots.add(authority));
            assert!(matches!(added, Ok(Ok(()))), "no CA");
        }
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        let builder = ClientConfig::builder_with_provider(provider)
            .with_protocol_versions(versions)
            .unwrap_or_else(|error| panic!("{error}"))
            .with_root_certificates(roots);
        let config = match certificate {
            None => builder.with_no_client_auth(),
            Some(shown) => {
                let chain = CertificateDer::from_pem_slice(shown.certificate.as_bytes());
                let key = PrivateKeyDer::from_pem_slice(shown.key.as_bytes());
                let (Ok(chain), Ok(key)) = (chain, key) else { panic!("no certificate") };
                builder
                    .with_client_auth_cert(vec![chain], key)
                    .unwrap_or_else(|error| panic!("{error}"))
            }
        };
        Self { config: Arc::new(config) }
    }

    /// Connects, and ends the handshake.
    pub fn connect(&self, address: SocketAddr) -> io::Result<Connection> {
        let mut tcp = dial(address)?;
        let name = ServerName::IpAddress(address.ip().into());
        let mut tls =
            ClientConnection::new(Arc::clone(&self.config), name).map_err(io::Error::other)?;
        while tls.is_handshaking() {
            tls.complete_io(&mut tcp)?;
        }
        Ok(Connection { stream: BufReader::with_capacity(512, StreamOwned::new(tls, tcp)) })
    }
}

/// Connects without TLS.
pub fn connect(address: SocketAddr) -> io::Result<Connection<TcpStream>> {
    Ok(Connection { stream: BufReader::new(dial(address)?) })
}

fn dial(address: SocketAddr) -> io::Result<TcpStream> {
    let tcp = TcpStream::connect(address)?;
    tcp.set_read_timeout(Some(TIMEOUT))?;
    tcp.set_nodelay(true)?;
    Ok(tcp)
}

impl Connection {
    /// The version of TLS, as rustls prints it.
    pub fn version(&self) -> String {
        format!("{:?}", self.stream.get_ref().conn.protocol_version())
    }

    /// The server's certificate.
    pub fn certificate(&self) -> Vec<u8> {
        let chain = self.stream.get_ref().conn.peer_certificates().unwrap_or_default();
        chain.first().map(|certificate| certificate.to_vec()).unwrap_or_default()
    }
}

impl<S: Read + Write> Connection<S> {
    /// Sends bytes as they are.
    pub fn send(&mut self, bytes: &[u8]) -> io::Result<()> {
        let stream = self.stream.get_mut();
        stream.write_all(bytes)?;
        stream.flush()
    }

    /// Sends JSON as the API server does, and reads the answer.
    pub fn post(&mut self, path: &str, body: &[u8]) -> io::Result<Answer> {
        self.post_as(path, "application/json", body)
    }

    /// Sends a body of this media type.
    pub fn post_as(&mut self, path: &str, media_type: &str, body: &[u8]) -> io::Result<Answer> {
        self.send(head(path, media_type, body.len()).as_bytes())?;
        self.send(body)?;
        self.answer()
    }

    /// Asks for what is there.
    pub fn get(&mut self, path: &str) -> io::Result<Answer> {
        self.send(format!("GET {path} HTTP/1.1\r\nHost: localhost\r\n\r\n").as_bytes())?;
        self.answer()
    }

    /// Reads an answer.
    pub fn answer(&mut self) -> io::Result<Answer> {
        let mut line = String::new();
        if self.stream.read_line(&mut line)? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
        let status = line.split(' ').nth(1).and_then(|status| status.parse().ok());
        let status = status.ok_or_else(|| io::Error::other(format!("no status: {line:?}")))?;
        let mut headers = Vec::new();
        loop {
            line.clear();
            self.stream.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(": ") else { break };
            headers.push((name.to_ascii_lowercase(), value.to_owned()));
        }
        let mut answer = Answer { status, headers, body: String::new() };
        let length = answer.header("content-length").and_then(|length| length.parse().ok());
        let mut body = vec![0; length.unwrap_or(0)];
        self.stream.read_exact(&mut body)?;
        answer.body = String::from_utf8_lossy(&body).into_owned();
        Ok(answer)
    }

    /// Whether the server has ended the connection, which is waited for.
    pub fn ends(&mut self) -> bool {
        matches!(self.stream.fill_buf(), Ok([]) | Err(_))
    }
}

/// The head of a request with a body of this length.
pub fn head(path: &str, media_type: &str, length: usize) -> String {
    format!(
        "POST {path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: {media_type}\r\n\
         Content-Length: {length}\r\nAccept-Encoding: gzip\r\n\
         User-Agent: kube-apiserver-admission\r\n\r\n"
    )
}

impl Answer {
    /// A header's value.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}
