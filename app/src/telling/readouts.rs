//! Turns a contact that several texts tell into their accounts side by side, with what only one of them says.

use std::collections::BTreeSet;

use demarche_engine::events::{Event, Kind, Told};
use demarche_engine::page::ArticleKind;
use demarche_engine::text::Span;
use demarche_record::{Kept, Record};
use serde::Serialize;

use crate::fault::Fault;
use crate::telling::{plain, printed_by, with_post};

/// Accounts that stand side by side, and sentences that are given of what only one says.
const MOST: usize = 3;
/// Texts that are looked at before these are chosen.
const SEEN: usize = 8;

/// A contact, and how different texts tell it.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Readouts {
    /// The contact.
    pub(crate) event: Event,
    /// Texts that tell it in words of their own: readouts and what a side claims first, then the first printed.
    pub(crate) accounts: Vec<Account>,
}

/// How one text tells a contact.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct Account {
    /// The article.
    pub(crate) article: String,
    /// Its title.
    pub(crate) title: Option<String>,
    /// Who prints it.
    pub(crate) outlets: Vec<String>,
    /// What it is, where it is more than news, and who says that the contact took place, where it is not the reporter.
    pub(crate) nature: Vec<String>,
    /// The sentence that tells the contact.
    pub(crate) sentence: String,
    /// Issues that of these texts only this one raises between the two.
    pub(crate) only_issues: Vec<String>,
    /// Sentences between the two that tell what no other text on record tells, at most three.
    pub(crate) only_sentences: Vec<String>,
    #[serde(skip)]
    issues: BTreeSet<String>,
}

impl Readouts {
    /// The last `limit` of these contacts that at least two texts tell in different words.
    pub(crate) fn of(
        record: &Record,
        events: &[Event],
        pair: [&str; 2],
        limit: usize,
    ) -> Result<Vec<Self>, Fault> {
        let told = |e: &&Event| e.kind == Kind::Contact && e.told == Told::Current && e.texts > 1;
        let mut all = Vec::new();
        for event in events.iter().rev().filter(told) {
            let accounts = accounts(record, event, pair)?;
            if accounts.len() > 1 {
                all.push(Self { event: event.clone(), accounts });
            }
            if all.len() == limit {
                break;
            }
        }
        Ok(all)
    }
}

fn accounts(record: &Record, event: &Event, pair: [&str; 2]) -> Result<Vec<Account>, Fault> {
    let mut accounts: Vec<Account> = Vec::new();
    let mut seen: BTreeSet<String> = BTreeSet::new();
    for filed in record.reports_of(&event.id)? {
        if seen.len() == SEEN || !seen.insert(filed.article.clone()) {
            continue;
        }
        let Some(kept) = record.article(&filed.article)? else { continue };
        let account = account(&kept, event, pair);
        // A near copy says nothing of its own.
        if !account.sentence.is_empty() && accounts.iter().all(|other| other.sentence != account.sentence) {
            accounts.push(account);
        }
    }
    accounts.sort_by_key(|account| account.nature.is_empty());
    accounts.truncate(MOST);
    let raised: Vec<BTreeSet<String>> = accounts.iter().map(|account| account.issues.clone()).collect();
    for (at, account) in accounts.iter_mut().enumerate() {
        let elsewhere =
            |issue: &str| raised.iter().enumerate().any(|(other, all)| other != at && all.contains(issue));
        account.only_issues = account.issues.iter().filter(|issue| !elsewhere(issue)).cloned().collect();
    }
    Ok(accounts)
}

fn account(kept: &Kept, event: &Event, pair: [&str; 2]) -> Account {
    let (reading, article) = (&kept.reading, &kept.reading.article);
    let own = || reading.reports.iter().filter(|filed| event.reports.contains(&filed.id));
    let mut nature = Vec::new();
    if matches!(article.kind, ArticleKind::Readout | ArticleKind::JointStatement | ArticleKind::PressRelease)
    {
        nature.push(plain(&article.kind));
    }
    let claimant = own().find_map(|filed| filed.report.claimant.as_ref());
    nature.extend(claimant.map(|party| format!("as {} says", with_post(&party.actor))));
    let told = own().next().map(|filed| sentence(kept, filed.report.evidence.sentence)).unwrap_or_default();

    let between = |event: &&Event| pair.iter().all(|state| involves(event, state));
    let here = |id: &String| article.hash.get(..10).is_some_and(|start| id.starts_with(start));
    let only_here = reading.events.iter().filter(between).filter(|event| event.reports.iter().all(here));
    let mut only_sentences: Vec<String> = Vec::new();
    for other in only_here {
        let Some(first) = reading.reports.iter().find(|filed| filed.id == other.id) else { continue };
        let words = sentence(kept, first.report.evidence.sentence);
        if words != told && !only_sentences.contains(&words) && only_sentences.len() < MOST {
            only_sentences.push(words);
        }
    }
    Account {
        article: article.hash.clone(),
        title: article.title().map(str::to_owned),
        outlets: printed_by(kept),
        nature,
        sentence: told,
        only_issues: Vec::new(),
        only_sentences,
        issues: reading.events.iter().filter(between).flat_map(|event| event.issues.clone()).collect(),
    }
}

/// Whether somebody of this state takes part or is spoken to.
fn involves(event: &Event, state: &str) -> bool {
    let mut parties = event.actors.iter().chain(&event.recipients);
    parties.any(|party| party.actor.state.as_deref() == Some(state))
}

fn sentence(kept: &Kept, span: Span) -> String {
    span.of(&kept.reading.article.text).split_whitespace().collect::<Vec<_>>().join(" ")
}
