//! Turns a record and an address into a server that runs until it is interrupted.

use std::future::IntoFuture as _;
use std::io;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::{DefaultBodyLimit, Multipart, Path, Query as AsPairs, Request, State};
use axum::http::{HeaderMap, Uri, header};
use axum::middleware;
use axum::response::{IntoResponse as _, Response};
use axum::routing::{get, post};
use demarche_engine::Reader;
use demarche_record::Record;
use serde::Deserialize;
use tokio::net::TcpListener;
use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

use crate::fault::Fault;
use crate::picture::Look;
use crate::telling::States;
use crate::web::door::Door;
use crate::web::heard::Heard;
use crate::web::kept::Kept;
use crate::web::reply::{Form, Reply};
use crate::web::token::Token;
use crate::web::upload::{MOST_SENT, Upload};
use crate::web::{
    api, article, dyad, edit, event, guard, home, issue, kept, methods, network, person, query, reading,
    refused, search, sources, state, table,
};

/// The port that is used when none is named.
const PORT: u16 = 7878;

/// How long an interrupted server lets requests finish.
const PATIENCE: Duration = Duration::from_secs(2);

/// How long a page waits for another program that writes to the record.
pub(crate) const PATIENCE_OF_A_PAGE: Duration = Duration::from_secs(3);

/// What is to be served, and how.
pub(crate) struct Serving {
    /// The record.
    pub(crate) record: PathBuf,
    /// Where to listen; none for loopback.
    pub(crate) address: Option<IpAddr>,
    /// At which port; none for the usual one.
    pub(crate) port: Option<u16>,
    /// Whether to open a browser.
    pub(crate) open: bool,
    /// Whether codings can be overridden.
    pub(crate) edit: bool,
}

/// What all requests share.
pub(crate) struct Shared {
    /// One connection; a page takes it for some milliseconds.
    record: Mutex<Record>,
    /// The last pages.
    pub(crate) kept: Kept,
    /// What counts of the pairs that were asked for last.
    pub(crate) heard: Heard,
    /// The state table.
    pub(crate) states: States,
    /// What to call the record on the pages.
    pub(crate) name: String,
    /// What our own forms know.
    pub(crate) token: Token,
    /// Who may come in.
    pub(crate) door: Door,
    /// Whether codings can be overridden.
    pub(crate) edit: bool,
    /// Reads what is sent to it, one page at a time; loaded when it is first needed.
    pub(crate) reader: Mutex<Option<Reader>>,
}

