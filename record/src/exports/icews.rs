//! Events in the layout of ICEWS on Dataverse: a header and 20 columns with tabs between them, one row for each actor and
//! target.

use demarche_engine::actors::World;

use crate::exports::delimited::Delimited;
use crate::exports::field::{Field, Sort};
use crate::exports::pairs::paired;
use crate::exports::{Failure, Out, Writer, Written};
use crate::select::{Entry, Participant};

/// Its columns. `NA` stands for what is not known.
pub(crate) const FIELDS: [Field; 20] = [
    Field::new(
        "Event ID",
        Sort::Text,
        "Id of the event in the record; several rows where several act or are acted upon",
    ),
    Field::new("Event Date", Sort::Date, "The day"),
    Field::new("Source Name", Sort::Text, "Who did or said it"),
    Field::new(
        "Source Sectors",
        Sort::Text,
        "Its CAMEO role, or the sectors as an imported dataset names them",
    ),
    Field::new("Source Country", Sort::Text, "Its state by name"),
    Field::new("Event Text", Sort::Text, "Name of the code in CAMEO's codebook"),
    Field::new("CAMEO Code", Sort::Text, "CAMEO event code; text, since zeros lead"),
    Field::new("Intensity", Sort::Number, "Goldstein's scale, -10 to 10"),
    Field::new("Target Name", Sort::Text, "To whom it was done or said"),
    Field::new(
        "Target Sectors",
        Sort::Text,
        "Its CAMEO role, or the sectors as an imported dataset names them",
    ),
    Field::new("Target Country", Sort::Text, "Its state by name"),
    Field::new(
        "Story ID",
        Sort::Text,
        "The dataset's id of the text; for our own events the first ten digits of the article's hash",
    ),
    Field::new(
        "Sentence Number",
        Sort::Whole,
        "Which sentence of the text; only where an imported dataset says",
    ),
    Field::new("Publisher", Sort::Text, "Who printed it, with semicolons between several"),
    Field::new("City", Sort::Text, "Where it happened, as the page names it"),
    Field::new("District", Sort::Text, "Not known"),
    Field::new("Province", Sort::Text, "Not known"),
    Field::new("Country", Sort::Text, "State that the place lies in, by name"),
    Field::new("Latitude", Sort::Number, "Degrees north, WGS 84"),
    Field::new("Longitude", Sort::Number, "Degrees east, WGS 84"),
];

/// What stands in an empty cell.
pub(crate) const NOTHING: &str = "NA";

/// Rows in this layout.
pub(crate) struct Icews<'o> {
    rows: Delimited<'o>,
    world: &'o World,
    any_telling: bool,
}

impl<'o> Icews<'o> {
    /// Begins with the header.
    pub(crate) fn new(out: Out<'o>, world: &'o World, any_telling: bool) -> Result<Self, Failure> {
        let mut rows = Delimited::tabs(out);
        rows.row(FIELDS.iter().map(|field| field.name))?;
        Ok(Self { rows, world, any_telling })
    }

    fn cell(&mut self, text: &str) -> Result<(), Failure> {
        self.rows.text(if text.is_empty() { NOTHING } else { text })
    }

    fn party(&mut self, party: Option<&Participant>) -> Result<(), Failure> {
        self.cell(party.map_or("", |party| &party.name))?;
        self.cell(party.and_then(|party| party.sector.as_deref()).unwrap_or(""))?;
        self.country(party.and_then(|party| party.state.as_deref()))
    }

    /// A state's name; its code where the tables lack it.
    fn country(&mut self, iso3: Option<&str>) -> Result<(), Failure> {
        let iso3 = iso3.unwrap_or("");
        let world = self.world;
        self.cell(world.state(iso3).map_or(iso3, |state| &state.name))
    }
}

impl Writer for Icews<'_> {
    fn event(&mut self, entry: &Entry) -> Result<Written, Failure> {
        let told = match paired(entry, self.any_telling) {
            Ok(told) => told,
            Err(reason) => return Ok(Written::LeftOut(reason)),
        };
        let more = entry.more.as_ref();
        let own = entry.dataset.is_none().then(|| entry.id.split('-').next()).flatten();
        let story = more.and_then(|more| more.story.as_deref()).or(own).unwrap_or("");
        let sentence = more.and_then(|more| more.sentence).map(|number| number.to_string());
        let place = entry.place.as_ref();
        let degrees = |degrees: Option<f64>| degrees.map(|degrees| degrees.to_string()).unwrap_or_default();
        for (actor, target) in &told.pairs {
            self.cell(&entry.id)?;
            self.cell(&told.day.to_string())?;
            self.party(*actor)?;
            self.cell(told.code.name())?;
            self.cell(&told.code.to_string())?;
            self.cell(&degrees(entry.goldstein))?;
            self.party(*target)?;
            self.cell(story)?;
            self.cell(sentence.as_deref().unwrap_or(""))?;
            self.cell(&entry.outlets.join(";"))?;
            self.cell(place.map_or("", |place| &place.name))?;
            self.cell("")?;
            self.cell("")?;
            self.country(place.and_then(|place| place.state.as_deref()))?;
            self.cell(&degrees(place.and_then(|place| place.latitude)))?;
            self.cell(&degrees(place.and_then(|place| place.longitude)))?;
            self.rows.end_row()?;
        }
        Ok(Written::Rows(told.pairs.len() as u64))
    }

    fn finish(&mut self) -> Result<(), Failure> {
        Ok(self.rows.finish()?)
    }
}
