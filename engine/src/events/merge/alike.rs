//! Two reports → whether they can be of one happening.

use jiff::ToSpan as _;

use super::people::People;
use crate::actors::{Actor, ActorKind, Sector};
use crate::events::event::Filed;
use crate::events::report::{Act, ContactKind, Kind, Party, Report, Role, Told};
use crate::time::{Period, Precision};

/// Whether two reports of the same kind and sides can be of one happening.
pub(super) fn same(people: &People, a: &Filed, b: &Filed) -> bool {
    let (ra, rb) = (&a.report, &b.report);
    let now = |r: &Report| matches!(r.told, Told::Current | Told::Recalled);
    if ra.told != rb.told && !(now(ra) && now(rb)) {
        return false;
    }
    together(a, b)
        && match ra.kind {
            Kind::Contact => {
                // Who visits and who is visited does not swap; meetings have no direction.
                let directed =
                    contact(ra) == Some(ContactKind::Visit) && contact(rb) == Some(ContactKind::Visit);
                contacts_agree(people, ra, rb)
                    && parties_agree(people, &all(ra), &all(rb))
                    && (!directed || people.sides(&ra.actors) == people.sides(&rb.actors))
            }
            Kind::Statement => statements_agree(people, a, b),
            Kind::Action => {
                let elsewhere = a.article != b.article && same_days(ra, rb);
                (codes_agree(ra, rb) || elsewhere && other_words(ra, rb))
                    && same_direction(people, ra, rb)
                    && parties_agree(people, &refs(&ra.actors), &refs(&rb.actors))
                    && parties_agree(people, &refs(&ra.recipients), &refs(&rb.recipients))
            }
        }
}

/// Whether two reports can be of the same time. News that does not say when tells of the days before it was printed; what stands
/// behind the head of a page goes on to what is known, and may go back further.
fn together(a: &Filed, b: &Filed) -> bool {
    const FRESH: i64 = 3;
    const KNOWN: i64 = 14;
    // A headline, a dateline and the sentence that says what is new.
    const HEAD: usize = 400;
    let (Some(x), Some(y)) = (a.report.date, b.report.date) else {
        // A report without a date joins one of its own article only.
        return a.article == b.article;
    };
    let reach = |report: &Report, date: Period| {
        // Violence comes again and again.
        let fresh = report.evidence.trigger.start < HEAD || any_code(report, &["18", "19"]);
        let days = if fresh { FRESH } else { KNOWN };
        if says_when(report) { date } else { Period::range(date.start.saturating_sub(days.days()), date.end) }
    };
    reach(&a.report, x).overlaps(reach(&b.report, y))
}

/// Whether a report dates what it tells by more than the day when it was printed.
fn says_when(report: &Report) -> bool {
    let printed =
        report.date.is_some_and(|date| date.precision == Precision::Day) && report.told == Told::Current;
    !printed || report.evidence.roles.iter().any(|role| role.role == Role::Time)
}

/// Days between the dates of two reports; none lie far apart.
pub(super) fn days_apart(a: &Report, b: &Report) -> i64 {
    let day = |report: &Report| report.date.map(|date| date.start);
    day(a)
        .zip(day(b))
        .map_or(i64::MAX, |(a, b)| i64::from(a.since(b).map_or(i32::MAX, |s| s.get_days()).abs()))
}

/// Whether two pages can call one deed by such codes: shelling a clash or the destruction of what was hit, relief goods a gift,
/// an arrest an abduction.
fn other_words(a: &Report, b: &Report) -> bool {
    const ALIKE: [&[&str]; 3] = [&["18", "19", "171"], &["07"], &["173", "181"]];
    ALIKE.iter().any(|codes| any_code(a, codes) && any_code(b, codes))
}

/// Whether the code of a report begins with one of these.
fn any_code(report: &Report, codes: &[&str]) -> bool {
    report.cameo.as_deref().is_some_and(|code| codes.iter().any(|start| code.starts_with(start)))
}

/// Whether both say the same few days.
fn same_days(a: &Report, b: &Report) -> bool {
    const FEW: i64 = 2;
    let few = |report: &Report| report.date.filter(|d| d.end <= d.start.saturating_add(FEW.days()));
    few(a).zip(few(b)).is_some_and(|(a, b)| a.overlaps(b))
}

