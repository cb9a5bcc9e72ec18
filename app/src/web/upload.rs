//! Turns what a form sends into the bytes of pages, never more of them than are taken.

use std::time::Duration;

use axum::extract::Multipart;
use axum::extract::multipart::{Field, MultipartError};
use axum::http::StatusCode;

use crate::web::reply::Reply;

/// Bytes of a page that are taken.
pub(crate) const MOST: usize = 2 << 20;
/// Bytes that are let pass by, so that a browser gets to hear that a page is too large.
pub(crate) const MOST_SENT: usize = 32 << 20;
/// How long a form may take to arrive.
const PATIENCE: Duration = Duration::from_secs(30);
/// Bytes of any other field.
const MOST_WORDS: usize = 4096;

/// What a form sent.
#[derive(Debug, Default)]
pub(crate) struct Upload {
    /// The token that it knew.
    pub(crate) token: String,
    /// The address of the page, if one was given.
    pub(crate) url: Option<String>,
    /// The pages, in order.
    pub(crate) pages: Vec<Page>,
}

/// A page that was sent.
#[derive(Debug)]
pub(crate) struct Page {
    /// The name of the file; none where text was pasted.
    pub(crate) file: Option<String>,
    pub(crate) bytes: Vec<u8>,
}

impl Upload {
    /// Takes the form in, or says why not.
    pub(crate) async fn of(form: Multipart) -> Result<Self, Reply> {
        match tokio::time::timeout(PATIENCE, Self::fields(form)).await {
            Ok(taken) => taken,
            Err(_) => {
                Err(refused(StatusCode::REQUEST_TIMEOUT, "That took too long", "Send the page once more."))
            }
        }
    }

    async fn fields(mut form: Multipart) -> Result<Self, Reply> {
        let mut upload = Upload::default();
        let mut pasted = None;
        while let Some(field) = form.next_field().await.map_err(broken)? {
            let name = field.name().unwrap_or_default().to_owned();
            let file = field.file_name().map(str::to_owned);
            match name.as_str() {
                "token" => upload.token = words(bytes(field, MOST_WORDS).await?),
                "url" => {
                    upload.url = Some(words(bytes(field, MOST_WORDS).await?)).filter(|url| !url.is_empty())
                }
                "text" | "page" => {
                    let bytes = bytes(field, MOST).await?;
                    // Forms send a field without a name or a byte where no file was chosen.
                    if !bytes.iter().all(u8::is_ascii_whitespace) {
                        let page = Page { file, bytes };
                        if name == "page" { upload.pages.push(page) } else { pasted = Some(page) }
                    }
                }
                _ => {
                    bytes(field, 0).await?;
                }
            }
        }
        // Files go before pasted text: whoever chose some meant them.
        if upload.pages.is_empty() {
            upload.pages.extend(pasted);
        }
        Ok(upload)
    }
}

/// All of a field, which may have `most` bytes. What is beyond is read and dropped.
async fn bytes(mut field: Field<'_>, most: usize) -> Result<Vec<u8>, Reply> {
    let mut taken = Vec::new();
    let mut sent = 0usize;
    while let Some(chunk) = field.chunk().await.map_err(broken)? {
        sent += chunk.len();
        if sent <= most {
            taken.extend_from_slice(&chunk);
        }
    }
    if sent > most && most > 0 {
        return Err(too_large());
    }
    Ok(taken)
}

fn words(bytes: Vec<u8>) -> String {
    String::from_utf8_lossy(&bytes).trim().to_owned()
}

fn broken(error: MultipartError) -> Reply {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE {
        return too_large();
    }
    Reply::wrong("The form did not arrive whole", format!("{}; send it once more.", error.body_text()))
}

fn too_large() -> Reply {
    let words = format!("At most {} MB are read here; `demarche read FILE` reads any size.", MOST >> 20);
    refused(StatusCode::PAYLOAD_TOO_LARGE, "That page is too large", &words)
}

/// A refusal with a status of its own.
pub(crate) fn refused(status: StatusCode, title: &str, words: &str) -> Reply {
    Reply::Refused { status, title: title.to_owned(), words: words.to_owned() }
}
