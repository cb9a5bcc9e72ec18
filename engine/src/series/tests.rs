//! Holds the room to its definition: hand-made dyads, and properties over random ones.

use jiff::civil::{Date, date};
use proptest::prelude::*;

use super::*;

const ON: Date = date(2024, 1, 3);

fn state(code: &str) -> State {
    code.parse().unwrap()
}

fn pak_usa() -> Sides {
    Sides::new(state("PAK"), state("USA"))
}

/// An event between two states, `age` days before the question, told by some outlets.
fn event(id: usize, a: &str, b: &str, code: &str, age: i64, outlets: &[&str]) -> Observation {
    let day = ON.saturating_sub(jiff::Span::new().days(age));
    let dyad = Dyad::new(state(a), state(b)).unwrap();
    let direction = if a < b { Direction::FirstToSecond } else { Direction::SecondToFirst };
    let mut made = Observation::new(day, dyad, direction, code.parse().unwrap(), &format!("e{id:05}"));
    made.details = Some(Box::new(Details {
        texts: outlets.len(),
        outlets: outlets.iter().map(|o| (*o).into()).collect(),
        issues: vec![if id.is_multiple_of(3) { "trade" } else { "border" }.into()],
        sectors: Default::default(),
    }));
    made
}

/// Evenly spread events: `recent` and `baseline` give (cooperative, conflictual) numbers.
fn dyad_of(recent: (usize, usize), baseline: (usize, usize), elsewhere: usize) -> Vec<Observation> {
    let mut all = Vec::new();
    for (count, code, first, days) in [
        (recent.0, "040", 0, 90),
        (recent.1, "112", 0, 90),
        (baseline.0, "040", 90, 365),
        (baseline.1, "112", 90, 365),
    ] {
        for i in 0..count {
            let age = (first + i * days / count) as i64;
            all.push(event(all.len(), "PAK", "USA", code, age, &["Dawn"]));
        }
    }
    for i in 0..elsewhere {
        let age = (i * 455 / elsewhere) as i64;
        all.push(event(all.len(), "CHN", "USA", "040", age, &["AP"]));
    }
    all
}

fn ask(observations: &[Observation]) -> Verdict {
    // A record that reaches to the day itself, however old its last event between the two.
    let question = Question { record: Some((date(2000, 1, 1), ON)), ..Question::on(ON) };
    momentum(observations, &pak_usa(), &question).unwrap()
}

#[test]
fn tone_turns_and_the_label_follows() {
    let down = ask(&dyad_of((10, 40), (100, 20), 2000));
    assert_eq!(down.tone.finding, Finding::Down);
    assert_eq!(down.label, Label::Losing);
    assert_eq!((down.tone.recent.cooperative, down.tone.recent.other), (10, 40));
    assert_eq!((down.tone.baseline.cooperative, down.tone.baseline.other), (100, 20));
    let p = |c: f64, n: f64| ((c + 0.5) / (n + 1.0)) / (1.0 - (c + 0.5) / (n + 1.0));
    let odds = p(10.0, 50.0) / p(100.0, 120.0);
    assert!((down.tone.change.unwrap().odds_ratio - odds).abs() < 1e-12);

    let up = ask(&dyad_of((60, 6), (60, 60), 2000));
    assert_eq!((up.tone.finding, up.engagement.finding), (Finding::Up, Finding::Up));
    assert_eq!(up.label, Label::Gaining);

    let mixed = ask(&dyad_of((60, 100), (60, 20), 2000));
    assert_eq!((mixed.tone.finding, mixed.engagement.finding), (Finding::Down, Finding::Up));
    assert_eq!(mixed.label, Label::Mixed);

    let same = ask(&dyad_of((12, 6), (48, 24), 2000));
    assert_eq!(same.label, Label::NoClearChange);
}

