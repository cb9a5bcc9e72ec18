//! The pages as a browser gets them from the real server.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../../record/tests/hand/mod.rs"]
mod hand;
mod support;

use support::serving;

#[test]
fn every_page_is_there_in_words_and_as_data() {
    let (_here, server) = serving(&[hand::meeting(), hand::readout()]);
    for (page, words) in [
        ("/", "Pakistan – United States"),
        ("/d/PAK-USA", "insufficient evidence"),
        ("/d/PAK-USA?on=2024-03-31", "31 March 2024"),
        ("/x/3f9a2c81d0-66", "CONSULT/meet"),
        ("/a/3f9a2c81d0", "turned a corner"),
    ] {
        let answer = server.get(page);
        assert_eq!(answer.status, 200, "{page}");
        assert!(answer.head.contains("content-type: text/html; charset=utf-8"), "{page}");
        assert!(answer.body.contains(words), "{words:?} is on {page}: {}", answer.body);
        assert!(!answer.without_our_script().contains("<script"), "{page} has no script of its own");
        assert!(answer.body.len() < 150_000, "{page} is light");
    }
    for (data, field, value) in [
        ("/index.json", "/read/articles", serde_json::json!(2)),
        ("/d/PAK-USA.json", "/answer/verdict/label", serde_json::json!("insufficient_evidence")),
        ("/x/3f9a2c81d0-66.json", "/report/id", serde_json::json!("3f9a2c81d0-66")),
        ("/a/3f9a2c81d0.json", "/article/outlet", serde_json::json!("Gulf Courier")),
    ] {
        let answer = server.get(data);
        assert!(answer.status == 200 && answer.head.contains("application/json"), "{data}");
        let parsed: serde_json::Value = serde_json::from_str(&answer.body).unwrap();
        assert_eq!(parsed.pointer(field), Some(&value), "{data}");
    }
    assert!(server.get("/style.css").head.contains("text/css"));
    assert_eq!(server.ask("HEAD", "/", "localhost").status, 200);
}

#[test]
fn near_copies_are_listed_once_with_their_outlets() {
    let outlets = ["Atlas Wire", "Bay Post", "Cape Times", "Delta News", "East Mail"];
    let printed = hand::printed(&outlets);
    let (_here, server) = serving(&printed);
    let home = server.get("/").body;
    assert!(home.contains("Atlas Wire, Bay Post, Cape Times and 2 more outlets"), "{home}");
    assert!(home.contains("told 5 times in one text") && !home.contains("Bay Post: Iqbal"), "{home}");
    let page = server.get(&format!("/a/{}", &printed[1].article.hash[..10])).body;
    assert!(page.contains("Printed by 5 outlets") && page.contains("Delta News: Iqbal meets Reed"), "{page}");
    assert!(page.contains(&format!("href=\"/a/{}\"", &printed[4].article.hash[..10])), "{page}");
    let event = server.get(&format!("/x/{}", printed[2].reports[0].id)).body;
    assert!(event.contains("3 more in the same words"), "{event}");
    let data: serde_json::Value =
        serde_json::from_str(&server.get(&format!("/a/{}.json", printed[0].article.hash)).body).unwrap();
    assert_eq!(data["copies"].as_array().unwrap().len(), 4);
    assert_eq!(data["events"][0]["texts"], 1);
    let data: serde_json::Value = serde_json::from_str(&server.get("/index.json").body).unwrap();
    assert_eq!((&data["read"]["articles"], &data["read"]["texts"]), (&5.into(), &1.into()));
}

