//! The limits on what is asked of the network for one image.
//!
//! Owns times and counts; sizes are the image's own, each of which was said before by its manifest,
//! and [`rollgate_engine::ImageLimits`].

use std::time::Duration;

/// The limits on the network.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NetworkLimits {
    /// How long a connection may take, with the look-up of its name and TLS.
    pub connect: Duration,
    /// How long nothing may come.
    pub idle: Duration,
    /// How long everything of one image may take.
    pub total: Duration,
    /// How often a request is repeated that failed for what may pass.
    pub retries: u32,
    /// How long is waited before the first repetition; each further one waits twice as long.
    pub pause: Duration,
    /// How long is waited at most because a registry asks for it (`Retry-After`).
    pub longest_pause: Duration,
    /// How many redirects a request may follow.
    pub redirects: usize,
    /// How many headers an answer may have; together they have 400 KiB at most, as hyper has it.
    pub headers: usize,
    /// The size of the answer to a request for a token, in bytes.
    pub token_bytes: u64,
}

/// A registry in another part of the world is connected to in less than a second.
const CONNECT: Duration = Duration::from_secs(20);

/// What skopeo's library waits for the headers of an answer as well; a loaded registry takes seconds.
const IDLE: Duration = Duration::from_secs(30);

/// 1.2 GB at 5 Mbit/s.
const TOTAL: Duration = Duration::from_secs(32 * 60);

/// With pauses of 1, 2, 4 and 8 seconds a restart of a registry is outlasted.
const RETRIES: u32 = 4;

/// Long enough that a limit on the rate is not hit again at once.
const PAUSE: Duration = Duration::from_secs(1);

/// A person waits before a terminal; who is told to come back in an hour should hear of it.
const LONGEST_PAUSE: Duration = Duration::from_secs(60);

/// A blob is redirected once, to its storage; behind a balancer twice.
const REDIRECTS: usize = 5;

/// Registries behind content networks send about 30.
const HEADERS: usize = 100;

/// Tokens of the large registries have 3 to 8 KB.
const TOKEN_BYTES: u64 = 256 << 10;

impl Default for NetworkLimits {
    fn default() -> Self {
        Self {
            connect: CONNECT,
            idle: IDLE,
            total: TOTAL,
            retries: RETRIES,
            pause: PAUSE,
            longest_pause: LONGEST_PAUSE,
            redirects: REDIRECTS,
            headers: HEADERS,
            token_bytes: TOKEN_BYTES,
        }
    }
}
