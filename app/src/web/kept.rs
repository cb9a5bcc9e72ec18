//! Keeps the last pages as they were sent, as long as the record stays as it is: a page is a function of its address and the
//! record, and most of what is looked at is looked at again.

use std::sync::{Arc, Mutex, PoisonError};

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::{HeaderMap, Method, StatusCode, header};
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

/// What a page depends on besides the record: its address, and whether it may be packed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct Asked {
    address: String,
    packed: bool,
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
        (asked.address.len() + page.body.len()) as u64
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
    let asked = Asked {
        address: request.uri().to_string(),
        packed: request
            .headers()
            .get(header::ACCEPT_ENCODING)
            .and_then(|accepted| accepted.to_str().ok())
            .is_some_and(|accepted| accepted.contains("gzip")),
    };
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
