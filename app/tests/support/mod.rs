//! Runs the real program, and speaks plain HTTP to it.
#![allow(dead_code, reason = "each test file uses a part of it")]
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};

use demarche_engine::Reading;
use demarche_record::Record;

/// What the program printed, and how it ended.
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl From<Output> for Ran {
    fn from(output: Output) -> Self {
        Ran {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}

/// The program, not yet started.
pub(crate) fn program(folder: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_demarche"));
    command.current_dir(folder).args(args).env_remove("CLICOLOR_FORCE").stdin(Stdio::null());
    command
}

/// Runs the program in `folder` to its end.
pub(crate) fn demarche(folder: &Path, args: &[&str]) -> Ran {
    program(folder, args).output().unwrap().into()
}

/// A record of these readings in `folder`.
pub(crate) fn record(folder: &Path, readings: &[Reading]) -> PathBuf {
    let path = folder.join("r.demarche");
    let mut record = Record::create_or_open(&path).unwrap();
    for (i, reading) in readings.iter().enumerate() {
        let source = demarche_engine::page::Source { name: format!("page-{i}.html"), url: None };
        record.keep(reading, &source).unwrap();
    }
    path
}

/// A record of these readings in a folder of its own, and a server that shows it.
pub(crate) fn serving(readings: &[Reading]) -> (tempfile::TempDir, Server) {
    let here = tempfile::tempdir().unwrap();
    let path = record(here.path(), readings);
    let server = Server::start(here.path(), &path);
    (here, server)
}

/// A running `demarche serve`, killed when dropped.
pub(crate) struct Server {
    pub(crate) child: Child,
    pub(crate) port: u16,
    /// The first line that it printed.
    pub(crate) said: String,
}

impl Server {
    /// Serves `record` on a free port.
    pub(crate) fn start(folder: &Path, record: &Path) -> Self {
        Self::start_with(folder, record, &[])
    }

    /// The same with more flags.
    pub(crate) fn start_with(folder: &Path, record: &Path, flags: &[&str]) -> Self {
        let mut child = program(folder, &["serve", "--port", "0", "--open", "no", "--record"])
            .arg(record)
            .args(flags)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut said = String::new();
        BufReader::new(child.stderr.take().unwrap()).read_line(&mut said).unwrap();
        let port = said.split("127.0.0.1:").nth(1).unwrap().split('/').next().unwrap().parse().unwrap();
        Server { child, port, said }
    }

    /// Asks for a path with more headers, each ended by a line break.
    pub(crate) fn get_with(&self, path: &str, headers: &str) -> Answered {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(
            stream,
            "GET {path} HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n{headers}\r\n",
            self.port
        )
        .unwrap();
        answered(stream)
    }

    /// Sends a form as a browser does, with more headers, each ended by a line break.
    pub(crate) fn send(&self, path: &str, headers: &str, fields: &[(&str, &str)]) -> Answered {
        let body = form_urlencoded::Serializer::new(String::new()).extend_pairs(fields).finish();
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(
            stream,
            "POST {path} HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n{headers}\
             Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\n\r\n{body}",
            self.port,
            body.len()
        )
        .unwrap();
        answered(stream)
    }

    /// Asks for a path under a Host of one's choice.
    pub(crate) fn ask(&self, method: &str, path: &str, host: &str) -> Answered {
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(stream, "{method} {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n").unwrap();
        answered(stream)
    }

    /// The token that our own forms know.
    pub(crate) fn token(&self) -> String {
        let terms: serde_json::Value = serde_json::from_str(&self.get("/read.json").body).unwrap();
        terms["token"].as_str().unwrap().to_owned()
    }

    /// Sends a page to be read, as the form at `/read` does.
    pub(crate) fn send_page(&self, token: &str, file: &str, page: &[u8]) -> Answered {
        self.post("/read", "", &[("token", token.as_bytes()), (&format!("page\"; filename=\"{file}"), page)])
    }

    /// Posts a form with these fields, and with more headers, each ended by a line break.
    pub(crate) fn post(&self, path: &str, headers: &str, fields: &[(&str, &[u8])]) -> Answered {
        const EDGE: &str = "--edge-of-the-form";
        let mut body = Vec::new();
        for (name, value) in fields {
            write!(body, "--{EDGE}\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n").unwrap();
            body.extend_from_slice(value);
            body.extend_from_slice(b"\r\n");
        }
        write!(body, "--{EDGE}--\r\n").unwrap();
        let mut stream = TcpStream::connect(("127.0.0.1", self.port)).unwrap();
        write!(
            stream,
            "POST {path} HTTP/1.1\r\nHost: localhost:{}\r\nConnection: close\r\n{headers}\
             Content-Type: multipart/form-data; boundary={EDGE}\r\nContent-Length: {}\r\n\r\n",
            self.port,
            body.len()
        )
        .unwrap();
        stream.write_all(&body).unwrap();
        answered(stream)
    }

    /// Gets a path.
    pub(crate) fn get(&self, path: &str) -> Answered {
        self.ask("GET", path, &format!("localhost:{}", self.port))
    }
}

/// All that comes back.
fn answered(mut stream: TcpStream) -> Answered {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    // Pictures and Parquet are no text.
    let text = String::from_utf8_lossy(&bytes);
    let (head, body) = text.split_once("\r\n\r\n").unwrap();
    let status = head.split(' ').nth(1).unwrap().parse().unwrap();
    Answered { status, head: head.to_lowercase(), body: body.to_owned() }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _gone = self.child.kill();
        let _gone = self.child.wait();
    }
}

/// An HTTP response.
pub(crate) struct Answered {
    pub(crate) status: u16,
    /// Status line and headers, lower case.
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answered {
    /// A page without the one script that all have, and the one picture that pages of events have.
    pub(crate) fn without_our_script(&self) -> String {
        let page = self.body.replacen("<script src=\"/app.js\" defer></script>", "", 1);
        page.replacen("<img src=\"/x/", "", 1)
    }
}