impl Shared {
    /// The record. A page that panicked has left it as it was: reading changes nothing.
    pub(crate) fn record(&self) -> MutexGuard<'_, Record> {
        self.record.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Serves a record until Ctrl-C. `say` tells the person at the terminal where it is.
pub(crate) fn serve(serving: Serving, say: fn(&str)) -> Result<(), Fault> {
    let Serving { record, address, port, open, edit } = serving;
    let name =
        record.file_name().map_or_else(|| record.display().to_string(), |n| n.to_string_lossy().into_owned());
    let address = SocketAddr::new(address.unwrap_or(Ipv4Addr::LOCALHOST.into()), port.unwrap_or(PORT));
    let [record, watch] = [Record::open(&record)?, Record::open(&record)?];
    for connection in [&record, &watch] {
        connection.wait_at_most(PATIENCE_OF_A_PAGE)?;
    }
    let shared = Shared {
        record: Mutex::new(record),
        kept: Kept::new(watch),
        heard: Heard::default(),
        states: States::shipped(),
        name,
        token: Token::new()?,
        door: Door::at(address.ip())?,
        edit,
        reader: Mutex::new(None),
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|e| Fault::new(format!("cannot start the server: {e}")))?;
    runtime.block_on(run(Arc::new(shared), address, open, say))
}

async fn run(shared: Arc<Shared>, address: SocketAddr, open: bool, say: fn(&str)) -> Result<(), Fault> {
    let listener = TcpListener::bind(address).await.map_err(|e| cannot_listen(address, &e))?;
    let address = listener.local_addr().map_err(|e| cannot_listen(address, &e))?;
    let (words, url) = shared.door.words(&shared.name, address);
    say(&words);
    if open && io::IsTerminal::is_terminal(&io::stdout()) && open::that_detached(&url).is_err() {
        say("no browser could be opened: open that address yourself");
    }
    let server = axum::serve(listener, routes(shared)).with_graceful_shutdown(interrupted()).into_future();
    let patience = async {
        interrupted().await;
        tokio::time::sleep(PATIENCE).await;
    };
    tokio::select! {
        ended = server => ended.map_err(|e| Fault::new(format!("the server stopped: {e}"))),
        // Whoever is still in the middle of a request by then has had their time.
        () = patience => Ok(()),
    }
}

fn cannot_listen(address: SocketAddr, error: &io::Error) -> Fault {
    let port = address.port();
    let free = (1..=50)
        .filter_map(|step| port.checked_add(step))
        .find(|port| std::net::TcpListener::bind((address.ip(), *port)).is_ok());
    let remedy = match free {
        Some(free) => format!("try --port {free}, or --port 0 for any that is free"),
        None => "try --port 0 for any that is free".to_owned(),
    };
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            Fault::new(format!("port {port} is in use, perhaps by another `demarche serve`; {remedy}"))
        }
        io::ErrorKind::AddrNotAvailable => Fault::new(format!(
            "this machine has no address {}; name one that it has, or 0.0.0.0 for all",
            address.ip()
        )),
        io::ErrorKind::PermissionDenied => Fault::new(format!("you may not listen on port {port}; {remedy}")),
        _ => Fault::new(format!("cannot listen on port {port}: {error}; {remedy}")),
    }
}

/// Waits for Ctrl-C, or for being asked to end.
async fn interrupted() {
    let ctrl_c = async {
        if tokio::signal::ctrl_c().await.is_err() {
            std::future::pending::<()>().await;
        }
    };
    #[cfg(unix)]
    let asked = async {
        match tokio::signal::unix::signal(tokio::signal::unix::SignalKind::terminate()) {
            Ok(mut signal) => {
                signal.recv().await;
            }
            Err(_) => std::future::pending().await,
        }
    };
    #[cfg(not(unix))]
    let asked = std::future::pending::<()>();
    tokio::select! {
        () = ctrl_c => {}
        () = asked => {}
    }
}

type Face = State<Arc<Shared>>;

fn routes(shared: Arc<Shared>) -> Router {
    Router::new()
        .route("/", get(|face: Face| ask(face, Form::Page, home::home)))
        .route("/index.json", get(|face: Face| ask(face, Form::Data, home::home)))
        .route("/index/{table}", get(home_table))
        .route("/d", get(asked_for))
        .route("/d/{pair}", get(dyad_page))
        .route("/d/{pair}/evidence.html", get(dyad_evidence))
        .route("/d/{pair}/evidence.json", get(dyad_evidence))
        .route("/d/{pair}/{tab}", get(dyad_list))
        .route("/x/{id}", get(event_page))
        .route("/x/{id}/override", post(override_event))
        .route("/x/{id}/revert", post(revert_override))
        .route("/x/{id}/tree.svg", get(|face: Face, id: Path<String>| event_tree(face, id, Look::Screen)))
        .route("/x/{id}/tree.png", get(|face: Face, id: Path<String>| event_tree(face, id, Look::Picture)))
        .route("/x/{id}/{part}", get(event_part))
        .route("/a/{hash}", get(article_page))
        .route("/a/{hash}/{table}", get(article_table))
        .merge(finding())
        .merge(about())
        .route("/read", get(read_form).post(read_page))
        .route("/read.json", get(read_form).post(read_page))
        .layer(DefaultBodyLimit::max(MOST_SENT))
        .route("/style.css", get(style))
        .route("/app.js", get(script))
        .fallback(|face: Face, uri: axum::http::Uri| {
            let (_, form) = Form::of(uri.path());
            ask(face, form, |_, _, _| {
                Ok(Reply::missing(
                    "There is no such page",
                    "Check the address, or start from the front page.",
                ))
            })
        })
        .layer(middleware::from_fn_with_state(Arc::clone(&shared), refused::in_our_form))
        // A long article says the same side at each of its names.
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(middleware::from_fn_with_state(Arc::clone(&shared), kept::kept))
        .layer(middleware::from_fn_with_state(Arc::clone(&shared), guard::guard))
        .with_state(shared)
}

