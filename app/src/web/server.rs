//! Turns a record and a port into a server on loopback that runs until it is interrupted.

use std::future::IntoFuture as _;
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::{Path, Query as AsPairs, State};
use axum::http::header;
use axum::middleware;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use demarche_record::Record;
use serde::Deserialize;
use tokio::net::TcpListener;

use crate::fault::Fault;
use crate::telling::States;
use crate::web::heard::Heard;
use crate::web::reply::{Form, Reply};
use crate::web::{article, dyad, event, guard, home, query};

/// The port that is used when none is named.
const PORT: u16 = 7878;

/// How long an interrupted server lets requests finish.
const PATIENCE: Duration = Duration::from_secs(2);

/// What all requests share.
pub(crate) struct Shared {
    /// One connection; a page takes it for some milliseconds.
    record: Mutex<Record>,
    /// What counts of the pairs that were asked for last.
    pub(crate) heard: Heard,
    /// The state table.
    pub(crate) states: States,
    /// What to call the record on the pages.
    pub(crate) name: String,
}

/// Serves the record at `record` until Ctrl-C. `say` tells the person at the terminal where it is.
pub(crate) fn serve(record: PathBuf, port: Option<u16>, open: bool, say: fn(&str)) -> Result<(), Fault> {
    let name =
        record.file_name().map_or_else(|| record.display().to_string(), |n| n.to_string_lossy().into_owned());
    let shared = Shared {
        record: Mutex::new(Record::open(&record)?),
        heard: Heard::default(),
        states: States::shipped(),
        name,
    };
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|e| Fault::new(format!("cannot start the server: {e}")))?;
    runtime.block_on(run(Arc::new(shared), port.unwrap_or(PORT), open, say))
}

async fn run(shared: Arc<Shared>, port: u16, open: bool, say: fn(&str)) -> Result<(), Fault> {
    let listener = TcpListener::bind(loopback(port)).await.map_err(|e| cannot_listen(port, &e))?;
    let address = listener.local_addr().map_err(|e| cannot_listen(port, &e))?;
    let url = format!("http://{address}/");
    say(&format!("{} is at {url} — Ctrl-C ends it", shared.name));
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

fn loopback(port: u16) -> SocketAddr {
    SocketAddr::from((Ipv4Addr::LOCALHOST, port))
}

fn cannot_listen(port: u16, error: &io::Error) -> Fault {
    let free = (1..=50)
        .filter_map(|step| port.checked_add(step))
        .find(|p| std::net::TcpListener::bind(loopback(*p)).is_ok());
    let remedy = match free {
        Some(free) => format!("try --port {free}, or --port 0 for any that is free"),
        None => "try --port 0 for any that is free".to_owned(),
    };
    match error.kind() {
        io::ErrorKind::AddrInUse => {
            Fault::new(format!("port {port} is in use, perhaps by another `demarche serve`; {remedy}"))
        }
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
        .route("/d", get(asked_for))
        .route("/d/{pair}", get(dyad_page))
        .route("/d/{pair}/{tab}", get(dyad_list))
        .route("/x/{id}", get(event_page))
        .route("/a/{hash}", get(article_page))
        .route("/style.css", get(style))
        .fallback(|face: Face, uri: axum::http::Uri| {
            let (_, form) = Form::of(uri.path());
            ask(face, form, |_, _, _| {
                Ok(Reply::missing(
                    "There is no such page",
                    "Check the address, or start from the front page.",
                ))
            })
        })
        .layer(middleware::from_fn(guard::guard))
        .with_state(shared)
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

async fn dyad_page(face: Face, Path(pair): Path<String>, AsPairs(query): Pairs) -> Response {
    let form = Form::of(&pair).1;
    let query = query::Query::of(query);
    ask(face, form, move |shared, record, _| dyad::dyad(shared, record, &pair, &query)).await
}

async fn dyad_list(face: Face, Path((pair, tab)): Path<(String, String)>, AsPairs(query): Pairs) -> Response {
    let form = Form::of(&tab).1;
    let query = query::Query::of(query);
    ask(face, form, move |shared, record, _| dyad::list(shared, record, &pair, &tab, &query)).await
}

async fn event_page(face: Face, Path(id): Path<String>) -> Response {
    let (id, form) = Form::of(&id);
    ask(face, form, move |_, record, form| event::event(record, form, &id)).await
}

async fn article_page(face: Face, Path(hash): Path<String>) -> Response {
    let (hash, form) = Form::of(&hash);
    ask(face, form, move |_, record, form| article::article(record, form, &hash)).await
}

/// Puts a question to the record on a thread that may wait, and turns the answer into a response.
async fn ask(
    State(shared): Face,
    form: Form,
    question: impl FnOnce(&Shared, &Record, Form) -> Result<Reply, Fault> + Send + 'static,
) -> Response {
    let answered = tokio::task::spawn_blocking(move || {
        // A page that panicked has left the connection as it was: reading changes nothing.
        let record = shared.record.lock().unwrap_or_else(PoisonError::into_inner);
        let reply = question(&shared, &record, form).unwrap_or_else(|fault| Reply::failed(&fault));
        reply.respond(&shared, form)
    });
    answered.await.unwrap_or_else(|_| {
        (axum::http::StatusCode::INTERNAL_SERVER_ERROR, "This page could not be made; please report it.")
            .into_response()
    })
}
