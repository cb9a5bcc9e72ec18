//! PLOVER as JSON Lines: an object a line, whose shape differs from coder to coder and is never trusted.

use serde_json::{Map, Value};

use crate::imports::cells::{self, Outcome, said};
use crate::imports::imported::{Imported, ImportedParty, ImportedPlace, More};
use crate::imports::names::{Names, code, sector};

type Object = Map<String, Value>;

/// Reads a line. Without an id of its own, the same line again is the same event.
pub(crate) fn read(line: &str, digest: i64, names: &mut Names<'_>) -> Outcome<Imported> {
    let value: Value = serde_json::from_str(line).map_err(|_| "it is no JSON: is the line cut off?")?;
    let Value::Object(event) = &value else { return Err("it is no JSON object".into()) };
    let field = |keys: &[&str], what| word(first(event, keys), what).map(Option::unwrap_or_default);
    let cameo = field(&["cameo"], "the event code")?;
    let cameo = said(&cameo).map(cells::cameo).transpose()?;
    let event_type = field(&["event_type", "event"], "the event type")?;
    let contexts = words(first(event, &["context", "contexts"]), "the context")?;
    let plover = match (said(&event_type), cameo) {
        (None, Some(_)) => None,
        _ => Some(cells::plover(&event_type, &field(&["mode"], "the mode")?, contexts.clone())?),
    };
    let date = cells::day(&field(&["event_date", "date"], "the date")?)?;
    cells::on_one_day(date, &field(&["event_date_end"], "the last day")?)?;
    cells::has_happened(&field(&["told"], "how it is told")?)?;
    let publishers = words(first(event, &["source", "publisher", "outlets"]), "the source")?;
    let mut publishers = publishers.into_iter();
    Ok(Imported {
        id: said(&field(&["id", "event_id"], "the id")?)
            .map_or_else(|| cells::made_id(digest), str::to_owned),
        date,
        actors: parties(first(event, &["actor"]), "actor", names)?,
        recipients: parties(first(event, &["recipient"]), "recipient", names)?,
        cameo,
        plover,
        intensity: cells::intensity(&field(&["intensity", "goldstein"], "the intensity")?)?,
        place: place(first(event, &["location", "geo", "place"]), names)?,
        publisher: publishers.next(),
        more: More {
            url: said(&field(&["url"], "the address")?).map(str::to_owned),
            others: publishers.collect(),
            contexts,
            ..More::default()
        },
    })
}

/// The first of these fields that the object has.
fn first<'v>(object: &'v Object, keys: &[&str]) -> Option<&'v Value> {
    keys.iter().filter_map(|key| object.get(*key)).find(|value| !value.is_null())
}

/// A text or a number, or the first of a list of them.
fn word(value: Option<&Value>, what: &str) -> Outcome<Option<String>> {
    match value {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) => Ok(said(text).map(str::to_owned)),
        Some(Value::Number(number)) => Ok(Some(number.to_string())),
        Some(Value::Array(all)) if !matches!(all.first(), Some(Value::Array(_))) => word(all.first(), what),
        Some(_) => Err(format!("{what} is neither a text nor a number")),
    }
}

/// A list of texts, or one text with semicolons.
fn words(value: Option<&Value>, what: &str) -> Outcome<Vec<String>> {
    match value {
        Some(Value::Array(all)) => {
            let each = all.iter().map(|value| word(Some(value), what));
            each.filter_map(Outcome::transpose).collect()
        }
        value => Ok(word(value, what)?.map(|text| cells::list(&text)).unwrap_or_default()),
    }
}

/// Who takes part on one side: an object, or a list of them.
fn parties(value: Option<&Value>, what: &str, names: &mut Names<'_>) -> Outcome<Vec<ImportedParty>> {
    let all = match value {
        None => return Ok(Vec::new()),
        Some(Value::Array(all)) => all.as_slice(),
        Some(one) => std::slice::from_ref(one),
    };
    let mut parties = Vec::new();
    for one in all.iter().filter(|one| !one.is_null()) {
        let Value::Object(one) = one else {
            return Err(format!("the {what} is neither an object nor a list of objects"));
        };
        parties.extend(party(one, what, names)?);
    }
    Ok(parties)
}

/// The party, if the object names any. Its code can be a country, or an actor code of CAMEO that begins with one.
fn party(object: &Object, what: &str, names: &mut Names<'_>) -> Outcome<Option<ImportedParty>> {
    let field = |keys: &[&str], part: &str| {
        word(first(object, keys), &format!("the {what}’s {part}")).map(Option::unwrap_or_default)
    };
    let name = field(&["name"], "name")?;
    let actor_code = field(&["code"], "code")?;
    let (lead, role) = actor_code.split_at_checked(3).unwrap_or((&actor_code, ""));
    let country = Some(field(&["country", "state"], "country")?).filter(|country| !country.is_empty());
    let country = country.unwrap_or_else(|| lead.to_owned());
    let sectors = words(first(object, &["sector", "sectors"]), &format!("the {what}’s sector"))?.join(";");
    if name.is_empty() && country.is_empty() && sectors.is_empty() {
        return Ok(None);
    }
    let state = names.country_or_code(&country);
    let role = match names.role_of(&sectors) {
        "" => role.get(..3).and_then(sector).unwrap_or(""),
        role => role,
    };
    Ok(Some(ImportedParty { name, country, sectors, state, code: code(state, role) }))
}

/// Where it happened: an object, or a name.
fn place(value: Option<&Value>, names: &mut Names<'_>) -> Outcome<Option<ImportedPlace>> {
    let object = match value {
        None => return Ok(None),
        Some(Value::Object(object)) => object,
        Some(name) => {
            let name = word(Some(name), "the place")?;
            let of = |name| ImportedPlace { name, country: String::new(), state: None, at: None };
            return Ok(name.map(of));
        }
    };
    let field = |keys: &[&str]| word(first(object, keys), "the place").map(Option::unwrap_or_default);
    let (name, country) = (field(&["name"])?, field(&["country", "state"])?);
    if name.is_empty() && country.is_empty() {
        return Ok(None);
    }
    let at = cells::at(&field(&["lat", "latitude"])?, &field(&["lon", "lng", "longitude"])?);
    Ok(Some(ImportedPlace { state: names.country_or_code(&country), name, country, at }))
}