/// What leads to pages of states, people and issues, and these.
fn finding() -> Router<Arc<Shared>> {
    Router::new()
        .route("/search", get(search_page))
        .route("/search.json", get(search_page))
        .route("/search/{table}", get(search_table))
        .route("/s/{state}", get(state_page))
        .route("/s/{state}/{table}", get(state_table))
        .route("/p/{name}", get(person_page))
        .route("/p/{name}/{table}", get(person_table))
        .route("/i/{*issue}", get(issue_page))
        .route("/network", get(network_page))
        .route("/network.json", get(network_page))
        .route("/network.svg", get(|face: Face, asked| network_drawing(face, asked, Look::Screen)))
        .route("/network.png", get(|face: Face, asked| network_drawing(face, asked, Look::Picture)))
        .route("/network/{table}", get(network_table))
}

/// What tells of the record and of demarche itself.
fn about() -> Router<Arc<Shared>> {
    Router::new()
        .route(
            "/sources",
            get(|face: Face| ask(face, Form::Page, |_, record, form| sources::sources(record, form))),
        )
        .route(
            "/sources.json",
            get(|face: Face| ask(face, Form::Data, |_, record, form| sources::sources(record, form))),
        )
        .route("/sources/{table}", get(sources_table))
        .route(
            "/edition.json",
            get(|face: Face| ask(face, Form::Data, |_, record, form| edition(record, form))),
        )
        .route("/methods", get(|face: Face| ask(face, Form::Page, |_, _, form| methods::methods(form))))
        .route("/methods.json", get(|face: Face| ask(face, Form::Data, |_, _, form| methods::methods(form))))
        .route("/api", get(|face: Face| ask(face, Form::Page, |_, _, form| api::api(form))))
        .route("/api.json", get(|face: Face| ask(face, Form::Data, |_, _, form| api::api(form))))
        .route("/docs/{name}", get(methods::document))
}

/// Which state the record is in: pages ask whether they are stale.
fn edition(record: &Record, form: Form) -> Result<Reply, Fault> {
    let now = serde_json::json!({ "edition": record.edition()? });
    Reply::shown(form, "Edition", &now, |_| maud::html! {})
}

async fn script() -> Response {
    let script = include_str!("app.js");
    ([(header::CONTENT_TYPE, "text/javascript; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")], script)
        .into_response()
}

/// Words that are looked for.
#[derive(Debug, Deserialize)]
struct Words {
    #[serde(default)]
    q: String,
}

async fn search_page(face: Face, uri: Uri, AsPairs(words): AsPairs<Words>) -> Response {
    let (_, form) = Form::of(uri.path());
    ask(face, form, move |shared, record, form| search::search(shared, record, form, &words.q)).await
}

async fn home_table(face: Face, Path(part): Path<String>) -> Response {
    ask(face, table::form(&part), move |_, record, _| home::table(record, &part)).await
}

async fn search_table(face: Face, Path(part): Path<String>, AsPairs(words): AsPairs<Words>) -> Response {
    ask(face, table::form(&part), move |shared, record, _| search::table(shared, record, &part, &words.q))
        .await
}

