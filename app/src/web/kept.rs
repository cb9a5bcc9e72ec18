//! Keeps the last pages as they were sent, as long as the record stays as it is: a page is a function of its address and the
//! record, and most of what is looked at is looked at again.

use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use demarche_record::{Moment, Record};
use quick_cache::Weighter;
use quick_cache::sync::Cache;

use crate::web::server::Shared;

/// Memory for pages, in bytes.
const MOST: u64 = 32 << 20;
/// Pages that fit, about.
const ABOUT: usize = 1_000;

/// The last pages.
pub(crate) struct Kept {
    /// A connection of its own, which sees whatever others write: those of the pages among them.
    watch: Mutex<Record>,
    pages: Cache<Asked, Page, Weight>,
}

/// What a page depends on besides the record.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Asked {
    address: String,
    /// What the browser calls this server: citations say it.
    host: Option<HeaderValue>,
    /// How the page may be packed. As it was said: browsers have few ways to say it, and `gzip;q=0` is a no.
    packed: Vec<HeaderValue>,
}

impl Asked {
    fn by(request: &Request) -> Self {
        let headers = request.headers();
        Self {
            address: request.uri().to_string(),
            host: headers.get(header::HOST).cloned(),
            packed: headers.get_all(header::ACCEPT_ENCODING).iter().cloned().collect(),
        }
    }

    /// In bytes.
    fn weight(&self) -> usize {
        let said = self.host.iter().chain(&self.packed).map(HeaderValue::len).sum::<usize>();
        self.address.len() + said
    }
}

#[derive(Clone)]
struct Page {
    moment: Moment,
    headers: HeaderMap,
    body: Bytes,
}

#[derive(Clone)]
struct Weight;

impl Weighter<Asked, Page> for Weight {
    fn weight(&self, asked: &Asked, page: &Page) -> u64 {
        (asked.weight() + page.body.len()) as u64
    }
}

impl Kept {
    /// None yet. `watch` is a connection that nobody else uses.
    pub(crate) fn new(watch: Record) -> Self {
        Self { watch: Mutex::new(watch), pages: Cache::with_weighter(ABOUT, MOST, Weight) }
    }

    /// The record as it is now; none where it cannot be asked.
    fn moment(&self) -> Option<Moment> {
        self.watch.lock().unwrap_or_else(PoisonError::into_inner).moment().ok()
    }
}

/// Answers with a page that was kept, or has it made and keeps it.
pub(crate) async fn kept(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    if request.method() != Method::GET {
        return next.run(request).await;
    }
    let asked = Asked::by(&request);
    // Asked before the page is made: what is written meanwhile makes it a page of yesterday.
    let watched = Arc::clone(&shared);
    let moment = tokio::task::spawn_blocking(move || watched.kept.moment()).await.ok().flatten();
    let Some(moment) = moment else { return next.run(request).await };
    if let Some(Page { headers, body, .. }) =
        shared.kept.pages.get(&asked).filter(|page| page.moment == moment)
    {
        return (headers, body).into_response();
    }
    let (parts, body) = next.run(request).await.into_parts();
    if parts.status != StatusCode::OK {
        return Response::from_parts(parts, body);
    }
    // It lies in memory already, so its length is no danger.
    let Ok(body) = to_bytes(body, usize::MAX).await else {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    };
    shared.kept.pages.insert(asked, Page { moment, headers: parts.headers.clone(), body: body.clone() });
    Response::from_parts(parts, Body::from(body))
}
