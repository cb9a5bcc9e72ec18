//! A page and its `expected.md` → how much of what a careful human records is read, and how much is invented.

use std::path::{Path, PathBuf};

use demarche_engine::actors::{ActorKind, World};
use demarche_engine::events::{Event, Kind, Party, Told};
use demarche_engine::page::{BlockKind, Source};
use demarche_engine::{Reader, Reading};

use crate::expected::{Row, cell, tables};
use crate::figures::{Fault, Figures, text};

/// Rows found and rows there are.
#[derive(Debug, Default, Clone, Copy)]
struct Share {
    right: usize,
    of: usize,
}

impl Share {
    fn count(&mut self, right: bool) {
        self.of += 1;
        self.right += usize::from(right);
    }
}

/// Sums over all pages scored.
#[derive(Debug, Default)]
struct Score {
    page: Share,
    people: Share,
    posts: Share,
    sides: Share,
    people_whole: Share,
    contacts: Share,
    /// Contacts with all whom the row names.
    contact_members: Share,
    contact_dates: Share,
    contact_told: Share,
    contact_codes: Share,
    statements: Share,
    statement_codes: Share,
    actions: Share,
    action_codes: Share,
    /// Events of the engine that no row asks for.
    invented: usize,
}

/// Scores the page in `path`, or in each folder below it.
pub(crate) fn score(path: &Path) -> Result<Figures, Fault> {
    let reader = Reader::new();
    let mut score = Score::default();
    let folders = folders(path)?;
    for folder in &folders {
        let page = page_file(folder)?;
        let bytes = std::fs::read(&page).map_err(|e| Fault::file(&page, &e))?;
        let source = Source { name: page.display().to_string(), url: None };
        let readings = reader.read(&bytes, &source);
        let expected = text(&folder.join("expected.md"))?;
        println!("\n{}", folder.display());
        match readings.readings.first() {
            Some(reading) => one(&mut score, reading, &expected, reader.world()),
            None => println!("  not read: {:?}", readings.problems),
        }
    }
    let mut figures = Figures::default();
    let mut add = |name: &str, s: Share| figures.share(name, s.right, s.of);
    add("page", score.page);
    add("people_found", score.people);
    add("people_post", score.posts);
    add("people_side", score.sides);
    add("people", score.people_whole);
    add("contacts", score.contacts);
    add("contact_members", score.contact_members);
    add("contact_dates", score.contact_dates);
    add("contact_told", score.contact_told);
    add("contact_codes", score.contact_codes);
    add("statements", score.statements);
    add("statement_codes", score.statement_codes);
    add("actions", score.actions);
    add("action_codes", score.action_codes);
    let wanted = score.contacts.of + score.statements.of + score.actions.of;
    let found = score.contacts.right + score.statements.right + score.actions.right;
    figures.share("precision", found, found + score.invented);
    println!(
        "\n{} pages, {wanted} happenings wanted, {found} found, {} invented",
        folders.len(),
        score.invented
    );
    Ok(figures)
}

/// `path` itself if it holds `expected.md`, else the folders below it that do, sorted.
fn folders(path: &Path) -> Result<Vec<PathBuf>, Fault> {
    if path.join("expected.md").exists() {
        return Ok(vec![path.to_owned()]);
    }
    let entries = std::fs::read_dir(path).map_err(|e| Fault::file(path, &e))?;
    let mut folders: Vec<PathBuf> =
        entries.flatten().map(|e| e.path()).filter(|p| p.join("expected.md").exists()).collect();
    folders.sort();
    if folders.is_empty() {
        return Err(Fault::new(format!("{}: no expected.md here or one folder below", path.display())));
    }
    Ok(folders)
}

/// The page beside `expected.md`.
pub(crate) fn page_file(folder: &Path) -> Result<PathBuf, Fault> {
    ["page.txt", "page.html", "article.txt", "article.html"]
        .iter()
        .map(|name| folder.join(name))
        .find(|p| p.exists())
        .ok_or_else(|| Fault::new(format!("{}: no page.txt, page.html or article.txt", folder.display())))
}

