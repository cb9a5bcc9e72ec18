//! What each format makes of a small record, letter by letter.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod hand;

use std::collections::BTreeMap;
use std::path::Path;

use demarche_engine::actors::World;
use demarche_engine::events::{Kind, Told, merge};
use demarche_engine::time::Period;
use demarche_record::{By, Change, Correction, Export, Exported, Format, From, Import, Record, Selection};
use parquet::file::reader::{FileReader as _, SerializedFileReader};
use parquet::record::Field;
use sha2::{Digest as _, Sha256};

/// Rows of ICEWS, with bars for tabs: a meeting from both ends, an accusation, names that are formulas, an intent.
const IMPORTED: &str = "\
Event ID|Event Date|Source Name|Source Sectors|Source Country|Event Text|CAMEO Code|Intensity|Target Name|Target Sectors|Target Country|Story ID|Sentence Number|Publisher|City|District|Province|Country|Latitude|Longitude
1001|2018-06-01|Foreign Affairs (Chile)|Government|Chile|Consult|040|1|Foreign Affairs (Peru)|Government|Peru|77|2|Harbour Courier|Arica|NA|NA|Chile|-18.4783|-70.3126
1002|2018-06-01|Foreign Affairs (Peru)|Government|Peru|Consult|040|1|Foreign Affairs (Chile)|Government|Chile|77|2|Harbour Courier|Arica|NA|NA|Chile|-18.4783|-70.3126
1003|2018-06-03|Chile|NA|Chile|Accuse|112|-2|Peru|NA|Peru|78|1|Evening Ledger|NA|NA|NA|NA|NA|NA
1004|2018-06-11|@SUM(1) (Peru)|Social|Peru|Make statement|010|0|-2+3|NA|NA|79|1|Evening Ledger|NA|NA|NA|Peru|NA|NA
1005|2018-07-01|Peru|NA|Peru|Express intent to provide economic aid|0331|5.2|Chile|NA|Chile|80|4|Harbour Courier|NA|NA|NA|NA|NA|NA
";

struct Small {
    folder: tempfile::TempDir,
    record: Record,
}

fn small() -> Small {
    let folder = tempfile::tempdir().unwrap();
    let mut record = Record::create_or_open(folder.path().join("r.demarche")).unwrap();
    for (reading, name) in
        [(hand::meeting(), "a.html"), (hand::readout(), "b.html"), (hand::hostile(), "c.html")]
    {
        record.keep(&reading, &hand::source(name)).unwrap();
    }
    let import = Import { dataset: Some("icews".into()), version: "test".into(), ..Import::default() };
    let rows = IMPORTED.replace('|', "\t");
    let world = World::shipped();
    record.import("i.tab".as_ref(), rows.as_bytes(), &import, &world, |_| {}).unwrap();
    Small { folder, record }
}

impl Small {
    fn export(&self, format: Format, selection: Selection) -> (String, Exported) {
        let mut out = Vec::new();
        let export = Export { selection, format };
        let exported = self.record.export(&export, &World::shipped(), &mut out, |_| {}).unwrap();
        (String::from_utf8(out).unwrap(), exported)
    }
}

fn all() -> Selection {
    Selection { from: From::All, ..Selection::of(1000) }
}

#[test]
fn each_format_is_as_expected_to_the_letter() {
    let small = small();
    for (format, expected, rows) in [
        (Format::Csv, include_str!("exports/small.csv"), 8),
        (Format::Jsonl, include_str!("exports/small.jsonl"), 8),
        // Two meetings are told from both ends.
        (Format::Icews, include_str!("exports/small.icews.tab"), 10),
        (Format::Gdelt1, include_str!("exports/small.gdelt1.tsv"), 10),
    ] {
        let (text, exported) = small.export(format, all());
        assert_eq!(text.replace("\r\n", "\n"), expected, "{format}");
        assert_eq!((exported.events, exported.rows, exported.left_out.len()), (8, rows, 0), "{format}");
        let ends = if format == Format::Csv { "\r\n" } else { "\n" };
        assert_eq!(text.matches(ends).count(), expected.lines().count(), "{format}");
        assert_eq!(small.export(format, all()).0, text, "{format}: the same again");
    }
}

