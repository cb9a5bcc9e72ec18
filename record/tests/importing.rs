//! Imports each layout from files of invented events: sums, refusals by line, facts by plain SQL, and what is no such file.
#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::fs::{self, File};
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use demarche_engine::actors::World;
use demarche_record::{Error, Import, Intake, Layout, Mapping, Notice, Record, Refusal};
use flate2::Compression;
use flate2::write::GzEncoder;
use parquet::data_type::{ByteArray, ByteArrayType, DoubleType, Int32Type, Int64Type};
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::parser::parse_message_type;
use rusqlite::Connection;
use tempfile::TempDir;

static WORLD: LazyLock<World> = LazyLock::new(World::shipped);

/// A record of its own, and files beside it.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    fn file(&self, name: &str, bytes: impl AsRef<[u8]>) -> PathBuf {
        let path = self.folder.path().join(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    fn record(&self) -> PathBuf {
        self.folder.path().join("r.demarche")
    }

    /// Imports a file, with the refusals as they were told.
    fn import(&self, file: &Path, import: &Import) -> Result<(Intake, Vec<Refusal>), Error> {
        let mut record = Record::create_or_open(self.record()).unwrap();
        let mut refused = Vec::new();
        let intake = record.import(file, File::open(file).unwrap(), import, &WORLD, |notice| {
            if let Notice::Refused(refusal) = notice {
                refused.push(refusal.clone());
            }
        })?;
        assert_eq!(intake.rows, intake.kept + intake.repeated + intake.heads + intake.refused, "{intake:?}");
        assert_eq!(intake.refused, refused.len() as u64);
        assert_eq!(intake.refused, intake.reasons.values().map(|lines| lines.count).sum::<u64>());
        Ok((intake, refused))
    }

    /// What a query answers: a line a row, with bars between the values.
    fn sql(&self, query: &str) -> Vec<String> {
        let db = Connection::open(self.record()).unwrap();
        let mut statement = db.prepare(query).unwrap();
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| {
            let value = |at| row.get::<_, rusqlite::types::Value>(at);
            let text = |value| match value {
                rusqlite::types::Value::Null => "-".to_owned(),
                rusqlite::types::Value::Integer(n) => n.to_string(),
                rusqlite::types::Value::Real(n) => n.to_string(),
                rusqlite::types::Value::Text(text) => text,
                rusqlite::types::Value::Blob(_) => "blob".to_owned(),
            };
            (0..columns).map(|at| value(at).map(text)).collect::<Result<Vec<_>, _>>()
        });
        rows.unwrap().map(|row| row.unwrap().join("|")).collect()
    }

    /// The parties of an event, actors first: side, name, country, sectors, state, code.
    fn parties(&self, id: &str) -> Vec<String> {
        self.sql(&format!(
            "SELECT role, name, country, sectors, state, code FROM imported_parties
             JOIN parties ON parties.id = party JOIN imported ON imported.id = event
             WHERE source_id = '{id}' ORDER BY nth, role, position"
        ))
    }
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/formats").join(name)
}