fn one(score: &mut Score, reading: &Reading, expected: &str, world: &World) {
    let tables = tables(expected);
    let none = Vec::new();
    let rows = |section: &str| tables.get(section).unwrap_or(&none);
    page(score, reading, rows("page"));
    let people = rows("people");
    for row in people {
        person(score, reading, row);
    }
    let names: Vec<String> = people.iter().map(|r| surname(cell(r, "person"))).collect();
    let mut used: Vec<&str> = Vec::new();
    for (section, kind) in
        [("contacts", Kind::Contact), ("actions", Kind::Action), ("statements", Kind::Statement)]
    {
        for row in rows(section) {
            let found = happening(score, reading, row, kind, &names, world, &used);
            used.extend(found);
        }
    }
    for event in &reading.events {
        // Contacts that the page only plans or asks for are listed by some coders and not by others.
        let counted = matches!(event.told, Told::Current | Told::Recalled);
        if counted && !used.contains(&event.id.as_str()) {
            score.invented += 1;
            println!("  extra   {}", line(event));
        }
    }
}

/// The head of the page: each field that the table gives is right or not.
fn page(score: &mut Score, reading: &Reading, rows: &[Row]) {
    let article = &reading.article;
    for row in rows {
        let (field, value) = (cell(row, "field"), cell(row, "value"));
        let nothing = value.starts_with("none");
        let right = match field {
            f if f.starts_with("market quote") && nothing => article.quotes.is_empty(),
            f if f.starts_with("market quote") => article.quotes.first().is_some_and(|q| {
                let said: Vec<f64> = [Some(q.value), q.change, q.percent].into_iter().flatten().collect();
                value.contains(&q.symbol)
                    && said.iter().all(|n| numbers(value).iter().any(|v| (v - n).abs() < 1e-9))
                    && q.date.is_none_or(|d| value.contains(&d.to_string()))
            }),
            "title" => article.title() == Some(value),
            "highlights" => {
                let quoted: Vec<&str> = value.split('"').skip(1).step_by(2).collect();
                let read: Vec<&str> = article.of_kind(BlockKind::Highlight).collect();
                quoted == read
            }
            "byline" => {
                let names: Vec<&str> = article.byline.iter().map(|b| b.name.as_str()).collect();
                !names.is_empty() && names.iter().all(|n| value.contains(n))
            }
            f if f.starts_with("published") => {
                let (published, updated) = value.split_once(" / ").unwrap_or((value, ""));
                let stamp =
                    |s: Option<demarche_engine::time::Stamp>| s.map(|s| s.to_string()).unwrap_or_default();
                let (read_published, read_updated) = (stamp(article.published), stamp(article.updated));
                !read_published.is_empty()
                    && published.starts_with(read_published.get(..10).unwrap_or("?"))
                    && (updated.is_empty()
                        || updated.starts_with("none") && read_updated.is_empty()
                        || !read_updated.is_empty() && updated.starts_with(&read_updated))
            }
            "body" => {
                let count = article.blocks.iter().filter(|b| b.kind == BlockKind::Paragraph).count();
                value.split(' ').next().and_then(|n| n.parse().ok()) == Some(count)
            }
            "outlet" => article.outlet.as_deref().is_some_and(|o| value.contains(o)),
            _ => continue,
        };
        score.page.count(right);
        if !right {
            println!("  page    {field}: wanted {value}");
        }
    }
}

/// The numbers of a cell.
fn numbers(text: &str) -> Vec<f64> {
    text.split([' ', ',']).filter_map(|w| w.trim_end_matches(['%', '.']).parse().ok()).collect()
}

/// One person: found by name, with the right post, with the right state and sector.
fn person(score: &mut Score, reading: &Reading, row: &Row) {
    let name = cell(row, "person");
    let actors = || reading.seen.iter().map(|s| &s.actor);
    let seen = actors().find(|a| a.kind == ActorKind::Person && ends_alike(&a.name, name)).or_else(|| {
        // "the Tajik ambassador": nobody's name, so the words themselves.
        actors().find(|a| a.kind == ActorKind::Office && bare(&a.name) == bare(name))
    });
    score.people.count(seen.is_some());
    let (post, side) = (cell(row, "post"), cell(row, "state"));
    let mut words = side.split(' ');
    let (state, sector) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let side_right = seen.is_some_and(|a| {
        a.state.as_deref().unwrap_or("") == state && a.sector.map_or("", |s| s.as_str()) == sector
    });
    let post_right = seen.and_then(|a| a.post.as_ref()).is_some_and(|held| {
        let said = format!(
            "{} {} {}",
            held.title,
            held.office.as_deref().unwrap_or(""),
            held.manner.iter().map(|m| format!("{m:?}")).collect::<Vec<_>>().join(" ")
        );
        let said = significant(&said);
        significant(post).iter().filter(|w| !said.contains(w)).count() == 0
    });
    score.posts.count(post_right);
    score.sides.count(side_right);
    score.people_whole.count(post_right && side_right);
    if !(post_right && side_right) {
        let read = seen.map_or("not found".to_owned(), |a| {
            let post = a.post.as_ref().map(|p| format!("{} {:?}", p.title, p.manner));
            format!("{} {}, {}", a.code, a.name, post.unwrap_or_default())
        });
        println!("  person  {name}, {post}, {side}: {read}");
    }
}