#[test]
fn the_latest_first_is_the_other_way_round_a_page_at_a_time() {
    let small = small();
    let walk = |latest_first: bool, limit: usize| {
        let mut selection = Selection { latest_first, limit, ..all() };
        let mut seen: Vec<(Option<demarche_engine::time::Period>, String)> = Vec::new();
        loop {
            let page = small.record.select(&selection).unwrap();
            seen.extend(page.entries.into_iter().map(|entry| (entry.date, entry.id)));
            match page.next {
                Some(key) => selection.after = Some(key.to_string().parse().unwrap()),
                None => return seen,
            }
        }
    };
    let first = walk(false, 100);
    for limit in [1, 3, 100] {
        let latest = walk(true, limit);
        assert_eq!(latest, walk(true, 2), "{limit}");
        let dated = |all: &[(Option<demarche_engine::time::Period>, String)]| {
            all.iter().filter(|(date, _)| date.is_some()).cloned().collect::<Vec<_>>()
        };
        let mut back = dated(&latest);
        assert_eq!(latest[..back.len()], back[..], "what has no date comes last");
        back.reverse();
        assert_eq!(back, dated(&first));
        assert_eq!(latest.len(), first.len());
    }
}

#[test]
fn a_small_page_at_a_time_makes_the_same_file() {
    let small = small();
    for format in [Format::Csv, Format::Jsonl, Format::Icews, Format::Gdelt1, Format::DyadMonth] {
        let whole = small.export(format, all());
        // Three pages of three, three and two events.
        assert_eq!(small.export(format, Selection { limit: 3, ..all() }), whole, "{format}");
    }
}

#[test]
fn what_icews_can_say_is_imported_again() {
    let small = small();
    let (text, _) = small.export(Format::Icews, Selection { from: From::Dataset("icews".into()), ..all() });
    let mut again = Record::create_or_open(small.folder.path().join("again.demarche")).unwrap();
    let world = World::shipped();
    let intake = again.import("x".as_ref(), text.as_bytes(), &Import::default(), &world, |_| {}).unwrap();
    assert_eq!((intake.kept, intake.refused, intake.heads), (5, 0, 1));
    let selection = Selection { from: From::All, dyad: Some(("CHL".into(), "PER".into())), ..all() };
    assert_eq!(again.select(&selection).unwrap().entries.len(), 4);
}

#[test]
fn what_tables_and_lines_can_say_is_imported_again() {
    let small = small();
    let world = World::shipped();
    let selection = || Selection { from: From::All, ..all() };
    let parts = |record: &Record| {
        let mut entries = record.select(&selection()).unwrap().entries;
        for entry in &mut entries {
            // What an imported event has of its own or lacks.
            entry.id = entry.id.rsplit(':').next().unwrap().to_owned();
            (entry.dataset, entry.kind, entry.told, entry.sentence, entry.more) =
                (None, None, None, None, None);
            (entry.issues, entry.sides, entry.texts, entry.claimed_by) =
                (Vec::new(), Vec::new(), 0, Vec::new());
            entry.actor.iter_mut().chain(&mut entry.recipient).for_each(|party| party.post = None);
        }
        entries
    };
    for format in [Format::Csv, Format::Jsonl, Format::Parquet] {
        let file = small.folder.path().join(format!("all.{format}"));
        let export = Export { selection: selection(), format };
        small.record.export_to(&export, &world, &file, false, |_| {}).unwrap();
        let path = small.folder.path().join(format!("{format}.demarche"));
        let mut again = Record::create_or_open(&path).unwrap();
        let intake = again
            .import(&file, std::fs::File::open(&file).unwrap(), &Import::default(), &world, |_| {})
            .unwrap();
        assert_eq!((intake.kept, intake.refused), (8, 0), "{format}: {intake:?}");
        let (before, after) = (parts(&small.record), parts(&again));
        assert_eq!(after, before, "{format}");
    }
}

