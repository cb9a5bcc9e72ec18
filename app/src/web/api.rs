//! `/api`: every address that answers in JSON, and every table and file, as a page to read and as an OpenAPI 3.1 document for programs. A test asks the
//! running server each of them and holds its answer against what stands here.

use demarche_engine::ENGINE_VERSION;
use demarche_record::{Entry, Heading, Sort, Whole};
use maud::{Markup, html};
use serde_json::{Map, Value, json};

use crate::fault::Fault;
use crate::web::reply::{Form, Reply};
use crate::web::tables;

/// An address with what it answers.
struct Endpoint {
    path: &'static str,
    /// What one gets there.
    what: &'static str,
    parameters: &'static [Parameter],
    /// Fields that every answer has, with their types in JSON.
    fields: &'static [(&'static str, &'static [&'static str])],
}

/// A part of an address.
struct Parameter {
    name: &'static str,
    what: &'static str,
    example: &'static str,
}

const ARRAY: &[&str] = &["array"];
const OBJECT: &[&str] = &["object"];
const STRING: &[&str] = &["string"];
const INTEGER: &[&str] = &["integer"];
const MAYBE_OBJECT: &[&str] = &["object", "null"];
const MAYBE_STRING: &[&str] = &["string", "null"];

const AFTER: Parameter =
    Parameter { name: "after", what: "where to go on: what the answer before has as next", example: "" };

const PAIR: Parameter =
    Parameter { name: "pair", what: "two ISO 3166 codes in alphabetical order", example: "PAK-USA" };
const ID: Parameter = Parameter { name: "id", what: "the id of a report or event", example: "3f9a2c81d0-66" };
const HASH: Parameter = Parameter {
    name: "hash",
    what: "the article's hash, or at least six digits of it",
    example: "3f9a2c81d0",
};
const STATE: Parameter = Parameter { name: "state", what: "an ISO 3166 code", example: "PAK" };
const NAME: Parameter = Parameter { name: "name", what: "the name as pages have it", example: "Sara Iqbal" };
const WORDS: Parameter = Parameter { name: "q", what: "the words; \"a phrase\", tarif*", example: "trade" };
const FAMILY: Parameter = Parameter { name: "family", what: "its family", example: "economy" };
const ISSUE: Parameter = Parameter { name: "issue", what: "its name", example: "trade" };
const SINCE: Parameter = Parameter { name: "since", what: "the first day", example: "2023-04-01" };
const UNTIL: Parameter = Parameter { name: "until", what: "the last day", example: "2024-03-31" };

/// A table that stands on a page, in the formats of all tables.
struct Table {
    /// Its address without the ending.
    path: &'static str,
    what: &'static str,
    parameters: &'static [Parameter],
    /// What it says of its columns.
    columns: fn() -> Vec<Heading>,
    /// Whether it is too long for one answer in JSON: then it has none.
    long: bool,
}

const fn table(
    path: &'static str,
    what: &'static str,
    parameters: &'static [Parameter],
    columns: fn() -> Vec<Heading>,
) -> Table {
    Table { path, what, parameters, columns, long: false }
}

const fn events(path: &'static str, what: &'static str, parameters: &'static [Parameter]) -> Table {
    Table { long: true, ..table(path, what, parameters, || Entry::SHEET.fields()) }
}