#[test]
fn versions_show_what_changed_and_what_was_replaced() {
    let [old, new] = hand::versions();
    let (_here, server) = serving(&[new.clone(), old.clone()]);
    let page = server.get(&format!("/a/{}", &old.article.hash[..10])).body;
    for words in [
        "This version was replaced by a later version of the page (changed 5 March 2024, 20:00)",
        "What the current version changed",
        "<del>Iqbal told the ambassador",
        "<ins>An earlier version said",
        "Versions",
    ] {
        assert!(page.contains(words), "{words:?} is in {page}");
    }
    let page = server.get(&format!("/a/{}", &new.article.hash[..10])).body;
    assert!(
        page.contains("What this version changed") && !page.contains("This version was replaced"),
        "{page}"
    );
    let told = server.get(&format!("/x/{}", old.reports[0].id));
    assert!(told.status == 200 && told.body.contains("The current version still tells it"), "{}", told.body);
    let gone = server.get(&format!("/x/{}", old.reports[1].id));
    assert!(gone.status == 200 && gone.body.contains("No report of the current version"), "{}", gone.body);
    assert!(gone.body.contains(&format!("href=\"/a/{}\"", &new.article.hash[..10])), "{}", gone.body);
    let data: serde_json::Value =
        serde_json::from_str(&server.get(&format!("/a/{}.json", old.article.hash)).body).unwrap();
    assert_eq!(data["versions"][0]["current"], false);
    assert_eq!(data["changed"]["to"], new.article.hash.as_str());
}

#[test]
fn pairs_lead_to_one_address() {
    let (_here, server) = serving(&[hand::meeting()]);
    for (from, to) in [
        ("/d/USA-PAK", "/d/pak-usa"),
        ("/d/pak-usa", "/d/pak-usa"),
        ("/d/us-pk.json?on=2024-03-31", "/d/pak-usa.json?on=2024-03-31"),
        ("/d?a=united+states&b=Pakistan", "/d/pak-usa"),
    ] {
        let answer = server.get(from);
        assert_eq!(answer.status, 308, "{from}");
        assert!(answer.head.contains(&format!("location: {to}\r\n")), "{from}: {}", answer.head);
    }
}

#[test]
fn what_is_not_there_has_words() {
    let (_here, server) = serving(&[hand::meeting()]);
    for (path, status, words) in [
        ("/nothing", 404, "no such page"),
        ("/x/none", 404, "No report or event"),
        ("/a/ffffffffff", 404, "No article"),
        ("/a/..%2f..%2fetc%2fpasswd", 404, "No article"),
        ("/d/PAK", 404, "/d/PAK-USA"),
        ("/d/PKA-USA", 404, "did you mean"),
        ("/d/PAK-PAK", 404, "two different states"),
        ("/d/PAK-USA?on=soon", 400, "2024-03-31"),
        ("/d/PAK-USA?on=1950-01-01", 400, "cannot be answered"),
        ("/d", 404, "No such state"),
        ("/x/%ff", 400, ""),
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, status, "{path}");
        assert!(answer.body.contains(words), "{words:?} is on {path}: {}", answer.body);
    }
    let answer = server.get("/x/none.json");
    assert!(answer.status == 404 && answer.body.contains("\"error\""), "{}", answer.body);
    let answer = server.ask("POST", "/", "localhost");
    assert_eq!(answer.status, 405);
}

#[test]
fn an_empty_record_explains_the_first_step() {
    let (_here, server) = serving(&[]);
    let answer = server.get("/");
    assert!(answer.status == 200 && answer.body.contains("demarche read"), "{}", answer.body);
    let answer = server.get("/d/PAK-USA");
    assert!(answer.status == 200 && answer.body.contains("no dated article"), "{}", answer.body);
}

