//! The program as people run it: what it prints, what it complains about, how it ends.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

#[path = "../../record/tests/hand/mod.rs"]
mod hand;
mod support;

use std::fs;
use std::io::Write as _;
use std::net::TcpListener;
use std::process::Stdio;

use support::{Ran, demarche, program, record};

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn help_has_examples_and_wrong_usage_ends_with_two() {
    let here = folder();
    for command in [
        &["--help"][..],
        &["read", "--help"],
        &["momentum", "--help"],
        &["movers", "--help"],
        &["series", "--help"],
        &["explain", "--help"],
        &["parse", "--help"],
        &["serve", "--help"],
        &["who", "--help"],
        &["export", "--help"],
        &["codes", "--help"],
        &["world", "add", "--help"],
        &["import", "--help"],
        &["events", "--help"],
        &["evidence", "--help"],
        &["about", "--help"],
        &["override", "--help"],
        &["reread", "--help"],
        &["diff", "--help"],
        &["check", "--help"],
        &["backup", "--help"],
        &["dump", "--help"],
    ] {
        let Ran { code, out, .. } = demarche(here.path(), command);
        assert!(code == 0 && out.contains("Examples:\n"), "{command:?}: {out}");
    }
    for wrong in [&[][..], &["read"], &["raed", "x"], &["momentum", "PAK"], &["read", "x", "--jobs", "0"]] {
        let Ran { code, err, .. } = demarche(here.path(), wrong);
        assert!(code == 2 && !err.is_empty(), "{wrong:?}: {err}");
    }
}

/// Each bad input gets a line on stderr that names it and says what is wrong, and none stops the others.
#[test]
fn bad_pages_each_get_a_line_and_never_stop_the_batch() {
    let here = folder();
    let root = here.path();
    fs::write(root.join("empty.html"), "").unwrap();
    fs::write(root.join("binary.html"), (0..=255).cycle().take(4096).collect::<Vec<u8>>()).unwrap();
    fs::write(root.join("bare.html"), "<!doctype html><html><body></body></html>").unwrap();
    fs::File::create(root.join("huge.html")).unwrap().set_len(200_000_000).unwrap();
    fs::create_dir(root.join("nothing-here")).unwrap();
    let names = [
        "empty.html",
        "binary.html",
        "bare.html",
        "huge.html",
        "nothing-here",
        "bare.html/below",
        "gone.html",
        "no*.html",
    ];
    let mut args = vec!["read", "--format", "jsonl"];
    args.extend(names);
    let Ran { code, out, err } = demarche(root, &args);
    assert_eq!(code, 1, "{err}");
    assert_eq!(out, "");
    let lines: Vec<&str> = err.lines().collect();
    assert_eq!(lines.len(), names.len() + 1, "{err}");
    for (line, name) in lines.iter().zip(names) {
        assert!(line.starts_with(&format!("{name}: ")), "{line:?} is about {name}");
    }
    for (line, words) in
        [(3, "too large"), (4, "it is empty"), (5, "not a folder"), (6, "no such file"), (7, "matches")]
    {
        assert!(lines[line].contains(words), "{}", lines[line]);
    }
    assert_eq!(lines[names.len()], "read 0 articles from 8 inputs, 8 failed");
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_named() {
    let here = folder();
    std::os::unix::fs::symlink("nowhere", here.path().join("gone.html")).unwrap();
    let Ran { code, err, .. } = demarche(here.path(), &["read", "gone.html"]);
    assert!(code == 1 && err.contains("gone.html: this link leads nowhere"), "{err}");
    let Ran { code, err, .. } = demarche(here.path(), &["read", "."]);
    assert!(code == 1 && err.contains("gone.html: "), "{err}");
}

#[test]
fn empty_standard_input_is_named() {
    let here = folder();
    let Ran { code, err, .. } = demarche(here.path(), &["read", "-"]);
    assert!(code == 1 && err.starts_with("standard input: "), "{err}");
}

#[test]
fn json_is_an_array_even_when_nothing_was_read() {
    let here = folder();
    let Ran { out, .. } = demarche(here.path(), &["read", "gone.html", "--format", "json"]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&out).unwrap(), serde_json::json!([]));
}

#[test]
fn what_is_not_a_record_is_refused_by_every_command() {
    let here = folder();
    let root = here.path();
    fs::write(root.join("notes.txt"), "These are notes and no record. ".repeat(100)).unwrap();
    for args in [
        &["read", "notes.txt", "--record", "notes.txt"][..],
        &["momentum", "PAK", "USA", "--record", "notes.txt"],
        &["explain", "x", "--record", "notes.txt"],
        &["serve", "--open", "no", "--record", "notes.txt"],
        &["export", "--format", "csv", "--record", "notes.txt"],
    ] {
        let Ran { code, err, .. } = demarche(root, args);
        assert!(code == 1 && err.contains("notes.txt: this is not a demarche record"), "{args:?}: {err}");
    }
    let Ran { code, err, .. } = demarche(root, &["momentum", "PAK", "USA", "--record", "none"]);
    assert!(code == 1 && err.contains("no such record") && err.contains("demarche read"), "{err}");
}

