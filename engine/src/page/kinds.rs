//! What sort of page it is, from the words that its head uses about itself.

use super::article::ArticleKind;

/// What the page shows of itself.
pub(super) struct Signs<'a> {
    /// The headline.
    pub(super) title: &'a str,
    /// Section names, schema types, words of the address and short lines above the headline.
    pub(super) labels: &'a [String],
    /// The first paragraphs of the body.
    pub(super) opening: &'a [&'a str],
    /// Lines that are only a time of day, as running accounts print them.
    pub(super) time_marks: usize,
}

/// Decides; a plain report is what remains.
pub(super) fn detect(signs: &Signs<'_>) -> ArticleKind {
    let title = signs.title.to_lowercase();
    let labels: Vec<String> = signs.labels.iter().map(|l| l.to_lowercase()).collect();
    let label = |words: &[&str]| {
        labels.iter().any(|l| {
            let bare = l.trim_matches(|c: char| !c.is_alphanumeric());
            words.contains(&bare) || l.split(['/', '|', '›', '>']).any(|p| words.contains(&p.trim()))
        })
    };
    let title_has = |words: &[&str]| words.iter().any(|w| title.contains(w));
    let opening = signs.opening.iter().take(2).map(|p| p.to_lowercase()).collect::<Vec<_>>().join(" ");
    let opens = |words: &[&str]| words.iter().any(|w| opening.starts_with(w));

    if title.starts_with("readout")
        || title_has(&["readout of", ": readout"])
        || label(&["readout", "readouts"])
        || opens(&["the following is attributable to", "readout of"])
    {
        return ArticleKind::Readout;
    }
    let joint = [
        "joint statement",
        "joint communiqué",
        "joint communique",
        "joint declaration",
        "joint press statement",
        "leaders' statement",
        "leaders’ statement",
    ];
    // A report *about* a joint statement has a verb in its headline; the statement itself is headed by its name.
    if joint.iter().any(|j| {
        title.starts_with(j)
            || title.starts_with(&format!("full text: {j}"))
            || title.contains(&format!(" – {j}"))
    }) || (title_has(&joint)
        && title_has(&[" by the ", " of the ", " on the occasion", " between the ", "text of"])
        && !title_has(&[" say", " call", " after ", " urge", " warn", " slam", " reject"]))
        || label(&["joint statement", "joint statements"])
    {
        return ArticleKind::JointStatement;
    }
    if label(&[
        "press release",
        "press releases",
        "press statement",
        "media release",
        "media note",
        "media advisory",
        "for immediate release",
        "news release",
        "pressrelease",
        "pressemitteilung",
        "communiqué de presse",
    ]) || title.starts_with("press release")
        || title.starts_with("press statement")
        || opens(&["for immediate release", "press release", "the following statement was released"])
    {
        return ArticleKind::PressRelease;
    }
    if signs.time_marks >= 3
        || label(&["live", "live blog", "liveblog", "liveblogposting", "live updates", "live coverage"])
            && signs.time_marks >= 1
        || label(&["liveblogposting"])
        || title.starts_with("live:")
        || title.starts_with("live updates")
        || title_has(&[
            "- live updates",
            "– live updates",
            ": live updates",
            "| live updates",
            "live blog",
            " as it happened",
        ])
    {
        return ArticleKind::Live;
    }
    if label(&[
        "opinion",
        "opinions",
        "editorial",
        "editorials",
        "column",
        "columns",
        "columnists",
        "comment",
        "commentary",
        "op-ed",
        "oped",
        "analysis",
        "viewpoint",
        "perspective",
        "views",
        "opinionnewsarticle",
        "analysisnewsarticle",
        "reviewnewsarticle",
        "commentisfree",
        "meinung",
        "kommentar",
        "leserbrief",
        "tribune",
        "opinión",
    ]) || ["opinion:", "opinion |", "editorial:", "analysis:", "analysis |", "comment:", "op-ed:"]
        .iter()
        .any(|m| title.starts_with(m))
        || title_has(&["| opinion", "| editorial", "| analysis"])
    {
        return ArticleKind::Opinion;
    }
    ArticleKind::News
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(title: &str, labels: &[&str], opening: &[&str]) -> ArticleKind {
        let labels: Vec<String> = labels.iter().map(|l| (*l).to_owned()).collect();
        detect(&Signs { title, labels: &labels, opening, time_marks: 0 })
    }

    #[test]
    fn kinds_by_their_own_words() {
        assert_eq!(of("Readout of the Minister’s Call with Norland", &[], &[]), ArticleKind::Readout);
        assert_eq!(of("Joint Statement by Norland and Sudland", &[], &[]), ArticleKind::JointStatement);
        assert_eq!(of("Norland and Sudland issue joint statement on fish", &[], &[]), ArticleKind::News);
        assert_eq!(of("Grant for harbours", &["Press Release"], &[]), ArticleKind::PressRelease);
        assert_eq!(of("Why harbours matter", &["Opinion"], &[]), ArticleKind::Opinion);
        assert_eq!(of("Harbour vote – live updates", &[], &[]), ArticleKind::Live);
        assert_eq!(of("Harbour vote ends", &["News"], &["The vote ended."]), ArticleKind::News);
    }
}
