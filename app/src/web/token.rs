//! Turns chance into a word that only those know whom it was shown: our own forms, so that no other site's page can send them
//! in a visitor's name, and who may come in from other machines.

use std::fmt::Write as _;

use subtle::ConstantTimeEq as _;

use crate::fault::Fault;

/// The word, new at each start of the server.
#[derive(Debug)]
pub(crate) struct Token(String);

impl Token {
    /// A new one, of 128 random bits.
    pub(crate) fn new() -> Result<Self, Fault> {
        let mut bytes = [0u8; 16];
        getrandom::fill(&mut bytes)
            .map_err(|e| Fault::new(format!("the system gives no random numbers: {e}")))?;
        let mut word = String::new();
        for byte in bytes {
            // A string takes all that is written to it.
            let _never_fails = write!(word, "{byte:02x}");
        }
        Ok(Self(word))
    }

    /// The word, for a form.
    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether somebody knew it. How long that takes tells nothing of it.
    pub(crate) fn is(&self, sent: &str) -> bool {
        self.0.as_bytes().ct_eq(sent.as_bytes()).into()
    }
}