#[test]
fn events_are_exported_to_a_file_or_standard_output() {
    let here = folder();
    let path = record(here.path(), &[hand::meeting(), hand::readout()]);
    let path = path.to_str().unwrap();
    let export = |args: &[&str]| {
        let mut all = vec!["export", "--record", path];
        all.extend(args);
        demarche(here.path(), &all)
    };
    let Ran { code, out, err } = export(&["pakistan", "US", "--format", "csv", "--kind", "contact"]);
    assert_eq!((code, err.as_str()), (0, "1 event as 1 row\n"));
    assert!(out.starts_with("id,dataset,") && out.contains("\r\n3f9a2c81d0-66,,,2024-03-05,"), "{out}");
    let Ran { code, out, err } =
        export(&["PAK", "--format", "dyad-week", "--out", "sums.csv", "--datapackage"]);
    assert_eq!((code, out.as_str(), err.as_str()), (0, "", "sums.csv: 2 events as 2 rows\n"));
    let sums = fs::read_to_string(here.path().join("sums.csv")).unwrap();
    assert!(sums.contains("\n2024-03-04,PAK,USA,770,2,770,2,mutual,1,0,0,0,0,1,1,1\r\n"), "{sums}");
    assert!(here.path().join("datapackage.json").is_file());
    let Ran { code, out, err } = export(&["PAK", "CHN", "--format", "jsonl"]);
    assert_eq!((code, out.as_str()), (0, ""));
    assert!(err.contains("0 events") && err.contains("there is nothing in it"), "{err}");
    for (wrong, says) in [
        (&["--format", "xls"][..], "it is one of csv, jsonl"),
        (&["--format", "parquet"], "name a file with --out"),
        (&["--format", "csv", "--datapackage"], "--out"),
        (&["--format", "csv", "pakistn"], "did you mean PAK"),
        (&["--format", "csv", "PAK", "pk"], "two different states"),
        (&["--format", "csv", "PAK", "--directed"], "<B>"),
        (&["--format", "csv", "PAK", "--actor", "USA"], "both say who takes part"),
        (&["--format", "csv", "--since", "2024-05-01", "--until", "2024-04-01"], "lies after"),
        (&["--format", "csv", "--kind", "war"], "contact, statement or action"),
        (&["--format", "csv", "--code", "4x"], "one to four digits"),
    ] {
        let Ran { code, out, err } = export(wrong);
        assert!(code == 2 && out.is_empty() && err.contains(says), "{wrong:?}: {err}");
    }
    let Ran { code, err, .. } = export(&["--format", "csv", "--from", "gdelt"]);
    assert!(
        code == 1 && err.contains("holds no dataset “gdelt”") && err.contains("demarche import"),
        "{err}"
    );
}

#[test]
fn momentum_answers_in_words_and_as_data() {
    let here = folder();
    let path = record(here.path(), &[hand::meeting(), hand::readout()]);
    let path = path.to_str().unwrap();
    let asked = |args: &[&str]| {
        let mut all = vec!["momentum", "--record", path];
        all.extend(args);
        demarche(here.path(), &all)
    };
    let Ran { code, out, err } = asked(&["us", "pakistan"]);
    assert_eq!((code, err.as_str()), (0, ""));
    let words = out.split_whitespace().collect::<Vec<_>>().join(" ");
    for part in [
        "United States – Pakistan, as of 6 March 2024 (the day of the record’s last article",
        "Insufficient evidence",
        "For (1)",
        "5 March 2024 · Consult (040) · both sides · Embassy of the United States, Gulf Courier 3f9a2c81d0-66",
        "“Foreign Minister Sara Iqbal met US Ambassador John Reed",
        "Against (0)",
        "Nothing conflictual between them",
    ] {
        assert!(words.contains(part), "{part:?} is in {words}");
    }
    let Ran { out, .. } = asked(&["PAK", "USA", "--on", "2024-03-31", "--json"]);
    let data: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(data["verdict"]["label"], "insufficient_evidence");
    assert_eq!(data["verdict"]["question"]["on"], "2024-03-31");
    assert_eq!(data["on_last_day"], false);
    assert_eq!(data["quotes"]["3f9a2c81d0-66"]["outlet"], "Gulf Courier");

    let Ran { code, err, .. } = asked(&["PAK", "Untied States"]);
    assert!(code == 2 && err.contains("did you mean USA (United States)"), "{err}");
    let Ran { code, err, .. } = asked(&["PAK", "pk"]);
    assert!(code == 2 && err.contains("two different states"), "{err}");
    let Ran { code, err, .. } = asked(&["PAK", "USA", "--on", "yesterday"]);
    assert!(code == 2 && err.contains("--on"), "{err}");
}

