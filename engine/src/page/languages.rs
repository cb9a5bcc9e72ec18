//! The language of a page: what it says of itself, weighed against how it is worded.

use isolang::Language;

use super::doubts::{self, Account};
use super::fold::fold;
use super::origins::Origin;

/// Letters of body text below which wording says too little.
const LEAST: usize = 200;
/// Letters looked at.
const MOST: usize = 20_000;
/// Letters of the longest code and of the longest name of a language that are taken for one.
const LONGEST: (usize, usize) = (12, 16);

/// A page's language as a BCP 47 code, where that is known from, and the doubt where its accounts differ.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Settled {
    pub(super) code: Option<String>,
    pub(super) origin: Option<Origin>,
    pub(super) doubt: Option<String>,
}

/// Settles it by what is said, the most reliable first. Templates name the language of a site, not always that of a text,
/// so clear wording goes before all of them.
pub(super) fn settle(said: &[Account], body: &str) -> Settled {
    let mut accounts: Vec<Account> =
        said.iter().filter_map(|(origin, said)| Some((*origin, code_of(said)?))).collect();
    let agrees = |worded: &str| accounts.first().is_some_and(|(_, code)| doubts::same_language(code, worded));
    if let Some(worded) = worded(body).filter(|worded| !agrees(worded)) {
        accounts.insert(0, (Origin::Wording, worded));
    }
    let doubt = doubts::between("language", &accounts, doubts::same_language);
    let (origin, code) = accounts.into_iter().next().unzip();
    Settled { code, origin, doubt }
}

/// A code as it is, a name ("English", as GDELT DOC writes) as its code.
fn code_of(said: &str) -> Option<String> {
    let said = fold(said).replace('_', "-");
    let primary = said.split('-').next().unwrap_or("");
    if ["und", "mul", "mis", "zxx"].contains(&primary) || said.len() > LONGEST.1 {
        return None;
    }
    if (2..=3).contains(&primary.len()) && primary.chars().all(|c| c.is_ascii_alphabetic()) {
        return (said.len() <= LONGEST.0).then(|| well_cased(&said));
    }
    let mut letters = said.chars();
    let name: String = letters.next()?.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect();
    short(Language::from_name(&name)?)
}

/// `en-us` as `en-US`.
fn well_cased(code: &str) -> String {
    let parts: Vec<String> = code
        .split('-')
        .enumerate()
        .map(|(i, part)| if i > 0 && part.len() == 2 { part.to_uppercase() } else { part.to_owned() })
        .collect();
    parts.join("-")
}

/// What the wording says, where it is clear.
fn worded(body: &str) -> Option<String> {
    let head: String = body.chars().take(MOST).collect();
    if head.chars().filter(|c| c.is_alphabetic()).count() < LEAST {
        return None;
    }
    let found = whatlang::detect(&head).filter(whatlang::Info::is_reliable)?;
    short(Language::from_639_3(found.lang().code())?)
}

/// Two letters where there are, else three. Mandarin goes by the code of Chinese, as pages say it.
fn short(language: Language) -> Option<String> {
    if language == Language::Cmn {
        return Some("zh".to_owned());
    }
    Some(language.to_639_1().unwrap_or(language.to_639_3()).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    const GERMAN: &str = "Die Minister von Nordland und Südland trafen sich am Montag in Oslo und sprachen zwei Stunden lang über Fische, Boote und die Frage, wem die nördlichen Bänke gehören. Danach sagten beide, dass die Besatzungen der drei Boote noch in dieser Woche nach Hause fahren dürfen, wenn ihre Papiere geprüft sind.";

    #[test]
    fn clear_wording_goes_before_a_template() {
        let said = |origin, code: &str| [(origin, code.to_owned())];
        let settled = settle(&said(Origin::Meta, "en"), GERMAN);
        assert_eq!((settled.code.as_deref(), settled.origin), (Some("de"), Some(Origin::Wording)));
        assert!(settled.doubt.expect("a doubt").contains("“en” by its meta tags"));
        assert_eq!(settle(&said(Origin::Meta, "de-at"), GERMAN).code.as_deref(), Some("de-AT"));
        assert_eq!(settle(&[], GERMAN).code.as_deref(), Some("de"));
        assert_eq!(settle(&said(Origin::Data, "English"), "Too short.").code.as_deref(), Some("en"));
        assert_eq!(settle(&[], "Too short."), Settled::default());
    }
}
