//! Wikidata → rows of people: results of a query as the query service gives them, or entities with their statements.
//!
//! Of a query's variables those are read that are called `person` (or `item`, `human`), `position` (`office`, `post`,
//! `P39`), `start` (`from`, `P580`), `end` (`to`, `P582`), `country` (`state`, `iso3`, `jurisdiction`) and their labels
//! (`personLabel`). Dates that Wikidata gives as the first of January are years: it writes those so.

use serde_json::{Map, Value};

use crate::actors::world::layer::Entry as Said;
use crate::actors::world::{Table, World};

/// What the rows give as their source.
const SOURCE: &str = "Wikidata";

/// Whether the text begins as JSON of Wikidata's does; a dictionary can begin with a bracket, too.
pub(crate) fn is_json(text: &str) -> bool {
    let text = text.trim_start();
    text.starts_with('{')
        || text.strip_prefix('[').is_some_and(|rest| rest.trim_start().starts_with(['{', ']']))
}

/// The entries of a file of JSON.
pub(crate) fn entries(text: &str, world: &World) -> Vec<Said> {
    let json: Value = match serde_json::from_str(text) {
        Ok(json) => json,
        Err(e) => {
            return vec![Said::of(format!("line {}", e.line()), Err(format!("it is no whole JSON: {e}")))];
        }
    };
    let results = json.pointer("/results/bindings").unwrap_or(&json);
    if let Some(entities) = json.get("entities").and_then(Value::as_object) {
        return entities.values().flat_map(|entity| statements(entity, entities, world)).collect();
    }
    let Some(results) = results.as_array() else {
        let why = "neither results of a query (results.bindings, or a list) nor entities of Wikidata";
        return vec![Said::of("line 1".to_owned(), Err(why.to_owned()))];
    };
    let result = |(at, result)| Said::of(format!("result {}", at + 1), of_result(result, world));
    results.iter().enumerate().map(result).collect()
}

/// One line of a query's results.
fn of_result(result: &Value, world: &World) -> Result<(Table, Vec<String>), String> {
    let value = |names: &[&str]| -> Option<&str> {
        let fields = result.as_object()?;
        let (_, cell) =
            names.iter().find_map(|name| fields.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)))?;
        cell.as_str().or_else(|| cell.get("value")?.as_str()).map(str::trim).filter(|text| !text.is_empty())
    };
    let label = |names: &[&str]| {
        let labels: Vec<String> = names.iter().map(|name| format!("{name}Label")).collect();
        value(&labels.iter().map(String::as_str).collect::<Vec<_>>()).or_else(|| value(names))
    };
    let person = ["person", "item", "human", "politician", "holder"];
    let position = ["position", "office", "post", "P39"];
    let country = ["country", "state", "iso3", "jurisdiction", "P17", "P1001"];
    Claim {
        name: label(&person).filter(|name| item(name).is_none()),
        wikidata: value(&person).and_then(item),
        aliases: value(&["aliases", "altLabel", "personAltLabel"]).unwrap_or(""),
        position: label(&position),
        country: value(&["iso3"]).or_else(|| label(&country)),
        from: value(&["start", "from", "P580", "startDate", "startTime"]),
        to: value(&["end", "to", "P582", "endDate", "endTime"]),
    }
    .row(world)
}

/// The statements P39 of an entity. Their posts are items: those that stand among the `entities` too have names.
fn statements(entity: &Value, entities: &Map<String, Value>, world: &World) -> Vec<Said> {
    let text = |path: &str| entity.pointer(path).and_then(Value::as_str);
    let id = text("/id").unwrap_or("");
    let aliases = entity.pointer("/aliases/en").and_then(Value::as_array).into_iter().flatten();
    let aliases: Vec<&str> = aliases.filter_map(|alias| alias.get("value")?.as_str()).collect();
    let claims = entity.pointer("/claims/P39").and_then(Value::as_array).into_iter().flatten();
    claims
        .enumerate()
        .map(|(at, claim)| {
            let time = |property: &str| {
                let path = format!("/qualifiers/{property}/0/datavalue/value/time");
                claim.pointer(&path).and_then(Value::as_str)
            };
            let post = claim.pointer("/mainsnak/datavalue/value/id").and_then(Value::as_str).unwrap_or("");
            let position = entities.get(post).and_then(|post| post.pointer("/labels/en/value")?.as_str());
            let row = Claim {
                name: text("/labels/en/value"),
                wikidata: item(id),
                aliases: &aliases.join("|"),
                position,
                country: None,
                from: time("P580"),
                to: time("P582"),
            }
            .row(world)
            .map_err(|why| {
                if position.is_none() { format!("the file does not name {post}: fetch it too") } else { why }
            });
            Said::of(format!("{id}, statement {} of P39", at + 1), row)
        })
        .collect()
}

/// What Wikidata says of one person in one post.
struct Claim<'j> {
    name: Option<&'j str>,
    wikidata: Option<&'j str>,
    aliases: &'j str,
    position: Option<&'j str>,
    country: Option<&'j str>,
    from: Option<&'j str>,
    to: Option<&'j str>,
}

