//! The page room: turns the bytes of a saved page (flattened text or HTML) into a clean `Article` and its problems.

mod article;

pub use article::{Article, ArticleKind, Block, BlockKind, Byline, BylineKind, MarketQuote, Source};
