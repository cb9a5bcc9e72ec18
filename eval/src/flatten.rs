//! HTML to the plain lines that a reader gets by selecting all and copying: menus and all, one line per block.

/// Elements without visible text.
const HIDDEN: &[&str] =
    &["script", "style", "noscript", "template", "svg", "iframe", "head", "select", "textarea"];

/// Elements that run on within a line.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "data", "del", "dfn", "em", "font", "i", "ins", "kbd",
    "label", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
    "img", "picture", "source",
];

/// Flattens a page. A plain scanner of tags, so that what is scored shares no code with the engine.
pub fn flatten(html: &str) -> String {
    let mut out = String::with_capacity(html.len() / 8);
    let mut rest = html;
    while let Some(open) = rest.find('<') {
        text(&mut out, &rest[..open]);
        rest = &rest[open..];
        if let Some(comment) = rest.strip_prefix("<!--") {
            rest = comment.find("-->").map_or("", |end| &comment[end + 3..]);
            continue;
        }
        let closing = rest.starts_with("</");
        let name: String = rest[1..]
            .trim_start_matches('/')
            .chars()
            .take_while(|c| c.is_ascii_alphanumeric() || *c == '-')
            .collect::<String>()
            .to_ascii_lowercase();
        if name.is_empty() && !rest.starts_with("<!") {
            out.push('<');
            rest = &rest[1..];
            continue;
        }
        rest = tag_end(rest);
        if !closing && HIDDEN.contains(&name.as_str()) {
            let end = format!("</{name}");
            rest = find_lower(rest, &end).map_or("", |at| tag_end(&rest[at..]));
        } else if !INLINE.contains(&name.as_str()) && !out.ends_with('\n') {
            out.truncate(out.trim_end_matches(' ').len());
            if !out.is_empty() {
                out.push('\n');
            }
        }
    }
    text(&mut out, rest);
    out
}

/// What follows the tag at the start of `rest`; quoted attributes may hold `>`.
fn tag_end(rest: &str) -> &str {
    let mut quote = None;
    for (at, c) in rest.char_indices() {
        match (quote, c) {
            (None, '>') => return &rest[at + 1..],
            (None, '"' | '\'') => quote = Some(c),
            (Some(q), c) if q == c => quote = None,
            _ => {}
        }
    }
    ""
}

fn find_lower(text: &str, needle: &str) -> Option<usize> {
    text.as_bytes().windows(needle.len()).position(|w| w.eq_ignore_ascii_case(needle.as_bytes()))
}

/// Appends text with white space folded and entities resolved.
fn text(out: &mut String, raw: &str) {
    let mut rest = raw;
    while let Some(c) = rest.chars().next() {
        if c == '&'
            && let Some((entity, length)) = entity(rest)
        {
            push(out, entity);
            rest = &rest[length..];
            continue;
        }
        push(out, c);
        rest = &rest[c.len_utf8()..];
    }
}

fn push(out: &mut String, c: char) {
    if !c.is_whitespace() {
        out.push(c);
    } else if !out.is_empty() && !out.ends_with([' ', '\n']) {
        out.push(' ');
    }
}

fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.bytes().take(12).position(|b| b == b';')?;
    let name = &text[1..end];
    let c = match name {
        "amp" => '&',
        "lt" => '<',
        "gt" => '>',
        "quot" => '"',
        "apos" => '\'',
        "nbsp" => '\u{a0}',
        "rsquo" => '’',
        "lsquo" => '‘',
        "rdquo" => '”',
        "ldquo" => '“',
        "ndash" => '–',
        "mdash" => '—',
        "hellip" => '…',
        "eacute" => 'é',
        "copy" => '©',
        _ => {
            let number = name.strip_prefix('#')?;
            let code = match number.strip_prefix(['x', 'X']) {
                Some(hex) => u32::from_str_radix(hex, 16).ok()?,
                None => number.parse().ok()?,
            };
            char::from_u32(code)?
        }
    };
    Some((c, end + 1))
}

#[cfg(test)]
mod tests {
    use super::flatten;

    #[test]
    fn blocks_become_lines() {
        let html = "<head><title>x</title></head><ul><li>Home</li><li>World</li></ul><p>A <b>b</b>&nbsp;&amp; c</p><script>if (a<b) {}</script><p title='a>b'>d";
        assert_eq!(flatten(html), "Home\nWorld\nA b & c\nd");
    }
}