const TABLES: [Table; 30] = [
    table(
        "/index/movers",
        "All pairs that can be judged, those that moved most certainly first",
        &[],
        || tables::MOVERS.fields(),
    ),
    table("/index/pairs", "All pairs of states", &[], || tables::PAIRS.fields()),
    table("/index/issues", "All issues", &[], || tables::TALLIES.fields()),
    table("/index/contacts", "The latest thousand contacts", &[], || Entry::SHEET.fields()),
    table("/index/articles", "The latest thousand texts", &[], || tables::ARTICLES.fields()),
    table("/search/states", "States that words lead to", &[WORDS], || tables::STATES.fields()),
    table("/search/people", "People that words lead to", &[WORDS], || tables::PEOPLE.fields()),
    table("/search/issues", "Issues that words lead to", &[WORDS], || tables::TALLIES.fields()),
    table("/search/events", "Events that say so, a thousand at most", &[WORDS], || Entry::SHEET.fields()),
    table("/search/articles", "Articles that say so, a thousand at most", &[WORDS], || {
        tables::PASSAGES.fields()
    }),
    table("/s/{state}/pairs", "With whom a state deals", &[STATE], || tables::PAIRS.fields()),
    table("/s/{state}/people", "Its people, a thousand at most", &[STATE], || tables::PEOPLE.fields()),
    table("/s/{state}/events", "What happened last, a thousand events at most", &[STATE], || {
        Entry::SHEET.fields()
    }),
    table("/p/{name}/pages", "What pages say that a person is", &[NAME], || tables::STANDINGS.fields()),
    table("/p/{name}/posts", "What the world tables say", &[NAME], || tables::POSTS.fields()),
    events("/p/{name}/events", "All that a person did and said", &[NAME]),
    table("/i/{family}/{issue}/months", "How often an issue is raised, by month", &[FAMILY, ISSUE], || {
        tables::TALLIES.fields()
    }),
    table("/i/{family}/{issue}/sides", "By which sides", &[FAMILY, ISSUE], || tables::TALLIES.fields()),
    events("/i/{family}/{issue}/events", "All events that raise it", &[FAMILY, ISSUE]),
    table("/network/ties", "All pairs that dealt with each other in a period", &[SINCE, UNTIL], || {
        tables::TIES.fields()
    }),
    table("/sources/outlets", "All outlets", &[], || tables::OUTLETS.fields()),
    table("/sources/datasets", "Imported datasets", &[], || tables::DATASETS.fields()),
    table("/sources/engines", "Engines that read the pages", &[], || tables::ENGINES.fields()),
    table("/d/{pair}/ladder", "Who met, by level and month", &[PAIR], || tables::LADDER.fields()),
    table("/d/{pair}/voices", "Who speaks about what", &[PAIR], || tables::VOICES.fields()),
    table("/d/{pair}/readouts", "The latest contacts as different texts tell them", &[PAIR], || {
        tables::READOUTS.fields()
    }),
    table("/d/{pair}/left-out", "Events between the two that the answer does not count", &[PAIR], || {
        tables::LEFT_OUT.fields()
    }),
    table("/d/{pair}/robustness", "How the answer holds up", &[PAIR], || tables::ROBUSTNESS.fields()),
    table("/a/{hash}/reports", "What was read in an article", &[HASH], || tables::FINDINGS.fields()),
    table("/x/{id}/reports", "How an event came together, report by report", &[ID], || {
        tables::REPORTS.fields()
    }),
];

/// What is neither JSON nor such a table: the address, its type, what one gets there.
const FILES: [(&str, &str, &str); 13] = [
    ("/d/{pair}.svg", "image/svg+xml", "The course of two states, drawn"),
    ("/d/{pair}.png", "image/png", "The same as a picture"),
    ("/d/{pair}/odds.svg", "image/svg+xml", "The odds ratios of its answer with their intervals, drawn"),
    ("/d/{pair}/odds.png", "image/png", "The same as a picture"),
    ("/d/{pair}.csv", "text/csv", "Its steps"),
    ("/d/{pair}.parquet", "application/vnd.apache.parquet", "The same with their types"),
    ("/d/{pair}.bib", "application/x-bibtex", "The page as it can be cited"),
    ("/d/{pair}/evidence.html", "text/html", "The evidence for and against as one page"),
    ("/x/{id}.bib", "application/x-bibtex", "An event as it can be cited"),
    ("/x/{id}/evidence.html", "text/html", "The evidence for an event as one page"),
    ("/x/{id}/tree.svg", "image/svg+xml", "The tree of its sentence"),
    ("/network.svg", "image/svg+xml", "Who dealt with whom in a period, as a graph"),
    ("/network.png", "image/png", "The same as a picture"),
];

