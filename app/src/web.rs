//! The web face.

use std::path::PathBuf;

use crate::fault::Fault;

pub(crate) fn serve(_record: PathBuf, _port: Option<u16>, _open: bool) -> Result<(), Fault> {
    Err(Fault::new("not yet"))
}
