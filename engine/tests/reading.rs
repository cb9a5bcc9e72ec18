//! What sentences tell, read through the whole engine: constructions that no single frame owns.

use demarche_engine::Reader;
use demarche_engine::actors::{World, cast, marked};
use demarche_engine::events::{self, Filed, Knowledge, Party, Told};
use demarche_engine::language::{Analyser, Setting};
use demarche_engine::text::Span;
use jiff::civil::{Date, date};

/// The day on which the sentences are read: a Wednesday.
const TODAY: Date = date(2024, 6, 12);

/// `code (how it is told): actors > recipients`, with the CAMEO codes of the parties.
fn told(filed: &Filed) -> String {
    let report = &filed.report;
    let codes = |parties: &[Party]| {
        let mut codes: Vec<&str> = parties.iter().map(|p| p.actor.code.as_str()).collect();
        codes.sort_unstable();
        codes.join(" ")
    };
    let code = report.cameo.as_deref().unwrap_or("-");
    let how = format!("{:?}", report.told).to_lowercase();
    format!("{code} {how}: {} > {}", codes(&report.actors), codes(&report.recipients)).trim_end().to_owned()
}

#[test]
fn sentences_tell_what_they_say() {
    let reader = Reader::new();
    let mut failures = Vec::new();
    for (text, wanted) in [
        // Deeds to come are intents or threats, deeds refused are rejections.
        ("Bolivia will release two Chilean sailors.", "0353 planned: BOL > CHLMIL"),
        ("Bolivia will not release the Chilean sailors.", "1243 current: BOL > CHLMIL"),
        ("Bolivia will impose sanctions on Chile.", "1312 planned: BOL > CHL"),
        ("Bolivia is preparing sanctions against Chile.", "163 planned: BOL > CHL"),
        ("A visit to Chile by Bolivian President Rosa Mendez was called off.", "042 denied: BOLGOV > CHL"),
        // Verbs that parsers take for participles.
        ("Bolivia on Monday suspended visa services to Chilean nationals.", "172 current: BOL > CHLCVL"),
        // Envoys, and the states that they are sent to.
        ("Jordan withdrew its ambassador to Israel.", "161 current: JOR > ISR"),
        // Names for what another side does.
        (
            "Dutch Foreign Minister Piet Hoek said that Turkey's raid was unacceptable.",
            "111 current: NLDGOV > TUR",
        ),
        ("Bolivia is willing to withdraw its troops from Chile.", "0356 planned: BOL > CHL"),
        // Titles that several share, in turn.
        (
            "The foreign ministers of Ghana and Togo, Ama Boateng and Kossi Adjavon, met in Accra.",
            "040 current: GHAGOV TGOGOV >",
        ),
        (
            "The Ghanaian and Togolese foreign ministers, Ama Boateng and Kossi Adjavon, met in Accra.",
            "040 current: GHAGOV TGOGOV >",
        ),
        ("The Ghanaian and Togolese foreign ministers met on Monday.", "040 current: GHAGOV TGOGOV >"),
        ("Ghanaian and Togolese soldiers clashed on Monday.", "193 current: GHAMIL TGOMIL >"),
        // Whose somebody is, said in passing.
        ("Ghanaian Foreign Minister Ama Boateng met Togo's Kossi Adjavon.", "040 current: GHAGOV TGO >"),
        (
            "Ghanaian Foreign Minister Ama Boateng met her Togolese colleague, Kossi Adjavon.",
            "040 current: GHAGOV TGOGOV >",
        ),
        ("Togolese soldiers shot at farmers from Ghana.", "193 current: TGOMIL > GHAAGR"),
        // What arms do, their owner does; what a list weighs is given.
        ("An Ethiopian drone struck an Eritrean army camp.", "190 current: ETH > ERI"),
        ("Qatar delivered ten tonnes of tents and blankets to Pakistan.", "073 current: QAT > PAK"),
        // Particles that look like prepositions; participles that look like adjectives.
        ("Greece called in the Turkish ambassador.", "114 current: GRC > TURGOV"),
        ("Turkey has suspended food supplies and flights to Armenia.", "160 current: TUR > ARM"),
        // A dateline is no part of the sentence behind it; an ambassador's state is not the one that he is sent to.
        (
            "ACCRA, June 12, 2024 (Delta Wire) - Ghana recalled its ambassador to Togo for consultations.",
            "161 current: GHAGOV > TGO",
        ),
        // What is denied is denied, however long ago it would have been.
        ("Togo denied that its soldiers had fired on a Ghanaian boat.", "193 denied: TGOMIL > GHA"),
        // How many they are, however it is put; the doer may stand before what only says whose arms they are.
        ("Chadian troops wounded at least nine Sudanese soldiers.", "180 current: TCDMIL > SDNMIL"),
        ("Sudan destroyed 11 of 14 Chadian drones.", "195 current: SDN > TCD"),
        ("Sudanese army shelling wounded two Chadian soldiers.", "180 current: SDN > TCDMIL"),
        ("Three Hezbollah members met Omani Foreign Minister Salim Harthi.", "040 current: LBNREB OMNGOV >"),
        ("Sudan postponed a trip to Chad.", "125 current: SDN > TCD"),
        // States that are spoken of together; a part of a state.
        ("Western countries condemned Chad.", "111 current: WSTGOV > TCD"),
        ("Chad attacked the Gaza Strip.", "190 current: TCD > PSE"),
        // What somebody is warned against has not happened, and what a border parts does nothing together.
        ("Chad warned Sudan against shelling Libya.", "194 hypothetical: SDN > LBY"),
        ("Sudan held live-fire drills near the border with Chad.", "150 current: SDN > TCD"),
        // What is called something; what a denied claim says.
        ("Chad condemned what it called shameless raids by Sudan.", "111 current: TCD > SDN"),
        ("Chad denied claims that it supports Hezbollah.", "051 denied: TCD > LBNREB"),
        // A setting is to come with what it is the setting of; what dates another happening is the earlier one.
        ("Chad will raise the border at a meeting with Sudan.", "036 planned: SDN TCD >"),
        (
            "Chad and Sudan met on Monday, two weeks after Sudanese soldiers shelled Chad.",
            "194 recalled: SDNMIL > TCD",
        ),
        // A chronicle dates its paragraphs.
        ("May 2. Chad expelled a Sudanese envoy.", "166 recalled: TCD > SDNGOV"),
        // Who agrees to harm another threatens him.
        ("Chad and Libya agreed to extend sanctions on Sudan.", "1312 current: LBY TCD > SDN"),
        ("Chad agreed to expel Sudanese envoys.", "136 current: TCD > SDNGOV"),
        ("Chad agreed to lift sanctions on Sudan.", "0354 current: TCD > SDN"),
        // Who is told what to do is asked for it.
        ("Chad has told Sudanese envoys to keep away.", "100 current: TCD > SDNGOV"),
        // Those who are listed stand for the group.
        (
            "Ghanaian Foreign Minister Ama Boateng spoke with key Togolese government and military officials, including \
             Prime Minister Kossi Adjavon and General Yao Mensah.",
            "040 current: GHAGOV TGOGOV TGOMIL >",
        ),
        // What is asked is not told; what somebody did on the way is.
        ("Did Togolese soldiers shoot at farmers from Ghana?", "193 hypothetical: TGOMIL > GHAAGR"),
        ("Will Togo, which shot at farmers from Ghana, say so?", "193 current: TGO > GHAAGR"),
        // Answers to what was told before, and to where a crossing leads.
        (
            "Togo expelled a Ghanaian envoy on Monday. Ghana called the expulsion unjustified.",
            "111 current: GHA > TGO",
        ),
        ("Togolese soldiers crossed the river, and Ghana closed the bridge.", "172 current: GHA > TGOMIL"),
        // Infinitives that parsers take for purposes; what is to be.
        ("Ghana invited the Togolese president to visit Accra next week.", "036 planned: TGOGOV > GHA"),
        ("A Togolese frigate is to visit Ghana in July.", "036 planned: TGOMIL > GHA"),
        (
            "Togo has ordered the Ghanaian ambassador to leave the country, accusing him of spying.",
            "1125 current: TGO > GHAGOV",
        ),
        // Who speaks for a body of states; posts that say what they are for.
        ("The EU's envoy, Miro Hudak, praised Ghana.", "051 current: IGOEUREEC > GHA"),
        (
            "Togo's Minister of Energy and Mines Kossi Adjavon met Ghanaian Foreign Minister Ama Boateng.",
            "040 current: GHAGOV TGOGOV >",
        ),
        // What has an object goes on from the verb of saying, not from the passive that it brings.
        (
            "Togo's spokesman, Paul Yao, denied that the traders had been beaten and accused Ghana of playing politics.",
            "112 current: TGOGOV > GHA",
        ),
        (
            "Ghana and Togo agreed to buy gas from Nigeria and called on Benin to mediate.",
            "028 current: GHA TGO > BEN",
        ),
        (
            "Ghanaian President Ama Boateng telephoned Togolese President Paul Yao to apologise.",
            "055 current: GHAGOV > TGOGOV",
        ),
        // What leads to both is opened by each to the other; "them" are those to whom something was done before.
        ("Ghana and Togo reopened the crossing on Monday.", "081 current: GHA TGO >"),
        (
            "Ghana's soldiers arrested two Togolese fishermen in May and freed them after a week.",
            "0841 recalled: GHAMIL > TGOAGR",
        ),
        (
            "Togo accused Ghana of spying. The deal was brokered by Nigeria on Monday.",
            "045 current: NGA > GHA TGO",
        ),
        // Whom somebody serves behind his name, each in a list his own.
        (
            "President Ama Boateng of Ghana met Prime Minister Kossi Adjavon of Togo in Accra.",
            "040 current: GHAGOV TGOGOV >",
        ),
        (
            "Foreign Ministers Ama Boateng of Ghana, Kossi Adjavon of Togo and Paul Yao of Benin met on Monday.",
            "040 current: BENGOV GHAGOV TGOGOV >",
        ),
        (
            "The foreign ministers of Ghana, Togo and Benin met in Accra. The three ministers condemned Mali.",
            "111 current: BENGOV GHAGOV TGOGOV > MLI",
        ),
        // Who holds no such post is none of the two: their sides are meant, or the one of them whom the page names.
        (
            "Ghana's spokesman Paul Yao met Togolese Foreign Minister Kossi Adjavon. The two presidents signed a pact in May.",
            "057 recalled: GHA TGO >",
        ),
        (
            "Ghanaian General Paul Yao met Togolese Foreign Minister Kossi Adjavon. Both leaders will meet in July.",
            "036 planned: GHA TGO >",
        ),
        (
            "Ghanaian President Ama Boateng met Togolese Foreign Minister Kossi Adjavon. The two leaders will meet in July.",
            "036 planned: GHAGOV TGO >",
        ),
        (
            "Ghanaian Foreign Minister Ama Boateng wrote to Togolese envoy Kossi Adjavon. The two generals met on Monday.",
            "040 current: GHA TGO >",
        ),
    ] {
        let reading = reader.passage(text, Some(TODAY));
        let found: Vec<String> = reading.reports.iter().map(told).collect();
        if !found.iter().any(|report| report == wanted) {
            failures.push(format!("{text}\n    wanted {wanted}\n    got    {}", found.join("; ")));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

/// What is told of a passage is all that is told: what sets the scene, is promised, or goes on within a state adds nothing.
#[test]
fn nothing_more_is_told_than_what_goes_on() {
    let reader = Reader::new();
    let mut failures = Vec::new();
    for (text, wanted) in [
        // A remark behind a comma is that of the one who speaks, and is asked of nobody.
        (
            "Ghana urged Togo to talk, accusing it of stalling.",
            &["026 current: GHA > TGO", "112 current: GHA > TGO"][..],
        ),
        ("Ghana moved to punish Togo after accusing it of piracy.", &["1121 current: GHA > TGO"]),
        ("Ghana denied it.", &[]),
        // Whoever's clause an attack only dates did not attack.
        (
            "Ghanaian President Ama Boateng sent condolences to Togo after the attack on Lome.",
            &["018 current: GHAGOV > TGO"],
        ),
        // Allies are others.
        ("Ghana's allies condemned Togo on Monday.", &[]),
        // A promise is one happening, and says what is promised.
        ("Ghana agreed to lend a billion dollars to Togo.", &["0331 current: GHA > TGO"]),
        // What goes on within a state; a question; a danger; a name that is given.
        (
            "Ghana expelled a Togolese envoy. President Ama Boateng of Ghana thanked residents.",
            &["166 current: GHA > TGOGOV"],
        ),
        ("Ghana asked whether Togo had closed the pass.", &[]),
        ("The army of Togo is a threat to Ghana.", &[]),
        (
            "Ghanaian President Ama Boateng called Togolese President Kossi Adjavon a pompous fool.",
            &["111 current: GHAGOV > TGOGOV"],
        ),
        // What is done no longer.
        ("Chad said that it would no longer attack Sudan.", &[]),
        // A participle under "let" is no deed; what is somebody's own undergoes nothing of what is done to another; a ministry
        // that nobody knows accuses nobody.
        ("Chad opened a gate to let wounded Libyans in.", &[]),
        ("Chad closed its embassy in Tripoli.", &["161 current: TCD > LBYGOV"]),
        ("Libyan jets shelled Chad, the defence ministry said.", &["194 current: LBYMIL > TCD"]),
        // Two verbs share what stands behind them.
        (
            "Ghana shot down or jammed nine Togolese drones.",
            &["195 current: GHA > TGO", "176 current: GHA > TGO"],
        ),
    ] {
        let reading = reader.passage(text, Some(TODAY));
        let found: Vec<String> = reading.reports.iter().map(told).collect();
        if found != wanted {
            failures.push(format!("{text}\n    wanted {wanted:?}\n    got    {found:?}"));
        }
    }
    assert!(failures.is_empty(), "{}", failures.join("\n"));
}

#[test]
fn an_office_without_a_state_serves_the_side_that_acts_beside_it() {
    let reader = Reader::new();
    let text = "Togolese planes bombed two villages in Ghana. Ghanaian soldiers fired back. Ghana condemns the raids. \
                The Ministry of Foreign Affairs has condemned the raids by the Togolese air force.";
    let reading = reader.passage(text, Some(TODAY));
    let ministry = reading.seen.iter().find(|s| s.actor.name.contains("Ministry")).unwrap();
    assert_eq!(ministry.actor.state.as_deref(), Some("GHA"), "{:?}", ministry.actor.settled);
}

#[test]
fn days_counted_from_another_happening_date_nothing_by_the_page() {
    let reading = Reader::new()
        .passage("Togo spoke up three days after Ghana expelled two Togolese envoys.", Some(TODAY));
    let expelled = reading.reports.iter().find(|f| f.report.cameo.as_deref() == Some("166")).unwrap();
    assert_eq!(expelled.report.told, Told::Current, "{:?}", expelled.report.date);
}

#[test]
fn the_state_of_a_minister_is_told_by_his_title_elsewhere_and_by_who_signs_the_page() {
    let reader = Reader::new();
    let side = |text: &str, name: &str| {
        let reading = reader.passage(text, Some(TODAY));
        reading.seen.iter().find(|s| s.actor.name == name).and_then(|s| s.actor.state.clone())
    };
    let elsewhere = "Foreign Minister Ama Boateng met Togolese Foreign Minister Kossi Adjavon on Monday. \
                     The Ghanaian minister called the talks useful.";
    assert_eq!(side(elsewhere, "Ama Boateng").as_deref(), Some("GHA"));
    let signed = "Republic of Ghana, Ministry of Foreign Affairs, Press Office\n\n\
                  Foreign Minister Ama Boateng today met Togolese Foreign Minister Kossi Adjavon in Lomé.";
    assert_eq!(side(signed, "Ama Boateng").as_deref(), Some("GHA"));
    let in_view = "A spokesman for Ghana's foreign ministry, Kofi Owusu, spoke in Lomé. The ministry called in Togo's \
                   ambassador.";
    let ministry = reader.passage(in_view, Some(TODAY)).seen.into_iter();
    let called = |s: &demarche_engine::Seen| s.mentions.iter().any(|m| m.of(in_view) == "The ministry");
    assert_eq!(ministry.clone().find(called).and_then(|s| s.actor.state).as_deref(), Some("GHA"));
    let junior =
        "Togo's president met Ghanaian Finance Minister Kwame Boateng Jr. on Monday. Boateng praised Togo.";
    assert_eq!(side(junior, "Kwame Boateng Jr.").as_deref(), Some("GHA"));
    let third = "Ghana and Togo rejected any third party in the talks.";
    assert_eq!(side(third, "any third party"), None, "a third party is nobody in particular");
    let shared = "The foreign ministers of Ghana and Togo, Ama Boateng and Kossi Adjavon, met in Accra.";
    let titles: Vec<_> =
        reader.passage(shared, Some(TODAY)).seen.into_iter().filter_map(|s| s.actor.post).collect();
    assert!(titles.iter().all(|post| post.title == "foreign minister"), "each is one: {titles:?}");
    let pair = "The call between Boateng and Adjavon was short. Ama Boateng called it useful. \
                Togolese Foreign Minister Kossi Adjavon did not.";
    assert_eq!(side(pair, "Ama Boateng"), None, "a pair need not be of one side");
}

#[test]
fn between_two_marked_sides_the_nearest_frame_is_proposed_where_none_ties_them() {
    let text = "A court freed the editor whom the police had held for a year.";
    let doc = Analyser::new().analyse(text, &[], Setting::on(Some(TODAY)));
    let at = |words: &str| {
        let start = text.find(words).unwrap();
        Span::new(start, start + words.len())
    };
    let (source, target) = (at("A court"), at("the editor"));
    let cast = marked(&doc, cast(&doc, &World::shipped(), Some(TODAY), None), &[source, target]);
    let proposed = events::proposal(&doc, &cast, &Knowledge::shipped(), source, Some(target)).unwrap();
    assert_eq!(proposed.plover.map(|p| p.event_type).as_deref(), Some("RETREAT"));
    assert!(proposed.evidence.likelihood.is_some(), "a proposal says how likely it is");
}

#[test]
fn pages_that_do_not_say_when_join_the_happening_of_the_days_before() {
    let reader = Reader::new();
    let read = |text: &str, day: Date| reader.passage(text, Some(day)).reports;
    let mut reports = read("Ghana expelled the Togolese ambassador on Monday.", TODAY);
    reports.extend(read("Ghana has expelled the Togolese ambassador, the paper reports.", TODAY));
    reports.extend(read("Ghana expelled the Togolese ambassador, an official said.", date(2024, 7, 12)));
    reports.retain(|f| f.report.cameo.as_deref() == Some("166"));
    let mut turned: Vec<Filed> = reports.clone();
    turned.reverse();
    let days = |reports: &[Filed]| -> Vec<(Option<String>, usize)> {
        let merged = events::merge(reports);
        merged.iter().map(|e| (e.date.map(|d| d.to_string()), e.reports.len())).collect()
    };
    let wanted = vec![(Some("2024-06-10".to_owned()), 2), (Some("2024-07-12".to_owned()), 1)];
    assert_eq!(days(&reports), wanted);
    assert_eq!(days(&turned), wanted, "the order does not matter");
}

/// How many reports with this code each happening is told by.
fn told_by(reports: &[Filed], cameo: &str) -> Vec<usize> {
    let coded: Vec<Filed> = reports
        .iter()
        .filter(|f| f.report.cameo.as_deref().is_some_and(|c| c.starts_with(cameo)))
        .cloned()
        .collect();
    let mut counts: Vec<usize> = events::merge(&coded).iter().map(|e| e.reports.len()).collect();
    counts.sort_unstable();
    counts
}

#[test]
fn what_is_told_after_somebody_is_his_claim() {
    let reader = Reader::new();
    let claimed = |text: &str| -> Vec<String> {
        let reading = reader.passage(text, Some(TODAY));
        let deeds = reading.reports.into_iter().filter(|f| f.report.cameo.as_deref() == Some("166"));
        deeds.map(|f| f.report.claimant.map(|party| party.actor.name).unwrap_or_default()).collect()
    };
    let according =
        "According to Ghanaian President Ama Boateng, Togo has expelled two diplomats from Benin.";
    assert_eq!(claimed(according), ["Ama Boateng"]);
    let as_said = "Togo has expelled two diplomats from Benin, as Ghanaian President Ama Boateng put it.";
    assert_eq!(claimed(as_said), ["Ama Boateng"]);
    assert_eq!(claimed("Togo has expelled two diplomats from Benin, as Ghana did."), [""]);
}

#[test]
fn what_readers_are_asked_to_suppose_has_not_happened() {
    let reader = Reader::new();
    let told = |text: &str| -> Vec<Told> {
        reader.passage(text, Some(TODAY)).reports.iter().map(|f| f.report.told).collect()
    };
    assert_eq!(told("Suppose Ghana expelled two Togolese diplomats."), [Told::Hypothetical]);
    assert_eq!(told("Ghana expelled two Togolese diplomats."), [Told::Current]);
    let stated = |text: &str| {
        let reading = reader.passage(text, Some(TODAY));
        reading.reports.iter().filter(|f| f.report.kind == events::Kind::Statement).count()
    };
    assert_eq!(stated("Say Ghana demanded that Togo open the border."), 0, "nobody has said it");
    assert_eq!(stated("Ghana demanded that Togo open the border."), 1);
}

#[test]
fn a_meeting_where_none_of_those_who_meet_is_from_has_a_code_of_its_own() {
    let reader = Reader::new();
    let code = |text: &str| {
        let reading = reader.passage(text, Some(TODAY));
        reading.reports.first().and_then(|f| f.report.cameo.clone())
    };
    let met = "Ghanaian President Ama Boateng met Togolese President Kossi Adjavon in";
    assert_eq!(code(&format!("{met} Paris on Monday.")).as_deref(), Some("044"));
    assert_eq!(code(&format!("{met} Lomé on Monday.")).as_deref(), Some("040"));
}

#[test]
fn what_a_page_goes_on_to_is_what_another_page_dates() {
    let reader = Reader::new();
    let read = |text: &str, day: Date| reader.passage(text, Some(day)).reports;
    let earlier = read("Ghana summoned the Togolese ambassador on Monday.", TODAY);
    let news = "Ghana summoned the Togolese ambassador.";
    let padding = "The pass lies high in the hills, and few people live there. ".repeat(8);
    let behind = format!("{padding}{news}");
    let with = |text: &str| [earlier.clone(), read(text, date(2024, 6, 20))].concat();
    assert_eq!(told_by(&with(&behind), "114"), [2], "what stands behind the head of a page may be known");
    assert_eq!(told_by(&with(news), "114"), [1, 1], "what stands at the head is new");
}

#[test]
fn pages_tell_one_happening_in_other_words() {
    let reader = Reader::new();
    let both = |a: &str, b: &str| [a, b].map(|text| reader.passage(text, Some(TODAY)).reports).concat();
    let met = "Ghanaian Foreign Minister Ama Boateng met Togolese Foreign Minister Kossi Adjavon on Monday.";
    let received =
        "Ghanaian Foreign Minister Ama Boateng received Togolese Foreign Minister Kossi Adjavon on Monday.";
    let others =
        "Ghanaian Foreign Minister Ama Boateng received Togolese Finance Minister Yao Mensah on Monday.";
    assert_eq!(told_by(&both(met, received), "04"), [2]);
    assert_eq!(told_by(&both(met, others), "04"), [1, 1], "another person is another meeting");
    let several = "Ghana expelled diplomats from Togo and Benin on Monday.";
    assert_eq!(told_by(&both("Ghana expelled two Togolese diplomats on Monday.", several), "166"), [2]);
    let arrested = "Ghana arrested two Togolese soldiers on Monday.";
    let abducted = "Ghana abducted two Togolese soldiers on Monday.";
    assert_eq!(told_by(&both(arrested, abducted), "1"), [2]);
    let expelled = "Ghana expelled two Togolese soldiers on Monday.";
    assert_eq!(told_by(&both(arrested, expelled), "1"), [1, 1], "another deed is another happening");
}

#[test]
fn what_most_pages_say_of_a_person_holds_for_the_page_that_does_not() {
    let reader = Reader::new();
    let read = |text: &str| reader.passage(text, Some(TODAY)).reports;
    let known =
        "Ghanaian Foreign Minister Ama Boateng met Togolese Foreign Minister Kossi Adjavon on Monday.";
    let mut reports = [read(known), read(&format!("{known} It rained."))].concat();
    let mut wrong = read(&format!("{known} It snowed."));
    for filed in &mut wrong {
        let parties = filed.report.actors.iter_mut().chain(&mut filed.report.recipients);
        parties
            .filter(|p| p.actor.name == "Ama Boateng")
            .for_each(|p| p.actor.state = Some("BEN".to_owned()));
    }
    reports.extend(wrong);
    assert_eq!(told_by(&reports, "04"), [3]);
}

#[test]
fn who_is_said_to_say_what_is_told_with_cue_source_and_content() {
    let told = |text: &str| -> Vec<String> {
        let doc = Analyser::new().analyse(text, &[], Setting::on(Some(TODAY)));
        let of = |span: Span| span.of(text).to_owned();
        let found = events::attributions(&doc);
        let line = |a: events::Attribution| {
            let content: Vec<String> = a.content.into_iter().map(of).collect();
            format!("{} | {} | {}", a.source.map(of).unwrap_or_default(), of(a.cue), content.join(" … "))
        };
        found.into_iter().map(line).collect()
    };
    assert_eq!(
        told("The mayor has said that the bridge is closed."),
        ["The mayor | has said | that the bridge is closed"]
    );
    assert_eq!(
        told("“We are ready,” the mayor said. “The bridge is closed.”"),
        ["the mayor | said | “We are ready,” … “The bridge is closed.”"]
    );
    assert_eq!(
        told("The bridge, according to the mayor, is closed."),
        ["the mayor | according to | The bridge … is closed"]
    );
    assert_eq!(told("The mayor walked over the bridge."), Vec::<String>::new());
}