/// The words of a post that must be there: no remarks in brackets, no small words, no state, nothing after a comma that
/// only says where the post is.
fn significant(post: &str) -> Vec<String> {
    let plain = post.split(" (").next().unwrap_or("");
    let main = if plain.to_lowercase().starts_with("chairman") {
        plain
    } else {
        plain.split(',').next().unwrap_or("")
    };
    main.split(|c: char| !c.is_alphanumeric())
        .map(str::to_lowercase)
        .filter(|w| w.len() > 2 && !matches!(w.as_str(), "the" | "for" | "and"))
        .collect()
}

/// Words without their article, lower case, apostrophes straight.
fn bare(name: &str) -> String {
    let lower = name.to_lowercase().replace('’', "'");
    ["the ", "a ", "an "].iter().find_map(|a| lower.strip_prefix(a)).unwrap_or(&lower).to_owned()
}

/// Whether two names end in the same word and do not differ in the first.
fn ends_alike(a: &str, b: &str) -> bool {
    let words = |name: &str| -> Vec<String> {
        name.to_lowercase()
            .split(' ')
            .filter(|w| !matches!(*w, "sir" | "dame" | "dr"))
            .map(str::to_owned)
            .collect()
    };
    let (a, b) = (words(a), words(b));
    a.last() == b.last() && (a.len() == 1 || b.len() == 1 || a.first() == b.first())
}

fn surname(name: &str) -> String {
    name.rsplit(' ').next().unwrap_or("").to_owned()
}

/// Who a row names: surnames of the page's people, and codes or names of states.
fn named(row_text: &str, people: &[String], world: &World) -> (Vec<String>, Vec<String>) {
    let words: Vec<&str> = row_text.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'').collect();
    let persons = people.iter().filter(|p| words.contains(&p.as_str())).cloned().collect();
    let mut states: Vec<String> = words
        .iter()
        .filter(|w| w.len() == 3 && w.chars().all(|c| c.is_ascii_uppercase()))
        .filter_map(|w| world.state(w).map(|s| s.iso3.clone()))
        .collect();
    for state in world.states.iter().filter(|s| s.current && s.name.len() > 3) {
        if row_text.contains(state.name.as_str()) {
            states.push(state.iso3.clone());
        }
    }
    states.sort();
    states.dedup();
    (persons, states)
}