#[test]
fn layouts_without_a_way_to_say_so_leave_out_what_has_not_happened() {
    let mut small = small();
    let text = "Foreign Minister Sara Iqbal will meet US Ambassador John Reed in June.";
    let mut planned = hand::article(0xfeed_0000_0000, "Atlas Wire", "2024-04-01", "To meet", &[text]);
    let (iqbal, reed) = (hand::iqbal(), hand::reed());
    let parties = [(&iqbal, "Foreign Minister Sara Iqbal"), (&reed, "US Ambassador John Reed")];
    hand::report(&mut planned, Kind::Contact, text, "meet", &parties, &[]);
    planned.reports[0].report.told = Told::Planned;
    planned.reports[0].report.date = Period::parse("2024-06");
    planned.events = merge(&planned.reports);
    small.record.keep(&planned, &hand::source("d.html")).unwrap();

    let own = || Selection::of(100);
    let (_, icews) = small.export(Format::Icews, own());
    assert_eq!(
        icews.to_string(),
        "4 events as 5 rows; left out: 1 told as planned, requested, hypothetical or denied, which the layout cannot say"
    );
    let asked = Selection { told: Some(Told::Planned), ..own() };
    let (text, gdelt) = small.export(Format::Gdelt1, asked);
    assert_eq!(
        (text.as_str(), gdelt.to_string().as_str()),
        ("", "1 event as 0 rows; left out: 1 without an exact day")
    );
    let (_, sums) = small.export(Format::DyadDay, own());
    assert_eq!(sums.left_out, [("not told as current", 1)].into());
    let (text, csv) = small.export(Format::Csv, Selection { told: Some(Told::Planned), ..own() });
    assert_eq!((csv.rows, csv.left_out.len()), (1, 0), "the table has a column for it");
    assert!(text.contains(",2024-06-01,2024-06-30,contact,planned,"), "{text}");
}

#[test]
fn sums_are_what_a_hand_counts() {
    let small = small();
    let head = "date,state_a,state_b,ccode1,ccode2,gwcode1,gwcode2,direction,verbal_cooperation,material_cooperation,\
                verbal_conflict,material_conflict,statements,events,goldstein_sum,goldstein_mean\n";
    // 1 June is a Friday; 1 July a Sunday, of the week that began on 25 June.
    for (format, expected) in [
        (
            Format::DyadDay,
            "2018-06-01,CHL,PER,155,135,155,135,mutual,1,0,0,0,0,1,1,1\n\
             2018-06-03,CHL,PER,155,135,155,135,a→b,0,0,1,0,0,1,-2,-2\n\
             2018-07-01,CHL,PER,155,135,155,135,b→a,1,0,0,0,0,1,5.2,5.2\n\
             2024-03-05,PAK,USA,770,2,770,2,a→b,0,0,0,0,1,1,0,0\n\
             2024-03-05,PAK,USA,770,2,770,2,mutual,1,0,0,0,0,1,1,1\n\
             2024-03-07,PAK,USA,770,2,770,2,mutual,1,0,0,0,0,1,1,1\n",
        ),
        (
            Format::DyadWeek,
            "2018-05-28,CHL,PER,155,135,155,135,a→b,0,0,1,0,0,1,-2,-2\n\
             2018-05-28,CHL,PER,155,135,155,135,mutual,1,0,0,0,0,1,1,1\n\
             2018-06-25,CHL,PER,155,135,155,135,b→a,1,0,0,0,0,1,5.2,5.2\n\
             2024-03-04,PAK,USA,770,2,770,2,a→b,0,0,0,0,1,1,0,0\n\
             2024-03-04,PAK,USA,770,2,770,2,mutual,2,0,0,0,0,2,2,1\n",
        ),
        (
            Format::DyadMonth,
            "2018-06-01,CHL,PER,155,135,155,135,a→b,0,0,1,0,0,1,-2,-2\n\
             2018-06-01,CHL,PER,155,135,155,135,mutual,1,0,0,0,0,1,1,1\n\
             2018-07-01,CHL,PER,155,135,155,135,b→a,1,0,0,0,0,1,5.2,5.2\n\
             2024-03-01,PAK,USA,770,2,770,2,a→b,0,0,0,0,1,1,0,0\n\
             2024-03-01,PAK,USA,770,2,770,2,mutual,2,0,0,0,0,2,2,1\n",
        ),
    ] {
        let (text, exported) = small.export(format, all());
        assert_eq!(text.replace("\r\n", "\n"), format!("{head}{expected}"), "{format}");
        let why = "1 between no two states, or without any code, \
                   1 that tell a happening again (the same day, code and pair)";
        assert!(exported.to_string().ends_with(&format!("; left out: {why}")), "{exported}");
    }
    // What Peru does to Chile, and what both do: the meeting that is told from both ends is both's.
    let directed = Selection { dyad: Some(("PER".into(), "CHL".into())), directed: true, ..all() };
    let (text, _) = small.export(Format::DyadMonth, directed);
    let directions: Vec<&str> = text.lines().skip(1).filter_map(|row| row.split(',').nth(7)).collect();
    assert_eq!(directions, ["mutual", "b→a"]);
}

