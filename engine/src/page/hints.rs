//! What an element's name, classes and roles suggest about the text below it.

/// What stands below an element, by its own words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Hint {
    /// Nothing said.
    None,
    /// Menus, teasers, sharing, consent, comments, sign-up.
    Furniture,
    /// The article's text.
    Body,
    /// A standfirst under the headline.
    Standfirst,
    /// A caption or a credit of a picture.
    Caption,
    /// A box of a picture or a film.
    Image,
    /// Who wrote it and when.
    Byline,
    /// Quotation set apart that repeats the text.
    Pull,
}

/// Class words of furniture. A class is cut into words at signs and capital letters; a word counts whole.
const FURNITURE: &[&str] = &[
    "ad",
    "ads",
    "advert",
    "advertisement",
    "advertisements",
    "advertising",
    "adslot",
    "affiliate",
    "also",
    "banner",
    "bottombar",
    "breadcrumb",
    "breadcrumbs",
    "carousel",
    "comment",
    "comments",
    "commenting",
    "commercial",
    "consent",
    "cookie",
    "cookies",
    "cta",
    "discussion",
    "disqus",
    "donate",
    "donation",
    "flyout",
    "follow",
    "footer",
    "gallery",
    "gdpr",
    "hidden",
    "infobox",
    "infolettre",
    "inlinead",
    "leaderboard",
    "login",
    "masthead",
    "menu",
    "modal",
    "mpu",
    "nav",
    "navbar",
    "navigation",
    "newsletter",
    "newsletters",
    "notification",
    "outbrain",
    "overlay",
    "pagination",
    "podcast",
    "poll",
    "popular",
    "popup",
    "promo",
    "promos",
    "promotion",
    "promoted",
    "quiz",
    "rail",
    "readmore",
    "recirc",
    "recirculation",
    "recommend",
    "recommendation",
    "recommendations",
    "recommended",
    "regwall",
    "related",
    "share",
    "sharebar",
    "sharing",
    "shop",
    "shopping",
    "sidebar",
    "signup",
    "skip",
    "skyscraper",
    "slideshow",
    "social",
    "socials",
    "sponsor",
    "sponsored",
    "subscribe",
    "subscription",
    "taboola",
    "tag",
    "taglist",
    "tags",
    "teaser",
    "teasers",
    "toolbar",
    "tooltip",
    "topics",
    "trending",
    "zephr",
    "survey",
    "tabs",
    "toc",
    "syndication",
    "moreon",
    "nextarticle",
    "disclaimer",
    "copyright",
    "correction",
    "corrections",
    "republish",
    "reprints",
    "whatsapp",
    "telegram",
    "jumplinks",
    "viafoura",
    "piano",
    "coral",
    "upsell",
    "onetrust",
    "optanon",
    "ot",
    "ccpa",
    "privacy",
    "didomi",
    "cmp",
    "card",
    "cards",
    "identity",
    "signin",
    "tweet",
    "twitter",
    "instagram",
    "tiktok",
    "accordion",
    "lightbox",
    "newsletterform",
    "recommender",
    "readnext",
    "nextup",
    "livefyre",
    "openweb",
    "spotim",
    "subscribed",
    "registration",
    "register",
    "dianomi",
    "nativo",
    "revcontent",
    "mgid",
    "zergnet",
    "callout",
    "fundraising",
    "membership",
    "giftarticle",
    "jobs",
    "classifieds",
    "bio",
    "biography",
    "authorprofile",
    "enhancement",
];

