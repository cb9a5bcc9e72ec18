//! `demarche serve`: turns its arguments into what the web face needs to start.

use std::net::IpAddr;
use std::path::PathBuf;

use crate::cli::Next;

/// Show a record in a browser, on this machine only unless told otherwise
///
/// Opens a page at http://127.0.0.1 with what the record holds: dyads, events, articles with what was read marked in
/// them. Every page is also there as data: add `.json` to its address. Ctrl-C ends it.
///
/// With --address other machines of the network reach it as well, by the address that is printed: it holds a token, new at
/// each start, without which nothing is shown. What is sent is not encrypted.
#[derive(Debug, clap::Args)]
#[command(after_help = "\
Examples:
  demarche serve --record asia.demarche
  demarche serve --record asia.demarche --edit
  demarche serve --record asia.demarche --address 0.0.0.0 --port 8000 --open no")]
pub(crate) struct Args {
    /// The record to show
    #[arg(long, value_name = "FILE")]
    record: PathBuf,
    /// The address to listen on, 0.0.0.0 or :: for all of this machine; without it, loopback
    #[arg(long, value_name = "IP")]
    address: Option<IpAddr>,
    /// The port to listen on; 0 takes any that is free
    #[arg(long, value_name = "N")]
    port: Option<u16>,
    /// Whether to open a browser; only done from a terminal
    #[arg(long, value_enum, default_value = "yes", value_name = "yes|no")]
    open: Open,
    /// Let whoever sees the pages override codings, as `demarche override` does
    #[arg(long)]
    edit: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Open {
    Yes,
    No,
}

impl Args {
    pub(crate) fn next(self) -> Next {
        Next::Serve {
            record: self.record,
            address: self.address,
            port: self.port,
            open: self.open == Open::Yes,
            edit: self.edit,
        }
    }
}