/// What overriding a coding takes; only there with `--edit`.
const OVERRIDE: &str = "Overrides the coding of a report or event (only with `demarche serve --edit`)";
const REVERT: &str = "Takes an override back (only with `demarche serve --edit`)";

const ENDPOINTS: [Endpoint; 16] = [
    Endpoint {
        path: "/index.json",
        what: "What the record holds, who moved, its pairs of states, its latest contacts and articles",
        parameters: &[],
        fields: &[
            ("read", OBJECT),
            ("engines", ARRAY),
            ("datasets", ARRAY),
            ("movers", MAYBE_OBJECT),
            ("dyads", ARRAY),
            ("issues", ARRAY),
            ("latest_contacts", ARRAY),
            ("latest_articles", ARRAY),
        ],
    },
    Endpoint {
        path: "/search.json",
        what: "States, people, issues, events and articles that words lead to",
        parameters: &[Parameter { name: "q", what: "the words; \"a phrase\", tarif*", example: "trade" }],
        fields: &[
            ("asked", STRING),
            ("pair", &["array", "null"]),
            ("states", ARRAY),
            ("people", ARRAY),
            ("issues", ARRAY),
            ("events", ARRAY),
            ("articles", ARRAY),
        ],
    },
    Endpoint {
        path: "/d/{pair}.json",
        what: "How two states stand; where there is a day to answer for: answer (the verdict with its evidence), series (its course), \
               heard, own (who met on which level, who speaks about what, several accounts of one contact)",
        parameters: &[
            Parameter { name: "pair", what: "two ISO 3166 codes in alphabetical order", example: "PAK-USA" },
            Parameter { name: "on", what: "the day to answer for", example: "2024-03-31" },
            Parameter { name: "by", what: "day, week or month: the steps of the course", example: "month" },
        ],
        fields: &[("states", ARRAY)],
    },
    Endpoint {
        path: "/d/{pair}/events.json",
        what: "A page of the events between two states; contacts, statements and actions have addresses of their own",
        parameters: &[
            Parameter { name: "pair", what: "two ISO 3166 codes in alphabetical order", example: "PAK-USA" },
            AFTER,
        ],
        fields: &[("events", ARRAY), ("next", MAYBE_STRING)],
    },
    Endpoint {
        path: "/s/{state}.json",
        what: "A state: with whom it deals, its people, its latest events",
        parameters: &[Parameter { name: "state", what: "an ISO 3166 code", example: "PAK" }],
        fields: &[("state", OBJECT), ("dyads", ARRAY), ("people", ARRAY), ("latest", ARRAY)],
    },
    Endpoint {
        path: "/p/{name}.json",
        what: "A person: posts over time, and a page of what he or she did and said",
        parameters: &[
            Parameter { name: "name", what: "the name as pages have it", example: "Sara Iqbal" },
            Parameter { name: "kind", what: "contact, statement or action", example: "contact" },
            AFTER,
        ],
        fields: &[
            ("name", STRING),
            ("standings", ARRAY),
            ("posts", ARRAY),
            ("events", ARRAY),
            ("next", MAYBE_STRING),
        ],
    },
    Endpoint {
        path: "/i/{family}/{issue}.json",
        what: "An issue: by month, by side, and a page of the events that raise it",
        parameters: &[
            Parameter { name: "family", what: "its family", example: "economy" },
            Parameter { name: "issue", what: "its name", example: "trade" },
            AFTER,
        ],
        fields: &[
            ("issue", STRING),
            ("events_in_all", INTEGER),
            ("months", ARRAY),
            ("sides", ARRAY),
            ("events", ARRAY),
            ("next", MAYBE_STRING),
        ],
    },
    Endpoint {
        path: "/x/{id}.json",
        what: "A report: its sentence, the frame and the reason, its event and the other reports of it; of a dataset’s event \
               (`icews:32889836`) there is the event alone, as lists have it",
        parameters: &[ID],
        fields: &[
            ("report", MAYBE_OBJECT),
            ("event", MAYBE_OBJECT),
            ("others", ARRAY),
            ("overrides", ARRAY),
            ("article", MAYBE_OBJECT),
        ],
    },
    Endpoint {
        path: "/x/{id}/evidence.json",
        what: "The evidence for an event: quotes with W3C Web Annotation selectors, hashes, outlets",
        parameters: &[ID],
        fields: &[("generator", STRING), ("events", ARRAY), ("overrides", ARRAY)],
    },
    Endpoint {
        path: "/d/{pair}/evidence.json",
        what: "The verdict on two states with the evidence for the events that weigh most for and against it",
        parameters: &[PAIR],
        fields: &[("verdict", OBJECT), ("generator", STRING), ("events", ARRAY), ("overrides", ARRAY)],
    },
    Endpoint {
        path: "/a/{hash}.json",
        what: "An article with everything that was read in it",
        parameters: &[HASH],
        fields: &[
            ("engine", STRING),
            ("article", OBJECT),
            ("seen", ARRAY),
            ("reports", ARRAY),
            ("events", ARRAY),
            ("problems", ARRAY),
            ("printings", ARRAY),
            ("copies", ARRAY),
            ("versions", ARRAY),
            ("changed", MAYBE_OBJECT),
        ],
    },
    Endpoint {
        path: "/network.json",
        what: "Which states dealt with which in a period, with how many events of which tone",
        parameters: &[
            Parameter {
                name: "since",
                what: "the first day; a year before the last one, if left out",
                example: "2023-04-01",
            },
            Parameter {
                name: "until",
                what: "the last day; that of the record, if left out",
                example: "2024-03-31",
            },
            Parameter { name: "from", what: "an imported dataset, in place of what was read", example: "" },
        ],
        fields: &[("since", STRING), ("until", STRING), ("dataset", MAYBE_STRING), ("ties", ARRAY)],
    },
    Endpoint {
        path: "/sources.json",
        what: "Outlets, imported datasets, and the engines that read the pages",
        parameters: &[],
        fields: &[("outlets", ARRAY), ("datasets", ARRAY), ("engines", ARRAY)],
    },
    Endpoint {
        path: "/edition.json",
        what: "A word for the state of the record; as long as it is the same, so are all pages",
        parameters: &[],
        fields: &[("edition", STRING)],
    },
    Endpoint {
        path: "/methods.json",
        what: "The engine, the formulas, the limits, the licences",
        parameters: &[],
        fields: &[
            ("engine", STRING),
            ("stages", ARRAY),
            ("formulas", ARRAY),
            ("limits", ARRAY),
            ("documents", ARRAY),
            ("notice", STRING),
        ],
    },
    Endpoint {
        path: "/read.json",
        what: "What it takes to have a page read without keeping it: the token and the limit",
        parameters: &[],
        fields: &[("token", STRING), ("most_bytes", INTEGER), ("fields", ARRAY)],
    },
];

