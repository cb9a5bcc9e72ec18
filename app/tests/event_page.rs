//! What goes with the page of an event and of a pair: citations, evidence, the tree of a sentence, how it came together.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../../record/tests/hand/mod.rs"]
mod hand;
mod support;

use support::serving;

#[test]
fn pages_are_cited_with_engine_day_and_address() {
    let (_here, server) = serving(&[hand::meeting(), hand::readout()]);
    let engine = demarche_engine::ENGINE_VERSION;
    let address = format!("http://localhost:{}/x/3f9a2c81d0-66", server.port);
    let page = server.get("/x/3f9a2c81d0-66").body;
    assert!(page.contains("Cite this page") && page.contains("Demarche. (2024). <em>"), "{page}");
    assert!(page.contains(&format!("as of 6 March 2024]. {address}</p>")), "{page}");
    let file = server.get("/x/3f9a2c81d0-66.bib");
    assert!(
        file.head.contains("application/x-bibtex") && file.head.contains("filename=\"3f9a2c81d0-66.bib\""),
        "{}",
        file.head
    );
    for words in [
        "@misc{demarche-3f9a2c81d0-66,".to_owned(),
        format!("version = {{{engine}}}"),
        "in the record r.demarche, as of 6 March 2024".into(),
        format!("url = {{{address}}}"),
    ] {
        assert!(file.body.contains(&words), "{words:?} is in {}", file.body);
    }
    let pair = server.get("/d/PAK-USA.bib?window=30").body;
    // The day is said, so that the address goes on answering the same.
    assert!(pair.contains("/d/PAK-USA?window=30&on=2024-03-06}"), "{pair}");
    assert_eq!(server.get("/x/3f9a2c81d0-66.doc").status, 404);
}

#[test]
fn evidence_is_one_page_or_data() {
    let (_here, server) = serving(&[hand::meeting(), hand::readout()]);
    for (at, heading) in [
        ("/x/3f9a2c81d0-66/evidence", "Sara Iqbal"),
        ("/d/PAK-USA/evidence", "Pakistan – United States, as of 6 March 2024"),
    ] {
        let page = server.get(&format!("{at}.html"));
        assert!(page.status == 200 && page.body.contains(heading), "{at}: {}", page.body);
        assert!(
            page.head.contains("style-src 'unsafe-inline'") && !page.head.contains("script-src"),
            "{}",
            page.head
        );
        assert!(page.body.contains("met US Ambassador John Reed"), "{}", page.body);
        let data: serde_json::Value = serde_json::from_str(&server.get(&format!("{at}.json")).body).unwrap();
        let selector = &data["events"][0]["reports"][0]["target"]["selector"];
        assert_eq!(selector[0]["type"], "TextQuoteSelector", "{data:#}");
    }
    let data: serde_json::Value = serde_json::from_str(&server.get("/d/PAK-USA/evidence.json").body).unwrap();
    assert_eq!(data["verdict"]["label"], "insufficient_evidence");
    assert_eq!(server.get("/d/USA-PAK/evidence.html").status, 200);
    assert_eq!(server.get("/x/none/evidence.html").status, 404);
}

#[test]
fn a_sentence_shows_its_tree_and_an_event_how_it_came_together() {
    let (_here, server) = serving(&hand::printed(&["Atlas Wire", "Bay Post"]));
    let home: serde_json::Value = serde_json::from_str(&server.get("/index.json").body).unwrap();
    let id = home["latest_contacts"][0]["event"]["id"].as_str().unwrap().to_owned();
    let tree = server.get(&format!("/x/{id}/tree.svg"));
    assert!(tree.head.contains("image/svg+xml") && tree.body.contains("nsubj"), "{}", tree.body);
    assert_eq!(tree.body.matches("<g ").count(), 1, "one sentence: {}", tree.body);
    assert!(server.ask("HEAD", &format!("/x/{id}/tree.png"), "localhost").head.contains("image/png"));
    let page = server.get(&format!("/x/{id}")).body;
    assert!(page.contains("loading=\"lazy\"") && page.contains("How the event came together"), "{page}");
    assert!(page.contains("told it first") && page.contains("in the same words as"), "{page}");
    assert_eq!(server.get(&format!("/x/{id}/roots.svg")).status, 404);
}