#[test]
fn too_little_is_said_in_words_with_what_is_missing() {
    let mut few = dyad_of((3, 1), (4, 0), 10);
    few.push(event(900, "PAK", "USA", "012", 1, &["Dawn"]));
    few.push(event(901, "USA", "PAK", "013", 1, &["AP"]));
    let verdict = ask(&few);
    assert_eq!(verdict.label, Label::InsufficientEvidence);
    assert_eq!(
        verdict.sentence(),
        "PAK–USA, 90 days to 2024-01-03: insufficient evidence. Engagement cannot be judged (8 events and 12 before, where 10 and 20 are needed), tone cannot be judged (4 events and 4 before, where 10 and 20 are needed); 6 events from 2 outlets, against 4 in the 365 days before."
    );
    assert_eq!((verdict.pro.len(), verdict.con.len()), (3, 1), "items stand there all the same");
    assert_eq!(verdict.claims_for[0].by, Some(state("USA")));
    assert_eq!(verdict.claims_against[0].by, Some(state("PAK")));
    assert_eq!(verdict.tone.recent.n, 4, "claims are never counted");
    let up = ask(&dyad_of((60, 6), (60, 60), 2000));
    assert_eq!(
        up.sentence(),
        "PAK–USA, 90 days to 2024-01-03: gaining momentum. Engagement ×4.1 (2.5–6.7), tone ×9.3 (3.8–23); 66 events from 1 outlet, against 120 in the 365 days before."
    );
    let nothing = ask(&[]);
    assert_eq!(
        nothing.sentence(),
        "PAK–USA, 90 days to 2024-01-03: insufficient evidence. Engagement cannot be judged (0 events and 0 before, where 10 and 20 are needed), tone cannot be judged (0 events and 0 before, where 10 and 20 are needed); 0 events, against 0 in the 365 days before."
    );
}

#[test]
fn thresholds_are_exact() {
    let enough = ask(&dyad_of((5, 5), (10, 10), 0));
    assert_eq!(enough.tone.finding, Finding::NoClearChange);
    assert_eq!(ask(&dyad_of((5, 4), (10, 10), 0)).tone.finding, Finding::InsufficientEvidence);
    assert_eq!(ask(&dyad_of((5, 5), (10, 9), 0)).tone.finding, Finding::InsufficientEvidence);
    let never = ask(&dyad_of((0, 0), (0, 0), 2000));
    assert_eq!(never.engagement.finding, Finding::InsufficientEvidence, "nothing ever happened between them");
}

#[test]
fn items_rank_by_strength_then_recency() {
    let mut all = dyad_of((8, 0), (0, 0), 0);
    all.push(event(100, "PAK", "USA", "057", 80, &["AP"]));
    all.push(event(101, "PAK", "USA", "057", 20, &["AP"]));
    all.push(event(102, "PAK", "USA", "057", 90, &["AP"]));
    let pro: Vec<String> = ask(&all).pro.into_iter().map(|item| item.event).collect();
    assert_eq!(pro, ["e00101", "e00100", "e00000", "e00001", "e00002"], "e00102 is older than the window");
}

#[test]
fn an_event_of_three_states_is_one_event() {
    let mut all = dyad_of((12, 6), (48, 24), 100);
    let alone = ask(&all);
    for (a, b) in [("CHN", "PAK"), ("CHN", "USA"), ("PAK", "USA")] {
        all.push(event(5000, a, b, "040", 3, &["AP"]));
    }
    let met = ask(&all);
    assert_eq!(met.tone.recent.n, alone.tone.recent.n + 1);
    assert_eq!(met.engagement.recent.n, alone.engagement.recent.n + 1);
    assert_eq!(met.engagement.recent.cooperative, alone.engagement.recent.cooperative + 1);
}

#[test]
fn blocs_directions_and_filters() {
    let mut all = dyad_of((12, 6), (48, 24), 100);
    let bloc = Sides::new(Side::bloc("Two", vec![state("PAK"), state("CHN")]), state("USA"));
    let question = Question::on(ON);
    let verdict = momentum(&all, &bloc, &question).unwrap();
    assert_eq!(verdict.tone.recent.n + verdict.tone.baseline.n, 190);
    assert_eq!(verdict.engagement.recent.other, 6, "nothing left elsewhere but the conflictual ones");

    all.push(event(6000, "USA", "PAK", "112", 2, &["AP", "Dawn"]));
    let acts = |acts| momentum(&all, &pak_usa(), &Question { acts, ..Question::on(ON) }).unwrap();
    assert_eq!(acts(Acts::Both).tone.recent.n, 19);
    assert_eq!(acts(Acts::First).tone.recent.n, 18);
    assert_eq!(acts(Acts::Second).tone.recent.n, 1);

    let without = Question { without: Roots::named("CONSULT").unwrap(), ..Question::on(ON) };
    assert_eq!(momentum(&all, &pak_usa(), &without).unwrap().tone.recent.cooperative, 0);
    let outlet = Question { outlets: vec!["AP".to_owned()], ..Question::on(ON) };
    assert_eq!(momentum(&all, &pak_usa(), &outlet).unwrap().tone.recent.n, 1);
    let sector = Question { first_sectors: vec![crate::actors::Sector::Mil], ..Question::on(ON) };
    assert_eq!(momentum(&all, &pak_usa(), &sector).unwrap().tone.recent.n, 0);
}

