//! Turns away requests that were not meant for this server, and gives every response the headers that keep a page from
//! running, framing or loading anything that is not ours.

use axum::extract::Request;
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

/// No script but our one file, and none within a page: whatever a news page smuggled in stays dead text.
const POLICY: &str = "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; \
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

/// The check and the headers around every route.
pub(crate) async fn guard(request: Request, next: Next) -> Response {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let mut response = if host.is_some_and(is_ours) && is_from_elsewhere(&request, host) {
        let words = "This was sent by another site's page, which this server does not listen to.";
        (StatusCode::FORBIDDEN, words).into_response()
    } else if host.is_some_and(is_ours) {
        next.run(request).await
    } else {
        let words = "This server answers only to localhost and 127.0.0.1: another name could belong to someone else's \
                     page (DNS rebinding).";
        (StatusCode::MISDIRECTED_REQUEST, words).into_response()
    };
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        // A drawing brings a policy of its own.
        headers.entry(name).or_insert(HeaderValue::from_static(value));
    }
    headers.entry(header::CACHE_CONTROL).or_insert(HeaderValue::from_static("no-store"));
    response
}

/// Whether a page of another site sends what only our own may send. Programs that are no browsers name no origin.
fn is_from_elsewhere(request: &Request, host: Option<&str>) -> bool {
    let named = |name: &str| request.headers().get(name).map(|value| value.to_str().unwrap_or("?"));
    let origin = named("origin").is_some_and(|origin| origin.strip_prefix("http://") != host);
    let site = named("sec-fetch-site").is_some_and(|site| !matches!(site, "same-origin" | "none"));
    !request.method().is_safe() && (origin || site)
}

/// Whether a Host header names loopback; any port, so that a forwarded one works.
fn is_ours(host: &str) -> bool {
    let name = match host.strip_prefix('[') {
        Some(rest) => rest.split_once(']').map_or("", |(name, _)| name),
        None => host.split(':').next().unwrap_or(""),
    };
    name.eq_ignore_ascii_case("localhost") || name == "127.0.0.1" || name == "::1"
}

#[cfg(test)]
mod tests {
    use super::is_ours;

    #[test]
    fn only_loopback_is_ours() {
        for ours in ["localhost", "LOCALHOST:80", "127.0.0.1:7878", "[::1]:7878"] {
            assert!(is_ours(ours), "{ours}");
        }
        for theirs in [
            "",
            "evil.example",
            "localhost.evil.example:7878",
            "127.0.0.1.evil.example",
            "[::2]",
            "192.168.0.1",
        ] {
            assert!(!is_ours(theirs), "{theirs}");
        }
    }
}