/// What sending a page answers.
const READ: &str = "Reads a page without keeping it";
const READINGS: &[(&str, &[&str])] = &[("readings", ARRAY), ("problems", ARRAY)];

pub(crate) fn api(form: Form) -> Result<Reply, Fault> {
    Reply::found(form, "For programs", "/api.json".to_owned(), &document(), |_| content())
}

impl Parameter {
    /// As OpenAPI has it: what stands in the path cannot be left out.
    fn said(&self, path: &str) -> Value {
        let in_path = path.contains(&format!("{{{}}}", self.name));
        let mut said = json!({
            "name": self.name,
            "in": if in_path { "path" } else { "query" },
            "required": in_path,
            "description": self.what,
            "schema": { "type": "string" },
        });
        if !self.example.is_empty() {
            said["example"] = self.example.into();
        }
        said
    }
}

impl Table {
    /// The formats that it is there in.
    fn formats(&self) -> Vec<&'static str> {
        let all = Whole::ALL.into_iter().filter(|(_, format)| !(self.long && *format == Whole::Json));
        all.map(|(ending, _)| ending).collect()
    }

    fn said(&self) -> Value {
        let mut parameters: Vec<Value> = self.parameters.iter().map(|p| p.said(self.path)).collect();
        parameters.push(json!({
            "name": "format",
            "in": "path",
            "required": true,
            "description": "the format",
            "schema": { "type": "string", "enum": self.formats() },
            "example": "csv",
        }));
        let columns = (self.columns)();
        let names: Vec<&str> = columns.iter().map(|column| column.name).collect();
        let sort = |column: &Heading| match column.sort {
            Sort::Whole => "integer",
            Sort::Number => "number",
            _ => "string",
        };
        let fields: Map<String, Value> = columns
            .iter()
            .map(|column| {
                let said = json!({ "type": [sort(column), "null"], "description": column.says });
                (column.name.to_owned(), said)
            })
            .collect();
        let mut content = json!({
            "text/csv": { "schema": { "type": "string" } },
            "application/vnd.apache.parquet": { "schema": { "type": "string", "contentMediaType": "application/vnd.apache.parquet" } },
        });
        if !self.long {
            let rows = json!({ "type": "object", "required": names, "properties": fields });
            content["application/json"] = json!({ "schema": { "type": "array", "items": rows } });
        }
        let answers = json!({ "200": { "description": "It is there", "content": content }, "default": refusal_of_a_file() });
        json!({ "get": { "summary": self.what, "parameters": parameters, "responses": answers } })
    }
}