impl Claim<'_> {
    fn row(&self, world: &World) -> Result<(Table, Vec<String>), String> {
        let name = self.name.ok_or("it has no label of the person: ask for ?personLabel")?;
        let position = self
            .position
            .filter(|p| item(p).is_none())
            .ok_or("it has no label of the post: ask for ?positionLabel")?;
        let country = self.country.and_then(|country| world.side(country));
        let (office, side) = world.post(position);
        let office =
            office.ok_or_else(|| format!("no office is called “{position}”; add it in a file of offices"))?;
        let side = country
            .or(side)
            .ok_or_else(|| format!("“{position}” does not say whose; ask for ?country too"))?;
        let from = self.from.map(day).transpose()?.unwrap_or_default();
        let to = self.to.map(day).transpose()?.unwrap_or_default();
        let aliases = self.aliases.split(['|', ';']).map(str::trim).filter(|a| !a.is_empty() && *a != name);
        let aliases: Vec<&str> = aliases.collect();
        let row = [name, &aliases.join("|"), &office, &side, &from, &to, self.wikidata.unwrap_or(""), SOURCE];
        Ok((Table::People, row.map(str::to_owned).to_vec()))
    }
}

/// `Q123` of an item or of its address.
fn item(text: &str) -> Option<&str> {
    let id = text.rsplit('/').next()?;
    let figures = id.strip_prefix('Q')?;
    (!figures.is_empty() && figures.bytes().all(|b| b.is_ascii_digit())).then_some(id)
}

/// `2018-08-18T00:00:00Z`, `+2018-08-18T00:00:00Z`, `+2018-00-00T00:00:00Z` → the day, month or year that it means.
fn day(text: &str) -> Result<String, String> {
    let date = text.trim_start_matches('+').split('T').next().unwrap_or("");
    let date = date.strip_suffix("-01-01").or_else(|| date.strip_suffix("-00-00")).unwrap_or(date);
    let date = date.strip_suffix("-00").unwrap_or(date);
    match crate::time::Period::parse(date) {
        Some(_) => Ok(date.to_owned()),
        None => Err(format!("“{text}” is no date of Wikidata's")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> (Vec<String>, Vec<String>) {
        let entries = entries(json, &World::shipped());
        let rows = entries.iter().flat_map(|e| &e.rows).map(|(_, row)| row.join(",")).collect();
        (rows, entries.into_iter().flat_map(|e| e.refused).collect())
    }

    #[test]
    fn results_of_a_query() {
        let (rows, refused) = read(
            r#"{"head": {"vars": ["person"]}, "results": {"bindings": [
            {"person": {"type": "uri", "value": "http://www.wikidata.org/entity/Q77"},
             "personLabel": {"value": "Ana Muster"}, "positionLabel": {"value": "Minister of Foreign Affairs of Norway"},
             "start": {"value": "2018-08-18T00:00:00Z"}, "end": {"value": "2020-01-01T00:00:00Z"}},
            {"personLabel": {"value": "Bo Muster"}, "positionLabel": {"value": "keeper of the royal swans"}},
            {"person": {"value": "http://www.wikidata.org/entity/Q78"}, "positionLabel": {"value": "President of Chile"}}]}}"#,
        );
        assert_eq!(rows, ["Ana Muster,,foreign minister,NOR,2018-08-18,2020,Q77,Wikidata"]);
        assert_eq!(
            refused,
            [
                "result 2: no office is called “keeper of the royal swans”; add it in a file of offices",
                "result 3: it has no label of the person: ask for ?personLabel",
            ]
        );
    }

    #[test]
    fn entities_with_their_posts() {
        let (rows, refused) = read(
            r#"{"entities": {
            "Q80": {"id": "Q80", "labels": {"en": {"value": "Di Muster"}}, "aliases": {"en": [{"value": "D. Muster"}]},
             "claims": {"P39": [
              {"mainsnak": {"datavalue": {"value": {"id": "Q81"}}},
               "qualifiers": {"P580": [{"datavalue": {"value": {"time": "+2019-05-00T00:00:00Z"}}}]}},
              {"mainsnak": {"datavalue": {"value": {"id": "Q82"}}}}]}},
            "Q81": {"id": "Q81", "labels": {"en": {"value": "President of Peru"}}}}}"#,
        );
        assert_eq!(rows, ["Di Muster,D. Muster,president,PER,2019-05,,Q80,Wikidata"]);
        assert_eq!(refused, ["Q80, statement 2 of P39: the file does not name Q82: fetch it too"]);
    }

    #[test]
    fn a_plain_list_and_a_country_beside_the_post() {
        let (rows, refused) = read(
            r#"[{"item": "http://www.wikidata.org/entity/Q79", "itemLabel": "Cy Muster", "positionLabel": "prime minister",
                "countryLabel": "Fiji", "P580": "2022-12-24T00:00:00Z"}]"#,
        );
        assert_eq!(rows, ["Cy Muster,,prime minister,FJI,2022-12-24,,Q79,Wikidata"]);
        assert!(refused.is_empty(), "{refused:?}");
    }
}