/// Pairs of class words that mean furniture together.
const FURNITURE_PAIRS: &[&str] = &[
    "read more",
    "more stories",
    "more news",
    "more from",
    "most read",
    "most viewed",
    "read next",
    "up next",
    "sign up",
    "see also",
    "inline link",
    "author bio",
    "author info",
    "about author",
    "screen reader",
    "sr only",
    "visually hidden",
    "story list",
    "article list",
    "news list",
    "card list",
    "next article",
    "next story",
    "prev next",
    "post navigation",
    "end of",
    "link list",
    "load more",
    "list item card",
    "top stories",
    "in article",
    "key moments",
    "back to",
    "print only",
    "author biography",
    "about the",
    "sign in",
    "log in",
    "more on",
    "paywall prompt",
    "story links",
    "new tab",
    "most popular",
    "latest news",
    "also read",
    "you may",
    "read also",
];

const BODY: &[&str] = &[
    "articlebody",
    "storybody",
    "entrycontent",
    "postcontent",
    "articlecontent",
    "storycontent",
    "articletext",
    "storytext",
    "bodytext",
    "bodycopy",
    "articlecopy",
    "richtext",
    "articlebodycontent",
    "newsbody",
];

const BODY_PAIRS: &[&str] = &[
    "article body",
    "story body",
    "entry content",
    "post content",
    "article content",
    "story content",
    "article text",
    "story text",
    "body text",
    "body copy",
    "content body",
    "rich text",
    "post body",
    "news body",
    "article page content",
    "articlebody",
    "main content",
    "article paragraph",
];

const STANDFIRST: &[&str] = &[
    "standfirst",
    "subtitle",
    "dek",
    "deck",
    "subheadline",
    "subheading",
    "subhead",
    "lede",
    "sapo",
    "teasertext",
    "strapline",
    "underline",
    "ingress",
    "lead",
    "leadtext",
    "abstract",
    "chapeau",
    "chapo",
    "entradilla",
    "sommario",
    "catenaccio",
    "spot",
    "sottotitolo",
    "manchet",
    "anleser",
    "kicker-text",
    "dropline",
    "excerpt",
    "synopsis",
    "bajada",
    "copete",
    "summary",
    "bulletpoints",
    "byline-summary",
    "vorspann",
    "subline",
    "tagline",
    "drophead",
    "blurb",
];

const STANDFIRST_PAIRS: &[&str] = &[
    "sub title",
    "sub headline",
    "sub heading",
    "article intro",
    "article summary",
    "article description",
    "article lead",
    "article lede",
    "post excerpt",
    "story summary",
    "lead text",
    "lead paragraph",
    "headline description",
    "article subtitle",
    "secondary headline",
    "sub head",
    "header description",
    "article excerpt",
    "content lead",
    "news summary",
    "page description",
    "sub deck",
    "intro text",
    "alternative headline",
];

const CAPTION: &[&str] = &[
    "caption",
    "captions",
    "figcaption",
    "credit",
    "credits",
    "imagecaption",
    "photocredit",
    "cutline",
    "imagecredit",
    "legend",
    "wpcaption",
    "attribution",
];

/// A box of a picture: its few words are a caption.
const IMAGE: &[&str] =
    &["image", "img", "photo", "picture", "media", "figure", "thumbnail", "video", "player"];

const BYLINE: &[&str] = &[
    "byline",
    "bylines",
    "author",
    "authors",
    "dateline",
    "timestamp",
    "pubdate",
    "publishdate",
    "datetime",
    "contributors",
    "writer",
    "writers",
];

const PULL: &[&str] = &["pullquote", "blockquotepull", "pull"];

