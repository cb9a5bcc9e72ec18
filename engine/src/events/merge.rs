//! Reports of one happening, within and across articles → one `Event`. The order in which reports come does not matter.

mod alike;
mod people;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use crate::actors::ActorKind;
use crate::events::event::{Event, Filed};
use crate::events::report::{Kind, Party, Report, Told};
use crate::events::sides::side;
use crate::time::{Period, Precision};

use alike::{days_apart, same, same_speaker};
use people::People;

/// Merges all reports of each happening.
///
/// Reports are first put in one order (most persons named, then earliest published, then id), so that the full tellings
/// found the happenings and the vague ones ("both sides talked") join the only one that they can mean.
pub fn merge(reports: &[Filed]) -> Vec<Event> {
    merge_tied(reports, &[])
}

/// What somebody knows of some reports, whatever they look like; by their ids.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Tie {
    /// They tell one happening.
    Together(Vec<String>),
    /// They tell one happening that no other report tells.
    Apart(Vec<String>),
}

/// Merges all reports of each happening, and then does what the ties say, one after the other.
pub fn merge_tied(reports: &[Filed], ties: &[Tie]) -> Vec<Event> {
    let mut order: Vec<&Filed> = reports.iter().collect();
    order.sort_by(|a, b| {
        persons(&b.report)
            .cmp(&persons(&a.report))
            .then_with(|| a.published.cmp(&b.published))
            .then_with(|| a.id.cmp(&b.id))
    });
    let mut groups: Vec<Vec<&Filed>> = Vec::new();
    let people = People::of(reports);
    // Only reports of the same kind whose sides meet can be of one happening.
    let mut of_key: BTreeMap<Key<'_>, BTreeSet<usize>> = BTreeMap::new();
    for filed in order {
        let keys = keys(&people, &filed.report);
        let known: BTreeSet<usize> =
            keys.iter().filter_map(|key| of_key.get(key)).flatten().copied().collect();
        let fits = |&g: &usize| groups[g].iter().all(|other| same(&people, filed, other));
        let fitting: Vec<usize> = known.into_iter().filter(fits).collect();
        // Of several that it can mean, the one of its own article, else the one nearest in time.
        let chosen = fitting.iter().copied().min_by_key(|&g| {
            let elsewhere = groups[g].iter().all(|other| other.article != filed.article);
            let apart = groups[g].iter().map(|other| days_apart(&filed.report, &other.report)).min();
            (elsewhere, apart, g)
        });
        let group = chosen.unwrap_or(groups.len());
        if group == groups.len() {
            groups.push(Vec::new());
        }
        groups[group].push(filed);
        keys.into_iter().for_each(|key| _ = of_key.entry(key).or_default().insert(group));
    }
    if !ties.is_empty() {
        let rank: BTreeMap<&str, usize> =
            groups.iter().flatten().enumerate().map(|(rank, filed)| (filed.id.as_str(), rank)).collect();
        for tie in ties {
            apply(&mut groups, tie);
        }
        // The fullest telling leads, whatever was joined to it.
        groups.iter_mut().for_each(|group| {
            group.sort_by_key(|filed| (Reverse(persons(&filed.report)), rank[filed.id.as_str()]))
        });
    }
    let mut events: Vec<Event> = groups.iter().map(|g| event(g)).collect();
    events
        .sort_by(|a, b| a.date.map(|d| d.start).cmp(&b.date.map(|d| d.start)).then_with(|| a.id.cmp(&b.id)));
    events
}

/// Moves the reports of a tie into a group of their own, and with those told together all others of their groups.
fn apply(groups: &mut Vec<Vec<&Filed>>, tie: &Tie) {
    let (Tie::Together(tied) | Tie::Apart(tied)) = tie;
    let is_tied = |filed: &&Filed| tied.contains(&filed.id);
    let mut moved = Vec::new();
    for group in groups.iter_mut().filter(|group| group.iter().any(is_tied)) {
        match tie {
            Tie::Together(_) => moved.append(group),
            Tie::Apart(_) => moved.extend(group.extract_if(.., |filed| is_tied(&*filed))),
        }
    }
    groups.retain(|group| !group.is_empty());
    if !moved.is_empty() {
        groups.push(moved);
    }
}