#[test]
fn momentum_of_an_empty_record_says_what_to_do() {
    let here = folder();
    let path = record(here.path(), &[]);
    let Ran { code, err, .. } =
        demarche(here.path(), &["momentum", "PAK", "USA", "--record", path.to_str().unwrap()]);
    assert!(code == 1 && err.contains("no dated article") && err.contains("demarche read"), "{err}");
}

#[test]
fn near_copies_and_versions_are_summed_up() {
    let here = folder();
    let head = "<!doctype html><html><head><title>Fish talks</title><link rel='canonical' href='https://harbour.example/";
    let body = "<article><h1>Fish talks</h1><p>The ministers of Norland and Sudland met in Oslo on Monday and spoke about fish \
                for two hours before they left.</p><p>Their spokesmen said that the crews of three seized boats would be \
                let go within a week, and that a second round would follow in June.</p>";
    for (name, page, last) in [
        ("a", "fish", "<p>One.</p>"),
        ("b", "fish?utm_source=x", "<p>Neither side would say whether the northern banks had come up.</p>"),
        ("c", "cod", "<p>Three.</p>"),
    ] {
        let page = format!("{head}{page}'></head><body>{body}{last}</article></body></html>");
        fs::write(here.path().join(format!("{name}.html")), page).unwrap();
    }
    let read = || demarche(here.path(), &["read", "a.html", "b.html", "c.html", "--record", "r.demarche"]);
    let Ran { code, err, .. } = read();
    assert_eq!(code, 0, "{err}");
    assert!(err.contains("3 new (2 near copies, 1 version replaced by a later one), 0 known"), "{err}");
    assert!(err.contains("it holds 3 articles of 1 text,"), "{err}");
    let Ran { err, .. } = read();
    assert!(
        err.contains("0 new, 0 known from another place, 3 unchanged; it holds 3 articles of 1 text,"),
        "{err}"
    );
}

#[test]
fn explain_shows_the_marked_sentence_and_as_data() {
    let here = folder();
    let meeting = hand::meeting();
    let path = record(here.path(), std::slice::from_ref(&meeting));
    let path = path.to_str().unwrap();
    let id = meeting.reports[0].id.as_str();
    let Ran { code, out, .. } = demarche(here.path(), &["explain", id, "--record", path]);
    assert_eq!(code, 0);
    assert!(out.contains("[actor: Foreign Minister Sara Iqbal] [trigger: met]"), "{out}");
    assert!(!out.contains('\u{1b}'), "no colour where nobody sees it");
    let bright =
        program(here.path(), &["explain", id, "--record", path]).env("CLICOLOR_FORCE", "1").output().unwrap();
    assert!(Ran::from(bright).out.contains('\u{1b}'));
    let Ran { out, .. } = demarche(here.path(), &["explain", id, "--record", path, "--json"]);
    let data: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(data["report"]["id"], id);
    assert_eq!(data["article"]["hash"], meeting.article.hash.as_str());
    let Ran { code, err, .. } = demarche(here.path(), &["explain", "3f9a2c81d0-6", "--record", path]);
    assert!(code == 1 && err.contains(id), "{err}");
}

