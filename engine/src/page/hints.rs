//! What an element's name, classes and roles suggest about the text below it.

use std::collections::HashMap;
use std::sync::LazyLock;

use rustc_hash::FxBuildHasher;

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

/// Class words of furniture, sorted. A class is cut into words at signs and capital letters; a word counts whole.
const FURNITURE: &str = "accordion ad ads adslot advert advertisement advertisements advertising affiliate also authorprofile \
    banner bio biography bottombar breadcrumb breadcrumbs callout card cards carousel ccpa classifieds cmp \
    comment commenting comments commercial consent cookie cookies copyright coral correction corrections \
    cta dianomi didomi disclaimer discussion disqus donate donation enhancement flyout follow footer \
    fundraising gallery gdpr giftarticle hidden identity infobox infolettre inlinead instagram jobs \
    jumplinks leaderboard lightbox livefyre login masthead membership menu mgid modal moreon mpu nativo nav \
    navbar navigation newsletter newsletterform newsletters nextarticle nextup notification onetrust \
    openweb optanon ot outbrain overlay pagination piano podcast poll popular popup privacy promo promos \
    promoted promotion quiz rail readmore readnext recirc recirculation recommend recommendation \
    recommendations recommended recommender register registration regwall related reprints republish \
    revcontent share sharebar sharing shop shopping sidebar signin signup skip skyscraper slideshow social \
    socials sponsor sponsored spotim subscribe subscribed subscription survey syndication taboola tabs tag \
    taglist tags teaser teasers telegram tiktok toc toolbar tooltip topics trending tweet twitter upsell \
    viafoura whatsapp zephr zergnet";

/// Pairs of class words that mean furniture together.
const FURNITURE_PAIRS: &str = "about author|about the|also read|article list|author bio|author biography|author info|back to|\
    card list|end of|in article|inline link|key moments|latest news|link list|list item card|load more|\
    log in|more from|more news|more on|more stories|most popular|most read|most viewed|new tab|\
    news list|next article|next story|paywall prompt|post navigation|prev next|print only|read also|\
    read more|read next|screen reader|see also|sign in|sign up|sr only|story links|story list|\
    top stories|up next|visually hidden|you may";

const BODY: &str = "articlebody articlebodycontent articlecontent articlecopy articletext bodycopy bodytext entrycontent \
    newsbody postcontent richtext storybody storycontent storytext";

const BODY_PAIRS: &str = "article body|article content|article page content|article paragraph|article text|articlebody|\
    body copy|body text|content body|entry content|main content|news body|post body|post content|\
    rich text|story body|story content|story text";

const STANDFIRST: &str = "abstract anleser bajada blurb bulletpoints catenaccio chapeau chapo copete deck dek drophead dropline \
    entradilla excerpt ingress lead leadtext lede manchet sapo sommario sottotitolo spot standfirst \
    strapline subhead subheading subheadline subline subtitle summary synopsis tagline teasertext underline \
    vorspann";

const STANDFIRST_PAIRS: &str = "alternative headline|article description|article excerpt|article intro|article lead|article lede|\
    article subtitle|article summary|content lead|header description|headline description|intro text|\
    lead paragraph|lead text|news summary|page description|post excerpt|secondary headline|\
    story summary|sub deck|sub head|sub heading|sub headline|sub title";

const CAPTION: &str = "attribution caption captions credit credits cutline figcaption imagecaption imagecredit legend \
    photocredit wpcaption";

/// A box of a picture: its few words are a caption.
const IMAGE: &str = "figure image img media photo picture player thumbnail video";

const BYLINE: &str = "author authors byline bylines contributors dateline datetime pubdate publishdate timestamp writer \
    writers";

const PULL: &str = "blockquotepull pull pullquote";

/// The lists, each with the sign between its entries.
const LISTS: [(&str, char); 10] = [
    (FURNITURE, ' '),
    (FURNITURE_PAIRS, '|'),
    (BODY, ' '),
    (BODY_PAIRS, '|'),
    (STANDFIRST, ' '),
    (STANDFIRST_PAIRS, '|'),
    (CAPTION, ' '),
    (IMAGE, ' '),
    (BYLINE, ' '),
    (PULL, ' '),
];

/// Each entry with the lists that hold it: the bit of a list is its place in `LISTS`.
static ENTRIES: LazyLock<HashMap<&str, u16, FxBuildHasher>> = LazyLock::new(|| {
    let mut entries: HashMap<&str, u16, FxBuildHasher> = HashMap::default();
    for (bit, (list, sign)) in (0..).zip(LISTS) {
        list.split(sign).for_each(|entry| *entries.entry(entry).or_default() |= 1 << bit);
    }
    entries
});

/// Words of the longest entry ("article page content").
const LONGEST: usize = 3;

/// The lists that have an entry among the words of `text`, which single blanks part and surround.
fn lists_in(text: &str) -> u16 {
    let starts: Vec<usize> = text.match_indices(' ').map(|(at, _)| at + 1).collect();
    let mut found = 0;
    for (number, &start) in starts.iter().enumerate() {
        for &next in starts.iter().skip(number + 1).take(LONGEST) {
            found |= ENTRIES.get(&text[start..next - 1]).copied().unwrap_or(0);
        }
    }
    found
}

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
    if text.trim().is_empty() {
        return if tag == "aside" { Hint::Furniture } else { Hint::None };
    }
    let found = lists_in(&text);
    let has = |list: &str| (0..).zip(LISTS).any(|(bit, (known, _))| found >> bit & 1 == 1 && known == list);
    if has(BODY) || has(BODY_PAIRS) {
        // "infobox-items rich-text" is a box that is set like the text.
        return if has(FURNITURE) { Hint::None } else { Hint::Body };
    }
    if has(CAPTION) {
        return Hint::Caption;
    }
    if has(IMAGE) && !matches!(tag, "p" | "h1" | "h2" | "h3") {
        return Hint::Image;
    }
    if has(PULL) {
        return Hint::Pull;
    }
    let furniture = has(FURNITURE) || has(FURNITURE_PAIRS);
    // "related-subtitle" is furniture; "article-subtitle" is a standfirst.
    if !furniture && (has(STANDFIRST) || has(STANDFIRST_PAIRS)) {
        return Hint::Standfirst;
    }
    if furniture || tag == "aside" {
        return Hint::Furniture;
    }
    if has(BYLINE) {
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
    fn the_word_lists_are_sorted_and_without_doubles() {
        for list in [FURNITURE, BODY, STANDFIRST, CAPTION, IMAGE, BYLINE, PULL] {
            let words: Vec<&str> = list.split(' ').collect();
            assert!(words.is_sorted_by(|a, b| a < b) && !words.contains(&""), "{list}");
        }
        for list in [FURNITURE_PAIRS, BODY_PAIRS, STANDFIRST_PAIRS] {
            let pairs: Vec<&str> = list.split('|').collect();
            assert!(
                pairs.is_sorted_by(|a, b| a < b)
                    && pairs.iter().all(|p| p.trim() == *p && (1..=LONGEST).contains(&p.split(' ').count())),
                "{list}"
            );
        }
    }

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
