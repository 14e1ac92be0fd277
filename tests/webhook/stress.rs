//! Too much: connections, reviews, bodies. Memory stays bounded, and reviews are answered or asked again.

use std::fs;
use std::thread;

use rollgate_testkit::https;

use crate::support::{PATH, Served, assert_refused, review};

/// More than the server may have open at once, and less than a test may where limits are raised.
const IDLE: usize = 10_000;

/// What the server may take meanwhile, in KiB.
const MEMORY: u64 = 96 * 1024;

#[test]
fn ten_thousand_idle_connections_keep_nobody_out() {
    let served = Served::new(&[]);
    let address = served.webhook.reviews;
    let mut first = served.client.connect(address).unwrap();
    assert_refused(&first.post(PATH, &review("first", 100)).unwrap(), "first");
    let before = resident(served.webhook.process());
    let each = (IDLE.min(openable())) / 4;
    let idle = thread::scope(|scope| {
        let open = || (0..each).map(|_| served.client.connect(address)).collect::<Vec<_>>();
        let threads = [scope.spawn(open), scope.spawn(open), scope.spawn(open), scope.spawn(open)];
        threads.map(|thread| thread.join().unwrap())
    });
    assert!(idle.iter().flatten().all(Result::is_ok), "a handshake failed");
    assert_refused(&first.post(PATH, &review("kept", 100)).unwrap(), "kept");
    assert_refused(&served.review(&review("new", 100)), "new");
    let open = served.webhook.metric("rollgate_connections{port=\"reviews\"}").unwrap();
    assert!(open <= 1_100.0, "{open} connections are open");
    let after = resident(served.webhook.process());
    println!("{} connections, of which {open} stay: {before} KiB, then {after} KiB", 4 * each);
    assert!(after < MEMORY, "{before} KiB became {after} KiB");
}

#[test]
fn bodies_that_trickle_in_keep_nobody_out() {
    let served = Served::new(&["--max-connections=3", "--body-timeout=60s"]);
    let trickling: Vec<_> = (0..5)
        .map(|_| {
            let mut connection = served.client.connect(served.webhook.reviews).unwrap();
            connection.send(https::head(PATH, "application/json", 100).as_bytes()).unwrap();
            connection
        })
        .collect();
    assert_refused(&served.review(&review("a", 100)), "a");
    drop(trickling);
}

#[test]
fn reviews_beyond_the_queue_are_to_be_sent_again() {
    let served = Served::new(&["--concurrency=1", "--queue=0"]);
    let big = review("a", 4 << 20);
    let answers: Vec<_> = thread::scope(|scope| {
        let call = || served.review(&big);
        let threads: Vec<_> = (0..16).map(|_| scope.spawn(call)).collect();
        threads.into_iter().map(|thread| thread.join().unwrap()).collect()
    });
    for answer in &answers {
        match answer.status {
            503 => assert_eq!(answer.header("retry-after"), Some("1")),
            _ => assert_refused(answer, "a"),
        }
    }
    let again = answers.iter().filter(|answer| answer.status == 503).count();
    assert!(again < answers.len(), "none was answered");
    let text = served.webhook.get("/metrics").body;
    let counted = format!("rollgate_admission_unanswered_total{{reason=\"shed\"}} {again}\n");
    assert!(text.contains(&counted), "{counted} is not in {text}");
}

#[test]
fn bodies_that_never_end_are_bounded_together() {
    let served = Served::new(&["--body-timeout=60s"]);
    let part = vec![b'x'; 7 << 20];
    let held: Vec<_> = (0..18)
        .map(|_| {
            let mut connection = served.client.connect(served.webhook.reviews).unwrap();
            connection.send(https::head(PATH, "application/json", 8 << 20).as_bytes()).unwrap();
            connection.send(&part).unwrap();
            connection
        })
        .collect();
    served.webhook.wait("read", |_| resident(served.webhook.process()) > 100 * 1024);
    assert_eq!(served.review(&review("a", 4 << 20)).status, 503);
    drop(held);
    served.webhook.wait("room", |_| served.review(&review("a", 4 << 20)).status == 200);
}

/// Connections that this process may have, with some files left for others.
fn openable() -> usize {
    let limits = fs::read_to_string("/proc/self/limits").unwrap();
    let line = limits.lines().find_map(|line| line.strip_prefix("Max open files")).unwrap();
    let soft = line.split_whitespace().next().unwrap();
    soft.parse::<usize>().map_or(usize::MAX, |soft| soft.saturating_sub(512))
}

/// `VmRSS`, in KiB.
fn resident(process: u32) -> u64 {
    let status = fs::read_to_string(format!("/proc/{process}/status")).unwrap();
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).unwrap();
    line.split_whitespace().next().unwrap().parse().unwrap()
}
