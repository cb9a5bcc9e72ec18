//! Alignment: turns two analyses of one text into F1 figures, as the CoNLL 2018 shared task defines them.

/// A syntactic word of one side.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Word {
    /// First and one past the last character of its written token, white space not counted.
    pub(crate) start: usize,
    /// See `start`.
    pub(crate) end: usize,
    /// Whether it shares its written token with other words.
    pub(crate) shares: bool,
    /// As written.
    pub(crate) form: String,
    /// Dictionary form; `_` counts as unknown.
    pub(crate) lemma: String,
    /// Part of speech.
    pub(crate) upos: String,
    /// Head among the words of the whole file; none for a root.
    pub(crate) head: Option<usize>,
    /// Relation without its subtype.
    pub(crate) relation: String,
}

/// One side: words, written tokens and sentences, all as spans of characters.
#[derive(Debug, Clone, Default, PartialEq)]
pub(crate) struct Side {
    /// All characters but white space.
    pub(crate) characters: Vec<char>,
    /// Written tokens.
    pub(crate) tokens: Vec<(usize, usize)>,
    /// Sentences.
    pub(crate) sentences: Vec<(usize, usize)>,
    /// Words.
    pub(crate) words: Vec<Word>,
}

impl Side {
    /// Adds a written token with its words (form, lemma, part of speech, head, relation).
    pub(crate) fn token(&mut self, form: &str, words: Vec<Word>) {
        let start = self.characters.len();
        self.characters.extend(form.chars().filter(|c| !c.is_whitespace()));
        let end = self.characters.len();
        self.tokens.push((start, end));
        let shares = words.len() > 1;
        self.words.extend(words.into_iter().map(|word| Word { start, end, shares, ..word }));
    }

    /// Ends the sentence that began at character `start`.
    pub(crate) fn end_sentence(&mut self, start: usize) {
        self.sentences.push((start, self.characters.len()));
    }
}

/// F1 of one figure, in per cent.
fn f1(right: usize, system: usize, gold: usize) -> f64 {
    if system + gold == 0 { 0.0 } else { 200.0 * right as f64 / (system + gold) as f64 }
}

/// Figures in per cent.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) struct Figures {
    /// Written tokens.
    pub(crate) tokens: f64,
    /// Sentences.
    pub(crate) sentences: f64,
    /// Words.
    pub(crate) words: f64,
    /// Words with the right part of speech.
    pub(crate) upos: f64,
    /// Words with the right lemma.
    pub(crate) lemma: f64,
    /// Words with the right head.
    pub(crate) uas: f64,
    /// Words with the right head and relation.
    pub(crate) las: f64,
}

/// Compares the system's side with the gold one; both must hold the same characters.
pub(crate) fn compare(gold: &Side, system: &Side) -> Result<Figures, String> {
    if gold.characters != system.characters {
        let at = gold.characters.iter().zip(&system.characters).take_while(|(a, b)| a == b).count();
        let near: String = gold.characters.iter().skip(at.saturating_sub(20)).take(40).collect();
        return Err(format!("the two texts differ at character {at}, near {near:?}"));
    }
    let pairs = align(&gold.words, &system.words);
    let mut partner = vec![None; gold.words.len()];
    for &(g, s) in &pairs {
        partner[g] = Some(s);
    }
    let count = |right: &dyn Fn(&Word, &Word) -> bool| {
        let right = pairs.iter().filter(|(g, s)| right(&gold.words[*g], &system.words[*s])).count();
        f1(right, system.words.len(), gold.words.len())
    };
    let heads = |g: &Word, s: &Word| match g.head {
        None => s.head.is_none(),
        Some(head) => s.head.is_some() && partner[head] == s.head,
    };
    Ok(Figures {
        tokens: f1(same(&gold.tokens, &system.tokens), system.tokens.len(), gold.tokens.len()),
        sentences: f1(same(&gold.sentences, &system.sentences), system.sentences.len(), gold.sentences.len()),
        words: count(&|_, _| true),
        upos: count(&|g, s| g.upos == s.upos),
        lemma: count(&|g, s| g.lemma == "_" || g.lemma == s.lemma),
        uas: count(&heads),
        las: count(&|g, s| heads(g, s) && g.relation == s.relation),
    })
}

/// Spans that both sides have; both lists are in order.
fn same(gold: &[(usize, usize)], system: &[(usize, usize)]) -> usize {
    let (mut g, mut s, mut same) = (0, 0, 0);
    while g < gold.len() && s < system.len() {
        match gold[g].cmp(&system[s]) {
            std::cmp::Ordering::Less => g += 1,
            std::cmp::Ordering::Greater => s += 1,
            std::cmp::Ordering::Equal => {
                same += 1;
                g += 1;
                s += 1;
            }
        }
    }
    same
}