#[test]
fn long_sentences_are_cut_and_overrides_named() {
    let mut small = small();
    let text = format!("Iqbal met Reed {}for long.", "and met him again ".repeat(30));
    let mut long = hand::article(0xabcd_0000_0000, "Atlas Wire", "2024-05-02", "Long", &[&text]);
    let (iqbal, reed) = (hand::iqbal(), hand::reed());
    hand::report(&mut long, Kind::Contact, &text, "met", &[(&iqbal, "Iqbal"), (&reed, "Reed")], &[]);
    small.record.keep(&long, &hand::source("d.html")).unwrap();
    let to = Correction { cameo: Some("042".into()), ..Correction::default() };
    let change = Change::Correct { reports: vec![long.reports[0].id.clone()], to };
    let by = By { author: "N. Khan".into(), at: "2024-05-03".into(), reason: "a visit".into() };
    let number = small.record.override_with(&change, &by).unwrap();
    let since = Selection { since: "2024-05-01".parse().ok(), ..Selection::of(10) };
    let (text, _) = small.export(Format::Csv, since.clone());
    let row = text.lines().nth(1).unwrap();
    assert!(row.contains(",042,CONSULT,visit,") && row.ends_with(&format!("…,{number}")), "{row}");
    let (text, _) = small.export(Format::Jsonl, since);
    let line: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(line["overridden"], serde_json::json!([number]));
    let sentence = line["sentence"].as_str().unwrap();
    assert!(sentence.chars().count() <= 300 && sentence.ends_with('…'), "{sentence}");
}

