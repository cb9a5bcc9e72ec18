//! Nouns for things that decide who does a deed and to whom it is done.

/// What somebody's forces fight and patrol with.
pub(super) const ARMS: &[&str] = &[
    "aircraft",
    "airplane",
    "airstrike",
    "artillery",
    "battery",
    "boat",
    "bomb",
    "bombardment",
    "bomber",
    "convoy",
    "cutter",
    "destroyer",
    "drone",
    "fighter",
    "fire",
    "frigate",
    "gun",
    "gunboat",
    "gunfire",
    "helicopter",
    "jet",
    "missile",
    "mortar",
    "patrol",
    "personnel",
    "plane",
    "raid",
    "rocket",
    "shell",
    "shelling",
    "ship",
    "strike",
    "submarine",
    "tank",
    "unit",
    "vessel",
    "warplane",
    "warship",
];

/// Nouns that measure what stands behind their "of".
pub(super) const MEASURES: &[&str] = &[
    "batch",
    "billion",
    "consignment",
    "container",
    "dozen",
    "hundred",
    "issuance",
    "issue",
    "kilo",
    "kilogram",
    "litre",
    "load",
    "lorryload",
    "lot",
    "million",
    "number",
    "package",
    "pair",
    "planeload",
    "processing",
    "quantity",
    "service",
    "set",
    "shipload",
    "shipment",
    "thousand",
    "ton",
    "tonne",
    "truckload",
    "worth",
];

/// Nouns that say less of a thing than the noun before them.
pub(super) const SERVICES: &[&str] = &["issuance", "processing", "service", "system"];

/// What leads to another state.
pub(super) const BORDERS: &[&str] = &["border", "bridge", "checkpoint", "crossing", "frontier"];

/// What is always with another state.
pub(super) const RELATIONS: &[&str] = &["relation", "tie"];

/// Arms and vehicles that the tables take for those who use them.
pub(super) const HARDWARE: &[&str] = &[
    "artillery",
    "boat",
    "destroyer",
    "frigate",
    "gunboat",
    "helicopter",
    "jet",
    "plane",
    "submarine",
    "trawler",
    "vessel",
    "warplane",
    "warship",
];
