//! The pages that lead to others — search, states, people, issues, network, sources — and pages read without being kept.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../../record/tests/hand/mod.rs"]
mod hand;
mod support;

use demarche_engine::Reading;
use support::serving;

#[test]
fn words_lead_to_states_people_issues_events_and_articles() {
    let (_here, server) = serving(&[hand::meeting(), hand::readout()]);
    for (path, words) in [
        ("/", "<datalist id=\"known\">"),
        ("/", "<option value=\"Sara Iqbal\">"),
        ("/", "can be judged"),
        ("/search?q=pakistan+usa", "href=\"/d/PAK-USA\""),
        ("/search?q=Pakist", "href=\"/s/PAK\""),
        ("/search?q=IQBAL", "href=\"/p/Sara%20Iqbal\""),
        ("/search?q=trade", "href=\"/i/trade\""),
        ("/search?q=corner", "<b class=\"found\">corner</b>"),
        ("/search?q=zyzzyva", "Nothing in this record has “zyzzyva”"),
        ("/search", "States, people, issues, words"),
        ("/s/PAK", "href=\"/d/PAK-USA\""),
        ("/s/PAK", "href=\"/p/Sara%20Iqbal\""),
        ("/p/Sara%20Iqbal", "Foreign Minister"),
        ("/p/Sara%20Iqbal?kind=contact", "href=\"/x/3f9a2c81d0-66\""),
        ("/p/Sara%20Iqbal?kind=action", "Nothing of that kind"),
        ("/i/trade", "2024-03"),
        ("/network", "<line class=\"tie"),
        ("/network?view=matrix", "<table class=\"matrix\">"),
        ("/network?since=1990-01-01&until=1990-12-31", "Nothing between two states counts"),
        ("/sources", "Gulf Courier"),
        ("/methods", "CC BY-SA 4.0"),
        ("/read", "enctype=\"multipart/form-data\""),
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, 200, "{path}");
        assert!(answer.body.contains(words), "{words:?} is on {path}: {}", answer.body);
        assert!(answer.body.len() < 150_000 && !answer.body.contains("style="), "{path}");
    }
    assert!(server.get("/s/pk").head.contains("location: /s/pak\r\n"));
    assert!(server.get("/app.js").head.contains("text/javascript"));
    assert!(server.get("/docs/momentum.md").body.contains("# Momentum"));
}

#[test]
fn what_cannot_be_found_has_words() {
    let (_here, server) = serving(&[hand::meeting()]);
    for (path, status, words) in [
        ("/s/Pakistn", 404, "did you mean"),
        ("/p/Nobody", 404, "No page of this record"),
        ("/p/Sara%20Iqbal?kind=gossip", 400, "contact, statement or action"),
        ("/p/Sara%20Iqbal?after=here", 400, "no key of a page"),
        ("/i/no/such", 404, "No event of this record"),
        ("/i/trade?after=here", 400, "no key of a page"),
        ("/network?since=soon", 400, "2024-03-31"),
        ("/network?since=2024-02-01&until=2024-01-01", 400, "ends before it begins"),
        ("/network?from=icews", 404, "no dataset"),
        ("/docs/..%2f..%2fCargo.toml", 404, "no such document"),
    ] {
        let answer = server.get(path);
        assert_eq!(answer.status, status, "{path}");
        assert!(answer.body.contains(words), "{words:?} is on {path}: {}", answer.body);
    }
    let (_here, server) = serving(&[]);
    assert!(server.get("/").body.contains("name=\"page\""), "an empty record offers to read a page");
    let answer = server.get("/network");
    assert!(answer.status == 404 && answer.body.contains("no day to answer for"), "{}", answer.body);
    for path in ["/search?q=trade", "/s/PAK", "/sources"] {
        assert_eq!(server.get(path).status, 200, "{path}");
    }
}

#[test]
fn long_lists_go_on_page_by_page() {
    let outlets: Vec<String> = (0..45).map(|n| format!("Outlet {n}")).collect();
    let readings: Vec<Reading> = outlets
        .iter()
        .enumerate()
        .map(|(n, outlet)| {
            let mut reading = hand::meeting();
            reading.article.hash = format!("{n:064x}");
            reading.article.outlet = Some(outlet.clone());
            reading.article.url = Some(format!("https://outlet{n}.example/story"));
            reading.article.text = reading.article.text.clone();
            let day = jiff::civil::date(2024, 1, 1).saturating_add(jiff::Span::new().days(n as i64 * 9));
            for filed in &mut reading.reports {
                filed.id = filed.id.replacen("3f9a2c81d0", &reading.article.hash[54..], 1);
                filed.article = reading.article.hash.clone();
                filed.report.date = Some(demarche_engine::time::Period::day(day));
            }
            reading
        })
        .collect();
    let (_here, server) = serving(&readings);
    let mut path = "/i/trade".to_owned();
    let mut pages = 0;
    loop {
        let page = server.get(&path).body;
        pages += 1;
        let Some(next) = page.split("rel=\"next\" href=\"").nth(1) else { break };
        path = next.split('"').next().unwrap().replace("&amp;", "&");
        assert!(pages < 10, "the pages do not end");
    }
    let first: serde_json::Value = serde_json::from_str(&server.get("/i/trade.json").body).unwrap();
    let in_all = first["events_in_all"].as_u64().unwrap();
    assert_eq!(pages, in_all.div_ceil(40), "{in_all} events");
}

