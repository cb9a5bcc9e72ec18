//! `posts FILE`: turns a Phoenix dictionary of countries' actors into the share of our posts, from 2000 on, with which it
//! agrees: the same person serves the same state in a government or army over the same days.
//!
//! The dictionary names no posts, only roles with dates. Of rulers it knows the years to 2013; of others what monthly
//! lists of governments said from January 2003 to the end of 2010, which lag: so its days agree with ours if they cover
//! them but for three months at either end, and a role that begins with the lists began at an unknown day.

use std::path::Path;

use demarche_engine::actors::{Days, Holder, Layer, Rank, Sector, Table, World};
use demarche_engine::time::Period;
use jiff::ToSpan as _;
use jiff::civil::{Date, date};

use crate::figures::{Fault, Figures};

/// What both know of rulers, and of others.
const RULERS: (Date, Date) = (date(2000, 1, 1), date(2013, 12, 31));
const OTHERS: (Date, Date) = (date(2003, 1, 1), date(2010, 12, 31));
/// Months by which lists lag.
const LAG: i64 = 3;

/// A person of the dictionary with one role.
struct Role {
    names: Vec<String>,
    state: String,
    serves: bool,
    days: Days,
}

/// Compares the table of people with one dictionary; disagreements are listed.
pub(crate) fn run(path: &Path) -> Result<Figures, Fault> {
    let bytes = std::fs::read(path).map_err(|e| Fault::new(format!("{}: {e}", path.display())))?;
    let world = World::shipped();
    let laid = Layer::read("dictionary", &bytes, &world);
    let roles: Vec<Role> =
        laid.layer.rows.get(&Table::People).into_iter().flatten().map(|row| role(row)).collect();
    let (mut agree, mut differ, mut unknown) = (0_usize, 0_usize, 0_usize);
    for holder in world.people.iter().filter(|holder| serves_a_state(holder, &world)) {
        let Some(days) = within(holder, &world) else { continue };
        let same: Vec<&Role> = roles
            .iter()
            .filter(|role| holder.state.as_deref() == Some(role.state.as_str()))
            .filter(|role| role.names.iter().any(|name| holder.names.iter().any(|own| alike(own, name))))
            .collect();
        if same.is_empty() {
            unknown += 1;
        } else if covered(days, &same) {
            agree += 1;
        } else {
            differ += 1;
            let theirs: Vec<String> =
                same.iter().filter(|r| r.serves).map(|role| role.days.to_string()).collect();
            println!(
                "{}, {} ({}): {}; there {}",
                holder.name,
                holder.office,
                holder.side(),
                holder.days,
                if theirs.is_empty() { "never in office".to_owned() } else { theirs.join(", ") }
            );
        }
    }
    println!(
        "{} posts that both know: {agree} agree, {differ} differ; {unknown} of people that the dictionary lacks",
        agree + differ
    );
    let mut figures = Figures::default();
    figures.set("agree", 100.0 * agree as f64 / (agree + differ).max(1) as f64);
    Ok(figures)
}

fn role(row: &[String]) -> Role {
    let cell = |column| Table::People.cell(row, column);
    let names = std::iter::once(cell("name")).chain(cell("aliases").split('|')).filter(|n| n.contains(' '));
    let day = |column| Period::parse(cell(column)).map(|p| p.start);
    let from = day("from").filter(|from| *from != OTHERS.0);
    Role {
        names: names.map(str::to_owned).collect(),
        state: cell("state").to_owned(),
        serves: matches!(cell("office"), "GOV" | "MIL" | "LEG" | "SPY"),
        days: Days { from, to: day("to") },
    }
}

/// Whether the post is in a state's government or army: the only ones that the dictionary dates.
fn serves_a_state(holder: &Holder, world: &World) -> bool {
    let sector = world.office(&holder.office).map(|office| office.sector);
    holder.state.is_some() && matches!(sector, Some(Sector::Gov | Sector::Mil))
}

