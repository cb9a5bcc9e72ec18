//! Market tickers: a printed line of symbol, value and change to `MarketQuote`s.

use super::article::MarketQuote;
use super::stamps;

/// The quotes that a line is made of; none where anything but quotes and dates stands on it.
///
/// Read are `BAFL 48.77 Decreased By ▼ -0.62 (-1.26%)`, `KSE100 62,345.10 +231.2 (+0.37%)`, `Brent $77.9 ▲ 1.2%`,
/// one or several to a line, with a date before, after or between.
pub(super) fn read(line: &str) -> Vec<MarketQuote> {
    if line.len() > 2_000 || !line.contains(['%', '▲', '▼']) {
        return Vec::new();
    }
    let mut quotes: Vec<MarketQuote> = Vec::new();
    let mut date = None;
    let mut rest = String::with_capacity(line.len());
    let mut last = 0;
    for (span, stamp) in stamps::find(line) {
        date = date.or(Some(stamp.date));
        rest.push_str(line.get(last..span.start).unwrap_or(""));
        rest.push(' ');
        last = span.end;
    }
    rest.push_str(line.get(last..).unwrap_or(""));
    let tokens: Vec<&str> = rest
        .split_whitespace()
        .filter(|t| !matches!(t.to_lowercase().as_str(), "date" | "|" | "•" | "·" | "-" | ","))
        .collect();
    let mut at = 0;
    while at < tokens.len() {
        let Some((mut quote, next)) = quote_at(&tokens, at) else { return Vec::new() };
        quote.date = date;
        quotes.push(quote);
        at = next;
    }
    quotes
}

/// One quote that starts at token `at`, and the token after it.
fn quote_at(tokens: &[&str], at: usize) -> Option<(MarketQuote, usize)> {
    let value_at =
        (at + 1..tokens.len().min(at + 5)).find(|i| number(tokens[*i]).is_some_and(|n| !n.percent))?;
    // "S&P 500 4,742.8 …": the number right after the first belongs to the name where a second one follows it.
    let named = value_at == at + 1
        && tokens
            .get(value_at + 1)
            .and_then(|t| number(t))
            .is_some_and(|n| !n.percent && !n.signed && !n.bracket)
        && !tokens[value_at].contains(['.', ',']);
    let value_at = if named { value_at + 1 } else { value_at };
    let symbol = tokens[at..value_at].join(" ");
    let name = |t: &&str| t.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '&');
    if !symbol.starts_with(|c: char| c.is_uppercase())
        || symbol.ends_with(['.', ';'])
        || !tokens[at..value_at].iter().all(name)
    {
        return None;
    }
    let value = number(tokens[value_at])?.value;
    let mut quote = MarketQuote {
        symbol: symbol.trim_end_matches(':').to_owned(),
        value,
        change: None,
        percent: None,
        date: None,
    };
    let mut falls = None;
    let mut next = value_at + 1;
    while let Some(token) = tokens.get(next) {
        let arrow = token.trim_start_matches(['(', '[']).chars().next();
        match (token.to_lowercase().as_str(), arrow) {
            ("decreased" | "down" | "fell" | "lost", _) | (_, Some('▼' | '↓' | '🔻')) => {
                falls = Some(true)
            }
            ("increased" | "up" | "rose" | "gained", _) | (_, Some('▲' | '↑' | '🔺')) => {
                falls = Some(false)
            }
            ("by" | "unchanged", _) => {}
            _ => match number(token) {
                Some(n) if n.percent && quote.percent.is_none() => quote.percent = Some(n.value),
                Some(n) if !n.percent && quote.change.is_none() && quote.percent.is_none() => {
                    quote.change = Some(n.value);
                }
                _ => break,
            },
        }
        // "▼0.62" is arrow and number in one.
        if let Some(n) = token.strip_prefix(['▼', '▲']).and_then(number) {
            let slot = if n.percent { &mut quote.percent } else { &mut quote.change };
            *slot = Some(n.value);
        }
        next += 1;
    }
    if quote.percent.is_none() && (quote.change.is_none() || falls.is_none()) {
        return None;
    }
    if falls == Some(true) {
        quote.change = quote.change.map(|c| -c.abs());
        quote.percent = quote.percent.map(|p| -p.abs());
    }
    Some((quote, next))
}

struct Number {
    value: f64,
    percent: bool,
    signed: bool,
    bracket: bool,
}

fn number(token: &str) -> Option<Number> {
    let bracket = token.starts_with('(');
    let token = token.trim_matches(|c| matches!(c, '(' | ')' | '[' | ']' | ',' | ';'));
    let (token, percent) = token.strip_suffix('%').map_or((token, false), |t| (t, true));
    let signed = token.starts_with(['+', '-', '−']);
    let negative = token.starts_with(['-', '−']);
    let digits = token.trim_start_matches(['+', '-', '−']).trim_start_matches(['$', '€', '£', '¥', '₹']);
    if !digits.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let value: f64 = digits.replace(',', "").parse().ok()?;
    Some(Number { value: if negative { -value } else { value }, percent, signed, bracket })
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_quote_with_a_date() {
        let quotes = read(" date 2023-05-04 OGDC 88.10 Decreased By ▼ -1.15 (-1.29%)");
        let [quote] = quotes.as_slice() else { panic!("{quotes:?}") };
        assert_eq!((quote.symbol.as_str(), quote.value), ("OGDC", 88.1));
        assert_eq!(
            (quote.change, quote.percent, quote.date),
            (Some(-1.15), Some(-1.29), Some(date(2023, 5, 4)))
        );
    }

    #[test]
    fn several_on_one_line_and_signs_from_arrows() {
        let quotes = read(
            "KSE100 62,345.10 Increased By 231.2 (0.37%) S&P 500 4,742.8 ▼0.6% Brent $77.90 ▲ 1.20 (1.5%)",
        );
        let told: Vec<_> = quotes.iter().map(|q| (q.symbol.as_str(), q.value, q.change, q.percent)).collect();
        assert_eq!(
            told,
            [
                ("KSE100", 62345.1, Some(231.2), Some(0.37)),
                ("S&P 500", 4742.8, None, Some(-0.6)),
                ("Brent", 77.9, Some(1.2), Some(1.5)),
            ]
        );
    }

    #[test]
    fn prose_with_figures_is_no_ticker() {
        for line in [
            "Exports rose 12.5% to 48.2 billion in March, the ministry said.",
            "The index closed at 4,742, down 0.6%",
            "Turnout was 48.77 per cent (up 1.26%).",
            "",
        ] {
            assert!(read(line).is_empty(), "{line}");
        }
    }
}