fn document() -> Value {
    let mut paths = Map::new();
    for endpoint in &ENDPOINTS {
        let parameters: Vec<Value> = endpoint.parameters.iter().map(|p| p.said(endpoint.path)).collect();
        let get = json!({ "summary": endpoint.what, "parameters": parameters, "responses": responses(endpoint.fields) });
        paths.insert(endpoint.path.to_owned(), json!({ "get": get }));
    }
    for table in &TABLES {
        paths.insert(format!("{}.{{format}}", table.path), table.said());
    }
    for (path, sort, what) in FILES {
        let known = [PAIR, ID].into_iter().filter(|p| path.contains(&format!("{{{}}}", p.name)));
        let parameters: Vec<Value> = known.map(|p| p.said(path)).collect();
        let content = Map::from_iter([(sort.to_owned(), json!({ "schema": { "type": "string" } }))]);
        let answers = json!({ "200": { "description": "It is there", "content": content }, "default": refusal_of_a_file() });
        paths.insert(
            path.to_owned(),
            json!({ "get": { "summary": what, "parameters": parameters, "responses": answers } }),
        );
    }
    let text = json!({ "type": "string" });
    for (path, what, fields) in [
        (
            "/x/{id}/override",
            OVERRIDE,
            &[
                "token",
                "seen",
                "does",
                "author",
                "reason",
                "code",
                "date",
                "told",
                "actor",
                "recipient",
                "with",
            ][..],
        ),
        ("/x/{id}/revert", REVERT, &["token", "override", "author", "reason"]),
    ] {
        let fields: Map<String, Value> =
            fields.iter().map(|name| ((*name).to_owned(), text.clone())).collect();
        let form = json!({ "schema": { "type": "object", "required": ["token", "author", "reason"], "properties": fields } });
        let post = json!({
            "summary": what,
            "parameters": [ID.said(path)],
            "requestBody": { "required": true, "content": { "application/x-www-form-urlencoded": form } },
            "responses": { "303": { "description": "It holds; the page of the event shows it" }, "default": { "description": "It does not, and why, as a page" } },
        });
        paths.insert(path.to_owned(), json!({ "post": post }));
    }
    let page = json!({
        "type": "string", "contentMediaType": "application/octet-stream",
        "description": "A saved page; several are sent as several fields of this name",
    });
    let sent = json!({
        "type": "object",
        "required": ["token"],
        "properties": { "token": text, "url": text, "text": text, "page": page },
    });
    paths["/read.json"]["post"] = json!({
        "summary": READ,
        "requestBody": { "required": true, "content": { "multipart/form-data": { "schema": sent } } },
        "responses": responses(READINGS),
    });
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "demarche",
            "version": ENGINE_VERSION,
            "summary": "A record of what states said and did, as JSON. Every page has its data at the same address with .json.",
        },
        "paths": paths,
        "components": { "schemas": { "Refusal": schema(&[("error", STRING), ("remedy", STRING)]) } },
    })
}

