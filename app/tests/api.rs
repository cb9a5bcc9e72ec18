//! The OpenAPI document against the running server: every path answers, with the fields and types that it says.
#![allow(clippy::unwrap_used, clippy::print_stderr, reason = "a test may panic, and says why it skips")]

#[path = "../../record/tests/hand/mod.rs"]
mod hand;
mod support;

use std::process::Command;

use serde_json::Value;
use support::{Server, record};

/// What a value is called in a schema.
fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "boolean",
        Value::Number(number) if number.is_f64() => "number",
        Value::Number(_) => "integer",
        Value::String(_) => "string",
        Value::Array(_) => "array",
        Value::Object(_) => "object",
    }
}

/// Holds an answer against the schema of a response.
fn holds(path: &str, answer: &Value, schema: &Value) {
    let required = schema["required"].as_array().unwrap();
    assert!(!required.is_empty(), "{path} promises something");
    for name in required {
        let name = name.as_str().unwrap();
        let value = answer.get(name).unwrap_or_else(|| panic!("{path} has no {name}: {answer:#}"));
        let types = schema["properties"][name]["type"].as_array().unwrap();
        assert!(types.iter().any(|known| known == kind(value)), "{name} of {path} is {}", kind(value));
    }
}

fn serving() -> (tempfile::TempDir, Server) {
    let here = tempfile::tempdir().unwrap();
    let mut meeting = hand::meeting();
    for filed in &mut meeting.reports {
        filed.report.issues = vec!["economy/trade".into()];
    }
    let path = record(here.path(), &[meeting, hand::readout()]);
    let server = Server::start(here.path(), &path);
    (here, server)
}

#[test]
fn every_path_of_the_document_answers_as_it_says() {
    let (_here, server) = serving();
    let document: Value = serde_json::from_str(&server.get("/api.json").body).unwrap();
    assert_eq!(document["openapi"], "3.1.0");
    let page = server.get("/api").body;
    let paths = document["paths"].as_object().unwrap();
    assert!(paths.len() >= 12);
    for (path, item) in paths {
        assert!(page.contains(path.as_str()), "the page lists {path}");
        let content = item.pointer("/get/responses/200/content");
        if content.is_none_or(|content| content.get("application/json").is_none())
            || path.ends_with(".{format}")
        {
            continue;
        }
        let mut address = path.clone();
        let mut query = Vec::new();
        for parameter in item["get"]["parameters"].as_array().unwrap() {
            let name = parameter["name"].as_str().unwrap();
            let example = parameter["example"].as_str().map(|words| words.replace(' ', "%20"));
            match (parameter["in"].as_str(), example) {
                (Some("path"), example) => {
                    address = address.replace(&format!("{{{name}}}"), &example.unwrap())
                }
                (_, Some(example)) => query.push(format!("{name}={example}")),
                (_, None) => {}
            }
        }
        for asked in [address.clone(), format!("{address}?{}", query.join("&"))] {
            let answer = server.get(&asked);
            assert!(
                answer.status == 200 && answer.head.contains("application/json"),
                "{asked}: {}",
                answer.body
            );
            let schema = &item["get"]["responses"]["200"]["content"]["application/json"]["schema"];
            holds(&asked, &serde_json::from_str(&answer.body).unwrap(), schema);
        }
    }
}

/// The address with the examples of its parameters.
fn filled(path: &str, parameters: &Value) -> String {
    let mut address = path.to_owned();
    for parameter in
        parameters.as_array().unwrap().iter().filter(|p| p["in"] == "path" && p["name"] != "format")
    {
        let example = parameter["example"].as_str().unwrap().replace(' ', "%20");
        address = address.replace(&format!("{{{}}}", parameter["name"].as_str().unwrap()), &example);
    }
    address
}

#[test]
fn every_table_is_there_in_every_format_with_the_same_columns() {
    let (_here, server) = serving();
    let document: Value = serde_json::from_str(&server.get("/api.json").body).unwrap();
    let mut tables = 0;
    for (path, item) in
        document["paths"].as_object().unwrap().iter().filter(|(path, _)| path.ends_with(".{format}"))
    {
        tables += 1;
        let address = filled(path, &item["get"]["parameters"]);
        let query = if address.starts_with("/search") { "?q=corner" } else { "" };
        let formats = item["get"]["parameters"].as_array().unwrap().last().unwrap()["schema"]["enum"].clone();
        let csv = server.get(&(address.replace("{format}", "csv") + query));
        assert!(csv.status == 200 && csv.head.contains("text/csv"), "{address}: {} {}", csv.status, csv.body);
        let parquet = server.get(&(address.replace("{format}", "parquet") + query));
        assert!(parquet.status == 200 && parquet.body.starts_with("PAR1"), "{address}");
        let json = server.get(&(address.replace("{format}", "json") + query));
        if formats.as_array().unwrap().iter().any(|format| format == "json") {
            let schema = &item["get"]["responses"]["200"]["content"]["application/json"]["schema"]["items"];
            let rows: Vec<Value> = serde_json::from_str(&json.body).unwrap();
            assert_eq!(rows.len(), csv.body.lines().count() - 1, "{address}: {}", csv.body);
            let columns: Vec<&str> = csv.body.lines().next().unwrap().split(',').collect();
            assert_eq!(serde_json::json!(columns), schema["required"], "{address}");
            rows.iter().for_each(|row| holds(&address, row, schema));
        } else {
            assert!(json.status == 404 && json.body.contains("a page at a time"), "{}", json.body);
        }
    }
    assert!(tables > 20);
    for (there, rows) in [
        ("/index/pairs.csv", 1),
        ("/index/contacts.csv", 1),
        ("/index/articles.csv", 2),
        ("/s/PAK/events.csv", 2),
        ("/p/Sara%20Iqbal/events.csv", 2),
        ("/p/Sara%20Iqbal/events.csv?kind=contact", 1),
        ("/i/economy/trade/events.csv", 2),
        ("/d/PAK-USA/ladder.csv", 1),
        ("/d/PAK-USA/readouts.csv", 2),
        ("/d/PAK-USA/left-out.csv", 0),
        ("/a/3f9a2c81d0/reports.csv", 2),
        ("/x/3f9a2c81d0-66/reports.csv", 2),
        ("/network/ties.csv", 1),
        ("/sources/outlets.csv", 2),
    ] {
        assert_eq!(server.get(there).body.lines().count(), rows + 1, "{there}: {}", server.get(there).body);
    }
    for nowhere in [
        "/index/wars.csv",
        "/index/movers.xlsx",
        "/s/PAK/none.csv",
        "/p/Nobody/events.csv",
        "/i/no/issue/months.csv",
        "/sources/x.csv",
    ] {
        assert_eq!(server.get(nowhere).status, 404, "{nowhere}");
    }
}

