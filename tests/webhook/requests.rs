//! Requests that are no review, or come in no good way, and what they are answered.

use std::fs::OpenOptions;
use std::net::{TcpListener, TcpStream};
use std::process::{Command, Stdio};

use rollgate_testkit::https;

use crate::support::{BINARY, PATH, Served, assert_refused, review};

#[test]
fn a_review_is_answered_counted_and_logged_without_its_contents() {
    let served = Served::new(&["-vv"]);
    let mut connection = served.client.connect(served.webhook.reviews).unwrap();
    for uid in ["first", "second"] {
        let answer = connection.post(PATH, &review(uid, 20_000)).unwrap();
        assert_refused(&answer, uid);
        assert_eq!(answer.header("content-type"), Some("application/json"));
        assert_eq!(answer.header("connection"), None);
    }
    let webhook = &served.webhook;
    let reviews = "rollgate_admission_reviews_total{operation=\"CREATE\",resource=\"other\",\
                   decision=\"denied\",mode=\"enforce\"}";
    assert_eq!(webhook.metric(reviews), Some(2.0));
    assert_eq!(webhook.metric("rollgate_admission_duration_seconds_count"), Some(2.0));
    assert_eq!(webhook.metric("rollgate_connections{port=\"reviews\"}"), Some(1.0));
    assert_eq!(webhook.metric("rollgate_admission_in_flight"), Some(0.0));
    assert!(webhook.metric("process_resident_memory_bytes").unwrap() > 1e6);
    let line = webhook.logged(|line| line["message"] == "answered");
    assert_eq!(line["decision"], "denied");
    assert_eq!(line["span"]["id"].as_str().unwrap().len(), 16);
    assert!(!webhook.log().concat().contains("xxxx"), "the log quotes a body");
}

#[test]
fn what_is_no_review_is_an_error() {
    let served = Served::new(&[]);
    let ask = |media_type: &str, body: &[u8]| {
        let mut connection = served.client.connect(served.webhook.reviews).unwrap();
        connection.post_as(PATH, media_type, body).unwrap().status
    };
    let good = review("a", 10);
    assert_eq!(ask("application/json; charset=utf-8", &good), 200);
    assert_eq!(ask("text/plain", &good), 415);
    assert_eq!(ask("application/json", b"{\"request\":"), 400);
    assert_eq!(ask("application/json", b""), 400);
    assert_eq!(ask("application/json", b"\xff\xfe"), 400);
    assert_eq!(ask("application/json", "[".repeat(100_000).as_bytes()), 400);
    assert_eq!(ask("application/json", b"{\"request\":{}}"), 400);
    let mut connection = served.client.connect(served.webhook.reviews).unwrap();
    assert_eq!(connection.get("/validate").unwrap().status, 405);
    assert_eq!(connection.post("/mutate", &good).unwrap().status, 404);
    assert_eq!(connection.get("/metrics").unwrap().status, 404);
    assert_refused(&connection.post("/validate", &good).unwrap(), "a");
    let unanswered = |reason| {
        let name = format!("rollgate_admission_unanswered_total{{reason=\"{reason}\"}}");
        served.webhook.metric(&name)
    };
    assert_eq!(unanswered("malformed"), Some(5.0));
    assert_eq!(unanswered("media_type"), Some(1.0));
    assert_eq!(unanswered("panic"), Some(0.0));
}

#[test]
fn a_body_of_9_mib_is_too_large_and_one_of_7_is_not() {
    let served = Served::new(&[]);
    assert_eq!(served.review(&review("a", 9 << 20)).status, 413);
    assert_refused(&served.review(&review("b", 7 << 20)), "b");
    let mut connection = served.client.connect(served.webhook.reviews).unwrap();
    connection.send(https::head(PATH, "application/json", 1 << 40).as_bytes()).unwrap();
    let answer = connection.answer().unwrap();
    assert_eq!((answer.status, answer.header("connection")), (413, Some("close")));
}

#[test]
fn a_body_without_a_length_has_the_same_limit() {
    let served = Served::new(&[]);
    let chunked = |body: &[u8]| {
        let mut connection = served.client.connect(served.webhook.reviews).unwrap();
        let head = https::head(PATH, "application/json", 0);
        let head = head.replace("Content-Length: 0", "Transfer-Encoding: chunked");
        connection.send(head.as_bytes()).unwrap();
        for chunk in body.chunks(1 << 20) {
            connection.send(format!("{:x}\r\n", chunk.len()).as_bytes()).unwrap();
            connection.send(&[chunk, b"\r\n"].concat()).unwrap();
        }
        connection.send(b"0\r\n\r\n").unwrap();
        connection.answer().unwrap()
    };
    assert_refused(&chunked(&review("a", 3 << 20)), "a");
    assert_eq!(chunked(&review("b", 9 << 20)).status, 413);
}

