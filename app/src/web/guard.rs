//! Turns away requests that were not meant for this server, and gives every response the headers that keep a page from
//! running, framing or loading anything that is not ours.

use std::sync::Arc;

use axum::extract::{Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::web::server::Shared;

/// No script but our one file, and none within a page: whatever a news page smuggled in stays dead text.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; \
                      base-uri 'none'; frame-ancestors 'none'";

const HEADERS: [(HeaderName, &str); 7] = [
    (header::CONTENT_SECURITY_POLICY, POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::X_FRAME_OPTIONS, "DENY"),
    // Nothing to other sites. With `no-referrer` browsers would hide the origin of our own forms from us as well.
    (header::REFERRER_POLICY, "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("permissions-policy"), "camera=(), geolocation=(), microphone=()"),
];

/// The checks and the headers around every route.
pub(crate) async fn guard(State(shared): State<Arc<Shared>>, request: Request, next: Next) -> Response {
    let mut response = match turned_away(&shared, &request) {
        Some(answer) => answer,
        None => next.run(request).await,
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        // A drawing brings a policy of its own.
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// The answer to a request that no page is made for.
fn turned_away(shared: &Shared, request: &Request) -> Option<Response> {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    if !host.is_some_and(|host| shared.door.answers_to(host)) {
        let words = "This server answers only to localhost and addresses of its own: another name could belong to someone \
                     else's page (DNS rebinding).";
        return Some((StatusCode::MISDIRECTED_REQUEST, words).into_response());
    }
    if is_from_elsewhere(request, host) {
        let words = "This was sent by another site's page, which this server does not listen to.";
        return Some((StatusCode::FORBIDDEN, words).into_response());
    }
    shared.door.admits(request).err().map(|answer| *answer)
}

/// Whether a page of another site sends what only our own may send. Programs that are no browsers name no origin.
fn is_from_elsewhere(request: &Request, host: Option<&str>) -> bool {
    let named = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap_or("?"));
    let origin = named("origin").is_some_and(|origin| origin.strip_prefix("http://") != host);
    let site = named("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none"));
    !request.method().is_safe() && (origin || site)
}
