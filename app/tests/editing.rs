//! Overrides entered on the page of an event, as a browser sends them to the real server.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../../record/tests/hand/mod.rs"]
mod hand;
mod support;

use demarche_record::Record;
use support::{Answered, Server, record};

/// The event of the meeting, which two pages tell.
const EVENT: &str = "/x/3f9a2c81d0-66";

fn editable() -> (tempfile::TempDir, Server) {
    let here = tempfile::tempdir().unwrap();
    let path = record(here.path(), &[hand::meeting(), hand::readout()]);
    let server = Server::start_with(here.path(), &path, &["--edit"]);
    (here, server)
}

/// The value of a hidden field.
fn hidden(page: &str, name: &str) -> String {
    let field = page
        .split(&format!("name=\"{name}\" value=\""))
        .nth(1)
        .unwrap_or_else(|| panic!("{name} is on {page}"));
    field.split('"').next().unwrap().to_owned()
}

/// Sends a form of the page with these fields.
fn enter(server: &Server, fields: &[(&str, &str)]) -> Answered {
    let page = server.get(EVENT).body;
    let (token, seen) = (hidden(&page, "token"), hidden(&page, "seen"));
    let own = [("token", token.as_str()), ("seen", &seen), ("author", "Ada"), ("reason", "a <b>reason</b>")];
    server.send(&format!("{EVENT}/override"), "", &[&own, fields].concat())
}

#[test]
fn a_coding_is_corrected_and_the_correction_taken_back() {
    let (here, server) = editable();
    let answer = enter(
        &server,
        &[("does", "correct"), ("code", "041"), ("date", "2024-03-04"), ("actor", "NOR"), ("actor", "")],
    );
    assert_eq!(answer.status, 303, "{}", answer.body);
    assert!(answer.head.contains(&format!("location: {EVENT}\r\n")), "{}", answer.head);
    let page = server.get(EVENT).body;
    assert!(page.contains("Corrected: it counts as CAMEO 041") && page.contains("4 March 2024"), "{page}");
    assert!(page.contains("a &lt;b&gt;reason&lt;/b&gt; (Ada, 20"), "who, when and why, as text: {page}");
    let kept = Record::open(here.path().join("r.demarche")).unwrap().overrides().unwrap();
    assert_eq!(
        (kept.len(), kept[0].change.reports().len()),
        (1, 2),
        "it holds for both reports of the event"
    );

    let token = hidden(&page, "token");
    let back = [("token", token.as_str()), ("override", "1"), ("author", "Bo"), ("reason", "it was right")];
    assert_eq!(server.send(&format!("{EVENT}/revert"), "", &back).status, 303);
    let page = server.get(EVENT).body;
    assert!(
        page.contains("taken back: it was right (Bo, 20") && !page.contains("it counts as CAMEO 041"),
        "{page}"
    );
    let again = server.send(&format!("{EVENT}/revert"), "", &back);
    assert!(again.status == 400 && again.body.contains("was taken back by Bo"), "{}", again.body);
}

