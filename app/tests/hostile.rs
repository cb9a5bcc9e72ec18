//! Pages that try to run script wherever they are shown: read by the real program, kept, and shown harmlessly everywhere.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test may panic, and says why it skips")]

mod support;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::process::Command;

use support::{Server, demarche};

/// What every payload would do to the page.
const MARKER: &str = "PWNED";
/// Pages that are fetched at most.
const MOST: usize = 3_000;
/// Attributes whose value is an address.
const ADDRESSES: [&str; 6] = ["href", "src", "action", "formaction", "data", "xlink:href"];

fn corpus() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/hostile")
}

/// A server over a record of the corpus.
fn serving() -> (tempfile::TempDir, Server) {
    let here = tempfile::tempdir().unwrap();
    let ran = demarche(here.path(), &["read", corpus().to_str().unwrap(), "--record", "hostile.demarche"]);
    assert_eq!(ran.code, 0, "{}", ran.err);
    let server = Server::start(here.path(), &here.path().join("hostile.demarche"));
    (here, server)
}

/// Every page that links lead to from the front page, with its HTML.
fn every_page(server: &Server) -> Vec<(String, String)> {
    let mut open: Vec<String> =
        ["/", "/read", "/network", "/network?view=matrix", "/search?q=minister", "/api"]
            .map(str::to_owned)
            .to_vec();
    open.push(format!("/search?q=%22%3E%3Cscript%3Edocument.title%3D'{MARKER}'%3C%2Fscript%3E"));
    let mut known: BTreeSet<String> = open.iter().cloned().collect();
    let mut pages = Vec::new();
    while let Some(path) = open.pop() {
        assert!(known.len() < MOST, "the pages do not end");
        let answer = server.get(&path);
        assert!(answer.status < 500, "{path}: {}", answer.body);
        // What stands alone, a drawing or the evidence, may have a style of its own, and no script at all.
        let policy = if answer.head.contains("image/svg+xml") || stands_alone(&path) {
            answer.head.contains("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'")
        } else {
            answer.head.contains("script-src 'self';") && !answer.head.contains("unsafe")
        };
        assert!(policy, "{path}: {}", answer.head);
        if !answer.head.contains("text/html") {
            continue;
        }
        for (_, attributes) in tags(&answer.body) {
            for (name, value) in attributes {
                let local = name == "href" && value.starts_with('/') && !value.contains('#');
                if local && known.insert(value.clone()) {
                    open.push(value);
                }
            }
        }
        pages.push((path, answer.body));
    }
    pages
}

/// Whether a page is one for an annex.
fn stands_alone(path: &str) -> bool {
    path.split('?').next().unwrap().ends_with("/evidence.html")
}

/// The start tags of a page with their attributes, values without escapes. Our pages quote every value.
fn tags(page: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut tags = Vec::new();
    let mut rest = page;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let end = rest.find(|c: char| c.is_whitespace() || c == '>' || c == '/').unwrap_or(rest.len());
        let name = rest[..end].to_lowercase();
        rest = &rest[end..];
        let mut attributes = Vec::new();
        loop {
            rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/');
            if rest.is_empty() || rest.starts_with('>') || name.is_empty() {
                break;
            }
            let end = rest.find(|c: char| c.is_whitespace() || "=>/".contains(c)).unwrap_or(rest.len());
            let attribute = rest[..end.max(1)].to_lowercase();
            rest = &rest[end.max(1)..];
            let mut value = String::new();
            if let Some(quoted) = rest.strip_prefix("=\"") {
                let end = quoted.find('"').unwrap_or(quoted.len());
                value = quoted[..end]
                    .replace("&lt;", "<")
                    .replace("&gt;", ">")
                    .replace("&quot;", "\"")
                    .replace("&amp;", "&");
                rest = quoted.get(end + 1..).unwrap_or("");
            }
            attributes.push((attribute, value));
        }
        tags.push((name, attributes));
    }
    tags
}

