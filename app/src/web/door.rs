//! Turns the address that the server listens on into who may come in: on loopback everybody on this machine, elsewhere those
//! who know the token that was printed at the start.

use std::net::{IpAddr, SocketAddr};

use axum::extract::Request;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use maud::html;
use serde_json::json;

use crate::fault::Fault;
use crate::web::layout;
use crate::web::query::Query;
use crate::web::reply::Form;
use crate::web::token::Token;

/// The name of the token in an address.
const NAME: &str = "token";

/// Who may come in.
#[derive(Debug)]
pub(crate) enum Door {
    /// Whoever is on this machine.
    Loopback,
    /// Whoever knows the token.
    Locked(Token),
}

impl Door {
    /// For a server that listens there.
    pub(crate) fn at(address: IpAddr) -> Result<Self, Fault> {
        Ok(if address.is_loopback() { Door::Loopback } else { Door::Locked(Token::new()?) })
    }

    /// What to tell whoever started the server: where it is, and how others come in.
    pub(crate) fn words(&self, name: &str, at: SocketAddr) -> (String, String) {
        // All addresses of this machine are no address to open.
        let here = match at.ip() {
            ip if !ip.is_unspecified() => at,
            IpAddr::V4(_) => SocketAddr::from(([127, 0, 0, 1], at.port())),
            IpAddr::V6(_) => SocketAddr::from((std::net::Ipv6Addr::LOCALHOST, at.port())),
        };
        match self {
            Door::Loopback => {
                let url = format!("http://{here}/");
                (format!("{name} is at {url} — Ctrl-C ends it"), url)
            }
            Door::Locked(token) => {
                let url = format!("http://{here}/?{NAME}={}", token.as_str());
                let elsewhere = if here == at {
                    String::new()
                } else {
                    "; on other machines, with this machine’s IP address in place of that".to_owned()
                };
                let words = format!(
                    "{name} is at {url}{elsewhere} — whoever has the token sees the record; nothing is encrypted, so only in \
                     networks that you trust — Ctrl-C ends it"
                );
                (words, url)
            }
        }
    }

    /// Whether a Host header names this server. Names could lead here from somebody else's page (DNS rebinding); addresses
    /// cannot, and loopback names lead nowhere else.
    pub(crate) fn answers_to(&self, host: &str) -> bool {
        let name = match host.strip_prefix('[') {
            Some(rest) => rest.split_once(']').map_or("", |(name, _)| name),
            None => host.split(':').next().unwrap_or(""),
        };
        let address = name.parse::<IpAddr>();
        name.eq_ignore_ascii_case("localhost")
            || name == "127.0.0.1"
            || name == "::1"
            || matches!(self, Door::Locked(_)) && address.is_ok()
    }

    /// Lets a request in, or answers it in the place of a page: with the cookie for whoever brings the token, or with words.
    pub(crate) fn admits(&self, request: &Request) -> Result<(), Box<Response>> {
        let Door::Locked(token) = self else { return Ok(()) };
        let query = request.uri().query().unwrap_or_default();
        let query = Query::of(form_urlencoded::parse(query.as_bytes()).into_owned().collect());
        if let Some(brought) = query.get(NAME).filter(|_| request.method().is_safe()) {
            let right = token.is(brought);
            return Err(Box::new(if right { exchanged(token, request, &query) } else { refused(request) }));
        }
        // How our pages look is no secret, and the page that asks for the token looks like them.
        if request.uri().path() == "/style.css"
            || brought(request.headers(), port(request)).any(|known| token.is(&known))
        {
            return Ok(());
        }
        Err(Box::new(refused(request)))
    }
}

/// The cookie's name: browsers share cookies between all ports of a machine.
fn cookie(port: &str) -> String {
    format!("demarche-{port}")
}

/// The port that a request names.
fn port(request: &Request) -> &str {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    host.rsplit_once(':').map_or("80", |(_, port)| port)
}

/// What a request brings as tokens: the cookie of a browser, the header of a program.
fn brought(headers: &HeaderMap, port: &str) -> impl Iterator<Item = String> {
    let name = cookie(port);
    let texts = |header| headers.get_all(header).iter().filter_map(|value: &HeaderValue| value.to_str().ok());
    let cookies = texts(header::COOKIE).flat_map(|all| all.split(';')).filter_map(move |one| {
        let (own, value) = one.trim().split_once('=')?;
        (own == name).then(|| value.to_owned())
    });
    let bearer = texts(header::AUTHORIZATION).filter_map(|value| value.strip_prefix("Bearer "));
    cookies.chain(bearer.map(|token| token.trim().to_owned()))
}

