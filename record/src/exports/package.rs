//! A Frictionless data package: `datapackage.json`, which says of each exported file beside it what is in it, where that
//! comes from, and by which hash it is known to be whole.

use std::io::Write as _;
use std::path::{Path, PathBuf};

use demarche_engine::ENGINE_VERSION;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::exports::target::{NOTHING_LEFT, Sealed, Target, folder};
use crate::exports::{Exported, Format, icews};

const NAME: &str = "datapackage.json";

/// The whole file.
#[derive(Serialize, Deserialize)]
struct Package {
    name: String,
    profile: String,
    engine_version: String,
    sources: Vec<Source>,
    resources: Vec<Resource>,
}

/// One exported file.
#[derive(Serialize, Deserialize)]
struct Resource {
    name: String,
    path: String,
    description: String,
    profile: String,
    format: String,
    mediatype: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    encoding: Option<String>,
    bytes: u64,
    hash: String,
    engine_version: String,
    sources: Vec<Source>,
    #[serde(skip_serializing_if = "Option::is_none")]
    dialect: Option<Dialect>,
    schema: Schema,
}

/// Where events come from: a dataset, or demarche itself with the engines that have read pages into the record.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
struct Source {
    title: String,
    version: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Dialect {
    delimiter: String,
    line_terminator: String,
    header: bool,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Schema {
    fields: Vec<SchemaField>,
    missing_values: Vec<String>,
}

#[derive(Serialize, Deserialize)]
struct SchemaField {
    name: String,
    #[serde(rename = "type")]
    sort: String,
    description: String,
}

/// The package of a folder, before the file that is being exported.
pub(crate) struct Beside {
    target: Target,
    others: Vec<Resource>,
}

impl Beside {
    /// Looks at what stands beside `file`: resources of earlier exports stay, as long as their files do; a package that is
    /// not ours is left alone.
    pub(crate) fn of(file: &Path) -> Result<Self> {
        let path: PathBuf = folder(file).join(NAME);
        if file.file_name().is_some_and(|name| name == NAME) {
            return Err(Error::new(
                file,
                "the package itself has this name",
                "name another file for the data",
            ));
        }
        let mut others = Vec::new();
        if let Ok(text) = std::fs::read(&path) {
            let package: Package = serde_json::from_slice(&text).map_err(|_| {
                let remedy = "move it, or export to another folder";
                Error::new(&path, "is there already and was not made by demarche", remedy)
            })?;
            others = package.resources;
            let name = name_of(file);
            others.retain(|resource| resource.path != name && folder(file).join(&resource.path).is_file());
        }
        Ok(Self { target: Target::at(&path)?, others })
    }

    /// Writes the package with the file in it; it is in its place when it is [`put`](Self::put).
    pub(crate) fn add(
        &mut self,
        file: &Path,
        format: Format,
        exported: &Exported,
        sealed: Sealed,
        engines: &str,
    ) -> Result<()> {
        let mut resources = std::mem::take(&mut self.others);
        resources.push(resource(file, format, exported, sealed, engines));
        resources.sort_by(|a, b| a.path.cmp(&b.path));
        let mut sources: Vec<Source> =
            resources.iter().flat_map(|resource| resource.sources.iter().cloned()).collect();
        sources.sort();
        sources.dedup();
        let stem =
            folder(file).canonicalize().ok().and_then(|folder| Some(slug(folder.file_name()?.to_str()?)));
        let package = Package {
            name: stem.filter(|name| !name.is_empty()).unwrap_or_else(|| "demarche".to_owned()),
            profile: "data-package".to_owned(),
            engine_version: ENGINE_VERSION.to_owned(),
            sources,
            resources,
        };
        let place = self.target.place().to_owned();
        let mut out = self.target.writer();
        let written = serde_json::to_writer_pretty(&mut out, &package).map_err(std::io::Error::from);
        let written = written.and_then(|()| out.write_all(b"\n")).and_then(|()| out.seal());
        written.map(drop).map_err(|e| Error::output(&place, NOTHING_LEFT, e))
    }

    pub(crate) fn put(self) -> Result<()> {
        self.target.put()
    }
}

fn resource(file: &Path, format: Format, exported: &Exported, sealed: Sealed, engines: &str) -> Resource {
    let path = name_of(file);
    let layout = Layout::of(format);
    let fields = format.fields().into_iter().map(|field| SchemaField {
        name: field.name.to_owned(),
        sort: field.sort.name().to_owned(),
        description: field.says.to_owned(),
    });
    let mut missing = vec![String::new()];
    missing.extend((format == Format::Icews).then(|| icews::NOTHING.to_owned()));
    let sources = exported.sources.iter().map(|source| match source {
        None => Source { title: "demarche".to_owned(), version: engines.to_owned() },
        Some(dataset) => Source { title: dataset.name.clone(), version: dataset.version.clone() },
    });
    let name = slug(&path);
    Resource {
        name: if name.is_empty() { format.name().to_owned() } else { name },
        path,
        description: exported.to_string(),
        profile: if layout.dialect.is_some() { "tabular-data-resource" } else { "data-resource" }.to_owned(),
        format: layout.extension.to_owned(),
        mediatype: layout.mediatype.to_owned(),
        encoding: (!format.is_binary()).then(|| "utf-8".to_owned()),
        bytes: sealed.bytes,
        hash: format!("sha256:{}", sealed.hash),
        engine_version: ENGINE_VERSION.to_owned(),
        sources: sources.collect(),
        dialect: layout.dialect,
        schema: Schema { fields: fields.collect(), missing_values: missing },
    }
}

/// How a format is told to readers of packages.
struct Layout {
    extension: &'static str,
    mediatype: &'static str,
    dialect: Option<Dialect>,
}

impl Layout {
    fn of(format: Format) -> Self {
        let dialect = |delimiter: &str, line_terminator: &str, header| {
            let (delimiter, line_terminator) = (delimiter.to_owned(), line_terminator.to_owned());
            Some(Dialect { delimiter, line_terminator, header })
        };
        let (extension, mediatype, dialect) = match format {
            Format::Csv | Format::DyadDay | Format::DyadWeek | Format::DyadMonth => {
                ("csv", "text/csv", dialect(",", "\r\n", true))
            }
            Format::Jsonl => ("jsonl", "application/jsonl", None),
            Format::Parquet => ("parquet", "application/vnd.apache.parquet", None),
            Format::Icews => ("tsv", "text/tab-separated-values", dialect("\t", "\n", true)),
            Format::Gdelt1 => ("tsv", "text/tab-separated-values", dialect("\t", "\n", false)),
        };
        Self { extension, mediatype, dialect }
    }
}

fn name_of(file: &Path) -> String {
    file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// What Frictionless allows in names: small letters, digits, `.`, `-`, `_`.
fn slug(name: &str) -> String {
    let letter =
        |c: char| if c.is_ascii_alphanumeric() || ".-_".contains(c) { c.to_ascii_lowercase() } else { '-' };
    name.chars().map(letter).collect()
}