/// Whether two deeds go the same way: what one side does to the other is not what the other does to it. Done to several on a
/// day that both say, it is one deed with that to some of them.
fn same_direction(people: &People, a: &Report, b: &Report) -> bool {
    let of = |report: &Report| {
        let owned = |sides: Vec<&str>| sides.into_iter().map(str::to_owned).collect::<Vec<_>>();
        (owned(people.sides(&report.actors)), owned(people.sides(&report.recipients)))
    };
    let ((by, to), (other_by, other_to)) = (of(a), of(b));
    let share =
        |x: &[String], y: &[String]| x.is_empty() || y.is_empty() || x.iter().any(|one| y.contains(one));
    let equal = |x: &[String], y: &[String]| x == y || x.is_empty() || y.is_empty();
    let whole = equal(&by, &other_by) && equal(&to, &other_to);
    let both = to.is_empty() || other_to.is_empty();
    let dated = says_when(a) && says_when(b) && same_days(a, b);
    share(&by, &other_by) && share(&to, &other_to) && (whole || both || dated)
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

/// Whether two contacts can be one by their sort. Of two ministers, one page may say that one received the other, and another
/// that they met; or that they spoke, where another knows that it was by telephone.
fn contacts_agree(people: &People, a: &Report, b: &Report) -> bool {
    let (one, other) = (contact(a), contact(b));
    let vague = |kind: Option<ContactKind>| kind == Some(ContactKind::Meeting);
    let named = |report: &Report| {
        let of = |p: &&Party| matches!(p.actor.kind, ActorKind::Person | ActorKind::Office);
        people.sides(report.actors.iter().chain(&report.recipients).filter(of)).len()
    };
    one == other
        || (vague(one) || vague(other))
            && same_days(a, b)
            && named(a).min(named(b)) > 1
            && [one, other].iter().all(|kind| {
                matches!(kind, Some(ContactKind::Meeting | ContactKind::Visit | ContactKind::Call))
            })
}

/// Whether the parties of each side can be the same: named persons must be shared unless one telling names none there.
fn parties_agree(people: &People, a: &[&Party], b: &[&Party]) -> bool {
    let names = |parties: &[&Party], of: Option<&str>| -> Vec<String> {
        parties
            .iter()
            .filter(|p| people.side(&p.actor) == of && p.actor.kind == ActorKind::Person)
            .map(|p| p.actor.name.clone())
            .collect()
    };
    let mut sides: Vec<Option<&str>> = a.iter().map(|p| people.side(&p.actor)).collect();
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
fn statements_agree(people: &People, a: &Filed, b: &Filed) -> bool {
    let (ra, rb) = (&a.report, &b.report);
    let act = |r: &Report| r.statement.as_ref().map(|s| s.act);
    let speaker = |r: &Report| r.actors.first().map(|p| p.actor.clone());
    let same_speaker = speaker(ra).zip(speaker(rb)).is_some_and(|(x, y)| {
        let elsewhere = a.article != b.article && act(ra) != Some(Act::Inform);
        same_speaker(&x, &y)
            || elsewhere
                && people.sides(&ra.actors) == people.sides(&rb.actors)
                && same_government(people, &x, &y)
    });
    act(ra) == act(rb)
        && ra.cameo == rb.cameo
        && same_speaker
        && parties_agree(people, &refs(&ra.recipients), &refs(&rb.recipients))
        && (ra.issues.iter().any(|i| rb.issues.contains(i))
            || if act(ra) == Some(Act::Inform) {
                // One article's plain sentences are as many statements.
                ra.issues.is_empty() && rb.issues.is_empty() && a.article != b.article
            } else {
                // A stance is one, whether or not its sentence names the issue.
                ra.issues.is_empty() || rb.issues.is_empty()
            })
}

/// Whether one page may say "Iran" where another names its minister: both speak for one state, and no two of them are known
/// by name.
fn same_government(people: &People, a: &Actor, b: &Actor) -> bool {
    let speaks = |actor: &Actor| {
        matches!(actor.sector, None | Some(Sector::Gov)) && actor.state.is_some()
            || actor.kind == ActorKind::Person
    };
    let named = |actor: &Actor| actor.kind == ActorKind::Person;
    people.side(a).is_some()
        && people.side(a) == people.side(b)
        && speaks(a)
        && speaks(b)
        && !(named(a) && named(b))
}

/// Whether two speakers are one by what is known of each.
pub(super) fn same_speaker(a: &Actor, b: &Actor) -> bool {
    if a.kind == ActorKind::Person && b.kind == ActorKind::Person {
        same_person(&a.name, &b.name)
    } else {
        a.code == b.code && a.kind == b.kind
    }
}