/// Pages are kept as they were sent, and made anew once the record has changed.
#[test]
fn a_page_changes_once_the_record_has() {
    let (here, server) = serving(&[hand::meeting()]);
    let packed = |how: &str| server.get_with("/d/PAK-USA", &format!("Accept-Encoding: {how}\r\n")).head;
    // Each as it asks for it, whatever was asked for before.
    for _ in 0..2 {
        assert!(packed("gzip").contains("content-encoding: gzip"));
        assert!(
            !packed("gzip;q=0").contains("content-encoding")
                && !packed("br;q=0").contains("content-encoding")
        );
        assert!(server.get("/index.json").body.contains("\"articles\": 1,"));
        let event = server.ask("GET", "/x/3f9a2c81d0-66", "127.0.0.1").body;
        assert!(event.contains("http://127.0.0.1/x/") && !event.contains("http://localhost"), "{event}");
        let event = server.ask("GET", "/x/3f9a2c81d0-66", "localhost").body;
        assert!(event.contains("http://localhost/x/") && !event.contains("http://127.0.0.1"), "{event}");
        let head = server.ask("HEAD", "/index.json", "localhost");
        assert!(head.status == 200 && head.body.is_empty());
        assert_eq!(server.get("/x/3f9a2c81d0-99999").status, 404);
    }
    let kept = server.get("/");
    assert!(
        kept.head.contains("content-security-policy: default-src 'none'; style-src 'self';"),
        "{}",
        kept.head
    );
    // Another program reads a page into the record.
    let page = "Talks in Oslo\n\nOslo Courier Published March 6, 2024\n\nPakistan’s foreign minister, Sara Iqbal, met \
                Norway’s ambassador, Per Lie, on Monday.\nThe ambassador urged Pakistan to reopen the consulate in Karachi, \
                which has been closed since the winter of last year.\n";
    std::fs::write(here.path().join("page.txt"), page).unwrap();
    let ran = support::demarche(here.path(), &["read", "page.txt", "--record", "r.demarche"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let now = server.get("/");
    assert!(!kept.body.contains("Talks in Oslo") && now.body.contains("Talks in Oslo"), "{}", now.body);
    assert!(server.get("/index.json").body.contains("\"articles\": 2,"));
}

/// Whatever a page prints stays text: its tags are escaped, its addresses lead nowhere, and no script may run.
#[test]
fn a_hostile_page_is_shown_harmlessly() {
    let hostile = hand::hostile();
    let (_here, server) = serving(std::slice::from_ref(&hostile));
    let id = &hostile.reports[0].id;
    for page in
        ["/", "/d/PAK-USA", &format!("/x/{id}"), "/a/0badc0de0b", "/x/%3Cscript%3Ealert(1)%3C%2Fscript%3E"]
    {
        let answer = server.get(page);
        for tag in ["<script", "<img", "<svg onload", "<b>Minister", "<i>", "href=\"javascript:"] {
            assert!(!answer.without_our_script().contains(tag), "{tag} is on {page}");
        }
        assert!(answer.body.contains("&lt;script"), "{page} shows it");
        for header in [
            "content-security-policy: default-src 'none'; style-src 'self';",
            "x-content-type-options: nosniff",
            "x-frame-options: deny",
            "script-src 'self';",
            "referrer-policy: same-origin",
        ] {
            assert!(answer.head.contains(header), "{header} guards {page}: {}", answer.head);
        }
        assert!(!answer.head.contains("unsafe-inline"), "{page}");
    }
}

#[test]
fn only_loopback_names_are_answered() {
    let (_here, server) = serving(&[hand::meeting()]);
    for ours in ["localhost", "127.0.0.1:1", "[::1]"] {
        assert_eq!(server.ask("GET", "/", ours).status, 200, "{ours}");
    }
    for theirs in ["evil.example", "localhost.evil.example", ""] {
        let answer = server.ask("GET", "/index.json", theirs);
        assert_eq!(answer.status, 421, "{theirs}");
        assert!(
            !answer.body.contains("\"read\"") && answer.head.contains("x-frame-options"),
            "{}",
            answer.body
        );
    }
}

#[cfg(unix)]
#[test]
fn an_interrupt_ends_it_cleanly() {
    let (_here, mut server) = serving(&[hand::meeting()]);
    assert_eq!(server.get("/").status, 200);
    // Someone who never finishes asking does not hold it up.
    let mut slow = std::net::TcpStream::connect(("127.0.0.1", server.port)).unwrap();
    std::io::Write::write_all(&mut slow, b"GET / HT").unwrap();
    let pid = server.child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &pid]).status().unwrap().success());
    assert_eq!(server.child.wait().unwrap().code(), Some(0));
}
