//! Reports of one happening, within and across articles → one `Event`. The order in which reports come does not matter.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use jiff::ToSpan as _;
use serde::{Deserialize, Serialize};

use crate::actors::{Actor, ActorKind};
use crate::events::event::{Event, Filed};
use crate::events::report::{Act, ContactKind, Kind, Party, Report, Role, Told};
use crate::events::sides::side;
use crate::time::{Period, Precision};

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
    // Only reports of the same kind and the same sides can be of one happening.
    let mut of_key: BTreeMap<(Kind, Vec<String>), Vec<usize>> = BTreeMap::new();
    for filed in order {
        let key = (filed.report.kind, sides(&filed.report));
        let known = of_key.entry(key).or_default();
        let fitting: Vec<usize> =
            known.iter().copied().filter(|&g| groups[g].iter().all(|other| same(filed, other))).collect();
        // Of several that it can mean, the one of its own article, else the one nearest in time.
        let chosen = fitting.iter().copied().min_by_key(|&g| {
            let elsewhere = groups[g].iter().all(|other| other.article != filed.article);
            let apart = groups[g].iter().map(|other| days_apart(&filed.report, &other.report)).min();
            (elsewhere, apart, g)
        });
        if let Some(group) = chosen {
            groups[group].push(filed);
        } else {
            known.push(groups.len());
            groups.push(vec![filed]);
        }
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

/// How many parties are known by name.
fn persons(report: &Report) -> usize {
    let parties = report.actors.iter().chain(&report.recipients);
    parties.filter(|p| p.actor.kind == ActorKind::Person).count()
}

/// The sides of some parties, sorted, each once.
fn sides_of(parties: &[Party]) -> Vec<&str> {
    let mut sides: Vec<&str> = parties.iter().filter_map(|p| side(&p.actor)).collect();
    sides.sort_unstable();
    sides.dedup();
    sides
}

/// The sides of a report, sorted, each once.
fn sides(report: &Report) -> Vec<String> {
    let mut sides: Vec<String> = report
        .actors
        .iter()
        .chain(&report.recipients)
        .filter_map(|p| side(&p.actor).map(str::to_owned))
        .collect();
    sides.sort();
    sides.dedup();
    sides
}

/// Whether two reports of the same kind and sides can be of one happening.
fn same(a: &Filed, b: &Filed) -> bool {
    let (ra, rb) = (&a.report, &b.report);
    let now = |r: &Report| matches!(r.told, Told::Current | Told::Recalled);
    if ra.told != rb.told && !(now(ra) && now(rb)) {
        return false;
    }
    let dates = match (when(ra), when(rb)) {
        (Some(x), Some(y)) => x.overlaps(y),
        // A report without a date joins one of its own article only.
        _ => a.article == b.article,
    };
    dates
        && match ra.kind {
            Kind::Contact => {
                // Who visits and who is visited does not swap; meetings have no direction.
                let directed = contact(ra) == Some(ContactKind::Visit);
                contact(ra) == contact(rb)
                    && parties_agree(&all(ra), &all(rb))
                    && (!directed || sides_of(&ra.actors) == sides_of(&rb.actors))
            }
            Kind::Statement => statements_agree(a, b),
            Kind::Action => {
                (codes_agree(ra, rb)
                    || a.article != b.article && fighting(ra) && fighting(rb) && same_days(ra, rb))
                    && same_direction(ra, rb)
                    && parties_agree(&refs(&ra.actors), &refs(&rb.actors))
                    && parties_agree(&refs(&ra.recipients), &refs(&rb.recipients))
            }
        }
}

/// When a report can be of. News that does not say when tells of the days before it was printed.
fn when(report: &Report) -> Option<Period> {
    const OLD: i64 = 3;
    let said = report.evidence.roles.iter().any(|role| role.role == Role::Time);
    let date = report.date?;
    let printed = date.precision == Precision::Day && report.told == Told::Current && !said;
    Some(if printed { Period::range(date.start.saturating_sub(OLD.days()), date.end) } else { date })
}

/// Days between the dates of two reports; none lie far apart.
fn days_apart(a: &Report, b: &Report) -> i64 {
    let day = |report: &Report| report.date.map(|date| date.start);
    day(a)
        .zip(day(b))
        .map_or(i64::MAX, |(a, b)| i64::from(a.since(b).map_or(i32::MAX, |s| s.get_days()).abs()))
}

/// Whether a deed is of open violence: what one page calls shelling another calls a clash.
fn fighting(report: &Report) -> bool {
    report.cameo.as_deref().is_some_and(|code| matches!(code.get(..2), Some("18" | "19")))
}

/// Whether both say the same few days.
fn same_days(a: &Report, b: &Report) -> bool {
    const FEW: i64 = 2;
    let few = |report: &Report| report.date.filter(|d| d.end <= d.start.saturating_add(FEW.days()));
    few(a).zip(few(b)).is_some_and(|(a, b)| a.overlaps(b))
}

/// Whether two deeds go the same way: what one side does to the other is not what the other does to it.
fn same_direction(a: &Report, b: &Report) -> bool {
    fn of(parties: &[Party]) -> impl Iterator<Item = &str> + Clone {
        parties.iter().filter_map(|p| side(&p.actor))
    }
    let share = |x: &[Party], y: &[Party]| {
        let unknown = of(x).next().is_none() || of(y).next().is_none();
        unknown || of(x).any(|one| of(y).any(|other| one == other))
    };
    share(&a.actors, &b.actors) && share(&a.recipients, &b.recipients)
}

fn all(report: &Report) -> Vec<&Party> {
    report.actors.iter().chain(&report.recipients).collect()
}

fn refs(parties: &[Party]) -> Vec<&Party> {
    parties.iter().collect()
}

/// Whether two deeds can be one by their codes: the same, or one says less than the other ("attacked" and "shelled").
fn codes_agree(a: &Report, b: &Report) -> bool {
    let (Some(a), Some(b)) = (a.cameo.as_deref(), b.cameo.as_deref()) else { return a.cameo == b.cameo };
    // 190 is any of 19, and 193 any of 193x; a root keeps its own nought.
    let said = |code: &str| code.trim_end_matches('0').len().max(2).min(code.len());
    let (a, b) = (&a[..said(a)], &b[..said(b)]);
    a.starts_with(b) || b.starts_with(a)
}

/// The sort of contact, as far as it parts one from another: a visit is not the meeting during it.
fn contact(report: &Report) -> Option<ContactKind> {
    match report.contact {
        Some(ContactKind::Summit) => Some(ContactKind::Meeting),
        other => other,
    }
}

/// Whether the parties of each side can be the same: named persons must be shared unless one telling names none there.
fn parties_agree(a: &[&Party], b: &[&Party]) -> bool {
    let names = |parties: &[&Party], of: Option<&str>| -> Vec<String> {
        parties
            .iter()
            .filter(|p| side(&p.actor) == of && p.actor.kind == ActorKind::Person)
            .map(|p| p.actor.name.clone())
            .collect()
    };
    let mut sides: Vec<Option<&str>> = a.iter().map(|p| side(&p.actor)).collect();
    sides.sort_unstable();
    sides.dedup();
    sides.into_iter().all(|s| {
        let (left, right) = (names(a, s), names(b, s));
        left.is_empty() || right.is_empty() || left.iter().any(|l| right.iter().any(|r| same_person(l, r)))
    })
}

/// Whether two names in full can be one person's: equal first and last words.
fn same_person(a: &str, b: &str) -> bool {
    let ends = |name: &str| {
        let lower = name.to_lowercase();
        let words: Vec<&str> = lower.split(' ').collect();
        (words.first().map(|w| (*w).to_owned()), words.last().map(|w| (*w).to_owned()))
    };
    let (a, b) = (ends(a), ends(b));
    a.1 == b.1 && (a.0 == b.0 || a.0 == a.1 || b.0 == b.1)
}

/// Whether two statements are one: the same speaker does the same with words on the same issues to the same addressees.
fn statements_agree(a: &Filed, b: &Filed) -> bool {
    let (ra, rb) = (&a.report, &b.report);
    let act = |r: &Report| r.statement.as_ref().map(|s| s.act);
    let speaker = |r: &Report| r.actors.first().map(|p| p.actor.clone());
    let same_speaker = match (speaker(ra), speaker(rb)) {
        (Some(x), Some(y)) => same_speaker(&x, &y),
        _ => false,
    };
    act(ra) == act(rb)
        && ra.cameo == rb.cameo
        && same_speaker
        && parties_agree(&refs(&ra.recipients), &refs(&rb.recipients))
        && (ra.issues.iter().any(|i| rb.issues.contains(i))
            || if act(ra) == Some(Act::Inform) {
                // One article's plain sentences are as many statements.
                ra.issues.is_empty() && rb.issues.is_empty() && a.article != b.article
            } else {
                // A stance is one, whether or not its sentence names the issue.
                ra.issues.is_empty() || rb.issues.is_empty()
            })
}

fn same_speaker(a: &Actor, b: &Actor) -> bool {
    if a.kind == ActorKind::Person && b.kind == ActorKind::Person {
        same_person(&a.name, &b.name)
    } else {
        a.code == b.code && a.kind == b.kind
    }
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
        sides: sorted(group.iter().flat_map(|f| sides(&f.report)).collect()),
    }
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