/// The days that both can know, if there are enough of them to compare.
fn within(holder: &Holder, world: &World) -> Option<(Date, Date)> {
    let rank = world.office(&holder.office).map(|office| office.rank);
    let rules = matches!(rank, Some(Rank::HeadOfState | Rank::Monarch | Rank::HeadOfGovernment));
    let (first, last) = if rules { RULERS } else { OTHERS };
    let from = holder.days.from?.max(first);
    let to = holder.days.to.unwrap_or(last).min(last);
    (from.checked_add((2 * LAG).months()).ok()? <= to).then_some((from, to))
}

/// Whether the roles in office leave no day out, but for [`LAG`] at either end.
fn covered((from, to): (Date, Date), roles: &[&Role]) -> bool {
    let slack = |date: Date, months: i64| date.checked_add(months.months()).unwrap_or(date);
    let (mut reached, end) = (slack(from, LAG), slack(to, -LAG));
    let mut spans: Vec<&Days> = roles.iter().filter(|role| role.serves).map(|role| &role.days).collect();
    spans.sort_by_key(|days| days.from);
    for days in spans {
        if days.from.is_none_or(|start| start <= slack(reached, 1)) {
            reached = reached.max(days.to.unwrap_or(Date::MAX));
        }
    }
    reached >= end && !roles.iter().all(|role| !role.serves)
}

/// Whether two names are one person's: the same first and last word, accents aside.
fn alike(a: &str, b: &str) -> bool {
    let ends = |name: &str| {
        let plain = plain(name);
        let words: Vec<&str> = plain.split([' ', '-']).filter(|w| w.len() > 1).collect();
        Some((words.first()?.to_string(), words.last()?.to_string()))
    };
    ends(a).is_some() && ends(a) == ends(b)
}

/// Lower case, letters without their marks.
fn plain(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .map(|c| match c {
            'á' | 'à' | 'â' | 'ä' | 'ã' | 'å' | 'ā' | 'ă' | 'ą' => 'a',
            'é' | 'è' | 'ê' | 'ë' | 'ē' | 'ė' | 'ę' | 'ě' => 'e',
            'í' | 'ì' | 'î' | 'ï' | 'ī' | 'ı' => 'i',
            'ó' | 'ò' | 'ô' | 'ö' | 'õ' | 'ø' | 'ō' | 'ő' => 'o',
            'ú' | 'ù' | 'û' | 'ü' | 'ū' | 'ů' | 'ű' => 'u',
            'ý' | 'ÿ' => 'y',
            'ç' | 'ć' | 'č' => 'c',
            'ñ' | 'ń' | 'ň' => 'n',
            'š' | 'ś' | 'ş' | 'ș' => 's',
            'ž' | 'ź' | 'ż' => 'z',
            'ř' => 'r',
            'ğ' | 'ģ' => 'g',
            'ł' | 'ļ' => 'l',
            'ț' | 'ţ' | 'ť' => 't',
            'đ' | 'ď' => 'd',
            other => other,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn role(serves: bool, from: Option<Date>, to: Option<Date>) -> Role {
        Role { names: Vec::new(), state: String::new(), serves, days: Days { from, to } }
    }

    #[test]
    fn days_are_covered_but_for_the_lag_at_either_end() {
        let ours = (date(2004, 3, 10), date(2008, 3, 1));
        let covered = |roles: &[Role]| covered(ours, &roles.iter().collect::<Vec<_>>());
        assert!(covered(&[role(true, Some(date(2004, 6, 1)), Some(date(2007, 12, 20)))]));
        let halves = |gap| [role(true, None, Some(date(2006, 1, 1))), role(true, Some(gap), None)];
        assert!(covered(&halves(date(2006, 1, 20))));
        assert!(!covered(&halves(date(2007, 1, 20))));
        assert!(!covered(&[role(false, None, None)]));
        assert!(!covered(&[role(true, Some(date(2004, 4, 1)), Some(date(2005, 2, 20)))]));
    }

    #[test]
    fn names_are_alike_by_their_first_and_last_words() {
        assert!(alike("Recep Tayyip Erdoğan", "Recep Erdogan"));
        assert!(!alike("Abdullah Gül", "Ahmet Gul"));
    }
}
