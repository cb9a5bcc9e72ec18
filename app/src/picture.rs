//! Turns a drawing of ours into a picture (PNG), for documents that take no SVG. Of neither face.

use std::sync::Arc;

use resvg::tiny_skia::{Pixmap, Transform};
use resvg::usvg::{Options, Tree, fontdb};

use crate::fault::Fault;

/// The letters of European languages from DejaVu Sans Condensed: a picture looks the same wherever it is made.
const FONT: &[u8] = include_bytes!("../data/DejaVuSans-latin.ttf");
/// Points to a unit of the drawing: sharp on paper and on fine screens.
const SCALE: f32 = 2.0;
/// Points of a picture, at most: the tree of a page-long sentence is drawn smaller.
const MOST: f32 = 32e6;

/// What a drawing is made for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Look {
    /// A file that is looked at on a screen, light or dark.
    Screen,
    /// A picture.
    Picture,
}

/// The picture of an SVG.
pub(crate) fn png(svg: &str) -> Result<Vec<u8>, Fault> {
    let fault = |why: String| Fault::new(format!("cannot make a picture: {why}; take the SVG"));
    let mut fonts = fontdb::Database::new();
    fonts.load_font_data(FONT.to_vec());
    let options = Options { fontdb: Arc::new(fonts), ..Options::default() };
    let tree = Tree::from_str(svg, &options).map_err(|e| fault(e.to_string()))?;
    let size = tree.size();
    let scale = SCALE.min((MOST / (size.width() * size.height())).sqrt());
    let (width, height) = ((size.width() * scale) as u32, (size.height() * scale) as u32);
    let mut pixels = Pixmap::new(width, height).ok_or_else(|| fault("it has no size".to_owned()))?;
    resvg::render(&tree, Transform::from_scale(scale, scale), &mut pixels.as_mut());
    pixels.encode_png().map_err(|e| fault(e.to_string()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test may panic")]

    #[test]
    fn words_leave_marks() {
        let with = |words: &str| {
            let svg = format!(
                "<svg xmlns='http://www.w3.org/2000/svg' width='90' height='20'>\
                 <text y='15' font-family='DejaVu Sans Condensed'>{words}</text></svg>"
            );
            super::png(&svg).unwrap()
        };
        assert!(with("").starts_with(b"\x89PNG"));
        assert_ne!(with(""), with("Türkiye"));
        assert!(super::png("no drawing").is_err());
        let vast = "<svg xmlns='http://www.w3.org/2000/svg' width='200000' height='500'/>";
        let png = super::png(vast).unwrap();
        let width = u32::from_be_bytes(png[16..20].try_into().unwrap());
        assert!((100_000..150_000).contains(&width), "{width}");
    }
}