#[test]
fn wrong_questions_are_told_why() {
    let all = dyad_of((12, 6), (48, 24), 100);
    let error = |sides: &Sides, question: Question| momentum(&all, sides, &question).unwrap_err().to_string();
    let same = Sides::new(state("PAK"), state("PAK"));
    assert_eq!(
        error(&same, Question::on(ON)),
        "PAK stands on both sides: name two different states, or blocs without a common member"
    );
    assert_eq!(
        error(&pak_usa(), Question { window: 0, ..Question::on(ON) }),
        "a window of 0 days cannot be counted: it takes 1 to 36525 days, and its first day comes before its last"
    );
    assert_eq!(
        error(&pak_usa(), Question { baseline: -365, ..Question::on(ON) }),
        "a baseline of -365 days cannot be counted: it takes 1 to 36525 days, and its first day comes before its last"
    );
    assert_eq!(
        error(&pak_usa(), Question::on(date(2010, 1, 1))),
        "nothing is on record for the days up to 2010-01-01: the record reaches from 2022-10-10 to 2024-01-03"
    );
    assert_eq!(
        error(&pak_usa(), Question::on(date(2030, 1, 1))),
        "nothing is on record for the days up to 2030-01-01: the record reaches from 2022-10-10 to 2024-01-03"
    );
    let extreme = Question { window: i32::MAX, ..Question::on(Date::MIN) };
    assert!(momentum(&all, &pak_usa(), &extreme).is_err());
    assert!(momentum(&all, &pak_usa(), &Question::on(Date::MIN)).is_err());
    let elsewhere = Question { record: Some((ON, ON)), ..Question::on(date(2010, 1, 1)) };
    assert!(
        momentum(&[], &pak_usa(), &elsewhere).is_err(),
        "the record is known, whatever was selected from it"
    );
    assert!(movers(&[], &elsewhere).is_err());
}

#[test]
fn a_question_begins_with_its_baseline() {
    assert_eq!(Question::on(ON).begins(), date(2022, 10, 6));
    let extreme = Question { window: i32::MAX, baseline: i32::MAX, ..Question::on(ON) };
    assert!(extreme.begins() < date(1900, 1, 1));
    assert_eq!(Question { window: i32::MIN, baseline: -1, ..Question::on(ON) }.begins(), ON);
}

#[test]
fn robustness_takes_out_what_one_outlet_alone_tells() {
    let mut all = dyad_of((12, 6), (48, 24), 100);
    for i in 0..4 {
        all.push(event(7000 + i, "PAK", "USA", "040", 5, &["AFP"]));
        all.push(event(7100 + i, "PAK", "USA", "040", 5, &["AFP", "Dawn"]));
    }
    let robustness = ask(&all).robustness;
    let afp = robustness.without_outlet.iter().find(|v| v.of == "AFP").unwrap();
    assert_eq!(afp.events, 4);
    let rest: Vec<Observation> = all.iter().filter(|o| o.outlets() != ["AFP"]).cloned().collect();
    assert_eq!(afp.tone, ask(&rest).tone.change);
    assert_eq!(afp.engagement, ask(&rest).engagement.change);
    let border = robustness.without_issue.iter().find(|v| v.of == "border").unwrap();
    let rest: Vec<Observation> = all.iter().filter(|o| o.issues() != ["border"]).cloned().collect();
    assert_eq!(border.tone, ask(&rest).tone.change);
    let month = momentum(&all, &pak_usa(), &Question { window: 30, ..Question::on(ON) }).unwrap();
    assert_eq!(robustness.windows[0].of, "30");
    assert_eq!(robustness.windows[0].tone, month.tone.change);
    assert_eq!(robustness.goldstein.recent_events, 26);
}

#[test]
fn coverage_counts_silence() {
    let mut copied = event(1, "PAK", "USA", "040", 0, &["AP", "Dawn"]);
    copied.details.as_mut().unwrap().texts = 1;
    let verdict = ask(&[copied, event(2, "CHN", "USA", "040", 4, &["AP"])]);
    let recent = &verdict.coverage.recent;
    assert_eq!((recent.days, recent.silent_days, recent.events, recent.elsewhere), (90, 88, 1, 1));
    assert_eq!((recent.outlets, recent.told_by_several, recent.syndicated), (2, 1, 1));
    assert_eq!(verdict.coverage.baseline.silent_days, 365);
    assert_eq!(verdict.coverage.baseline.to, date(2023, 10, 5));
    assert_eq!(verdict.coverage.between, Some((ON, ON)));
}

