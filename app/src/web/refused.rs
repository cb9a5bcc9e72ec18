//! Turns what the framework refuses by itself (a form without its boundary, a query that names a field twice, a method that an
//! address does not have) into a refusal like our own: a page, or JSON where JSON was asked for.

use std::sync::Arc;

use axum::body::to_bytes;
use axum::extract::{Request, State};
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::web::reply::{Form, Reply};
use crate::web::server::Shared;

/// Bytes of the framework's words; they are a line.
const MOST: usize = 4096;

/// Around every route.
pub(crate) async fn in_our_form(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let (_, form) = Form::of(request.uri().path());
    let response = next.run(request).await;
    let sort = response.headers().get(header::CONTENT_TYPE).and_then(|sort| sort.to_str().ok());
    if !response.status().is_client_error() || sort.is_some_and(|sort| !sort.starts_with("text/plain")) {
        return response;
    }
    let (head, body) = response.into_parts();
    let words = to_bytes(body, MOST).await.unwrap_or_default();
    let words = match head.status {
        StatusCode::METHOD_NOT_ALLOWED => "This address cannot be asked in that way.".to_owned(),
        _ => format!("{}.", String::from_utf8_lossy(&words).trim_end_matches('.')),
    };
    let title = "That was not understood".to_owned();
    let mut refusal = Reply::Refused { status: head.status, title, words }.respond(&shared, form);
    if let Some(allowed) = head.headers.get(header::ALLOW) {
        refusal.headers_mut().insert(header::ALLOW, allowed.clone());
    }
    refusal
}