/// Reads the words of one element.
pub(super) fn of(tag: &str, class: Option<&str>, id: Option<&str>, roles: &str) -> Hint {
    match tag {
        "nav" | "footer" | "menu" | "fieldset" => return Hint::Furniture,
        "figcaption" => return Hint::Caption,
        "address" => return Hint::Byline,
        _ => {}
    }
    let mut text = String::new();
    // A heading's id is made of its words, which say what it is about and not what it is.
    let id = id.filter(|i| !is_heading(tag) && i.len() <= 40);
    for part in [class, id, Some(roles)].into_iter().flatten() {
        words_into(&mut text, part);
    }
    if text.is_empty() {
        return if tag == "aside" { Hint::Furniture } else { Hint::None };
    }
    let word = |list: &[&str]| text.split(' ').any(|w| list.contains(&w));
    let pair = |list: &[&str]| list.iter().any(|p| text.contains(&format!(" {p} ")));
    if word(BODY) || pair(BODY_PAIRS) {
        // "infobox-items rich-text" is a box that is set like the text.
        return if word(FURNITURE) { Hint::None } else { Hint::Body };
    }
    if word(CAPTION) {
        return Hint::Caption;
    }
    if word(IMAGE) && !matches!(tag, "p" | "h1" | "h2" | "h3") {
        return Hint::Image;
    }
    if word(PULL) {
        return Hint::Pull;
    }
    let furniture = word(FURNITURE) || pair(FURNITURE_PAIRS);
    // "related-subtitle" is furniture; "article-subtitle" is a standfirst.
    if !furniture && (word(STANDFIRST) || pair(STANDFIRST_PAIRS)) {
        return Hint::Standfirst;
    }
    if furniture || tag == "aside" {
        return Hint::Furniture;
    }
    if word(BYLINE) {
        return Hint::Byline;
    }
    Hint::None
}

fn is_heading(tag: &str) -> bool {
    tag.len() == 2 && tag.starts_with('h') && tag != "hr"
}

/// Whether an inline element holds text for screen readers only: "opens new tab".
pub(super) fn unseen(class: Option<&str>, style: Option<&str>) -> bool {
    let mut text = String::new();
    words_into(&mut text, class.unwrap_or(""));
    [
        "visually hidden",
        "screen reader",
        "sr only",
        "visuallyhidden",
        "screenreader",
        "sronly",
        "assistive text",
        "off screen",
        "offscreen",
        "hidden visually",
    ]
    .iter()
    .any(|p| text.contains(&format!(" {p} ")))
        || style.is_some_and(|s| {
            s.contains("clip:") && s.contains("absolute") || s.replace(' ', "").contains("display:none")
        })
}

/// Whether a class says that its element names an author.
pub(super) fn names_author(class: &str) -> bool {
    if class.is_empty() {
        return false;
    }
    let mut text = String::new();
    words_into(&mut text, class);
    let has = |list: &[&str]| text.split(' ').any(|w| list.contains(&w));
    has(&["byline", "bylines", "author", "authors", "authorname", "auteur", "autor", "contributor"])
        && !has(&[
            "image",
            "img",
            "avatar",
            "photo",
            "bio",
            "date",
            "social",
            "related",
            "teaser",
            "comment",
            "comments",
            "card",
            "link-list",
        ])
}

/// Cuts class names into lower-case words: `storyBody__top-nav` → ` story body top nav `.
fn words_into(out: &mut String, text: &str) {
    if out.is_empty() {
        out.push(' ');
    }
    let mut small = false;
    for c in text.chars().take(400) {
        if c.is_ascii_alphabetic() {
            if c.is_ascii_uppercase() && small && !out.ends_with(' ') {
                out.push(' ');
            }
            small = c.is_ascii_lowercase();
            out.push(c.to_ascii_lowercase());
        } else {
            if !out.ends_with(' ') {
                out.push(' ');
            }
            small = false;
        }
    }
    if !out.ends_with(' ') {
        out.push(' ');
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_of_classes() {
        for (class, hint) in [
            ("article-body", Hint::Body),
            ("storyBody", Hint::Body),
            ("c-related__item", Hint::Furniture),
            ("ShareBar", Hint::Furniture),
            ("header", Hint::None),
            ("article__subtitle", Hint::Standfirst),
            ("image-caption", Hint::Caption),
            ("paragraph", Hint::None),
            ("byline", Hint::Byline),
        ] {
            assert_eq!(of("div", Some(class), None, ""), hint, "{class}");
        }
        assert_eq!(of("nav", None, None, ""), Hint::Furniture);
    }
}