#[test]
fn parquet_reads_back_with_its_types() {
    let small = small();
    let path = small.folder.path().join("small.parquet");
    let export = Export { selection: Selection { limit: 3, ..all() }, format: Format::Parquet };
    let exported = small.record.export_to(&export, &World::shipped(), &path, false, |_| {}).unwrap();
    assert_eq!(exported.rows, 8);
    let file = SerializedFileReader::new(std::fs::File::open(&path).unwrap()).unwrap();
    let csv = include_str!("exports/small.csv");
    let names: Vec<&str> = csv.lines().next().unwrap().split(',').collect();
    let schema = file.metadata().file_metadata().schema_descr();
    let columns: Vec<&str> = (0..schema.num_columns()).map(|at| schema.columns()[at].name()).collect();
    assert_eq!(columns, names, "the columns of CSV");
    let rows: Vec<BTreeMap<String, Field>> = file
        .get_row_iter(None)
        .unwrap()
        .map(|row| row.unwrap().into_columns().into_iter().collect())
        .collect();
    assert_eq!(rows.len(), 8);
    let met = &rows[6];
    let text = |text: &str| Field::Str(text.to_owned());
    for (column, value) in [
        ("id", text("3f9a2c81d0-66")),
        ("dataset", Field::Null),
        ("date", Field::Date(19_787)),
        ("actor_country", text("PAK;USA")),
        ("cameo", text("040")),
        ("goldstein", Field::Double(1.0)),
        ("quad_class", Field::Long(1)),
        ("latitude", Field::Null),
        ("texts", Field::Long(2)),
        ("outlets", text("Embassy of the United States;Gulf Courier")),
    ] {
        assert_eq!(met[column], value, "{column}");
    }
    assert_eq!(rows[0]["latitude"], Field::Double(-18.4783));
    assert_eq!(rows[3]["actor_name"], text("@SUM(1) (Peru)"), "no spreadsheet reads this");
}

#[test]
fn the_package_says_what_its_files_are() {
    let small = small();
    let world = World::shipped();
    let here = small.folder.path().join("out");
    std::fs::create_dir(&here).unwrap();
    let to = |format, name: &str| {
        let export = Export { selection: all(), format };
        small.record.export_to(&export, &world, &here.join(name), true, |_| {}).unwrap()
    };
    to(Format::Gdelt1, "gone.tsv");
    to(Format::Csv, "events.csv");
    std::fs::remove_file(here.join("gone.tsv")).unwrap();
    to(Format::Icews, "Events of all.tab");
    let package = std::fs::read(here.join("datapackage.json")).unwrap();
    let package: serde_json::Value = serde_json::from_slice(&package).unwrap();
    assert_eq!(package["name"], "out");
    assert_eq!(package["engine_version"], demarche_engine::ENGINE_VERSION);
    let sources = serde_json::json!([
        {"title": "demarche", "version": demarche_engine::ENGINE_VERSION},
        {"title": "icews", "version": "test"},
    ]);
    assert_eq!(package["sources"], sources);
    let resources = package["resources"].as_array().unwrap();
    let paths: Vec<&str> = resources.iter().map(|resource| resource["path"].as_str().unwrap()).collect();
    assert_eq!(paths, ["Events of all.tab", "events.csv"], "what is gone is not in it");
    assert_eq!(resources[0]["name"], "events-of-all.tab");
    assert_eq!(resources[0]["dialect"]["delimiter"], "\t");
    assert_eq!(resources[0]["schema"]["missingValues"], serde_json::json!(["", "NA"]));
    for resource in resources {
        let bytes = std::fs::read(here.join(resource["path"].as_str().unwrap())).unwrap();
        let hash: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        assert_eq!(resource["hash"], format!("sha256:{hash}"));
        assert_eq!(
            (resource["bytes"].as_u64(), &resource["encoding"]),
            (Some(bytes.len() as u64), &"utf-8".into())
        );
        let head = String::from_utf8(bytes).unwrap().lines().next().unwrap().replace('\t', ",");
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
        assert_eq!(names.join(","), head);
        assert!(fields.iter().all(|field| !field["description"].as_str().unwrap().is_empty()));
    }
}

