//! The page of a pair of states, its lists and its files, as a browser gets them from the real server.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../../record/tests/hand/mod.rs"]
mod hand;
mod support;

use support::{Server, demarche, serving};

/// A record of nothing but invented events of a dataset: Iceland and Norway talk every fifth day of two years.
fn imported() -> (tempfile::TempDir, Server) {
    let here = tempfile::tempdir().unwrap();
    let mut rows = "date\tsource\trelation\ttarget\n".to_owned();
    let mut day = jiff::civil::date(2019, 1, 1);
    while day.year() < 2021 {
        rows += &format!("{day}\tIceland\tConsult\tNorway\n{day}\tSweden\tMake statement\tIceland\n");
        day = day.saturating_add(jiff::ToSpan::days(5));
    }
    std::fs::write(here.path().join("talks.tsv"), rows).unwrap();
    let ran = demarche(here.path(), &["import", "talks.tsv", "--record", "r.demarche"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let server = Server::start(here.path(), &here.path().join("r.demarche"));
    (here, server)
}

fn data(server: &Server, path: &str) -> serde_json::Value {
    let answer = server.get(path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    serde_json::from_str(&answer.body).unwrap()
}

fn assert_words(server: &Server, path: &str, all: &[&str]) {
    let answer = server.get(path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.body);
    assert!(answer.body.len() < 150_000, "{path} is light");
    assert!(
        !answer.body.contains("<style") && !answer.body.contains(" style="),
        "{path} obeys its own policy"
    );
    for words in all {
        assert!(answer.body.contains(words), "{words:?} is on {path}: {}", answer.body);
    }
}

#[test]
fn every_section_has_its_words() {
    let (_here, server) = serving(&[hand::meeting(), hand::readout()]);
    let page = [
        "Insufficient evidence".to_lowercase(),
        "As of 6 March 2024, the day of the record’s last article".into(),
        "The course, by week".into(),
        "role=\"img\" aria-label=\"Pakistan – United States: events, tone and engagement by week".into(),
        "The numbers as a table".into(),
        "<a href=\"/d/PAK-USA.parquet\">PARQUET</a>".into(),
        "<blockquote>Foreign Minister Sara Iqbal met US Ambassador John Reed".into(),
        "Who met, by level and month".into(),
        "/d/PAK-USA/contacts?since=2024-03-01&amp;until=2024-03-31&amp;told=current&amp;level=ministers\">1</a>".into(),
        "Who speaks about what".into(),
        "/d/PAK-USA/statements?issue=trade&amp;side=PAK\">1</a>".into(),
        "The same contact as different texts tell it".into(),
        "Readout of Ambassador Reed’s meeting".into(),
        "Embassy of the United States".into(),
        "readout".into(),
        "Only here".into(),
        "had “turned a corner” this year.".into(),
        "What this rests on".into(),
        "unmonitored is not zero".into(),
        "Ask about other days, outlets, issues".into(),
        "The strongest events on the charts".into(),
        "data-from=\"2024-03-05\" data-to=\"2024-03-06\"".into(),
        "Show only these days".into(),
    ];
    assert_words(&server, "/d/PAK-USA", &page.each_ref().map(String::as_str));
    let all = data(&server, "/d/PAK-USA.json");
    assert_eq!(all["own"]["ladder"]["months"][0]["contacts"], serde_json::json!([0, 1, 0, 0, 0]));
    assert_eq!(all["own"]["voices"][0]["sides"], serde_json::json!([1, 0]));
    assert_eq!(all["own"]["readouts"][0]["accounts"].as_array().unwrap().len(), 2);
    assert_eq!(all["series"]["by"], "week");
}

/// What dragging over a chart asks for, and the form does without a script.
#[test]
fn a_period_filters_the_page_and_every_number_leads_to_as_many() {
    let (_here, server) = serving(&[hand::meeting(), hand::readout()]);
    let all = data(&server, "/d/PAK-USA.json");
    assert_eq!(all["series"]["strongest"][0]["event"], "3f9a2c81d0-66");
    assert_words(
        &server,
        "/d/PAK-USA",
        &["<circle class=\"strong\"", "<a class=\"title\" href=\"/x/3f9a2c81d0-66\">"],
    );
    let later = data(&server, "/d/PAK-USA.json?since=2024-03-06&until=2024-03-06");
    assert_eq!(later["own"]["ladder"]["months"].as_array().unwrap().len(), 0);
    assert_eq!(later["series"]["points"].as_array().unwrap().len(), 1);
    assert_words(
        &server,
        "/d/PAK-USA?since=2024-03-05&until=2024-03-05&window=30",
        &[
            "The course, by day",
            "Only 5 March 2024 to 5 March 2024 is shown",
            // The number leads to the contacts of these days, not of the month.
            "/d/PAK-USA/contacts?since=2024-03-05&amp;until=2024-03-05&amp;told=current&amp;level=ministers\">1</a>",
            "<input type=\"hidden\" name=\"window\" value=\"30\">",
            "href=\"/d/PAK-USA?window=30\">All days</a>",
            "href=\"/d/PAK-USA/people?since=2024-03-05&amp;until=2024-03-05\"",
        ],
    );
}

#[test]
fn lists_have_facets_and_files() {
    let (_here, server) = serving(&[hand::meeting(), hand::readout()]);
    for (list, there, gone) in [
        ("contacts", "met US Ambassador", "turned a corner"),
        ("contacts?level=ministers&told=current", "met US Ambassador", "Nothing on record is like that"),
        ("contacts?level=leaders", "Nothing on record is like that", "met US Ambassador"),
        ("statements", "turned a corner", "met US Ambassador"),
        ("statements?issue=trade&side=PAK", "turned a corner", "Nothing on record"),
        ("statements?issue=trade&side=USA", "Nothing on record is like that", "turned a corner"),
        (
            "statements?words=corner&since=2024-03-01&until=2024-03-31&code=01",
            "turned a corner",
            "Nothing on record",
        ),
        ("statements?since=2024-04-01", "Nothing on record is like that", "turned a corner"),
        ("actions", "The record holds none", "turned a corner"),
        ("events?outlet=Gulf+Courier", "turned a corner", "Nothing on record"),
        ("events?actor=Sara+Iqbal", "turned a corner", "Nothing on record"),
    ] {
        let answer = server.get(&format!("/d/PAK-USA/{list}"));
        assert_eq!(answer.status, 200, "{list}");
        assert!(answer.body.contains(there), "{there:?} is in {list}: {}", answer.body);
        assert!(!answer.body.contains(gone), "{gone:?} is not in {list}: {}", answer.body);
    }
    assert_words(&server, "/d/PAK-USA/issues", &["statements?issue=trade\">1</a>"]);
    assert_words(
        &server,
        "/d/PAK-USA/people",
        &["Sara Iqbal", "Foreign Minister", "events?actor=Sara+Iqbal\">2</a>"],
    );
    assert_eq!(data(&server, "/d/PAK-USA/people.json")[0]["contacts"], 1);
    assert_eq!(data(&server, "/d/PAK-USA/events.json")["events"].as_array().unwrap().len(), 2);
    let csv = server.get("/d/PAK-USA/people.csv").body;
    assert!(csv.contains("Sara Iqbal,PAK,Foreign Minister,1,1,0,2024-03-05"), "{csv}");
    assert!(server.get("/d/PAK-USA/issues.csv").body.contains("trade,,,1,1,0,2024-03-05"));
    let csv = server.get("/d/PAK-USA/statements.csv");
    assert!(
        csv.head.contains("text/csv") && csv.head.contains("filename=\"pak-usa-statements.csv\""),
        "{}",
        csv.head
    );
    assert_eq!(csv.body.lines().count(), 2, "{}", csv.body);
}

#[test]
fn pages_of_a_list_follow_each_other() {
    let (_here, server) = imported();
    let first = data(&server, "/d/ISL-NOR/events.json");
    assert_eq!(first["events"].as_array().unwrap().len(), 50);
    let next = first["next"].as_str().unwrap();
    let second = data(&server, &format!("/d/ISL-NOR/events.json?after={next}"));
    assert_ne!(first["events"][49]["id"], second["events"][0]["id"]);
    assert_words(&server, "/d/ISL-NOR/events", &[&format!("/d/ISL-NOR/events?after={next}"), "Next 50"]);
    assert_words(&server, &format!("/d/ISL-NOR/events?after={next}"), &["From the start"]);
    assert_eq!(server.get("/d/ISL-NOR/events.csv").body.lines().count(), 148, "the whole list, and a header");
    assert_words(&server, "/d/ISL-NOR/contacts", &["does not say which of its events are contacts"]);
    let (id, event) = (first["events"][0]["id"].as_str().unwrap(), &first["events"][0]);
    let at = format!("/x/{}", id.replace(':', "%3A").replace('@', "%40"));
    assert_words(&server, "/d/ISL-NOR/events", &[&format!("href=\"{at}\"")]);
    assert_words(&server, "/d/ISL-NOR", &["href=\"/x/triples%3A"]);
    assert_words(
        &server,
        &at,
        &["Iceland (ISL) → Norway (NOR)", "how triples codes it", "/d/ISL-NOR?from=triples"],
    );
    assert_eq!(data(&server, &format!("{at}.json"))["event"], *event);
    assert_eq!(server.get("/x/triples%3Anobody").status, 404);
}

#[test]
fn a_dataset_alone_is_what_a_record_of_nothing_else_tells() {
    let (_here, server) = imported();
    assert_words(
        &server,
        "/d/ISL-NOR",
        &[
            "the last day of triples",
            "coded by triples",
            "Iceland (ISL) → Norway (NOR)",
            "which triples does not give",
        ],
    );
    assert_words(&server, "/d/ISL-NOR?from=own", &["no dated article", "/d/ISL-NOR?from=triples"]);
    assert_words(&server, "/d/NOR-SWE", &["the pair is not monitored, or has been silent"]);
    assert_words(&server, "/d/BRA-CHL", &["are not monitored here"]);
    let by = |query: &str| {
        data(&server, &format!("/d/ISL-NOR.json{query}"))["series"]["points"].as_array().unwrap().len()
    };
    assert_eq!(
        (by("?by=month"), by("?by=month&since=2020-01-01"), by("?by=day&since=2020-12-01")),
        (24, 12, 31)
    );
    assert_eq!(server.get("/d/ISL-NOR.csv?by=month").body.lines().count(), 25);
    assert_words(
        &server,
        "/d/ISL-NOR?by=day",
        &["The course, by week", "By day this is too long to be drawn on a page"],
    );
    let tone = |query: &str| {
        data(&server, &format!("/d/ISL-NOR.json{query}"))["answer"]["verdict"]["tone"]["recent"]["n"].clone()
    };
    assert_eq!((tone(""), tone("?window=30"), tone("?without=CONSULT")), (18.into(), 6.into(), 0.into()));
    assert_eq!((tone("?directed=ISL"), tone("?directed=NOR")), (18.into(), 0.into()));
}

#[test]
fn drawings_stand_alone_and_parquet_is_parquet() {
    let (_here, server) = imported();
    let svg = server.get("/d/ISL-NOR.svg?by=week");
    assert!(
        svg.head.contains("image/svg+xml") && svg.head.contains("style-src 'unsafe-inline'"),
        "{}",
        svg.head
    );
    assert!(!svg.head.contains("script-src"), "scripts stay forbidden: {}", svg.head);
    assert!(svg.body.starts_with("<svg xmlns") && svg.body.contains("Iceland – Norway"), "{}", svg.body);
    assert!(
        svg.body.contains("Consult (040), both sides</text>")
            || svg.body.contains("Consult (040), ISL’s side</text>"),
        "{}",
        svg.body
    );
    // Parquet is no text: only its head is looked at.
    assert!(server.ask("HEAD", "/d/ISL-NOR.parquet", "localhost").head.contains("parquet"));
    assert!(
        server.ask("HEAD", "/d/ISL-NOR/events.parquet", "localhost").head.contains("isl-nor-events.parquet")
    );
    assert!(server.ask("HEAD", "/d/ISL-NOR.png", "localhost").head.contains("content-type: image/png"));
    assert_eq!(server.get("/d/ISL-NOR.doc").status, 404);
}

#[test]
fn addresses_swap_and_keep_what_is_asked() {
    let (_here, server) = serving(&[hand::meeting()]);
    for (from, to) in [
        (
            "/d/USA-PAK?on=2024-03-31&outlet=A+%26+B&outlet=C",
            "/d/pak-usa?on=2024-03-31&outlet=a+%26+b&outlet=c",
        ),
        ("/d/usa-pak.svg", "/d/pak-usa.svg"),
        ("/d/us-pk/contacts.csv?told=current", "/d/pak-usa/contacts.csv?told=current"),
    ] {
        let answer = server.get(from);
        assert_eq!(answer.status, 308, "{from}");
        assert!(answer.head.contains(&format!("location: {to}\r\n")), "{from}: {}", answer.head);
    }
}

#[test]
fn what_cannot_be_answered_says_why_and_what_there_is() {
    let (_here, server) = serving(&[hand::meeting(), hand::readout()]);
    let range = "The record reaches from 5 March 2024 to 6 March 2024";
    for (path, words) in [
        ("?on=soon", "on is a day, such as 2024-03-31"),
        ("?window=0", "cannot be counted"),
        ("?window=ninety", "window is a number of days"),
        ("?by=year", "day, week or month"),
        ("?from=icews", "no dataset “icews”"),
        ("?from=all", "name one"),
        ("?without=lunch", "type of PLOVER"),
        ("?issue=trads", "did you mean economy/trade"),
        ("?outlet=Gulf+Curier", "nothing from an outlet “Gulf Curier”; did you mean Gulf Courier?"),
        ("/events?outlet=gulf+courier", "did you mean Gulf Courier?"),
        ("?directed=CHN", "PAK or USA"),
        ("?since=2024-05-01", "lies after the last day"),
        ("?on=1950-01-01", "the record reaches from 2024-03-05 to 2024-03-06"),
        ("?until=2024-02-30", range),
        ("/contacts?told=loudly", "recalled"),
        ("/statements?side=CHN", "side is PAK or USA"),
        ("/contacts?level=kings", "leaders"),
        ("/events?code=x1", "digits"),
        ("/events?after=2024", "key"),
        ("/events?since=2024-05-01&until=2024-04-01", "lies after"),
    ] {
        let answer = server.get(&format!("/d/PAK-USA{path}"));
        assert_eq!(answer.status, 400, "{path}: {}", answer.body);
        assert!(answer.body.contains(words), "{words:?} is on {path}: {}", answer.body);
    }
    for path in ["/d/PAK-USA/wars", "/d/PAK-USA/contacts.doc", "/d/PAK-QQQ/contacts"] {
        assert_eq!(server.get(path).status, 404, "{path}");
    }
}

/// Whatever a page or an address says stays text, and nothing of it may run.
#[test]
fn a_hostile_page_is_shown_harmlessly() {
    let hostile = hand::hostile();
    let (_here, server) = serving(std::slice::from_ref(&hostile));
    for page in ["", "/contacts", "/statements", "/actions", "/events", "/issues", "/people"] {
        let answer = server.get(&format!("/d/PAK-USA{page}"));
        assert_eq!(answer.status, 200, "{page}: {}", answer.body);
        for tag in ["<script", "<img", "<svg onload", "<b>Minister", "<i>", "href=\"javascript:"] {
            assert!(!answer.without_our_script().contains(tag), "{tag} is on {page}");
        }
        assert!(
            answer.head.contains(
                "content-security-policy: default-src 'none'; style-src 'self'; script-src 'self';"
            ),
            "{page}"
        );
    }
    let typed = server.get("/d/PAK-USA/events?words=%22%3E%3Cscript%3Ealert(1)%3C/script%3E");
    assert!(
        typed.status == 200
            && !typed.without_our_script().contains("<script")
            && typed.body.contains("&lt;script"),
        "{}",
        typed.body
    );
    let split = server.get("/d/usa-pak?outlet=%0d%0aset-cookie:%20x=1");
    assert!(split.status == 308 && !split.head.contains("\nset-cookie"), "{}", split.head);
}