#[test]
fn every_file_is_there_as_what_it_says() {
    let (_here, server) = serving();
    let document: Value = serde_json::from_str(&server.get("/api.json").body).unwrap();
    let mut files = 0;
    for (path, item) in document["paths"].as_object().unwrap() {
        let Some(content) = item.pointer("/get/responses/200/content").and_then(Value::as_object) else {
            continue;
        };
        if path.ends_with(".{format}") || content.contains_key("application/json") {
            continue;
        }
        files += 1;
        let address = filled(path, &item["get"]["parameters"]);
        let answer = server.ask("HEAD", &address, "localhost");
        let sort = content.keys().next().unwrap();
        assert!(
            answer.status == 200 && answer.head.contains(&format!("content-type: {sort}")),
            "{address}: {}",
            answer.head
        );
    }
    assert!(files > 8);
}

#[test]
fn sending_a_page_and_being_refused_are_as_documented() {
    let (_here, server) = serving();
    let document: Value = serde_json::from_str(&server.get("/api.json").body).unwrap();
    let text = b"Talks in Oslo\n\nPakistan's foreign minister, Sara Iqbal, met Norway's ambassador, Per Lie, on Monday.";
    let token = server.token();
    let answer = server.post("/read.json", "", &[("token", token.as_bytes()), ("text", text)]);
    assert_eq!(answer.status, 200, "{}", answer.body);
    let responses = &document["paths"]["/read.json"]["post"]["responses"];
    let read: Value = serde_json::from_str(&answer.body).unwrap();
    holds("/read.json", &read, &responses["200"]["content"]["application/json"]["schema"]);
    let refusal = &document["components"]["schemas"]["Refusal"];
    for path in [
        "/x/none.json",
        "/s/nowhere.json",
        "/p/Nobody.json",
        "/i/no/issue.json",
        "/network.json?from=none",
        "/network.json?since=soon",
        "/search.json?q=one&q=two",
    ] {
        let answer = server.get(path);
        assert!(matches!(answer.status, 400 | 404), "{path}: {}", answer.status);
        holds(path, &serde_json::from_str(&answer.body).unwrap(), refusal);
    }
}

#[test]
fn what_the_framework_refuses_has_our_form() {
    let (_here, server) = serving();
    let document: Value = serde_json::from_str(&server.get("/api.json").body).unwrap();
    let refusal = &document["components"]["schemas"]["Refusal"];
    for (method, path, status) in [
        ("POST", "/read.json", 400),
        ("DELETE", "/index.json", 405),
        ("GET", "/search.json?q=one&q=two", 400),
    ] {
        let answer = server.ask(method, path, "localhost");
        assert_eq!(answer.status, status, "{method} {path}");
        assert!(answer.head.contains("application/json"), "{method} {path}: {}", answer.head);
        assert_eq!(answer.head.contains("allow: get,head"), status == 405, "{}", answer.head);
        holds(path, &serde_json::from_str(&answer.body).unwrap(), refusal);
    }
    assert!(server.ask("DELETE", "/methods", "localhost").body.contains("<h1>That was not understood</h1>"));
}

/// The same by a program that knows nothing but the document and asks whatever can be asked, where it is installed.
#[test]
fn schemathesis_finds_no_fault() {
    if Command::new("schemathesis").arg("--version").output().is_err() {
        eprintln!("skipped: schemathesis is not installed; test.sh installs it where it can");
        return;
    }
    let (here, server) = serving();
    let ran = Command::new("schemathesis")
        .current_dir(here.path())
        .args(["run", &format!("http://127.0.0.1:{}/api.json", server.port)])
        .args(["--generation-deterministic", "--max-examples", "50", "--continue-on-failure", "--no-color"])
        .args(["--request-timeout", "10"])
        // All that it knows but two: a word that leads nowhere is a 404 or a 400 here, never a fault of who sent it.
        .args(["--checks", "all", "--exclude-checks", "positive_data_acceptance,negative_data_rejection"])
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&ran.stdout);
    assert!(ran.status.success(), "{said}{}", String::from_utf8_lossy(&ran.stderr));
    let document: Value = serde_json::from_str(&server.get("/api.json").body).unwrap();
    let operations: usize =
        document["paths"].as_object().unwrap().values().map(|item| item.as_object().unwrap().len()).sum();
    assert!(said.contains(&format!("{operations} selected / {operations} total")), "it asked all: {said}");
}