/// One row of contacts, actions or statements: the id of the event that matches it best, if any does.
fn happening<'r>(
    score: &mut Score,
    reading: &'r Reading,
    row: &Row,
    kind: Kind,
    people: &[String],
    world: &World,
    used: &[&str],
) -> Option<&'r str> {
    let who = match kind {
        Kind::Contact => cell(row, "who").to_owned(),
        Kind::Action => format!("{}; {}", cell(row, "actor"), cell(row, "recipient")),
        Kind::Statement => cell(row, "speaker").to_owned(),
    };
    let (persons, states) = named(&who, people, world);
    let codes: Vec<String> = digits(cell(row, if kind == Kind::Statement { "code" } else { "cameo" }));
    // Sides that a row names only beside a person are covered by the person.
    let bare = if persons.is_empty() || kind == Kind::Contact { states.as_slice() } else { &[] };
    let wanted = persons.len() + bare.len();
    let met = |event: &Event| -> usize {
        let parties: Vec<&Party> = match kind {
            Kind::Statement => event.actors.iter().collect(),
            _ => event.actors.iter().chain(&event.recipients).collect(),
        };
        let person = |p: &String| {
            parties.iter().any(|q| {
                matches!(q.actor.kind, ActorKind::Person | ActorKind::Office) && surname(&q.actor.name) == *p
            })
        };
        let state = |s: &String| parties.iter().any(|q| q.actor.state.as_ref() == Some(s));
        persons.iter().filter(|p| person(p)).count() + bare.iter().filter(|s| state(s)).count()
    };
    let fit = |event: &Event| -> f64 {
        let met = met(event);
        let code = event.cameo.as_deref().is_some_and(|c| codes.iter().any(|g| g[..2] == c[..2]));
        // Two thirds of the parties, or all of a single one, and the same sort of happening by its code.
        if wanted == 0 || !code || met * 3 < wanted * 2 {
            return 0.0;
        }
        met as f64 / wanted as f64 + if code { 0.2 } else { 0.0 } + exact(event, &codes) * 0.1
    };
    let free = |e: &&Event| {
        let same_kind = e.kind == kind
            || (kind != Kind::Statement
                && codes.iter().any(|c| c.starts_with("03"))
                && e.kind == Kind::Statement);
        same_kind && !used.contains(&e.id.as_str())
    };
    let best = reading.events.iter().filter(free).map(|e| (fit(e), e)).max_by(|a, b| a.0.total_cmp(&b.0));
    let event = best.filter(|(fit, _)| *fit > 0.0).map(|(_, e)| e);
    let (found, coded) = match kind {
        Kind::Contact => (&mut score.contacts, &mut score.contact_codes),
        Kind::Action => (&mut score.actions, &mut score.action_codes),
        Kind::Statement => (&mut score.statements, &mut score.statement_codes),
    };
    found.count(event.is_some());
    let code_right = event.is_some_and(|e| exact(e, &codes) > 0.0);
    coded.count(code_right);
    let mut wrong: Vec<String> = Vec::new();
    if event.is_some() && !code_right {
        wrong.push(format!("code {codes:?}"));
    }
    if kind == Kind::Contact {
        let when = cell(row, "when").split([' ', ',']).next().unwrap_or("").to_owned();
        let date_right = event.is_some_and(|e| e.date.map_or(when.is_empty(), |d| d.to_string() == when));
        let told = cell(row, "told").split([' ', ';', ',']).next().unwrap_or("").to_owned();
        let told_right = event.is_some_and(|e| format!("{:?}", e.told).to_lowercase() == told);
        let missing = event.map_or(0, |e| wanted - met(e));
        score.contact_members.count(event.is_some() && missing == 0);
        if missing > 0 {
            wrong.push(format!("{missing} more taking part"));
        }
        score.contact_dates.count(date_right);
        score.contact_told.count(told_right);
        if event.is_some() && !date_right {
            wrong.push(format!("when {when}"));
        }
        if event.is_some() && !told_right {
            wrong.push(format!("told {told}"));
        }
    }
    let title = row.values().next().map_or("", String::as_str);
    let what = if kind == Kind::Statement { cell(row, "act") } else { cell(row, "what") };
    match event {
        None => println!("  missed  {kind:?}: {who}: {what} {title}"),
        Some(e) if !wrong.is_empty() => {
            println!("  partly  {kind:?}: {who}: {what}: wanted {}; read {}", wrong.join(", "), line(e))
        }
        Some(_) => {}
    }
    event.map(|e| e.id.as_str())
}

/// 1 where the event's code is one of those wanted, to three digits.
fn exact(event: &Event, codes: &[String]) -> f64 {
    let three = |c: &str| c.get(..3.min(c.len())).unwrap_or(c).to_owned();
    event.cameo.as_deref().map_or(0.0, |c| {
        f64::from(u8::from(
            codes.iter().any(|g| three(g) == three(c) || (g.ends_with('0') && g[..2] == c[..2])),
        ))
    })
}

/// The CAMEO codes of a cell: `020s` stands for its whole root.
fn digits(cell: &str) -> Vec<String> {
    cell.split(|c: char| !c.is_ascii_digit())
        .filter(|d| (2..=4).contains(&d.len()))
        .map(str::to_owned)
        .collect()
}

/// An event in one line.
fn line(event: &Event) -> String {
    let names =
        |parties: &[Party]| parties.iter().map(|p| p.actor.name.clone()).collect::<Vec<_>>().join(" + ");
    format!(
        "{} {:?} {} [{}] -> [{}] {} {:?}",
        event.id,
        event.kind,
        event.cameo.as_deref().unwrap_or("-"),
        names(&event.actors),
        names(&event.recipients),
        event.date.map_or("undated".to_owned(), |d| d.to_string()),
        event.told
    )
}
