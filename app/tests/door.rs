//! The server on an address that other machines reach: nothing without the token.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../../record/tests/hand/mod.rs"]
mod hand;
mod support;

use support::{Server, demarche, record};

fn open_to_all() -> (tempfile::TempDir, Server, String) {
    let here = tempfile::tempdir().unwrap();
    let path = record(here.path(), &[hand::meeting(), hand::readout()]);
    let server = Server::start_with(here.path(), &path, &["--address", "0.0.0.0"]);
    let token = server.said.split("?token=").nth(1).unwrap().split([';', ' ']).next().unwrap().to_owned();
    (here, server, token)
}

#[test]
fn nothing_is_shown_without_the_token() {
    let (_here, server, token) = open_to_all();
    assert!(token.len() >= 32, "{}", server.said);
    for path in ["/", "/d/PAK-USA.json", "/read", "/nothing", "/?token=wrong", "/?token="] {
        let answer = server.get(path);
        assert_eq!(answer.status, 401, "{path}: {}", answer.body);
        assert!(answer.body.contains("the address that the server printed"), "{}", answer.body);
        assert!(
            answer.head.contains("www-authenticate: bearer") && answer.head.contains("x-frame-options"),
            "{}",
            answer.head
        );
        assert!(!answer.head.contains("set-cookie") && !answer.body.contains("r.demarche"), "{path}");
        let sort = if path.ends_with(".json") { "application/json" } else { "text/html" };
        assert!(answer.head.contains(sort), "{path} is refused in its own form: {}", answer.head);
    }
    assert_eq!(server.get("/style.css").status, 200, "how pages look is no secret");
    let sent = server.post(&format!("/read?token={token}"), "", &[("text", b"Norway met Sweden.")]);
    assert_eq!(sent.status, 401, "a form brings the cookie");
}

#[test]
fn the_token_becomes_a_cookie_that_no_other_site_sends() {
    let (_here, server, token) = open_to_all();
    let answer = server.get(&format!("/d/PAK-USA?on=2024-03-31&token={token}"));
    assert_eq!(answer.status, 200, "{}", answer.body);
    let cookie = answer.head.split("set-cookie: ").nth(1).unwrap().split("\r\n").next().unwrap();
    assert!(cookie.ends_with("; path=/; httponly; samesite=strict"), "{cookie}");
    assert!(answer.body.contains("content=\"0;url=/d/PAK-USA?on=2024-03-31\""), "{}", answer.body);
    assert!(!answer.body.contains(&token), "the page does not hold it: {}", answer.body);
    let brings = format!("Cookie: {}\r\n", cookie.split(';').next().unwrap());
    let page = server.get_with("/d/PAK-USA?on=2024-03-31", &brings);
    assert!(page.status == 200 && page.body.contains("Pakistan – United States"), "{}", page.body);
    assert_eq!(server.get_with("/index.json", &format!("Authorization: Bearer {token}\r\n")).status, 200);
    assert_eq!(server.get_with("/", "Cookie: demarche-1=x\r\n").status, 401);
    // Whoever opens the printed address again gets on as well, and no link repeats the token.
    let again = server.get_with(&format!("/?token={token}"), &brings);
    assert!(again.status == 200 && again.body.contains("content=\"0;url=/\""), "{}", again.body);
    let away = server.get(&format!("//evil.example/?token={token}"));
    assert!(away.body.contains("content=\"0;url=/evil.example/\""), "{}", away.body);
}

#[test]
fn addresses_are_answered_and_names_are_not() {
    let (_here, server, _) = open_to_all();
    for (host, status) in [("192.168.3.4:7878", 401), ("localhost", 401), ("evil.example", 421), ("", 421)] {
        assert_eq!(server.ask("GET", "/", host).status, status, "{host}");
    }
}

#[test]
fn loopback_asks_for_nothing_and_what_is_no_address_is_told() {
    let here = tempfile::tempdir().unwrap();
    let path = record(here.path(), &[hand::meeting()]);
    let server = Server::start_with(here.path(), &path, &["--address", "127.0.0.1"]);
    assert!(!server.said.contains("token"), "{}", server.said);
    assert_eq!(server.get("/").status, 200);
    let nowhere = demarche(
        here.path(),
        &["serve", "--record", "r.demarche", "--address", "203.0.113.7", "--port", "0", "--open", "no"],
    );
    assert!(
        nowhere.code == 1 && nowhere.err.contains("this machine has no address 203.0.113.7"),
        "{}",
        nowhere.err
    );
    assert_eq!(
        demarche(here.path(), &["serve", "--record", "r.demarche", "--address", "desk.example"]).code,
        2
    );
}