#[test]
fn a_verdict_survives_json() {
    let verdict = ask(&dyad_of((60, 6), (60, 60), 200));
    let text = serde_json::to_string(&verdict).unwrap();
    let back: Verdict = serde_json::from_str(&text).unwrap();
    assert_eq!((back.label, &back.sides, &back.question), (verdict.label, &verdict.sides, &verdict.question));
    assert_eq!((back.pro, back.coverage), (verdict.pro, verdict.coverage));
}

#[test]
fn a_series_has_no_gaps_and_loses_no_event() {
    let all = dyad_of((10, 40), (100, 20), 300);
    for by in [By::Day, By::Week, By::Month] {
        let history = series(&all, &pak_usa(), &Question::on(ON), date(2022, 10, 6), by).unwrap();
        assert_eq!((history.points[0].from, history.points.last().unwrap().to), (date(2022, 10, 6), ON));
        for pair in history.points.windows(2) {
            assert_eq!(pair[0].to.tomorrow().unwrap(), pair[1].from);
        }
        let sum = |of: fn(&Counts) -> u64| history.points.iter().map(|p| of(&p.counts)).sum::<u64>();
        assert_eq!((sum(|c| c.verbal_cooperation), sum(|c| c.verbal_conflict)), (110, 60));
        assert_eq!(sum(|c| c.statement + c.material_cooperation + c.material_conflict), 0);
        for band in history.points.iter().filter_map(|p| p.tone) {
            assert!(0.0 < band.low && band.low < band.p && band.p < band.high && band.high < 1.0);
        }
        assert_eq!(history.tone_turns.len(), 1);
        let turn = history.tone_turns[0];
        assert!((date(2023, 9, 25)..=date(2023, 10, 16)).contains(&turn.week), "{}", turn.week);
        assert!(turn.before > 0.7 && turn.after < 0.3);
    }
    let late = series(&all, &pak_usa(), &Question::on(ON), date(2024, 2, 1), By::Day);
    assert!(late.is_err());
}

/// Events among four states, some joining three of them, some told twice.
#[test]
fn a_course_names_its_strongest_events_apart_from_each_other() {
    // Of 160 days, what lies closer than ten to something stronger is not named.
    let mut all: Vec<Observation> =
        (0..8).map(|i| event(i, "PAK", "USA", "190", 20 * i as i64 + 5, &["Dawn"])).collect();
    all.push(event(8, "PAK", "USA", "072", 15, &["Dawn"]));
    all.push(event(9, "PAK", "USA", "057", 17, &["Dawn"]));
    all.push(event(10, "PAK", "USA", "010", 35, &["Dawn"]));
    all.push(event(11, "CHN", "USA", "190", 55, &["Dawn"]));
    let from = ON.saturating_sub(jiff::Span::new().days(159));
    let made = series(&all, &pak_usa(), &Question::on(ON), from, By::Week).unwrap();
    let ids: Vec<&str> = made.strongest.iter().map(|item| item.event.as_str()).collect();
    // Four conflictual ones, the latest of equals; the aid, not the accord two days from it; neither words nor others' clashes.
    assert_eq!(ids, ["e00003", "e00002", "e00001", "e00008", "e00000"]);
    assert!(made.strongest.is_sorted_by_key(|item| item.date));
}

fn shared_events() -> impl Strategy<Value = Vec<Observation>> {
    let one = (0..7usize, 0..8usize, 0..600i64, 0..3usize);
    prop::collection::vec(one, 0..300).prop_map(|drawn| {
        let joins: [&[(&str, &str)]; 7] = [
            &[("PAK", "USA")],
            &[("CHN", "USA")],
            &[("CHN", "PAK")],
            &[("IND", "PAK"), ("IND", "USA")],
            &[("CHN", "PAK"), ("CHN", "USA"), ("PAK", "USA")],
            &[("IND", "USA"), ("IND", "USA")],
            &[("CHN", "IND")],
        ];
        let codes = ["040", "057", "112", "190", "013", "012", "020", "090"];
        let mut made = Vec::new();
        for (id, (join, code, age, outlet)) in drawn.into_iter().enumerate() {
            let outlets: [&[&str]; 3] = [&["AP"], &["Dawn"], &[]];
            for (a, b) in joins[join] {
                made.push(event(id, a, b, codes[code], age, outlets[outlet]));
            }
        }
        made
    })
}