#[test]
fn every_format_describes_what_it_writes() {
    let small = small();
    for format in Format::ALL {
        let path = small.folder.path().join(format.name());
        let export = Export { selection: all(), format: *format };
        small.record.export_to(&export, &World::shipped(), &path, true, |_| {}).unwrap();
    }
    let package = std::fs::read(small.folder.path().join("datapackage.json")).unwrap();
    let package: serde_json::Value = serde_json::from_slice(&package).unwrap();
    let fields = |format: Format| {
        let resource = package["resources"].as_array().unwrap().iter().find(|r| r["path"] == format.name());
        resource.unwrap()["schema"]["fields"].as_array().unwrap().clone()
    };
    assert_eq!(fields(Format::Gdelt1).len(), 58);
    let document = include_str!("../../docs/exports.md");
    for format in Format::ALL {
        for field in fields(*format) {
            let cell = |name: &str| field[name].as_str().unwrap().to_owned();
            let row = format!("| `{}` | {} | {} |", cell("name"), cell("type"), cell("description"));
            assert!(document.contains(&row), "docs/exports.md lacks a row for {format}: {row}");
        }
    }
    let (lines, _) = small.export(Format::Jsonl, all());
    let described: Vec<String> =
        fields(Format::Jsonl).iter().map(|field| field["name"].as_str().unwrap().to_owned()).collect();
    for line in lines.lines() {
        let line: serde_json::Map<String, serde_json::Value> = serde_json::from_str(line).unwrap();
        assert!(line.keys().all(|key| described.contains(key)), "{line:?}");
    }
}

#[test]
fn a_broken_export_leaves_nothing_and_harms_nothing() {
    let small = small();
    let world = World::shipped();
    let here = small.folder.path().join("out");
    std::fs::create_dir(&here).unwrap();
    let to = |selection: Selection, path: &Path, package| {
        let export = Export { selection, format: Format::Csv };
        small.record.export_to(&export, &world, path, package, |_| {}).map_err(|e| e.to_string())
    };
    let there = here.join("there.csv");
    std::fs::write(&there, "what was there").unwrap();
    let unknown = Selection { from: From::Dataset("gdelt".into()), ..all() };
    for format in [Format::Csv, Format::DyadDay] {
        let export = Export { selection: unknown.clone(), format };
        let error = small.record.export_to(&export, &world, &there, true, |_| {}).unwrap_err().to_string();
        assert!(error.contains("no dataset “gdelt”; it holds icews"), "{error}");
    }
    assert!(to(all(), &here, false).unwrap_err().contains("this is a folder"));
    assert!(to(all(), small.record.path(), false).unwrap_err().contains("the record itself"));
    assert!(to(all(), &here.join("no/such.csv"), false).unwrap_err().contains("its folder is not there"));
    std::fs::write(here.join("datapackage.json"), "{}").unwrap();
    assert!(
        to(all(), &there, true)
            .unwrap_err()
            .contains("datapackage.json: is there already and was not made by")
    );
    assert_eq!(std::fs::read_to_string(&there).unwrap(), "what was there");
    let names: Vec<String> = std::fs::read_dir(&here)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    assert_eq!(names.len(), 2, "{names:?}");
    to(all(), &there, false).unwrap();
    let (text, _) = small.export(Format::Csv, all());
    assert_eq!(std::fs::read_to_string(&there).unwrap(), text);
}

#[test]
fn nothing_is_a_header() {
    let small = small();
    let nothing = Selection { code: Some("20".into()), ..all() };
    let (text, exported) = small.export(Format::Csv, nothing.clone());
    assert_eq!((text.lines().count(), exported.to_string().as_str()), (1, "0 events as 0 rows"));
    assert_eq!(small.export(Format::Jsonl, nothing.clone()).0, "");
    assert_eq!(small.export(Format::DyadWeek, nothing).0.lines().count(), 1);
}

#[test]
#[ignore = "writes the expected files anew, after a change of a format: `cargo test -p demarche-record --test exporting -- --ignored`; read the diff"]
fn write_expected() {
    let small = small();
    for (format, name) in [
        (Format::Csv, "small.csv"),
        (Format::Jsonl, "small.jsonl"),
        (Format::Icews, "small.icews.tab"),
        (Format::Gdelt1, "small.gdelt1.tsv"),
    ] {
        let text = small.export(format, all()).0.replace("\r\n", "\n");
        std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/exports").join(name), text).unwrap();
    }
}