#[test]
fn no_page_lets_anything_of_the_corpus_live() {
    let (_here, server) = serving();
    let pages = every_page(&server);
    let shown = pages.iter().filter(|(_, html)| html.contains(MARKER)).count();
    assert!(pages.len() > 30 && shown > 15, "{} pages, of which {shown} show the corpus", pages.len());
    for kind in ["/a/", "/x/", "/d/", "/s/", "/p/", "/search"] {
        assert!(pages.iter().any(|(path, html)| path.starts_with(kind) && html.contains(MARKER)), "{kind}");
    }
    for (path, html) in &pages {
        for (tag, attributes) in tags(html) {
            let ours = tag == "script"
                && attributes == [("src".into(), "/app.js".into()), ("defer".into(), String::new())];
            let tree = tag == "img" && attributes[0].0 == "src" && attributes[0].1.starts_with("/x/");
            let style = tag == "style" && attributes.is_empty() && stands_alone(path);
            let ours = ours || tree || style;
            let inert = ![
                "script",
                "iframe",
                "img",
                "style",
                "object",
                "embed",
                "math",
                "base",
                "b<",
                "foreignobject",
            ]
            .contains(&tag.as_str());
            assert!(ours || inert, "<{tag}> {attributes:?} on {path}");
            for (name, value) in attributes {
                assert!(
                    !name.starts_with("on") && name != "style" && name != "srcdoc",
                    "{name}={value:?} on {path}"
                );
                if ADDRESSES.contains(&name.as_str()) {
                    let known =
                        ["/", "#", "https://", "http://"].iter().any(|start| value.starts_with(start));
                    assert!(known || value == "data:,", "{name}={value:?} on {path}");
                }
            }
        }
    }
}

#[test]
fn what_is_read_without_being_kept_is_as_harmless() {
    let (_here, server) = serving();
    // Markup in a text is dropped on reading; in a page that escapes it, it is text and is shown.
    for file in ["titles.html", "names.html", "markup.html", "flat.txt"] {
        let bytes = std::fs::read(corpus().join(file)).unwrap();
        let answer = server.send_page(&server.token(), file, &bytes);
        assert_eq!(answer.status, 200, "{file}: {}", answer.body);
        assert!(answer.body.contains(MARKER) || file.ends_with(".txt"), "{file} is shown");
        let live = tags(&answer.body).into_iter().filter(|(tag, attributes)| {
            let handler = attributes
                .iter()
                .any(|(name, value)| name.starts_with("on") || value.starts_with("javascript:"));
            handler
                || ["img", "iframe", "style", "b", "math"].contains(&tag.as_str())
                    && !attributes.iter().any(|(n, _)| n == "class")
        });
        assert_eq!(live.collect::<Vec<_>>(), [], "{file}");
    }
}

/// What a browser makes of it, where there is one.
#[test]
fn nothing_runs_in_chromium() {
    if Command::new("chromium").arg("--version").output().is_err() {
        eprintln!("skipped: chromium is not installed");
        return;
    }
    let (here, server) = serving();
    let pages = every_page(&server);
    // One page of each kind that shows the corpus.
    let kinds = ["/a/", "/x/", "/d/", "/s/", "/p/", "/i/", "/search", "/sources", "/"];
    let of_kind = |kind: &str, alone: bool| {
        pages.iter().find(|(path, html)| {
            path.starts_with(kind) && html.contains(MARKER) && stands_alone(path) == alone
        })
    };
    let annexes = [of_kind("/x/", true), of_kind("/d/", true)].into_iter().flatten();
    let shown: Vec<&(String, String)> =
        kinds.into_iter().filter_map(|kind| of_kind(kind, false)).chain(annexes).collect();
    assert!(shown.iter().any(|(path, _)| stands_alone(path)));
    for (path, _) in shown {
        let seen = Command::new("chromium")
            .args([
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--no-first-run",
                "--disable-background-networking",
                "--dump-dom",
            ])
            .arg(format!("--user-data-dir={}", here.path().join("browser").display()))
            .arg(format!("http://127.0.0.1:{}{path}", server.port))
            .output()
            .unwrap();
        let dom = String::from_utf8_lossy(&seen.stdout);
        let title = dom.split("<title>").nth(1).and_then(|rest| rest.split("</title>").next()).unwrap_or("");
        let ours = usize::from(!stands_alone(path));
        assert!(
            title.ends_with(" · demarche") || ours == 0 && title != MARKER,
            "{path} has the title {title:?}"
        );
        assert_eq!(dom.matches("<script").count(), ours, "{path} has our script and no other");
    }
}