async fn state_table(face: Face, Path((state, part)): Path<(String, String)>) -> Response {
    ask(face, table::form(&part), move |shared, record, _| state::table(shared, record, &state, &part)).await
}

async fn person_table(
    face: Face,
    Path((name, part)): Path<(String, String)>,
    AsPairs(asked): AsPairs<person::Asked>,
) -> Response {
    let form = table::form(&part);
    ask(face, form, move |shared, record, _| person::table(shared, record, &name, &part, &asked)).await
}

async fn sources_table(face: Face, Path(part): Path<String>) -> Response {
    ask(face, table::form(&part), move |_, record, _| sources::table(record, &part)).await
}

async fn network_table(
    face: Face,
    Path(part): Path<String>,
    AsPairs(asked): AsPairs<network::Asked>,
) -> Response {
    ask(face, table::form(&part), move |_, record, _| network::table(record, &asked, &part)).await
}

async fn network_drawing(face: Face, AsPairs(asked): AsPairs<network::Asked>, look: Look) -> Response {
    ask(face, Form::Page, move |shared, record, _| network::drawing(shared, record, &asked, look)).await
}

async fn state_page(face: Face, Path(state): Path<String>) -> Response {
    let (state, form) = Form::of(&state);
    ask(face, form, move |shared, record, form| state::state(shared, record, form, &state)).await
}

async fn person_page(
    face: Face,
    Path(name): Path<String>,
    AsPairs(asked): AsPairs<person::Asked>,
) -> Response {
    let (name, form) = Form::of(&name);
    ask(face, form, move |shared, record, form| person::person(shared, record, form, &name, &asked)).await
}

/// Where a page of a list begins.
#[derive(Debug, Deserialize)]
struct Behind {
    #[serde(default)]
    after: String,
}

async fn issue_page(face: Face, Path(issue): Path<String>, AsPairs(behind): AsPairs<Behind>) -> Response {
    let form = Form::of(&issue).1;
    ask(face, form, move |shared, record, _| issue::issue(shared, record, &issue, &behind.after)).await
}

async fn network_page(face: Face, uri: Uri, AsPairs(asked): AsPairs<network::Asked>) -> Response {
    let (_, form) = Form::of(uri.path());
    ask(face, form, move |shared, record, form| network::network(shared, record, form, &asked)).await
}

async fn read_form(face: Face, uri: Uri) -> Response {
    let (_, form) = Form::of(uri.path());
    ask(face, form, |shared, _, form| reading::form(shared, form)).await
}

/// Reads what was sent. The record stays free for others meanwhile.
async fn read_page(State(shared): Face, uri: Uri, sent: Multipart) -> Response {
    let (_, form) = Form::of(uri.path());
    match Upload::of(sent).await {
        Ok(sent) => answer(shared, form, move |shared| reading::read(shared, form, &sent)).await,
        Err(refusal) => refusal.respond(&shared, form),
    }
}

async fn style() -> Response {
    let css = include_str!("style.css");
    ([(header::CONTENT_TYPE, "text/css; charset=utf-8"), (header::CACHE_CONTROL, "no-cache")], css)
        .into_response()
}

/// Two states, as the form on the front page sends them.
#[derive(Debug, Deserialize)]
struct Pair {
    #[serde(default)]
    a: String,
    #[serde(default)]
    b: String,
}

async fn asked_for(face: Face, AsPairs(pair): AsPairs<Pair>) -> Response {
    ask(face, Form::Page, move |shared, _, _| dyad::lead(shared, &pair.a, &pair.b)).await
}

type Pairs = AsPairs<Vec<(String, String)>>;

async fn dyad_page(
    face: Face,
    Path(pair): Path<String>,
    AsPairs(query): Pairs,
    headers: HeaderMap,
) -> Response {
    let form = Form::of(&pair).1;
    let (query, site) = (query::Query::of(query), site(&headers));
    ask(face, form, move |shared, record, _| dyad::dyad(shared, record, &pair, &query, &site)).await
}