#[test]
fn a_report_of_a_replaced_version_says_so() {
    let here = folder();
    let [old, new] = hand::versions();
    let path = record(here.path(), &[old.clone(), new.clone()]);
    let path = path.to_str().unwrap();
    let explain = |id: &str| {
        let Ran { code, out, .. } = demarche(here.path(), &["explain", id, "--record", path]);
        assert_eq!(code, 0);
        out.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let taken_up = explain(&old.reports[0].id);
    for words in ["replaced by a later version of the page (changed 5 March 2024, 20:00)", "[trigger: met]"] {
        assert!(taken_up.contains(words), "{words:?} is in {taken_up}");
    }
    assert!(
        taken_up.contains(&format!("the current version still tells it: {}", new.reports[0].id)),
        "{taken_up}"
    );
    let gone = explain(&old.reports[1].id);
    assert!(gone.contains("no report of the current version takes its place"), "{gone}");
    assert!(!explain(&new.reports[0].id).contains("replaced"));
    let Ran { out, .. } = demarche(here.path(), &["explain", &old.reports[1].id, "--record", path, "--json"]);
    let data: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(data["event"], serde_json::Value::Null);
    assert_eq!(data["article"]["replaced_by"]["hash"], new.article.hash.as_str());
}

#[test]
fn a_port_in_use_suggests_another() {
    let here = folder();
    let path = record(here.path(), &[]);
    let taken = TcpListener::bind("127.0.0.1:0").unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let Ran { code, err, .. } = demarche(
        here.path(),
        &["serve", "--open", "no", "--port", &port, "--record", path.to_str().unwrap()],
    );
    assert_eq!(code, 1);
    assert!(err.contains(&format!("port {port} is in use")) && err.contains("try --port"), "{err}");
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_quietly() {
    let here = folder();
    let many: Vec<_> = (0..400)
        .map(|i| {
            let mut reading = hand::meeting();
            reading.article.hash = format!("{i:016x}").repeat(4);
            // No address and no wording in common: neither versions nor copies of each other.
            reading.article.url = None;
            reading.article.blocks.clear();
            for (n, filed) in reading.reports.iter_mut().enumerate() {
                filed.id = format!("{}-{n}", &reading.article.hash[6..16]);
                filed.article.clone_from(&reading.article.hash);
            }
            reading
        })
        .collect();
    let path = here.path().join("r.demarche");
    let mut kept = demarche_record::Record::create_or_open(&path).unwrap();
    let source = hand::source("x");
    kept.add(many.iter().map(|r| (r, &source))).unwrap();
    kept.settle().unwrap();
    let mut child =
        program(here.path(), &["momentum", "PAK", "USA", "--json", "--record", path.to_str().unwrap()])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
    drop(child.stdout.take());
    let ran: Ran = child.wait_with_output().unwrap().into();
    assert_eq!((ran.code, ran.err.as_str()), (0, ""));
}

#[test]
fn standard_input_over_the_limit_is_refused() {
    let here = folder();
    let mut child =
        program(here.path(), &["read", "-"]).stdin(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let block = vec![b'x'; 1 << 20];
    // The program stops listening at the limit, and the rest of the pipe breaks.
    for _ in 0..80 {
        if stdin.write_all(&block).is_err() {
            break;
        }
    }
    drop(stdin);
    let ran: Ran = child.wait_with_output().unwrap().into();
    assert!(ran.code == 1 && ran.err.contains("too large"), "{}", ran.err);
}

/// The page of one of the golden cases.
fn case(slug: &str) -> String {
    format!("{}/../cases/{slug}/page.html", env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn a_page_is_read_as_words_and_as_data_from_a_file_and_from_standard_input() {
    let here = folder();
    let page = case("wire-dateline");
    let Ran { code, out, err } = demarche(here.path(), &["read", &page]);
    assert_eq!((code, err.as_str()), (0, ""));
    assert!(out.starts_with("Turkey and Iraq agree on joint security center; Iran objects\n"), "{out}");
    for heading in ["\nPeople\n", "\nStates\n", "\nStatements\n"] {
        assert!(out.contains(heading), "{heading:?} is in {out}");
    }
    let Ran { out: line, .. } = demarche(here.path(), &["read", &page, "--format", "jsonl"]);
    let from_file: serde_json::Value = serde_json::from_str(&line).unwrap();
    assert_eq!((line.lines().count(), &from_file["source"]), (1, &serde_json::json!(page)));
    let Ran { out: array, .. } = demarche(here.path(), &["read", &page, &page, "--format", "json"]);
    assert_eq!(
        serde_json::from_str::<Vec<serde_json::Value>>(&array).unwrap(),
        [from_file.clone(), from_file.clone()]
    );
    let piped = program(here.path(), &["read", "-", "--format", "jsonl"])
        .stdin(fs::File::open(&page).unwrap())
        .output()
        .unwrap();
    let from_stdin: serde_json::Value = serde_json::from_str(&Ran::from(piped).out).unwrap();
    assert_eq!(from_stdin["article"], from_file["article"]);
}

#[test]
fn a_folder_reads_the_same_however_many_work_on_it_and_a_bad_page_does_not_stop_it() {
    let here = folder();
    let pages = here.path().join("pages");
    fs::create_dir(&pages).unwrap();
    for slug in ["wire-dateline", "press-release", "sanctions"] {
        fs::copy(case(slug), pages.join(format!("{slug}.html"))).unwrap();
    }
    fs::write(pages.join("a-bad-one.html"), "").unwrap();
    fs::write(pages.join("picture.jpg"), "").unwrap();
    let one = demarche(here.path(), &["read", "pages", "--format", "jsonl", "--jobs", "1"]);
    let many = demarche(here.path(), &["read", "pages", "--format", "jsonl", "--jobs", "8"]);
    assert_eq!((one.code, one.out.lines().count()), (1, 3));
    assert_eq!(one.out, many.out);
    assert!(one.err.starts_with("pages/a-bad-one.html: is empty"), "{}", one.err);
    assert!(
        one.err.contains("1 file passed over") && one.err.contains("read 3 articles from 4 inputs, 1 failed")
    );
    let glob = demarche(here.path(), &["read", "pages/*s*.html", "--format", "jsonl"]);
    assert_eq!(glob.out.lines().count(), 2, "{}", glob.err);
}

#[test]
fn reading_into_a_record_twice_keeps_each_page_once() {
    let here = folder();
    let page = case("wire-dateline");
    let args = ["read", page.as_str(), "--record", "r.demarche"];
    let Ran { code, out, err } = demarche(here.path(), &args);
    assert_eq!(code, 0, "{err}");
    assert!(
        out.contains("Turkey and Iraq agree on joint security center") && out.lines().count() <= 3,
        "{out}"
    );
    assert!(err.contains("1 new, 0 known from another place, 0 unchanged; it holds 1 article,"), "{err}");
    let Ran { err, .. } = demarche(here.path(), &args);
    assert!(err.contains("0 new, 0 known from another place, 1 unchanged; it holds 1 article,"), "{err}");
    let shown = demarche(here.path(), &["read", page.as_str(), "--format", "jsonl"]);
    let reading: serde_json::Value = serde_json::from_str(&shown.out).unwrap();
    let id = reading["reports"][0]["id"].as_str().unwrap();
    let Ran { code, out, .. } = demarche(here.path(), &["explain", id, "--record", "r.demarche"]);
    assert!(code == 0 && out.contains("The frame that fired"), "{out}");
    let Ran { code, out, .. } =
        demarche(here.path(), &["momentum", "Turkey", "iq", "--record", "r.demarche"]);
    assert!(code == 0 && out.contains("Insufficient evidence"), "{out}");
}

const NEWS: &str =
    "The foreign minister of Norway met her Swedish counterpart in Oslo on Monday and spoke about fish.";

/// A line of JSON Lines that holds no article is named by its number, and the others are read.
#[test]
fn each_line_of_data_stands_for_itself() {
    let here = folder();
    let line = |title: &str| serde_json::json!({ "kop": title, "tekst": NEWS }).to_string();
    fs::write(here.path().join("d.jsonl"), [line("One"), "{broken".into(), line("Two")].join("\n")).unwrap();
    let args = ["read", "d.jsonl", "--map", "title=kop,body=tekst", "--format", "jsonl"];
    let Ran { code, out, err } = demarche(here.path(), &args);
    assert!(code == 1 && err.contains("d.jsonl line 2: "), "{err}");
    let titles: Vec<serde_json::Value> = out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(titles.len(), 2);
    assert!(titles[1]["article"]["text"].as_str().unwrap().starts_with("Two\n\n"));
}

#[test]
fn a_map_that_fits_nothing_is_explained() {
    let here = folder();
    fs::write(here.path().join("d.csv"), format!("id;kop;tekst\n1;One;{NEWS}\n")).unwrap();
    let Ran { code, err, .. } = demarche(here.path(), &["read", "d.csv"]);
    assert!(code == 1 && err.contains("its columns: id, kop, tekst"), "{err}");
    let Ran { code, err, .. } = demarche(here.path(), &["read", "d.csv", "--map", "title=kip"]);
    assert!(code == 1 && err.contains("no column “kip”"), "{err}");
    let Ran { code, err, .. } = demarche(here.path(), &["read", "d.csv", "--map", "titel=kop"]);
    assert!(code == 2 && err.contains("title, summary, body"), "{err}");
    let Ran { code, out, .. } = demarche(here.path(), &["read", ".", "--map", "title=kop,body=tekst"]);
    assert!(code == 0 && out.starts_with("One\n"), "{out}");
}

/// A web archive is read page by page, with each page's address; pages without an article only cost a line in the end.
#[test]
fn a_web_archive_is_many_pages() {
    let here = folder();
    let mut archive = String::new();
    for (path, body) in [("fish", format!("<h1>Fish talks</h1><p>{NEWS}</p>")), ("", "<p>Home".to_owned())] {
        let block = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html>{body}");
        archive += &format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://harbour.example/{path}\r\nWARC-Date: 2024-05-02T10:00:00Z\r\nContent-Length: {}\r\n\r\n{block}\r\n\r\n",
            block.len()
        );
    }
    fs::write(here.path().join("crawl.warc"), &archive).unwrap();
    let Ran { code, out, err } = demarche(here.path(), &["read", "crawl.warc", "--format", "jsonl"]);
    assert!(code == 0 && err.contains("1 response of web archives passed over"), "{err}");
    let reading: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(reading["article"]["url"], "https://harbour.example/fish");
    assert_eq!(reading["article"]["fetched"], "2024-05-02T10:00Z");
    for (name, words) in [("empty.warc", "without an HTML response"), ("empty.jsonl", "without a line")] {
        fs::write(here.path().join(name), "").unwrap();
        let Ran { code, err, .. } = demarche(here.path(), &["read", name]);
        assert!(code == 1 && err.starts_with(&format!("{name}: ")) && err.contains(words), "{err}");
    }
    fs::write(here.path().join("crawl.warc"), &archive[..archive.len() - 20]).unwrap();
    let Ran { code, out, err } = demarche(here.path(), &["read", "crawl.warc", "--format", "jsonl"]);
    assert!(
        code == 1 && out.lines().count() == 1 && err.contains("crawl.warc: record 2 is shorter"),
        "{err}"
    );
}

#[test]
fn text_in_another_language_is_named() {
    let here = folder();
    let text = "Die Minister von Nordland und Südland trafen sich am Montag in Oslo und sprachen zwei Stunden lang über Fische und Boote.\n\nDanach sagten beide, dass die Besatzungen der drei Boote noch in dieser Woche nach Hause fahren dürfen, wenn ihre Papiere geprüft sind.\n";
    fs::write(here.path().join("de.txt"), format!("Fischgespräche\n\n{text}")).unwrap();
    let Ran { code, out, .. } = demarche(here.path(), &["read", "de.txt"]);
    assert!(code == 0 && out.contains("another language (de)"), "{out}");
}

#[test]
fn a_text_is_parsed_for_tools_for_programs_and_for_people() {
    let here = folder();
    fs::write(
        here.path().join("t.txt"),
        "Norway's envoy met <b>Ruiz</b> in Oslo on 2 January 2024.\n\nThey signed.\n",
    )
    .unwrap();
    let Ran { code, out, .. } = demarche(here.path(), &["parse", "t.txt"]);
    assert_eq!(code, 0);
    assert_eq!(out.matches("# sent_id = ").count(), 2);
    let columns = |line: &&str| !line.is_empty() && !line.starts_with('#');
    assert!(out.lines().filter(columns).all(|line| line.split('\t').count() == 10), "{out}");
    let Ran { out, .. } = demarche(here.path(), &["parse", "t.txt", "--format", "json"]);
    let parsed: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(parsed["times"][0]["value"], "2024-01-02");
    assert_eq!(parsed["sentences"][1]["tokens"][1]["lemma"], "sign");
    let Ran { out, .. } = demarche(here.path(), &["parse", "t.txt", "--format", "svg"]);
    assert!(out.starts_with("<svg ") && out.contains(">Norway</text>") && !out.contains("<b>"), "{out}");
    let Ran { code, err, .. } = demarche(here.path(), &["parse", "t.txt", "t.txt", "--format", "svg"]);
    assert!(code == 2 && err.contains("one text at a time"), "{err}");
    let Ran { code, err, .. } = demarche(here.path(), &["parse", "--page", "t.txt"]);
    assert!(code == 1 && err.contains("no text that reads as an article"), "{err}");
}

/// Every sentence is a tree over its words, and its words and their spacing give back its text.
#[test]
fn printed_trees_are_valid_conllu() {
    let here = folder();
    let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../cases/momentum-claim/page.txt");
    let Ran { code, out, err } = demarche(here.path(), &["parse", "--page", page]);
    assert_eq!(code, 0, "{err}");
    let mut sentences = 0;
    for block in out.split("\n\n").filter(|block| !block.is_empty()) {
        sentences += 1;
        let text = block.lines().find_map(|line| line.strip_prefix("# text = ")).unwrap();
        let (mut heads, mut written, mut covered) = (vec![0], String::new(), 0);
        for line in block.lines().filter(|line| !line.starts_with('#')) {
            let columns: Vec<&str> = line.split('\t').collect();
            let (id, space) = (columns[0], if columns[9] == "SpaceAfter=No" { "" } else { " " });
            if let Some((_, last)) = id.split_once('-') {
                covered = last.parse().unwrap();
                written += &format!("{}{space}", columns[1]);
                continue;
            }
            assert_eq!(id.parse(), Ok(heads.len()), "{block}");
            if heads.len() > covered {
                written += &format!("{}{space}", columns[1]);
            }
            let head: usize = columns[6].parse().unwrap();
            assert_eq!(head == 0, columns[7] == "root", "{line}");
            heads.push(head);
        }
        assert_eq!(written.trim_end(), text);
        assert_eq!(heads[1..].iter().filter(|head| **head == 0).count(), 1, "{block}");
        for word in 1..heads.len() {
            let mut at = word;
            let steps = std::iter::from_fn(|| {
                at = heads[at];
                (at != 0).then_some(at)
            });
            assert!(steps.take(heads.len()).count() < heads.len(), "a ring through word {word}: {block}");
        }
    }
    assert!(sentences > 10);
}

/// Rows of users lie over the tables of their record: `who` and `read` know them, bad rows are named, and a file can be
/// taken away again.
#[test]
fn people_bring_their_own_actors() {
    let here = folder();
    let root = here.path();
    let rows = "name\toffice\tstate\tfrom\tto\n\
                Nora Musterfrau\tforeign minister\tNOR\t2023-01-01\t2023-12-31\n\
                Asim Munir\tchief of army staff\tPAK\t2022-11-29\t2027-11-28\n\
                Otto Muster\tkeeper of swans\tNOR\t\t\n";
    fs::write(root.join("mine.tsv"), rows).unwrap();
    let who = ["who", "Nora Musterfrau", "--on", "2023-05-01", "--record", "r.demarche"];
    let Ran { code, out, err } = demarche(root, &["world", "add", "mine.tsv", "--record", "r.demarche"]);
    assert!(
        code == 1 && err.contains("mine.tsv: line 4: office: no office is called “keeper of swans”"),
        "{err}"
    );
    assert!(out.contains("3 entries read, 2 rows kept, 1 refused"), "{out}");
    assert!(out.contains("1 conflict") && out.contains("Asim Munir, chief of army staff (PAK)"), "{out}");
    let Ran { code, out, .. } = demarche(root, &who);
    assert!(code == 0 && out.contains("Nora Musterfrau, foreign minister · person · NORGOV"), "{out}");

    let page = "Talks in Oslo\n1 May 2023\n\nNora Musterfrau met the French ambassador in Oslo on Monday, an official \
                said. The two spoke for an hour about fishing rights, about the border in the north and about students.\n";
    fs::write(root.join("page.txt"), page).unwrap();
    let Ran { code, .. } = demarche(root, &["read", "page.txt", "--record", "r.demarche"]);
    assert_eq!(code, 0);
    let Ran { out, .. } = demarche(root, &["read", "page.txt", "--record", "r.demarche", "--format", "json"]);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    let engine = json[0]["engine"].as_str().unwrap();
    assert!(engine.contains(".world."), "the rows are part of the version: {engine}");
    assert!(out.contains("\"NORGOV\""), "{out}");
    // The same page, without a record, knows nothing of them.
    let Ran { out, .. } = demarche(root, &["who", "Nora Musterfrau", "--on", "2023-05-01"]);
    assert!(!out.contains("NORGOV"), "{out}");

    let Ran { code, out, .. } = demarche(root, &["world", "list", "--record", "r.demarche"]);
    assert!(code == 0 && out.contains("mine.tsv: 2 rows"), "{out}");
    let Ran { code, err, .. } = demarche(root, &["world", "remove", "yours.tsv", "--record", "r.demarche"]);
    assert!(code == 2 && err.contains("there are mine.tsv"), "{err}");
    let Ran { code, .. } = demarche(root, &["world", "remove", "mine.tsv", "--record", "r.demarche"]);
    assert_eq!(code, 0);
    let Ran { code, err, .. } = demarche(root, &who);
    assert!(code == 1 && err.contains("nobody is known as “Nora Musterfrau”"), "{err}");
}

#[test]
fn who_says_how_it_was_settled() {
    let here = folder();
    let Ran { code, out, .. } = demarche(here.path(), &["who", "General Munir", "--on", "2024-01-02"]);
    assert!(code == 0 && out.contains("PAKMIL") && out.contains("post beside the name: General"), "{out}");
    assert!(out.contains("chief of army staff (PAK)") && out.contains("not on that day"), "{out}");
    let Ran { out, .. } =
        demarche(here.path(), &["who", "foreign minister of Pakistan", "--on", "2024-01-02", "--json"]);
    let json: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(json["posts"][0]["name"], "Jalil Abbas Jilani", "{out}");
    assert_eq!(json["actors"][0]["code"], "PAKGOV", "{out}");
}

/// Each code is told with what gives it, as words and as data, and no code is missing.
#[test]
fn codes_are_looked_up_with_what_gives_them() {
    let here = folder();
    let Ran { code, out, .. } = demarche(here.path(), &["codes", "114"]);
    assert_eq!(code, 0);
    assert!(out.contains("ACCUSE") && out.contains("ACCUSE/summon"), "{out}");
    let Ran { out, .. } = demarche(here.path(), &["codes", "0231", "--json"]);
    let found: serde_json::Value = serde_json::from_str(&out).unwrap();
    assert_eq!(found[0]["details"][0], "economic-aid");
    let Ran { out, .. } = demarche(here.path(), &["codes", "--missing", "--json"]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(&out).unwrap(), serde_json::json!([]));
    let Ran { code, err, .. } = demarche(here.path(), &["codes", "99"]);
    assert_eq!(code, 1);
    assert!(err.contains("\"99\"") && err.contains("demarche codes"), "{err}");
}

#[test]
fn a_table_of_ones_own_is_imported_by_a_mapping() {
    let here = folder();
    let root = here.path();
    fs::write(root.join("fish.csv"), "when,who,whom,what\n2020-01-06,ISL,NOR,040\n2020-02-30,ISL,NOR,040\n")
        .unwrap();
    let import = |map: &str| {
        let args = ["import", "fish.csv", "--record", "r.demarche", "--refused", "refused.tsv", "--map", map];
        demarche(root, &args)
    };
    let Ran { code, out, .. } = import("date=when,actor_state=who,recipient_state=whom,code=what");
    assert_eq!(code, 0);
    assert!(out.contains("fish.csv: table as table"), "{out}");
    assert!(out.contains("3 rows: 1 kept, 1 of column names, 1 refused"), "{out}");
    assert_eq!(
        fs::read_to_string(root.join("refused.tsv")).unwrap(),
        "fish.csv:3\tthere is no day \"2020-02-30\"\t2020-02-30,ISL,NOR,040\n"
    );
    let Ran { code, err, .. } = import("date=when,actor_state=who,code=code");
    assert!(
        code == 1 && err.contains("it has no column \"code\": its columns are when, who, whom, what"),
        "{err}"
    );
    let Ran { code, err, .. } = import("day=when");
    assert!(code == 2 && err.contains("\"day\" is none of our columns, which are id, date"), "{err}");
}

/// A record is listed, corrected, proven, checked and copied from the command line.
#[test]
fn a_record_is_listed_corrected_proven_and_checked() {
    let here = folder();
    let root = here.path();
    record(root, &[hand::meeting(), hand::readout()]);
    let run = |args: &[&str]| demarche(root, &[args, &["--record", "r.demarche"]].concat());
    let listed = run(&["events", "PAK", "USA", "--kind", "contact"]);
    assert!(listed.code == 0 && listed.out.contains("3f9a2c81d0-66"), "{}{}", listed.out, listed.err);
    assert!(listed.out.contains("Sara Iqbal (PAK) and John Reed (USA)"), "{}", listed.out);
    let page = run(&["events", "--limit", "1", "--json"]).out;
    let page: serde_json::Value = serde_json::from_str(&page).unwrap();
    let next = page["next"].as_str().unwrap();
    let rest: serde_json::Value =
        serde_json::from_str(&run(&["events", "--after", next, "--json"]).out).unwrap();
    assert_eq!((rest["events"].as_array().unwrap().len(), &rest["next"]), (1, &serde_json::Value::Null));
    assert!(run(&["events", "--words", "\"textile tariffs\""]).out.contains("3f9a2c81d0-66"));
    assert!(run(&["events", "--words", "cement"]).out.contains("no event is like that"));
    assert!(run(&["about"]).out.contains("demarche: 2 articles, 2 texts"));
    let unknown = run(&["events", "--from", "icews"]);
    assert!(unknown.code == 1 && unknown.err.contains("no dataset “icews”"), "{}", unknown.err);

    let signed = ["--author", "Ada", "--reason", "only a call"];
    let corrected = run(&[&["override", "correct", "3f9a2c81d0-66", "--code", "041"][..], &signed].concat());
    assert_eq!(corrected.code, 0, "{}", corrected.err);
    let line = run(&["events", "--code", "041"]).out;
    assert!(line.contains("override 1"), "{line}");
    let explained = run(&["explain", "3f9a2c81d0-66"]).out;
    assert!(explained.contains("it counts as CAMEO 041") && explained.contains("only a call"), "{explained}");
    let proven = run(&["evidence", "--id", "3f9a2c81d0-66", "--out", "annex"]);
    assert_eq!(proven.code, 0, "{}", proven.err);
    let data: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(root.join("annex/evidence.json")).unwrap()).unwrap();
    let report = &data["events"][0]["reports"][0];
    let selector = &report["target"]["selector"][0];
    assert_eq!(selector["exact"], report["quote"]);
    assert!(report["quote"].as_str().unwrap().chars().count() <= 300);
    assert!(fs::read_to_string(root.join("annex/index.html")).unwrap().contains("only a call"));
    assert!(run(&["evidence", "PAK", "USA", "--out", "verdict"]).code == 0);
    let asked = run(&["events", "--code", "041", "--evidence", "asked"]);
    assert!(asked.code == 0 && asked.err.contains("the evidence for 1 event"), "{}", asked.err);
    assert!(fs::read_to_string(root.join("asked/index.html")).unwrap().contains("only a call"));
    assert!(run(&[&["override", "revert", "1"][..], &signed].concat()).code == 0);
    assert!(run(&["override", "list"]).out.contains("taken back"));
    assert!(run(&["check"]).out.contains("nothing is wrong"));
    assert_eq!(run(&["backup", "copy.demarche"]).code, 0);
    let dumps = ["r.demarche", "copy.demarche"].map(|file| demarche(root, &["dump", "--record", file]).out);
    assert_eq!(dumps[0], dumps[1]);
    assert!(run(&["diff"]).err.contains("only one version"), "one engine has coded it");
    assert!(run(&["reread", "--all"]).err.contains("2 articles read again"));
}