/// Pairs of words that stand for the same thing: by span, and by longest common subsequence of forms where a
/// written token holds several words.
fn align(gold: &[Word], system: &[Word]) -> Vec<(usize, usize)> {
    let (mut g, mut s, mut pairs) = (0, 0, Vec::new());
    while g < gold.len() && s < system.len() {
        let shares = (gold[g].shares && gold[g].start <= system[s].start && system[s].start < gold[g].end)
            || (system[s].shares && system[s].start <= gold[g].start && gold[g].start < system[s].end)
            || (gold[g].start == system[s].start && (gold[g].shares || system[s].shares));
        if shares {
            // All words whose tokens overlap the stretch, on both sides.
            let (from_g, from_s) = (g, s);
            let mut end = if gold[g].shares { gold[g].end } else { 0 };
            if system[s].shares {
                end = end.max(system[s].end);
            }
            loop {
                if g < gold.len() && gold[g].start < end {
                    if gold[g].shares {
                        end = end.max(gold[g].end);
                    }
                    g += 1;
                } else if s < system.len() && system[s].start < end {
                    if system[s].shares {
                        end = end.max(system[s].end);
                    }
                    s += 1;
                } else {
                    break;
                }
            }
            let common = common(&gold[from_g..g], &system[from_s..s]);
            pairs.extend(common.into_iter().map(|(a, b)| (from_g + a, from_s + b)));
        } else if (gold[g].start, gold[g].end) == (system[s].start, system[s].end) {
            pairs.push((g, s));
            g += 1;
            s += 1;
        } else if gold[g].start <= system[s].start {
            g += 1;
        } else {
            s += 1;
        }
    }
    pairs
}

/// The longest common subsequence of lower-cased forms.
fn common(gold: &[Word], system: &[Word]) -> Vec<(usize, usize)> {
    let same = |g: usize, s: usize| gold[g].form.to_lowercase() == system[s].form.to_lowercase();
    let mut longest = vec![vec![0_usize; system.len() + 1]; gold.len() + 1];
    for g in (0..gold.len()).rev() {
        for s in (0..system.len()).rev() {
            longest[g][s] =
                if same(g, s) { 1 + longest[g + 1][s + 1] } else { longest[g + 1][s].max(longest[g][s + 1]) };
        }
    }
    let (mut g, mut s, mut pairs) = (0, 0, Vec::new());
    while g < gold.len() && s < system.len() {
        if same(g, s) {
            pairs.push((g, s));
            g += 1;
            s += 1;
        } else if longest[g + 1][s] >= longest[g][s + 1] {
            g += 1;
        } else {
            s += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;

    fn word(form: &str, head: Option<usize>) -> Word {
        Word {
            form: form.to_owned(),
            head,
            upos: "X".to_owned(),
            relation: "dep".to_owned(),
            ..Word::default()
        }
    }

    /// Sentences of tokens; a bar parts the words of a token. Heads: every word hangs from the one before it.
    fn side(text: &str) -> Side {
        let mut side = Side::default();
        for sentence in text.split(" / ") {
            let start = side.characters.len();
            let mut before = None;
            for token in sentence.split(' ') {
                let words = token
                    .split('|')
                    .map(|form| {
                        let number = before.map_or(side.words.len(), |b| b + 1);
                        let word = word(form, before);
                        before = Some(number);
                        word
                    })
                    .collect();
                side.token(&token.replace('|', ""), words);
            }
            side.end_sentence(start);
        }
        side
    }

    fn figures(gold: &str, system: &str) -> [f64; 5] {
        let f = compare(&side(gold), &side(system)).unwrap();
        [f.tokens, f.sentences, f.words, f.uas, f.las].map(|v| (v * 10.0).round() / 10.0)
    }

    #[test]
    fn the_same_analysis_gets_everything() {
        assert_eq!(figures("we can|not go / yes", "we can|not go / yes"), [100.0; 5]);
    }

    #[test]
    fn hand_made_cases() {
        // One token too many: 3 right of 4 and 5.
        assert_eq!(figures("a bc d e", "a b c d e"), [66.7, 100.0, 66.7, 44.4, 44.4]);
        // A sentence cut in two: tokens stand, the first word after the cut has another head.
        assert_eq!(figures("a b c d", "a b / c d"), [100.0, 0.0, 100.0, 75.0, 75.0]);
        // The system does not split the token: its word finds no partner.
        assert_eq!(figures("x do|n't", "x don't"), [100.0, 100.0, 40.0, 40.0, 40.0]);
        // It splits elsewhere: only equal forms pair.
        assert_eq!(figures("a|b|cd", "a|bc|d"), [100.0, 100.0, 33.3, 33.3, 33.3]);
        // The same words, once as one token and once as two.
        assert_eq!(figures("go|na x", "go na x"), [40.0, 100.0, 100.0, 100.0, 100.0]);
    }

    #[test]
    fn other_text_is_refused() {
        assert!(compare(&side("a b"), &side("a c")).unwrap_err().contains("character 1"));
    }
}