#[test]
fn slow_clients_are_given_up() {
    let served = Served::new(&["--handshake-timeout=100ms"]);
    assert!(https::connect(served.webhook.reviews).unwrap().ends(), "without a handshake");
    let timeout = "rollgate_tls_handshake_failures_total{port=\"reviews\",reason=\"timeout\"}";
    served.webhook.wait("counted", |webhook| webhook.metric(timeout) == Some(1.0));

    let served = Served::new(&["--idle-timeout=2s", "--body-timeout=1s"]);
    let address = served.webhook.reviews;
    let mut head = served.client.connect(address).unwrap();
    head.send(b"POST /validate HTTP/1.1\r\nHost: lo").unwrap();
    let mut body = served.client.connect(address).unwrap();
    body.send(https::head(PATH, "application/json", 100).as_bytes()).unwrap();
    body.send(b"{").unwrap();
    assert_eq!(body.answer().unwrap().status, 408);
    assert!(body.ends());
    // hyper answers 408 to a head that does not end.
    let answered = head.answer();
    assert!(answered.as_ref().map_or(true, |answer| answer.status == 408), "{answered:?}");
    assert!(head.ends());
    let mut idle = served.client.connect(address).unwrap();
    assert_refused(&idle.post(PATH, &review("a", 10)).unwrap(), "a");
    assert!(idle.ends(), "after a request");
}

#[test]
fn a_truncated_body_is_no_review() {
    let served = Served::new(&[]);
    let mut connection = served.client.connect(served.webhook.reviews).unwrap();
    connection.send(https::head(PATH, "application/json", 100).as_bytes()).unwrap();
    connection.send(&review("a", 0)[..20]).unwrap();
    drop(connection);
    let truncated = "rollgate_admission_unanswered_total{reason=\"truncated\"}";
    served.webhook.wait("counted", |webhook| webhook.metric(truncated) == Some(1.0));
    assert_refused(&served.review(&review("b", 10)), "b");
}

#[test]
fn what_is_not_http_harms_nobody() {
    let served = Served::new(&[]);
    let mut connection = served.client.connect(served.webhook.reviews).unwrap();
    // The server stops reading, and may be gone before all of it is sent.
    let _sent =
        connection.send(&[b"GET / HTTP/1.1\r\nX: ".as_slice(), &vec![b'a'; 100_000]].concat());
    assert!(connection.answer().map_or(true, |answer| answer.status == 431));
    let mut plain = https::connect(served.webhook.reviews).unwrap();
    plain.send(b"GET / HTTP/1.1\r\n\r\n").unwrap();
    assert!(plain.answer().is_err());
    assert_refused(&served.review(&review("a", 10)), "a");
}

#[test]
fn readiness_and_health() {
    let served = Served::new(&[]);
    let health = |path| {
        let answer = served.webhook.get(path);
        (answer.status, answer.body)
    };
    assert_eq!(health("/healthz"), (200, "ok\n".to_owned()));
    assert_eq!(health("/readyz"), (200, "ok\n".to_owned()));
    assert_eq!(health("/validate").0, 404);
    let text = health("/metrics").1;
    assert!(text.ends_with("# EOF\n"), "{text}");
    assert!(text.contains("rollgate_build_info{version="));
    assert!(text.contains("rollgate_policy_info{digest=\"sha256:"));
}

/// A log that cannot be written, as on a full disk, is no reason to answer otherwise.
#[test]
fn a_full_disk_under_the_log_changes_no_answer() {
    let served = Served::new(&[]);
    let free = || TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let (reviews, health) = (free(), free());
    let mut command = Command::new(BINARY);
    command.args(["serve", "--refuse-unjudged", "--tls-dir"]).arg(served.tls.path());
    command.arg("--objects").arg(served.objects.path());
    command.args(["--listen", &reviews.to_string(), "--metrics-listen", &health.to_string()]);
    let full = OpenOptions::new().write(true).open("/dev/full").unwrap();
    let mut child = command.stderr(full).stdout(Stdio::null()).spawn().unwrap();
    served.webhook.wait("listens", |_| TcpStream::connect(reviews).is_ok());
    let mut connection = served.client.connect(reviews).unwrap();
    for uid in ["a", "b"] {
        assert_refused(&connection.post(PATH, &review(uid, 10)).unwrap(), uid);
    }
    child.kill().unwrap();
    child.wait().unwrap();
}
