//! The end: nothing that was sent is lost.

use std::io;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use rollgate_testkit::https;

use crate::support::{PATH, Served, assert_refused, review};

#[test]
fn a_signal_to_end_under_load_loses_no_request() {
    let mut served = Served::new(&["--drain-delay=500ms"]);
    let answered = AtomicU32::new(0);
    let reviews = served.webhook.reviews;
    // As the API server: a connection is kept until an answer closes it, then another one is made.
    let call = || {
        while let Ok(mut connection) = served.client.connect(reviews) {
            loop {
                let answer = connection.post(PATH, &review("a", 20_000)).expect("a lost request");
                assert_refused(&answer, "a");
                answered.fetch_add(1, Ordering::Relaxed);
                if answer.header("connection") == Some("close") {
                    break;
                }
            }
        }
    };
    thread::scope(|scope| {
        let threads = [scope.spawn(call), scope.spawn(call), scope.spawn(call)];
        served.webhook.wait("load", |_| answered.load(Ordering::Relaxed) > 20);
        served.webhook.signal("TERM");
        served.webhook.wait("said", |webhook| webhook.get("/readyz").status == 503);
        let before = answered.load(Ordering::Relaxed);
        served.webhook.wait("still served", |_| answered.load(Ordering::Relaxed) > before + 5);
        for thread in threads {
            thread.join().unwrap();
        }
    });
    assert_eq!(served.webhook.ended().code(), Some(0));
    served.webhook.logged(|line| line["message"] == "ended, every request was answered");
}

#[test]
fn a_request_on_its_way_is_answered_and_then_the_connection_closes() {
    let mut served = Served::new(&["--drain-delay=1ms"]);
    let mut idle = served.client.connect(served.webhook.reviews).unwrap();
    let mut begun = served.client.connect(served.webhook.reviews).unwrap();
    let body = review("late", 100);
    begun.send(https::head(PATH, "application/json", body.len()).as_bytes()).unwrap();
    begun.send(&body[..10]).unwrap();
    let in_flight = "rollgate_admission_in_flight";
    served.webhook.wait("begun", |webhook| webhook.metric(in_flight) == Some(1.0));
    served.webhook.signal("TERM");
    served.webhook.logged(|line| line["message"] == "connections are being closed");
    let answer = idle.post(PATH, &review("idle", 10));
    if let Ok(answer) = &answer {
        assert_refused(answer, "idle");
    }
    begun.send(&body[10..]).unwrap();
    let answer = begun.answer().unwrap();
    assert_refused(&answer, "late");
    assert_eq!(answer.header("connection"), Some("close"));
    assert!(begun.ends() && idle.ends());
    assert_eq!(served.webhook.ended().code(), Some(0));
}

#[test]
fn a_second_signal_ends_at_once() {
    let mut served = Served::new(&["--drain-delay=10m"]);
    served.webhook.signal("INT");
    served.webhook.logged(|line| line["message"].as_str().unwrap_or("").starts_with("told to end"));
    served.webhook.signal("INT");
    assert_eq!(served.webhook.ended().code(), Some(0));
    let refused = served.client.connect(served.webhook.reviews).unwrap_err();
    assert_eq!(refused.kind(), io::ErrorKind::ConnectionRefused);
}