/// The token for a cookie, and on to the same page without it. A page that leads on and no redirect: a browser would not
/// send a strict cookie after a redirect that somebody's mail led to.
fn exchanged(token: &Token, request: &Request, query: &Query) -> Response {
    let on = format!("{}{}", path(request), query.with(NAME, None));
    let page =
        layout::outside("Come in", Some(&on), &html! { p .lede { a href=(on) { "On to the record" } } });
    let cookie = format!("{}={}; Path=/; HttpOnly; SameSite=Strict", cookie(port(request)), token.as_str());
    let sort = [(header::CONTENT_TYPE, "text/html; charset=utf-8".to_owned()), (header::SET_COOKIE, cookie)];
    (sort, page.into_string()).into_response()
}

/// The path of a request, as an address on this server: two slashes would lead to another one.
fn path(request: &Request) -> String {
    format!("/{}", request.uri().path().trim_start_matches(['/', '\\']))
}

/// Words for whoever has no token, and a form to type it into.
fn refused(request: &Request) -> Response {
    let title = "This record asks for its token";
    let words = "Open the address that the server printed when it was started, or type the token at its end.";
    let (sort, body) = match Form::of(request.uri().path()).1 {
        Form::Data => {
            let remedy = "Send the token at the end of the address that the server printed as `Authorization: Bearer TOKEN`.";
            (
                "application/json; charset=utf-8",
                format!("{:#}\n", json!({ "error": title, "remedy": remedy })),
            )
        }
        Form::Page => {
            let content = html! {
                p .lede { (words) }
                form .page-form action=(path(request)) method="get" {
                    label for="token" { "The token" }
                    input #token name=(NAME) type="password" autocomplete="off" required;
                    button type="submit" { "Come in" }
                }
                p .facts { "Programs send it as " code { "Authorization: Bearer TOKEN" } "." }
            };
            ("text/html; charset=utf-8", layout::outside(title, None, &content).into_string())
        }
    };
    let head = [(header::WWW_AUTHENTICATE, "Bearer realm=\"demarche\""), (header::CONTENT_TYPE, sort)];
    (StatusCode::UNAUTHORIZED, head, body).into_response()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    use axum::body::Body;

    use super::*;

    #[test]
    fn only_loopback_is_ours() {
        let door = Door::at("127.0.0.1".parse().unwrap()).unwrap();
        for ours in ["localhost", "LOCALHOST:80", "127.0.0.1:7878", "[::1]:7878"] {
            assert!(door.answers_to(ours), "{ours}");
        }
        for theirs in [
            "",
            "evil.example",
            "localhost.evil.example:7878",
            "127.0.0.1.evil.example",
            "[::2]",
            "192.168.0.1",
        ] {
            assert!(!door.answers_to(theirs), "{theirs}");
        }
    }

    #[test]
    fn elsewhere_addresses_are_ours_and_names_are_not() {
        let door = Door::at("0.0.0.0".parse().unwrap()).unwrap();
        for ours in ["localhost:1", "192.168.0.1:7878", "[fe80::1]:7878"] {
            assert!(door.answers_to(ours), "{ours}");
        }
        for theirs in ["", "evil.example", "192.168.0.1.evil.example"] {
            assert!(!door.answers_to(theirs), "{theirs}");
        }
        let (words, url) = door.words("r", "0.0.0.0:80".parse().unwrap());
        assert!(
            url.starts_with("http://127.0.0.1:80/?token=") && words.contains("other machines"),
            "{words}"
        );
    }

    #[test]
    fn the_token_comes_in_an_address_a_cookie_or_a_header_and_leads_nowhere_else() {
        let door = Door::Locked(Token::new().unwrap());
        let Door::Locked(token) = &door else { unreachable!() };
        let ask = |uri: &str, header: Option<(&str, String)>| {
            let mut request = Request::builder().uri(uri).header("host", "10.0.0.7:99");
            if let Some((name, value)) = header {
                request = request.header(name, value);
            }
            door.admits(&request.body(Body::empty()).unwrap())
        };
        let known = token.as_str();
        for header in
            [("cookie", format!("a=b; demarche-99={known}")), ("authorization", format!("Bearer {known}"))]
        {
            assert!(ask("/", Some(header)).is_ok());
        }
        for header in [("cookie", format!("demarche-98={known}")), ("cookie", "demarche-99=".to_owned())] {
            assert_eq!(ask("/", Some(header)).unwrap_err().status(), StatusCode::UNAUTHORIZED);
        }
        assert_eq!(ask("/?token=wrong", None).unwrap_err().status(), StatusCode::UNAUTHORIZED);
        let answer = ask(&format!("//evil.example/d?on=2024-01-01&token={known}"), None).unwrap_err();
        let cookie = answer.headers()[header::SET_COOKIE].to_str().unwrap();
        assert_eq!(cookie, format!("demarche-99={known}; Path=/; HttpOnly; SameSite=Strict"));
    }
}