async fn dyad_evidence(face: Face, Path(pair): Path<String>, uri: Uri, AsPairs(query): Pairs) -> Response {
    let (_, form) = Form::of(uri.path());
    let query = query::Query::of(query);
    ask(face, form, move |shared, record, form| dyad::evidence(shared, record, &pair, form, &query)).await
}

/// The address of this server, as whoever asks calls it; the guard has looked at it.
fn site(headers: &HeaderMap) -> String {
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or("localhost");
    format!("http://{host}")
}

async fn dyad_list(face: Face, Path((pair, tab)): Path<(String, String)>, AsPairs(query): Pairs) -> Response {
    let form = Form::of(&tab).1;
    let query = query::Query::of(query);
    ask(face, form, move |shared, record, _| dyad::list(shared, record, &pair, &tab, &query)).await
}

async fn event_page(face: Face, Path(address): Path<String>, headers: HeaderMap) -> Response {
    let (form, site) = (Form::of(&address).1, site(&headers));
    ask(face, form, move |shared, record, _| event::event(shared, record, &address, &site)).await
}

async fn event_part(face: Face, Path((id, part)): Path<(String, String)>) -> Response {
    let form = Form::of(&part).1;
    ask(face, form, move |_, record, _| event::part(record, &id, &part)).await
}

/// Draws a tree. The record stays free for others meanwhile.
async fn event_tree(State(shared): Face, Path(id): Path<String>, look: Look) -> Response {
    answer(shared, Form::Page, move |shared| event::drawing(shared, &id, look)).await
}

async fn override_event(face: Face, Path(id): Path<String>, request: Request) -> Response {
    write(face, request, move |shared, said| edit::enter(shared, &id, said)).await
}

async fn revert_override(face: Face, Path(id): Path<String>, request: Request) -> Response {
    write(face, request, move |shared, said| edit::revert(shared, &id, said)).await
}

/// Takes a form in and does what it says.
async fn write(
    State(shared): Face,
    request: Request,
    work: impl FnOnce(&Shared, &query::Query) -> Result<Reply, Fault> + Send + 'static,
) -> Response {
    match edit::fields(request).await {
        Ok(said) => answer(shared, Form::Page, move |shared| work(shared, &said)).await,
        Err(refusal) => refusal.respond(&shared, Form::Page),
    }
}

async fn article_page(face: Face, Path(hash): Path<String>) -> Response {
    let (hash, form) = Form::of(&hash);
    ask(face, form, move |_, record, form| article::article(record, form, &hash)).await
}

async fn article_table(face: Face, Path((hash, part)): Path<(String, String)>) -> Response {
    ask(face, table::form(&part), move |_, record, _| article::table(record, &hash, &part)).await
}

/// Puts a question to the record on a thread that may wait, and turns the answer into a response.
async fn ask(
    State(shared): Face,
    form: Form,
    question: impl FnOnce(&Shared, &Record, Form) -> Result<Reply, Fault> + Send + 'static,
) -> Response {
    answer(shared, form, move |shared| {
        let record = shared.record();
        // Asked before the page is made, so that no change meanwhile is missed.
        let edition = record.edition()?;
        Ok(question(shared, &record, form)?.of_edition(edition))
    })
    .await
}

/// The same of any work.
async fn answer(
    shared: Arc<Shared>,
    form: Form,
    work: impl FnOnce(&Shared) -> Result<Reply, Fault> + Send + 'static,
) -> Response {
    let answered = tokio::task::spawn_blocking(move || {
        let reply = work(&shared).unwrap_or_else(|fault| Reply::failed(&fault));
        reply.respond(&shared, form)
    });
    answered.await.unwrap_or_else(|_| {
        (axum::http::StatusCode::INTERNAL_SERVER_ERROR, "This page could not be made; please report it.")
            .into_response()
    })
}
