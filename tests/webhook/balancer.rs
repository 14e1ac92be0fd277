//! A Service in front of two webhooks: what a node's proxy does with their readiness.
//!
//! Owns which of them gets a new connection: one that `/readyz` says is ready. Open connections stay
//! where they are, as those that a node's proxy has handed on.

use std::io;
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::thread;
use std::time::Duration;

use rollgate_testkit::https;

/// Where reviews go, and where its health is asked.
pub(crate) type Target = (SocketAddr, SocketAddr);

/// The proxy, until it is dropped.
pub(crate) struct Balancer {
    pub(crate) address: SocketAddr,
    ended: Arc<AtomicBool>,
}

impl Balancer {
    /// Starts one in front of these.
    pub(crate) fn start(targets: &[Target]) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let ended = Arc::new(AtomicBool::new(false));
        let ready = Arc::new(Mutex::new(targets.iter().map(|target| target.0).collect::<Vec<_>>()));
        let (asking, known, targets) = (Arc::clone(&ended), Arc::clone(&ready), targets.to_vec());
        thread::spawn(move || {
            while !asking.load(Ordering::Relaxed) {
                let now = targets.iter().filter(|target| is_ready(target.1)).map(|target| target.0);
                *known.lock().unwrap() = now.collect();
                // As often as a kubelet asks, only faster.
                thread::sleep(Duration::from_millis(50));
            }
        });
        let turn = AtomicUsize::new(0);
        thread::spawn(move || {
            for client in listener.incoming().flatten() {
                let ready = ready.lock().unwrap().clone();
                let next = turn.fetch_add(1, Ordering::Relaxed) % ready.len().max(1);
                let Some(target) = ready.get(next).copied() else { continue };
                thread::spawn(move || join(&client, target));
            }
        });
        Self { address, ended }
    }
}

impl Drop for Balancer {
    fn drop(&mut self) {
        self.ended.store(true, Ordering::Relaxed);
    }
}

fn is_ready(health: SocketAddr) -> bool {
    let answer = https::connect(health).and_then(|mut connection| connection.get("/readyz"));
    answer.is_ok_and(|answer| answer.status == 200)
}

/// Hands on what comes from either side, until one of them ends.
fn join(client: &TcpStream, target: SocketAddr) {
    let Ok(server) = TcpStream::connect(target) else { return };
    let (Ok(to_client), Ok(from_client)) = (client.try_clone(), client.try_clone()) else { return };
    let Ok(to_server) = server.try_clone() else { return };
    let up = thread::spawn(move || hand_on(from_client, to_server));
    hand_on(server, to_client);
    let _ended = up.join();
}

fn hand_on(mut from: TcpStream, mut to: TcpStream) {
    let _copied = io::copy(&mut from, &mut to);
    let _closed = to.shutdown(Shutdown::Write);
}