/// What a file comes to: kept, repeated, heads, and the line of each refusal with a part of its reason.
type Sums<'s> = (u64, u64, u64, &'s [(u64, &'s str)]);

/// Imports a file twice and holds the sums: the second time it keeps nothing and repeats everything.
fn sums(desk: &Desk, file: &Path, import: &Import, (kept, repeated, heads, refused): Sums<'_>) -> Intake {
    let (first, told) = desk.import(file, import).unwrap();
    let of = |intake: &Intake| (intake.kept, intake.repeated, intake.heads);
    assert_eq!(of(&first), (kept, repeated, heads), "{first:?}");
    assert_eq!(told.len(), refused.len(), "{told:?}");
    for (refusal, (line, reason)) in told.iter().zip(refused) {
        assert_eq!(refusal.line, *line, "{refusal:?}");
        assert!(refusal.reason.contains(reason), "{refusal:?}");
        assert!(first.reasons[&refusal.reason].first.contains(line));
        assert!(!refusal.row.is_empty());
    }
    let (again, _) = desk.import(file, import).unwrap();
    assert_eq!(of(&again), (0, kept + repeated, heads), "{again:?}");
    assert_eq!(again.reasons, first.reasons);
    let logged = desk.sql("SELECT rows, kept, repeated, heads, refused FROM imports ORDER BY id");
    assert_eq!(
        logged[logged.len() - 2],
        format!("{}|{kept}|{repeated}|{heads}|{}", first.rows, refused.len())
    );
    first
}

#[test]
fn icews() {
    let desk = Desk::new();
    let refused: &[_] = &[(12, "no day \"2018-02-30\""), (13, "\"999\" is not in CAMEO"), (14, "19 columns")];
    let intake = sums(&desk, &fixture("icews.tab"), &Import::default(), (11, 1, 2, refused));
    assert_eq!((intake.layout, intake.dataset.as_str()), (Layout::Icews, "icews"));
    assert_eq!((intake.shared_ids.count, intake.shared_ids.first), (1, vec![11]));
    assert_eq!(
        desk.parties("90000011"),
        [
            "0|Media Personnel (Türkiye)|Turkey|Social,Media|TUR|TURMED",
            "1|Lower House of the Assembly, Ankara|Turkey|Government,Lower House,Legislative / Parliamentary|TUR|TURLEG"
        ]
    );
    assert_eq!(
        desk.sql("SELECT a, b, date, direction, code, intensity FROM imported_dyads WHERE a = 'BRA'"),
        ["BRA|URY|2018-02-15|1|057|8"]
    );
}

#[test]
fn triples() {
    let desk = Desk::new();
    let refused: &[_] = &[(13, "no event of CAMEO"), (14, "no day"), (15, "3 columns, where triples have 4")];
    sums(&desk, &fixture("triples.tsv"), &Import::default(), (11, 1, 1, refused));
    assert_eq!(
        desk.sql(
            "SELECT a, b, direction, code FROM imported_dyads WHERE date = '2011-03-01' ORDER BY direction"
        ),
        ["EST|LVA|1|040", "EST|LVA|2|040"]
    );
}

#[test]
fn gdelt_1() {
    let desk = Desk::new();
    let refused: &[_] = &[(11, "57 columns, where GDELT 1.0 has 58"), (12, "no event code"), (13, "no day")];
    let intake = sums(&desk, &fixture("gdelt1.csv"), &Import::default(), (10, 0, 0, refused));
    assert_eq!(intake.layout, Layout::Gdelt1);
    assert_eq!(
        desk.parties("800100002"),
        ["0|BUCHAREST|ROM|GOV|ROU|ROUGOV", "1|CZECH REPUBLIC|CZE||CZE|CZE"],
        "CAMEO’s ROM is ISO’s ROU"
    );
    assert_eq!(
        desk.parties("800100004"),
        ["0|GAZA STRIP|GZS|GOV|PSE|PSEGOV", "1|UNITED NATIONS||IGO|-|IGOUNO"]
    );
    assert_eq!(
        desk.parties("800100005"),
        ["1|VILLAGER|NGA|CVL|NGA|NGACVL"],
        "an event without a first actor"
    );
    assert_eq!(
        desk.sql(
            "SELECT date, cameo, event_type, mode, intensity, name, country, state, latitude, longitude,
                    more ->> 'tone', more ->> 'mentions'
             FROM imported JOIN places ON places.id = place WHERE source_id = '800100002'"
        ),
        ["2013-11-04|057|SUPPORT|-|8|Brno, Jihomoravsky Kraj, Czech Republic|EZ|CZE|49.2|16.6333|3.5|4"]
    );
    assert_eq!(
        desk.sql(
            "SELECT name, more ->> 'url' FROM imported JOIN publishers ON publishers.id = publisher
             WHERE source_id = '800100009'"
        ),
        ["BBC Monitoring|-"],
        "a source that is no address is who published it"
    );
}

#[test]
fn gdelt_1_before_it_had_addresses() {
    let desk = Desk::new();
    let rows = fs::read_to_string(fixture("gdelt1.csv")).unwrap();
    let old: Vec<&str> = rows.lines().take(10).map(|row| row.rsplit_once('\t').unwrap().0).collect();
    let file = desk.file("198001.csv", old.join("\n"));
    let intake = sums(&desk, &file, &Import::default(), (10, 0, 0, &[]));
    assert_eq!(intake.layout, Layout::Gdelt1);
}

#[test]
fn gdelt_2_and_its_mentions() {
    let desk = Desk::new();
    let (early, _) = desk.import(&fixture("mentions.csv"), &Import::default()).unwrap();
    assert_eq!(early.kept, 0, "their events are not there yet");
    let refused: &[_] = &[(10, "60 columns, where GDELT 2.0 has 61"), (11, "no event code"), (12, "no day")];
    let intake = sums(&desk, &fixture("gdelt2.csv"), &Import::default(), (9, 0, 0, refused));
    assert_eq!(intake.unknown_countries["EUR"].first, [8]);
    assert_eq!(desk.parties("860200001"), ["0|CONGO|COD||COD|COD", "1|BAGHDAD|BAG||IRQ|IRQ"]);
    assert_eq!(
        desk.sql(
            "SELECT name, state, latitude, longitude FROM imported JOIN places ON places.id = place
             WHERE source_id = '860200005'"
        ),
        ["Duluth, Minnesota, United States|USA|46.7833|-92.1066"]
    );
    let refused: &[_] =
        &[(11, "not in the record"), (12, "no time \"20190631120000\""), (13, "15 columns, where a mention")];
    let mentions = sums(&desk, &fixture("mentions.csv"), &Import::default(), (10, 0, 0, refused));
    assert_eq!((mentions.layout, mentions.dataset.as_str()), (Layout::Gdelt2Mentions, "gdelt2"));
    assert_eq!(
        desk.sql(
            "SELECT name, url, sentence, time FROM imported_mentions
             JOIN imported ON imported.id = event JOIN publishers ON publishers.id = imported_mentions.publisher
             WHERE source_id = '860200001' ORDER BY sentence"
        ),
        [
            "radiotamarind.example|https://radiotamarind.example/news/b1|1|2019-06-12T14:30:00Z",
            "harbourcourier.example|http://www.harbourcourier.example/c1|2|2019-06-13T09:00:00Z",
            "eveningledger.example|https://eveningledger.example/1201|3|2019-06-12T15:15:00Z",
        ]
    );
    assert_eq!(desk.sql("SELECT name, format FROM datasets"), ["gdelt2|gdelt2"]);
}

/// What is asked of POLECAT, whatever the order of its columns.
fn polecat_facts(desk: &Desk) {
    assert_eq!(
        desk.parties("20210906-0001-002f81_CONSULT"),
        ["0|Anneliese Brückner|DEU|GOV|DEU|DEUGOV", "1|José Peñaranda|BOL|GOV|BOL|BOLGOV"],
        "ISO 8859-1 is read"
    );
    assert_eq!(
        desk.parties("20210906-0002-004e70_AGREE"),
        ["0|Ministry of Trade|FRA;ITA|GOV;BUS|FRA|FRAGOV", "1|Türkiye|TUR||TUR|TUR"],
        "one name beside two countries is one party"
    );
    assert_eq!(
        desk.parties("20210908-0005-00ab3d_ACCUSE")[0],
        "0|Le Courrier du Fleuve|SEN|JRN;SOC|SEN|SENMED",
        "PLOVER’s journalists are CAMEO’s media"
    );
    assert_eq!(
        desk.sql(
            "SELECT cameo, event_type, mode, intensity, more ->> 'contexts', publishers.name, places.name, state
             FROM imported JOIN publishers ON publishers.id = publisher JOIN places ON places.id = place
             WHERE source_id = '20210910-0008-01080a_RETREAT'"
        ),
        [r#"-|RETREAT|ceasefire|9|["military","peacekeeping"]|Diario del Muelle|Popayán|COL"#]
    );
    assert_eq!(
        desk.sql("SELECT a, b, code FROM imported_dyads WHERE date = '2021-09-10'"),
        ["SRB|XKX|10"],
        "without a code of CAMEO, the type says the root"
    );
}

#[test]
fn polecat() {
    let desk = Desk::new();
    let refused: &[_] =
        &[(12, "no day"), (13, "\"FROLIC\" is none of PLOVER"), (14, "39 columns, where the head has 40")];
    let intake = sums(&desk, &fixture("polecat.tsv"), &Import::default(), (10, 0, 1, refused));
    assert_eq!(intake.layout, Layout::Polecat);
    polecat_facts(&desk);
}

#[test]
fn polecat_with_its_columns_the_other_way_round() {
    let desk = Desk::new();
    let mut bytes = Vec::new();
    for row in fs::read(fixture("polecat.tsv")).unwrap().split(|&b| b == b'\n').take(11) {
        let cells: Vec<&[u8]> = row.split(|&b| b == b'\t').take(40).collect();
        bytes.extend(cells.into_iter().rev().collect::<Vec<_>>().join(&b'\t'));
        bytes.push(b'\n');
    }
    sums(&desk, &desk.file("turned.tsv", bytes), &Import::default(), (10, 0, 1, &[]));
    polecat_facts(&desk);
}

#[test]
fn polecat_without_a_head_is_read_as_published() {
    let desk = Desk::new();
    let bytes = fs::read(fixture("polecat.tsv")).unwrap();
    let head = bytes.iter().position(|&byte| byte == b'\n').unwrap() + 1;
    let file = desk.file("part2.tsv", &bytes[head..]);
    let error = desk.import(&file, &Import::default()).unwrap_err();
    assert!(error.what().contains("no known layout: 40 columns"), "{error}");
    let polecat = Import { layout: Some(Layout::Polecat), ..Import::default() };
    let (intake, _) = desk.import(&file, &polecat).unwrap();
    assert_eq!((intake.kept, intake.refused), (10, 3));
    polecat_facts(&desk);
}

#[test]
fn phoenix() {
    let desk = Desk::new();
    let refused: &[_] =
        &[(11, "no day"), (12, "\"999\" is not in CAMEO"), (13, "25 columns, where Phoenix has 26")];
    sums(&desk, &fixture("phoenix.tsv"), &Import::default(), (10, 0, 0, refused));
    assert_eq!(
        desk.parties("710003"),
        ["0|USALEGOPP|USA|LEG;OPP|USA|USALEGOPP", "1|USAGOV|USA|GOV|USA|USAGOV"]
    );
    assert_eq!(
        desk.parties("710004"),
        ["0|IGOUNO||UNO|-|IGOUNO", "1|SSDGOV|SSD|GOV|SSD|SSDGOV"],
        "an organisation is of no country"
    );
    assert_eq!(
        desk.sql(
            "SELECT intensity, publishers.name, more, places.name, state FROM imported
             JOIN publishers ON publishers.id = publisher JOIN places ON places.id = place
             WHERE source_id = '710001'"
        ),
        [concat!(
            r#"1|harbour_world|{"story":"5500aa01","sentence":1,"url":"http://www.harbourcourier.example/d1","#,
            r#""contexts":["ID_TERROR","ID_ARMS"]}|Mosul|IRQ"#
        )]
    );
    assert_eq!(
        desk.sql("SELECT a, b, direction FROM imported_dyads WHERE date = '2015-03-12'"),
        ["AUS|TLS|2", "MDA|ROU|2"]
    );
}

#[test]
fn plover() {
    let desk = Desk::new();
    let refused: &[_] =
        &[(9, "no date"), (10, "no day"), (11, "no JSON"), (12, "\"YODEL\" is none of PLOVER")];
    let intake = sums(&desk, &fixture("plover.jsonl"), &Import::default(), (8, 0, 0, refused));
    assert_eq!(intake.layout, Layout::Plover);
    assert_eq!(desk.parties("plv-0002")[..2], ["0|Kenya|KEN||KEN|KEN", "0|Uganda|UGA||UGA|UGA"]);
    assert_eq!(desk.parties("plv-0007"), ["0|Northern Army|FIN|MIL|FIN|FINMIL", "1|Norway|NOR||NOR|NOR"]);
    assert_eq!(
        desk.sql(
            "SELECT event_type, mode, more ->> 'contexts', name, state, latitude FROM imported
             JOIN places ON places.id = place WHERE source_id = 'plv-0001'"
        ),
        [r#"CONSULT|visit|["diplomatic","economic"]|Tacna|PER|-18.0056"#]
    );
}

#[test]
fn plover_in_other_shapes() {
    let desk = Desk::new();
    let lines = [
        r#"{"event_id":7,"event_date":"20220502","event":"consult","mode":["Visit","meet"],"actor":{"code":"CHLGOV"},"geo":"Tacna","publisher":["A","B"],"context":"economic;legal"}"#,
        r#"{"date":"2022-05-02","cameo":"040","actor":[{"name":"Chile","country":"Chile"}],"intensity":1}"#,
        r#"{"date":"2022-05-02","event_type":"AID","actor":"Chile"}"#,
        r#"{"date":{"year":2022},"event_type":"AID","actor":{"country":"CHL"}}"#,
        r#"["2022-05-02"]"#,
        "null",
        r#"{"date":"2022-05-02","event_type":"AID","location":[[1,2]],"actor":{"country":"CHL"}}"#,
    ];
    let crowd = vec![r#"{"country":"CHL"}"#; 51].join(",");
    let crowd = format!(r#"{{"date":"2022-05-02","event_type":"AID","actor":[{crowd}]}}"#);
    let file = desk.file("odd.jsonl", format!("{}\n{crowd}\n", lines.join("\n")));
    let refused: &[_] = &[
        (3, "the actor is neither an object nor a list"),
        (4, "the date is neither a text nor a number"),
        (5, "no JSON object"),
        (6, "no JSON object"),
        (7, "the place is neither"),
        (8, "more than 50"),
    ];
    sums(&desk, &file, &Import::default(), (2, 0, 0, refused));
    assert_eq!(desk.parties("7"), ["0||CHL||CHL|CHLGOV"]);
    assert_eq!(
        desk.sql(
            "SELECT date, event_type, mode, places.name, publishers.name, more ->> 'contexts' FROM imported
             JOIN places ON places.id = place JOIN publishers ON publishers.id = publisher"
        ),
        [r#"2022-05-02|CONSULT|visit|Tacna|A|["economic","legal"]"#]
    );
}

fn mapped(map: &str) -> Import {
    Import { map: Some(Mapping::parse(map).unwrap()), ..Import::default() }
}

const FISH: &str = "date=when,actor=who,actor_state=who_state,recipient=whom,recipient_state=whom_state,code=what_code,\
                    place=where,publisher=paper";

#[test]
fn a_table() {
    let desk = Desk::new();
    let refused: &[_] =
        &[(12, "no day"), (13, "\"999\" is not in CAMEO"), (14, "6 cells, where the head has 8")];
    let intake = sums(&desk, &fixture("table.csv"), &mapped(FISH), (10, 0, 1, refused));
    assert_eq!((intake.layout, intake.dataset.as_str()), (Layout::Table, "table"));
    assert_eq!(intake.unknown_countries["QQQ"].first, [15]);
    let id =
        |date: &str| desk.sql(&format!("SELECT source_id FROM imported WHERE date = '{date}'"))[0].clone();
    assert_eq!(
        desk.parties(&id("2020-01-09")),
        ["0|Union of Net-Makers|PRT||PRT|PRT", "1|Ministry of the Sea\nand the Islands|PRT||PRT|PRT"]
    );
    assert_eq!(
        desk.parties(&id("2020-01-11")),
        ["0|armed men|||-|", "1|villagers of \"Little Bay\"|PHL||PHL|PHL"]
    );
    assert_eq!(id("2020-01-09").len(), 16, "a digest stands in for an id");
    assert_eq!(
        desk.sql("SELECT a, b, direction, code FROM imported_dyads WHERE date < '2020-01-08'"),
        ["ISL|NOR|1|040", "ISL|NOR|2|173"]
    );
}

#[test]
fn a_table_in_our_own_terms_and_with_semicolons() {
    let desk = Desk::new();
    let table = "id;date;actor_name;recipient_country;cameo;event_type;mode;contexts\r\n\
                 1;2020-01-06;Police (Cambodia);Viet Nam;;coerce;Arrest;\"legal;human_rights\"\r\n\
                 \r\n\
                 2;2020-01-07;Thailand;KHM;040;;;\r\n\
                 id;date;actor_name;recipient_country;cameo;event_type;mode;contexts\r\n\
                 3;2020-01-07;Thailand;KHM;;;;\r\n\
                 4;2020-01-08;\"Thailand; Laos\";\"KHM;MMR\";036;;;;;\r\n";
    let file = desk.file("ours.csv", table);
    let intake = sums(&desk, &file, &Import::default(), (3, 0, 2, &[(6, "neither an event code nor")]));
    assert_eq!(intake.layout, Layout::Table);
    assert_eq!(desk.parties("1"), ["0|Police (Cambodia)|||KHM|KHMCOP", "1||Viet Nam||VNM|VNM"]);
    assert_eq!(
        desk.sql("SELECT event_type, mode, more ->> 'contexts' FROM imported WHERE source_id = '1'"),
        [r#"COERCE|arrest|["legal","human_rights"]"#]
    );
    assert_eq!(desk.parties("4")[1..], ["1||KHM||KHM|KHM", "1||MMR||MMR|MMR"]);
}

#[test]
fn a_forgotten_quote_swallows_no_other_row() {
    let desk = Desk::new();
    let table = "date,actor_state,code,place\n\
                 2020-01-06,CHL,040,\"Arica\n\
                 2020-01-07,CHL,040,\"Arica\"\n\
                 2020-01-08,CHL,040,Arica\n\
                 2020-01-09,CHL,040,\"Tacna\n";
    let refused: &[_] = &[(2, "begins with a quote"), (5, "begins with a quote")];
    sums(&desk, &desk.file("quotes.csv", table), &Import::default(), (2, 0, 1, refused));
    assert_eq!(desk.sql("SELECT date FROM imported ORDER BY date"), ["2020-01-07", "2020-01-08"]);
}

#[test]
fn a_mapping_that_does_not_fit_is_told_with_the_columns_there_are() {
    let desk = Desk::new();
    let refused = |map: &str, file: &str| desk.import(&fixture(file), &mapped(map)).unwrap_err();
    let error = refused("date=day,actor=who,code=what_code", "table.csv");
    assert!(
        error.what().starts_with("it has no column \"day\": its columns are when, who, who_state"),
        "{error}"
    );
    let error = refused("date=when,actor=who", "table.csv");
    assert!(error.what().contains("no column is known to be code or event_type"), "{error}");
    assert!(error.remedy().contains("--map code="), "{error}");
    let error = refused("date=when,actor=who,code=what", "icews.tab");
    assert!(error.what().contains("no column \"when\": its columns are Event ID, Event Date"), "{error}");
    let icews = Import { layout: Some(Layout::Icews), ..mapped("date=when,actor=who,code=what") };
    let error = desk.import(&fixture("icews.tab"), &icews).unwrap_err();
    assert!(error.what().contains("a mapping is for tables"), "{error}");
}

/// A file of three rows; the third has no recipient, and a date that is none.
fn parquet(date: &str, head: [&str; 5]) -> Vec<u8> {
    let [when, who, whom, code, intensity] = head;
    let schema = format!(
        "message events {{ REQUIRED {date} {when}; required binary {who} (UTF8); optional binary {whom} (UTF8);
         required binary {code} (UTF8); optional double {intensity}; optional group more (LIST) {{
         repeated group list {{ optional binary element (UTF8); }} }} }}"
    )
    .replace("REQUIRED ", "required ");
    let schema = Arc::new(parse_message_type(&schema).unwrap());
    let packed = WriterProperties::builder().set_compression(parquet::basic::Compression::SNAPPY).build();
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(packed)).unwrap();
    let mut group = writer.next_row_group().unwrap();
    let texts = |texts: &[&str]| texts.iter().map(|text| ByteArray::from(*text)).collect::<Vec<_>>();
    let days = [18_267, 18_268, if date.starts_with("int32") { i32::MAX } else { 18_269 }];
    let mut at = 0;
    while let Some(mut column) = group.next_column().unwrap() {
        match at {
            0 if date.starts_with("int32") => {
                column.typed::<Int32Type>().write_batch(&days, None, None).unwrap();
            }
            0 => {
                let nanoseconds = days.map(|day| i64::from(day) * 86_400_000_000_000);
                column.typed::<Int64Type>().write_batch(&nanoseconds, None, None).unwrap();
            }
            1 => {
                drop(column.typed::<ByteArrayType>().write_batch(&texts(&["CHL", "PER", "CHL"]), None, None))
            }
            2 => drop(column.typed::<ByteArrayType>().write_batch(
                &texts(&["PER", "Bolivia"]),
                Some(&[1, 1, 0]),
                None,
            )),
            3 => {
                drop(column.typed::<ByteArrayType>().write_batch(&texts(&["040", "111", "057"]), None, None))
            }
            4 => drop(column.typed::<DoubleType>().write_batch(&[1.0, -2.0], Some(&[1, 1, 0]), None)),
            _ => drop(column.typed::<ByteArrayType>().write_batch(&[], Some(&[0, 0, 0]), Some(&[0, 0, 0]))),
        }
        column.close().unwrap();
        at += 1;
    }
    group.close().unwrap();
    writer.into_inner().unwrap()
}

#[test]
fn parquet_in_our_own_terms() {
    let desk = Desk::new();
    let bytes = parquet("int32", ["date (DATE)", "actor_country", "recipient_country", "cameo", "intensity"]);
    let file = desk.file("ours.parquet", bytes);
    let intake = sums(&desk, &file, &Import::default(), (2, 0, 0, &[(3, "the date \"2147483647\" is none")]));
    assert_eq!((intake.layout, intake.dataset.as_str()), (Layout::Parquet, "parquet"));
    assert_eq!(
        desk.sql("SELECT a, b, date, direction, code, intensity FROM imported_dyads ORDER BY date"),
        ["CHL|PER|2020-01-06|1|040|1", "BOL|PER|2020-01-07|2|111|-2"]
    );
}

#[test]
fn parquet_with_a_mapping_and_times_in_nanoseconds() {
    let desk = Desk::new();
    let bytes = parquet("int64", ["when (TIMESTAMP(NANOS,true))", "who", "whom", "what", "scale"]);
    let file = desk.file("theirs.parquet", bytes);
    let map = mapped("date=when,actor_state=who,recipient_state=whom,code=what,intensity=scale");
    sums(&desk, &file, &map, (3, 0, 0, &[]));
    assert_eq!(
        desk.sql("SELECT date, cameo, intensity FROM imported ORDER BY date"),
        ["2020-01-06|040|1", "2020-01-07|111|-2", "2020-01-08|057|-"]
    );
    let error = desk.import(&file, &Import::default()).unwrap_err();
    assert!(error.what().contains("its columns are when, who, whom, what, scale, more"), "{error}");
    let error = desk.import(&file, &mapped("date=when,actor=who,code=what,contexts=more")).unwrap_err();
    assert!(error.what().contains("\"more\" holds lists"), "{error}");
}

#[test]
fn parquet_is_refused_where_it_cannot_be_read_from_its_end() {
    let desk = Desk::new();
    let bytes = parquet("int32", ["date (DATE)", "actor_country", "recipient_country", "cameo", "intensity"]);
    let mut record = Record::create_or_open(desk.record()).unwrap();
    let error =
        record.import(Path::new("-"), bytes.as_slice(), &Import::default(), &WORLD, |_| {}).unwrap_err();
    assert!(error.what().contains("a stream does not give"), "{error}");
    let error =
        desk.import(&desk.file("cut.parquet", &bytes[..bytes.len() / 2]), &Import::default()).unwrap_err();
    assert!(error.what().contains("cannot be read as Parquet"), "{error}");
    let error = desk.import(&desk.file("p.parquet.gz", gzip(&bytes)), &Import::default()).unwrap_err();
    assert!(error.what().contains("Parquet packed with gzip"), "{error}");
    let icews = Import { layout: Some(Layout::Icews), ..Import::default() };
    let error = desk.import(&desk.file("p.parquet", &bytes), &icews).unwrap_err();
    assert!(error.what().contains("it is Parquet, and not icews"), "{error}");
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::default());
    packed.write_all(bytes).unwrap();
    packed.finish().unwrap()
}

#[test]
fn what_is_packed_with_gzip_is_read_and_a_part_of_it_is_not_taken_for_all() {
    let desk = Desk::new();
    let plain = fs::read(fixture("icews.tab")).unwrap();
    let (intake, _) = desk.import(&desk.file("i.tab.gz", gzip(&plain)), &Import::default()).unwrap();
    assert_eq!((intake.kept, intake.repeated), (11, 1));
    let packed = gzip(&plain);
    for length in [packed.len() / 2, packed.len() - 4] {
        let error = desk.import(&desk.file("cut.tab.gz", &packed[..length]), &Import::default()).unwrap_err();
        assert!(error.what().contains("ends in the middle"), "{error}");
        assert!(error.remedy().contains("import it again"), "{error}");
    }
    assert_eq!(desk.sql("SELECT count(*) FROM imports"), ["1"], "only what was read to its end is entered");
}

#[test]
fn what_holds_no_events_is_told_in_words() {
    let desk = Desk::new();
    let commas = fs::read_to_string(fixture("icews.tab")).unwrap().replace('\t', ",");
    let mut zip = b"PK\x03\x04\x14\0".to_vec();
    zip.extend([7; 100]);
    let binary: Vec<u8> = (0..=255).cycle().take(4096).collect();
    for (name, bytes, what) in [
        ("commas.tab", commas.as_bytes(), "its columns have commas between them"),
        ("empty", b"", "the file is empty"),
        ("blank", b"\n\r\n\n", "the file is empty"),
        ("a.zip", zip.as_slice(), "it is a zip archive"),
        ("a.bz2", b"BZh91AY&SY", "packed with bzip2"),
        ("binary", binary.as_slice(), "it is no text"),
        ("utf16", b"\xFF\xFEd\0a\0t\0e\0\n\0", "UTF-16"),
        ("list.json", b"[{\"date\": \"2020-01-06\"}]", "like a list in JSON"),
        ("letter.txt", b"Dear Minister,\nplease find", "fits no known layout: 1 column"),
    ] {
        let file = desk.file(name, bytes);
        let error = desk.import(&file, &Import::default()).unwrap_err();
        assert!(error.what().contains(what), "{name}: {error}");
        assert!(error.to_string().starts_with(file.to_str().unwrap()), "{error}");
    }
    assert_eq!(desk.sql("SELECT count(*) FROM imported"), ["0"]);
}

#[test]
fn a_file_of_faults_does_not_fill_the_memory_with_reasons() {
    let desk = Desk::new();
    let mut table = String::from("date,actor_state,code\n");
    for row in 0..3_000 {
        table.push_str(&format!("day {row},CHL,040\n2020-01-06,state {row},040\n"));
    }
    let (intake, _) = desk.import(&desk.file("faults.csv", table), &Import::default()).unwrap();
    assert_eq!((intake.kept, intake.refused), (3_000, 3_000));
    assert_eq!(intake.reasons["other reasons"].count, 3_000 - 500);
    assert_eq!(intake.unknown_countries["others"].count, 3_000 - 500);
}

#[test]
fn damaged_files_never_stop_an_import_halfway() {
    let desk = Desk::new();
    let mut seed = 20_190_612_u64;
    let mut random = move |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) as usize % below
    };
    for (name, layout) in [
        ("icews.tab", Layout::Icews),
        ("triples.tsv", Layout::Triples),
        ("gdelt1.csv", Layout::Gdelt1),
        ("gdelt2.csv", Layout::Gdelt2),
        ("mentions.csv", Layout::Gdelt2Mentions),
        ("polecat.tsv", Layout::Polecat),
        ("phoenix.tsv", Layout::Phoenix),
        ("plover.jsonl", Layout::Plover),
        ("table.csv", Layout::Table),
    ] {
        let whole = fs::read(fixture(name)).unwrap();
        let head = whole.iter().position(|&byte| byte == b'\n').unwrap() + 1;
        for _ in 0..20 {
            let mut bytes = whole.clone();
            for _ in 0..30 {
                // The head of a table must stay: without it there is no table.
                let at = head + random(bytes.len() - head);
                match random(4) {
                    0 => bytes[at] = b"\t\n\",;{}[]\xFF0"[random(11)],
                    1 => drop(bytes.remove(at)),
                    2 => bytes.insert(at, b"\t\n\",;{}[]\xE9-"[random(11)]),
                    _ => bytes[at] = random(256) as u8,
                }
            }
            let map = (layout == Layout::Table).then(|| Mapping::parse(FISH).unwrap());
            let import = Import { layout: Some(layout), map, ..Import::default() };
            desk.import(&desk.file("damaged", bytes), &import).unwrap();
        }
    }
}
