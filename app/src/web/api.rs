//! `/api`: every address that answers in JSON, as a page to read and as an OpenAPI 3.1 document for programs. A test asks the
//! running server each of them and holds its answer against what stands here.

use demarche_engine::ENGINE_VERSION;
use maud::{Markup, html};
use serde_json::{Map, Value, json};

use crate::fault::Fault;
use crate::web::reply::{Form, Reply};

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

const ENDPOINTS: [Endpoint; 13] = [
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
        what: "A report: its sentence, the frame and the reason, its event and the other reports of it",
        parameters: &[Parameter {
            name: "id",
            what: "the id of a report or event",
            example: "3f9a2c81d0-66",
        }],
        fields: &[
            ("report", OBJECT),
            ("event", MAYBE_OBJECT),
            ("others", ARRAY),
            ("overrides", ARRAY),
            ("article", OBJECT),
        ],
    },
    Endpoint {
        path: "/a/{hash}.json",
        what: "An article with everything that was read in it",
        parameters: &[Parameter {
            name: "hash",
            what: "its hash, or at least six digits",
            example: "3f9a2c81d0",
        }],
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

impl Endpoint {
    /// Whether a parameter stands in the path, where it cannot be left out.
    fn in_path(&self, parameter: &Parameter) -> bool {
        self.path.contains(&format!("{{{}}}", parameter.name))
    }
}

fn document() -> Value {
    let mut paths = Map::new();
    for endpoint in &ENDPOINTS {
        let parameters: Vec<Value> = endpoint
            .parameters
            .iter()
            .map(|parameter| {
                let in_path = endpoint.in_path(parameter);
                let mut said = json!({
                    "name": parameter.name,
                    "in": if in_path { "path" } else { "query" },
                    "required": in_path,
                    "description": parameter.what,
                    "schema": { "type": "string" },
                });
                if !parameter.example.is_empty() {
                    said["example"] = parameter.example.into();
                }
                said
            })
            .collect();
        let get = json!({ "summary": endpoint.what, "parameters": parameters, "responses": responses(endpoint.fields) });
        paths.insert(endpoint.path.to_owned(), json!({ "get": get }));
    }
    let text = json!({ "type": "string" });
    let sent = json!({
        "type": "object",
        "required": ["token"],
        "properties": { "token": text, "url": text, "text": text, "page": { "type": "string", "contentMediaType": "application/octet-stream" } },
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
        "default": answer("It is not, and why", json!({ "$ref": "#/components/schemas/Refusal" })),
    })
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
                dt { code { "POST /read.json" } }
                dd { p { (READ) ": a form of multipart/form-data with the token, and " code { "text" } " or " code { "page" } "." } }
            }
            p .facts { "What is not there answers with a status of HTTP and the fields error and remedy." }
        }
    }
}