/// Random events of three states in and around the windows, about half of them between the two.
fn events() -> impl Strategy<Value = Vec<Observation>> {
    let one = (0..4usize, 0..8usize, 0..600i64, 0..4usize);
    prop::collection::vec(one, 0..160).prop_map(|drawn| {
        let pairs = [("PAK", "USA"), ("USA", "PAK"), ("CHN", "USA"), ("CHN", "PAK")];
        let codes = ["040", "057", "112", "190", "013", "012", "020", "090"];
        let outlets: [&[&str]; 4] = [&["AP"], &["Dawn"], &["AP", "Dawn"], &[]];
        let made = drawn.into_iter().enumerate();
        made.map(|(id, (p, c, age, o))| event(id, pairs[p].0, pairs[p].1, codes[c], age, outlets[o]))
            .collect()
    })
}

proptest! {
    #[test]
    fn order_does_not_matter(all in events().prop_shuffle(), seed in any::<u64>()) {
        let mut other = all.clone();
        let len = other.len().max(1);
        other.rotate_left(seed as usize % len);
        other.reverse();
        prop_assert_eq!(momentum(&all, &pak_usa(), &Question::on(ON)), momentum(&other, &pak_usa(), &Question::on(ON)));
    }

    #[test]
    fn an_event_seen_twice_counts_once(all in events()) {
        let twice: Vec<Observation> = all.iter().chain(&all).cloned().collect();
        prop_assert_eq!(momentum(&all, &pak_usa(), &Question::on(ON)), momentum(&twice, &pak_usa(), &Question::on(ON)));
    }

    /// Twice the volume with the same mix leaves both rates where they are, save for the half event of the prior, and only
    /// narrows the interval.
    #[test]
    fn doubled_volume_moves_nothing(all in events()) {
        let mut double = all.clone();
        for (i, mut copy) in all.iter().cloned().enumerate() {
            copy.event = format!("copy{i}").into();
            double.push(copy);
        }
        let (once, twice) = (ask(&all), ask(&double));
        for (a, b) in [(&once.tone, &twice.tone), (&once.engagement, &twice.engagement)] {
            for (a, b) in [(&a.recent, &b.recent), (&a.baseline, &b.baseline)] {
                prop_assert_eq!((2 * a.cooperative, 2 * a.n), (b.cooperative, b.n));
                prop_assert!((a.p - b.p).abs() <= 0.5 / (a.n as f64 + 1.0));
                prop_assert_eq!(a.weeks, b.weeks);
            }
        }
    }

    /// Asking all dyads at once gives each the numbers of its own verdict.
    #[test]
    fn movers_agree_with_verdicts(all in shared_events().prop_shuffle()) {
        let question = Question { record: Some((date(2000, 1, 1), ON)), ..Question::on(ON) };
        let found = movers(&all, &question).unwrap();
        let states = ["CHN", "IND", "PAK", "USA"].map(state);
        for (at, a) in states.iter().enumerate() {
            for b in &states[at + 1..] {
                let verdict = momentum(&all, &Sides::new(*a, *b), &question).unwrap();
                match found.ranked.iter().find(|m| Dyad::new(*a, *b) == Some(m.dyad)) {
                    Some(mover) => {
                        prop_assert_eq!(&mover.tone, &verdict.tone);
                        prop_assert_eq!(&mover.engagement, &verdict.engagement);
                    }
                    None => prop_assert_eq!(verdict.label, Label::InsufficientEvidence),
                }
            }
        }
    }

    #[test]
    fn cooperation_only_lifts_tone(all in events(), age in 0..90i64) {
        let before = ask(&all).tone;
        let mut more = all;
        more.push(event(9999, "PAK", "USA", "057", age, &["AP"]));
        let after = ask(&more).tone;
        prop_assert!(after.recent.p > before.recent.p);
        prop_assert_eq!(after.baseline, before.baseline);
    }

    #[test]
    fn numbers_are_finite_and_the_interval_holds_the_ratio(all in events()) {
        let verdict = ask(&all);
        for axis in [&verdict.tone, &verdict.engagement] {
            prop_assert!(axis.recent.se.is_finite() && axis.baseline.se.is_finite());
            prop_assert!(axis.recent.variance >= axis.recent.p * (1.0 - axis.recent.p) / (axis.recent.n as f64 + 1.0) - 1e-15);
            if let Some(change) = axis.change {
                prop_assert!(change.low < change.odds_ratio && change.odds_ratio < change.high);
                prop_assert!((0.0..=1.0).contains(&change.p_value));
            }
        }
        let empty_window = Question { window: 1, baseline: 1, ..Question::on(ON) };
        let _ = momentum(&all, &pak_usa(), &empty_window);
    }
}