/// By what reports of one happening find each other: their kind and sides, and of a deed to several sides each by itself.
type Key<'r> = (Kind, Vec<&'r str>, Vec<&'r str>);

fn keys<'r>(people: &'r People, report: &'r Report) -> Vec<Key<'r>> {
    let (actors, recipients) = (people.sides(&report.actors), people.sides(&report.recipients));
    if report.kind != Kind::Action {
        return vec![(report.kind, people.sides(report.actors.iter().chain(&report.recipients)), Vec::new())];
    }
    match (&actors[..], &recipients[..]) {
        // "A and B clashed": each does it to the other.
        ([_, _, ..], []) => {
            let pairs = actors.iter().flat_map(|by| actors.iter().map(move |to| (by, to)));
            pairs.filter(|(by, to)| by != to).map(|(by, to)| (report.kind, vec![*by], vec![*to])).collect()
        }
        (_, []) | ([], _) => vec![(report.kind, actors, recipients)],
        _ => actors
            .iter()
            .flat_map(|by| recipients.iter().map(move |to| (report.kind, vec![*by], vec![*to])))
            .collect(),
    }
}

/// How many parties are known by name.
fn persons(report: &Report) -> usize {
    let parties = report.actors.iter().chain(&report.recipients);
    parties.filter(|p| p.actor.kind == ActorKind::Person).count()
}

/// One event from all reports of it. The first report in time and id gives id and coding.
fn event(group: &[&Filed]) -> Event {
    let mut by_age = group.to_vec();
    by_age.sort_by(|a, b| a.published.cmp(&b.published).then_with(|| a.id.cmp(&b.id)));
    let first = by_age[0];
    // The fullest telling founded the group; its parties and code stand for all.
    let fullest = &group[0].report;
    let told =
        if group.iter().any(|f| f.report.told == Told::Current) { Told::Current } else { fullest.told };
    let sorted = |mut items: Vec<String>| {
        items.sort();
        items.dedup();
        items
    };
    Event {
        id: first.id.clone(),
        kind: fullest.kind,
        actors: fullest.actors.clone(),
        recipients: fullest.recipients.clone(),
        cameo: fullest.cameo.clone(),
        plover: fullest.plover.clone(),
        date: group.iter().filter_map(|f| f.report.date).min_by_key(|d| precision_rank(*d)),
        told,
        claimed_by: claimants(&by_age),
        place: group.iter().find_map(|f| f.report.place.clone()),
        issues: sorted(group.iter().flat_map(|f| f.report.issues.clone()).collect()),
        reports: by_age.iter().map(|f| f.id.clone()).collect(),
        outlets: sorted(group.iter().filter_map(|f| f.outlet.clone()).collect()),
        texts: sorted(group.iter().map(|f| f.article.clone()).collect()).len(),
        sides: sorted(group.iter().flat_map(|f| sides(&f.report)).map(str::to_owned).collect()),
    }
}

/// The sides of a report, as it tells them.
fn sides(report: &Report) -> impl Iterator<Item = &str> {
    report.actors.iter().chain(&report.recipients).filter_map(|p| side(&p.actor))
}

/// Who says so in all these reports, each once; nobody where one tells it as a fact.
fn claimants(reports: &[&Filed]) -> Vec<Party> {
    let mut claimants: Vec<Party> = Vec::new();
    for filed in reports {
        let Some(claimant) = &filed.report.claimant else { return Vec::new() };
        if !claimants.iter().any(|known| same_speaker(&known.actor, &claimant.actor)) {
            claimants.push(claimant.clone());
        }
    }
    claimants
}

/// Shorter periods first, then earlier ones.
fn precision_rank(date: Period) -> (Precision, jiff::civil::Date) {
    (date.precision, date.start)
}