#[test]
fn a_page_is_read_and_not_kept() {
    let (_here, server) = serving(&[hand::meeting()]);
    let page = b"<html><head><title>Norland and Pakistan talk</title></head><body><article><h1>Norway and Pakistan talk</h1>\
        <p>Pakistan's foreign minister, Sara Iqbal, met Norway's foreign minister, Per Lie, in Oslo on Monday.</p>\
        <p>The two discussed fisheries and trade, and Lie thanked Iqbal for the visit.</p></article></body></html>";
    let token = server.token();
    let answer = server.send_page(&token, "page.html", page);
    assert_eq!(answer.status, 200, "{}", answer.body);
    for words in ["not kept", "class=\"reported\"", "Sara Iqbal", "<li id=\"r1\">"] {
        assert!(answer.body.contains(words), "{words:?} in {}", answer.body);
    }
    assert!(!answer.body.contains("href=\"/x/"), "what is not kept has no page");
    let data: serde_json::Value = serde_json::from_str(&server.get("/index.json").body).unwrap();
    assert_eq!(data["read"]["articles"], 1, "the record is as it was");
    let passage = b"Pakistan's foreign minister, Sara Iqbal, met Norway's foreign minister, Per Lie, in Oslo on Monday.";
    let answer = server.post("/read", "", &[("token", token.as_bytes()), ("text", passage)]);
    assert!(answer.status == 200 && answer.body.contains("class=\"reported\""), "{}", answer.body);
    assert!(answer.body.contains("fewer than 20 words"), "it says that this is no article: {}", answer.body);
    let ours = format!("Origin: http://localhost:{}\r\nSec-Fetch-Site: same-origin\r\n", server.port);
    let fields: [(&str, &[u8]); 2] = [("token", token.as_bytes()), ("page", page)];
    assert_eq!(server.post("/read", &ours, &fields).status, 200);
    for theirs in ["Origin: http://evil.example\r\n", "Origin: null\r\n", "Sec-Fetch-Site: cross-site\r\n"] {
        let answer = server.post("/read", theirs, &fields);
        assert!(answer.status == 403 && answer.body.contains("another site"), "{theirs}{}", answer.body);
    }
}

#[test]
fn a_form_that_is_not_ours_or_too_large_is_refused_in_words() {
    let (_here, server) = serving(&[]);
    let token = server.token();
    let large = vec![b'a'; (2 << 20) + 1];
    let long = b"Pakistan's foreign minister met Norway's foreign minister in Oslo on Monday.\n".repeat(2000);
    for (sent, page, status, words) in [
        ("", &b"Some text."[..], 403, "out of date"),
        ("00000000000000000000000000000000", b"Some text.", 403, "out of date"),
        (&token, b"  ", 400, "nothing to read"),
        (&token, &large, 413, "At most 2 MB"),
        (&token, &long, 413, "At most 100 KB of text"),
    ] {
        let answer = server.send_page(sent, "page.txt", page);
        assert_eq!(answer.status, status, "{}", answer.body);
        assert!(answer.body.contains(words), "{words:?} in {}", answer.body);
    }
    assert_ne!(token, serving(&[]).1.token(), "each start has its own");
}

#[test]
fn several_pages_are_read_at_once() {
    let (here, server) = serving(&[hand::meeting()]);
    let page = |who: &str| {
        format!(
            "Talks in Oslo\n\nOslo Courier Published March 6, 2024\n\nPakistan’s foreign minister, {who}, met Norway’s \
             ambassador, Per Lie, on Monday.\nThe ambassador urged Pakistan to reopen the consulate in Karachi, which has been \
             closed since the winter of last year.\n"
        )
    };
    let long =
        format!("Long\n\n{}", "Norway met Sweden in Oslo on Monday and spoke about fish. ".repeat(2_000));
    let (token, one, other) = (server.token(), page("Sara Iqbal"), page("Omar <b>Khan"));
    let field = |name: &str| format!("page\"; filename=\"{name}");
    let [first, picture, large, second] = ["a.txt", "b.png", "c.txt", "d.txt"].map(field);
    let fields: [(&str, &[u8]); 6] = [
        ("token", token.as_bytes()),
        (&first, one.as_bytes()),
        (&picture, b"\x89PNG\r\n\x1a\n"),
        (&large, long.as_bytes()),
        (&second, other.as_bytes()),
        ("text", b""),
    ];
    let answer = server.post("/read", "", &fields);
    assert_eq!(answer.status, 200, "{}", answer.body);
    for words in
        ["This is the first of 2 articles", "Omar &lt;b", "b.png: ", "c.txt: not read", "demarche read FILE"]
    {
        assert!(answer.body.contains(words), "{words:?} in {}", answer.body);
    }
    let data = server.post("/read.json", "", &fields);
    let data: serde_json::Value = serde_json::from_str(&data.body).unwrap();
    assert_eq!(data["readings"].as_array().unwrap().len(), 2, "{data}");
    let too_much = server.post("/read", "", &[fields[0], fields[3]]);
    assert!(too_much.status == 413 && too_much.body.contains("too long"), "{}", too_much.body);
    let kept = demarche_record::Record::open(here.path().join("r.demarche")).unwrap();
    assert_eq!(kept.headlines(9).unwrap().len(), 1, "the record keeps none of them");
}