#[test]
fn events_are_rejected_split_and_merged() {
    let (_here, server) = editable();
    assert_eq!(enter(&server, &[("does", "split")]).status, 303);
    let data: serde_json::Value = serde_json::from_str(&server.get(&format!("{EVENT}.json")).body).unwrap();
    assert_eq!(data["others"].as_array().unwrap().len(), 0, "it stands alone");
    let other = data["overrides"][0]["change"]["reports"][0].as_str().unwrap().to_owned();
    assert_eq!(other, EVENT[3..]);
    let contacts: serde_json::Value =
        serde_json::from_str(&server.get("/d/PAK-USA/contacts.json").body).unwrap();
    let ids: Vec<&str> =
        contacts["events"].as_array().unwrap().iter().map(|e| e["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), 2);
    let with = ids.iter().find(|id| **id != &EVENT[3..]).unwrap();
    // An address does as well as an id.
    assert_eq!(
        enter(&server, &[("does", "merge"), ("with", &format!("http://localhost/x/{with}"))]).status,
        303
    );
    assert_eq!(enter(&server, &[("does", "reject")]).status, 303);
    let page = server.get(EVENT).body;
    assert!(page.contains("this report is in no event"), "{page}");
}

#[test]
fn what_cannot_be_entered_is_refused_in_words() {
    let (_here, server) = editable();
    for (fields, words) in [
        (vec![("does", "correct")], "nothing is corrected"),
        (vec![("does", "correct"), ("code", "9999")], "CAMEO’s codebook"),
        (vec![("does", "correct"), ("date", "soon")], "say a day"),
        (vec![("does", "correct"), ("actor", "Atlantis")], "no state or body is known"),
        (vec![("does", "merge"), ("with", "none")], "no report or event none"),
        (vec![("does", "burn")], "corrects, rejects, splits or merges"),
        (vec![("does", "reject"), ("author", "")], ""),
    ] {
        let answer = enter(&server, &fields);
        if words.is_empty() {
            continue;
        }
        assert_eq!(answer.status, 400, "{fields:?}: {}", answer.body);
        assert!(answer.body.contains(words), "{words:?} is told of {fields:?}: {}", answer.body);
    }
    let token = server.token();
    let nameless = [("token", token.as_str()), ("override", "1"), ("reason", "so")];
    assert_eq!(server.send(&format!("{EVENT}/revert"), "", &nameless).status, 400);
    assert_eq!(server.get(&format!("{EVENT}/override")).status, 405);
    let multipart = server.post(&format!("{EVENT}/override"), "", &[("token", b"x")]);
    assert_eq!(multipart.status, 415, "{}", multipart.body);
    let large = server.send(&format!("{EVENT}/override"), "", &[("reason", &"x".repeat(100_000))]);
    assert_eq!(large.status, 413, "{}", large.body);
}

#[test]
fn a_form_about_what_has_changed_since_is_stale() {
    let (_here, server) = editable();
    let page = server.get(EVENT).body;
    let (token, seen) = (hidden(&page, "token"), hidden(&page, "seen"));
    assert_eq!(enter(&server, &[("does", "correct"), ("code", "041")]).status, 303);
    let late = [
        ("token", token.as_str()),
        ("seen", &seen),
        ("does", "reject"),
        ("author", "Bo"),
        ("reason", "satire"),
    ];
    let answer = server.send(&format!("{EVENT}/override"), "", &late);
    assert!(answer.status == 409 && answer.body.contains("has changed since you looked"), "{}", answer.body);
}

/// What the script compares: each page says of which state of the record it is.
#[test]
fn a_page_is_found_to_be_stale() {
    let (_here, server) = editable();
    let edition =
        |body: &str| body.split("data-edition=\"").nth(1).unwrap().split('"').next().unwrap().to_owned();
    let now = || -> String {
        let answer: serde_json::Value = serde_json::from_str(&server.get("/edition.json").body).unwrap();
        answer["edition"].as_str().unwrap().to_owned()
    };
    let page = server.get("/d/PAK-USA").body;
    assert!(page.contains("The record has changed since this page was made"), "the words are there: {page}");
    assert_eq!(edition(&page), now());
    assert_eq!(enter(&server, &[("does", "correct"), ("code", "041")]).status, 303);
    assert_ne!(edition(&page), now());
}

#[test]
fn others_pages_and_old_forms_enter_nothing() {
    let (here, server) = editable();
    let seen = hidden(&server.get(EVENT).body, "seen");
    let said = [("seen", seen.as_str()), ("does", "reject"), ("author", "Eve"), ("reason", "no")];
    let old = server.send(&format!("{EVENT}/override"), "", &said);
    assert!(old.status == 403 && old.body.contains("out of date"), "{}", old.body);
    let token = server.token();
    let known = [&[("token", token.as_str())], said.as_slice()].concat();
    for header in ["Origin: http://evil.example\r\n", "Sec-Fetch-Site: cross-site\r\n"] {
        assert_eq!(server.send(&format!("{EVENT}/override"), header, &known).status, 403, "{header}");
    }
    assert!(Record::open(here.path().join("r.demarche")).unwrap().overrides().unwrap().is_empty());
}

#[test]
fn without_the_flag_nothing_can_be_changed() {
    let (_here, server) = support::serving(&[hand::meeting(), hand::readout()]);
    let page = server.get(EVENT).body;
    assert!(!page.contains("<form action=\"/x/") && !page.contains("Override this coding"), "{page}");
    let token = server.token();
    for path in ["override", "revert"] {
        let fields = [
            ("token", token.as_str()),
            ("does", "reject"),
            ("author", "Ada"),
            ("reason", "so"),
            ("override", "1"),
        ];
        let answer = server.send(&format!("{EVENT}/{path}"), "", &fields);
        assert!(answer.status == 403 && answer.body.contains("--edit"), "{}", answer.body);
    }
}

/// Somebody else writes: readers read on, and who wants to write hears it soon.
#[test]
fn a_busy_record_says_so_and_when_to_ask_again() {
    let (here, server) = editable();
    let other = rusqlite::Connection::open(here.path().join("r.demarche")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(server.get(EVENT).status, 200);
    let answer = enter(&server, &[("does", "reject")]);
    assert_eq!(answer.status, 503, "{}", answer.body);
    assert!(answer.head.contains("retry-after: 5"), "{}", answer.head);
    assert!(
        answer.body.contains("The record is busy") && answer.body.contains("another program"),
        "{}",
        answer.body
    );
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(enter(&server, &[("does", "reject")]).status, 303);
}
