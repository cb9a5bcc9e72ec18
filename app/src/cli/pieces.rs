//! Turns inputs into pieces that fit in memory: a file is one piece, but each response of a web archive and each line of
//! JSON Lines is one of its own.

use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};

use demarche_engine::page::{self, Archive, Capture, Format, Options, Page, Source};

use crate::cli::inputs::{Container, Input};
use crate::fault::Fault;

/// Bytes of one line of JSON Lines.
const MOST_LINE: u64 = 32 << 20;

/// Something that is read at one go.
#[derive(Debug)]
pub(crate) struct Piece<'i> {
    /// The input that it is of.
    pub(crate) input: &'i Input,
    /// What to call it in messages.
    pub(crate) name: String,
    /// Whether the input has no more pieces.
    pub(crate) last: bool,
    what: What<'i>,
}

#[derive(Debug)]
enum What<'i> {
    /// The whole input, which is loaded when it is read, with its address.
    Whole(Option<&'i str>),
    Capture(Capture),
    Line(Vec<u8>),
    /// Nothing, and the reason why.
    Nothing(Fault),
    /// The end of an input, which has nothing more to say.
    End,
}

/// What a piece holds: before it is read a `Page`, afterwards `Readings`; problems of both are worth a line.
pub(crate) enum Held<P> {
    /// Articles.
    Page(P),
    /// An archive's response without an article, as many are.
    NoArticle,
    /// The end of an input.
    End,
}

/// All pieces of all inputs, in order.
///
/// `url` is the address of the input, where there is but one.
pub(crate) fn pieces<'i>(
    inputs: &'i [Input],
    url: Option<&'i str>,
    options: &'i Options,
) -> impl Iterator<Item = Piece<'i>> {
    inputs.iter().flat_map(move |input| -> Box<dyn Iterator<Item = Piece<'i>>> {
        let Some((container, path)) = input.container(options.format) else {
            return Box::new(std::iter::once(last(input, What::Whole(url))));
        };
        match (input.open(path), container) {
            (Ok((file, length)), Container::Archive) => {
                ended(input, captures(input, file, length), "a web archive without an HTML response")
            }
            (Ok((file, _)), Container::Lines) => ended(input, lines(input, file), "a file without a line"),
            (Err(fault), _) => Box::new(std::iter::once(last(input, What::Nothing(fault)))),
        }
    })
}

/// The last piece of an input.
fn last<'i>(input: &'i Input, what: What<'i>) -> Piece<'i> {
    Piece { input, name: input.name.clone(), last: true, what }
}

/// The pieces of a container and its end, which says `empty` where there are none.
fn ended<'i>(
    input: &'i Input,
    pieces: impl Iterator<Item = Piece<'i>> + 'i,
    empty: &str,
) -> Box<dyn Iterator<Item = Piece<'i>> + 'i> {
    let mut pieces = pieces.peekable();
    let end = match pieces.peek() {
        Some(_) => What::End,
        None => What::Nothing(Fault::new(format!("{}: this is {empty}", input.name))),
    };
    Box::new(pieces.chain(std::iter::once(last(input, end))))
}

fn captures(input: &Input, file: File, length: u64) -> impl Iterator<Item = Piece<'_>> {
    Archive::new(BufReader::new(file), length).map(move |capture| match capture {
        Ok(capture) => {
            let name = match &capture.url {
                Some(url) => format!("{}: {url}", input.name),
                None => input.name.clone(),
            };
            Piece { input, name, last: false, what: What::Capture(capture) }
        }
        Err(why) => {
            let fault = Fault::new(format!("{}: {why}", input.name));
            Piece { last: false, ..last(input, What::Nothing(fault)) }
        }
    })
}

fn lines(input: &Input, file: File) -> impl Iterator<Item = Piece<'_>> {
    let mut reader = BufReader::new(file);
    let mut number = 0usize;
    let mut broken = false;
    std::iter::from_fn(move || {
        loop {
            if broken {
                return None;
            }
            number += 1;
            let name = format!("{} line {number}", input.name);
            let mut line = Vec::new();
            let wrong = match reader.by_ref().take(MOST_LINE).read_until(b'\n', &mut line) {
                Ok(0) => return None,
                Ok(n) if n as u64 == MOST_LINE => {
                    Some(format!("it is longer than {MOST_LINE} bytes; reading stopped there"))
                }
                Ok(_) => None,
                Err(e) => Some(format!("cannot be read: {e}")),
            };
            if let Some(why) = wrong {
                broken = true;
                let fault = Fault::new(format!("{name}: {why}"));
                return Some(Piece { input, name, last: false, what: What::Nothing(fault) });
            }
            if !line.trim_ascii().is_empty() {
                return Some(Piece { input, name, last: false, what: What::Line(line) });
            }
        }
    })
}

impl Piece<'_> {
    /// Where its bytes came from, for the record.
    pub(crate) fn source(&self) -> Source {
        let url = match &self.what {
            What::Whole(url) => url.map(str::to_owned),
            What::Capture(capture) => capture.url.clone(),
            _ => None,
        };
        Source { name: self.input.name.clone(), url }
    }

    /// The articles in it, not read yet.
    pub(crate) fn open(&self, options: &Options) -> Result<Held<Page>, Fault> {
        let page = match &self.what {
            What::Whole(_) => page::read_with(&self.input.load()?, &self.source(), options),
            What::Line(bytes) => {
                let line = Options { format: Some(Format::Json), ..options.clone() };
                page::read_with(bytes, &Source { name: self.name.clone(), url: None }, &line)
            }
            What::Capture(capture) => {
                let page = capture.read(&self.input.name);
                if page.articles.is_empty() {
                    return Ok(Held::NoArticle);
                }
                page
            }
            What::Nothing(fault) => return Err(fault.clone()),
            What::End => return Ok(Held::End),
        };
        Ok(Held::Page(with_articles(page, &self.name)?))
    }
}

/// The page, if it holds an article; else the reasons why there is none.
pub(crate) fn with_articles(page: Page, name: &str) -> Result<Page, Fault> {
    if !page.articles.is_empty() {
        return Ok(page);
    }
    let problems: Vec<&str> = page.problems.iter().map(|p| p.message.as_str()).collect();
    let why = if problems.is_empty() {
        "no article was found in it; save the page as HTML, or its text with the headline first".to_owned()
    } else {
        problems.join("; ")
    };
    Err(Fault::new(named(name, &why)))
}

/// A message about an input, which some messages name themselves.
pub(crate) fn named(name: &str, message: &str) -> String {
    match message.strip_prefix(name) {
        Some(rest) if rest.starts_with(':') => message.to_owned(),
        Some(rest) => format!("{name}:{rest}"),
        None => format!("{name}: {message}"),
    }
}