fn responses(fields: &[(&str, &[&str])]) -> Value {
    let answer = |what: &str, schema: Value| json!({ "description": what, "content": { "application/json": { "schema": schema } } });
    json!({
        "200": answer("It is there", schema(fields)),
        "default": refusal(),
    })
}

fn refusal() -> Value {
    let schema = json!({ "$ref": "#/components/schemas/Refusal" });
    json!({ "description": "It is not, and why", "content": { "application/json": { "schema": schema } } })
}

/// The same of a file: whoever follows a link to one sees a page, unless it is JSON.
fn refusal_of_a_file() -> Value {
    let mut refusal = refusal();
    refusal["content"]["text/html"] = json!({ "schema": { "type": "string" } });
    refusal
}

fn schema(fields: &[(&str, &[&str])]) -> Value {
    let names: Vec<&str> = fields.iter().map(|(name, _)| *name).collect();
    let types: Map<String, Value> =
        fields.iter().map(|(name, types)| ((*name).to_owned(), json!({ "type": types }))).collect();
    json!({ "type": "object", "required": names, "properties": types })
}

fn content() -> Markup {
    html! {
        section .hero {
            h1 { "For programs" }
            p .lede { "Every page is there as data: put " code { ".json" } " behind its address. This is the list, also as an "
                a href="/api.json" { "OpenAPI 3.1 document" } "." }
        }
        section {
            dl .endpoints {
                @for endpoint in &ENDPOINTS {
                    dt { code { "GET " (endpoint.path) } }
                    dd {
                        p { (endpoint.what) "." }
                        @if !endpoint.parameters.is_empty() {
                            ul .plain { @for parameter in endpoint.parameters {
                                li {
                                    code { (parameter.name) } " " (parameter.what)
                                    @if !parameter.example.is_empty() { " – " code { (parameter.example) } }
                                }
                            } }
                        }
                    }
                }
                dt { code { "POST /x/{id}/override" } }
                dd { p { (OVERRIDE) ": a form with the fields of the one on its page." } }
                dt { code { "POST /x/{id}/revert" } }
                dd { p { (REVERT) "." } }
                dt { code { "POST /read.json" } }
                dd { p { (READ) ": a form of multipart/form-data with the token, and " code { "text" } " or " code { "page" } ", which several pages repeat." } }
            }
            h2 .next { "Tables" }
            p { "Each is there with the endings that it names; JSON is a list of rows." }
            dl .endpoints {
                @for table in &TABLES {
                    dt { code { "GET " (table.path) ".{format}" } }
                    dd {
                        p { (table.what) ": " (table.formats().join(", ")) "." }
                        details {
                            summary { "Columns" }
                            ul .plain { @for column in (table.columns)() { li { code { (column.name) } " " (column.says) } } }
                        }
                    }
                }
            }
            h2 .next { "Files" }
            dl .endpoints {
                @for (path, _, what) in FILES { dt { code { "GET " (path) } } dd { p { (what) "." } } }
            }
            p .facts { "What is not there answers with a status of HTTP and the fields error and remedy." }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_document_explains_every_column_of_every_table() {
        let document = include_str!("../../../docs/exports.md");
        let mut lacking = String::new();
        for table in &TABLES {
            let heading = format!("`{}`", table.path);
            if !document.contains(&heading) {
                lacking += &format!("\n{heading}: {}\n\n", table.what);
            }
            for Heading { name, sort, says } in (table.columns)() {
                let row = format!("| `{name}` | {} | {says} |", sort.name());
                if !document.contains(&row) && !lacking.contains(&row) {
                    lacking += &format!("{row}\n");
                }
            }
        }
        assert!(lacking.is_empty(), "docs/exports.md lacks\n{lacking}");
    }
}
