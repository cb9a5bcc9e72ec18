//! What the network sees of a word: turns a form into hashes of its spelling, and hashes into rows of a table.

/// Hashes of one form, in a fixed order; see [`of`].
pub const COUNT: usize = 11;

/// Features of a form whose row may be left out in training, so that the network learns to do without the word itself.
pub const LEXICAL: usize = 2;

/// The hashes of a form's features: lower-cased form, exact form, suffixes of 1 to 4, prefixes of 1 to 3 and 4,
/// shape, and shape at the beginning of a sentence.
pub fn of(form: &str, first: bool) -> [u32; COUNT] {
    let lower = normal(form);
    let ends: Vec<usize> = lower.char_indices().map(|(i, _)| i).chain([lower.len()]).collect();
    let chars = ends.len() - 1;
    let suffix = |n: usize| &lower[ends[chars.saturating_sub(n)]..];
    let prefix = |n: usize| &lower[..ends[n.min(chars)]];
    let shape = shape(form);
    [
        hash(0, &lower),
        hash(1, &exact(form)),
        hash(2, suffix(1)),
        hash(3, suffix(2)),
        hash(4, suffix(3)),
        hash(5, suffix(4)),
        hash(6, prefix(2)),
        hash(7, prefix(3)),
        hash(8, prefix(4)),
        hash(9, &shape),
        hash(if first { 10 } else { 11 }, &shape),
    ]
}

/// Lower case, digits as 0, typographic quotes and dashes as plain ones; never longer than 40 characters.
pub fn normal(form: &str) -> String {
    form.chars().take(40).flat_map(char::to_lowercase).map(plain).collect()
}

fn exact(form: &str) -> String {
    form.chars().take(40).map(plain).collect()
}

fn plain(c: char) -> char {
    match c {
        '0'..='9' => '0',
        '\u{2018}' | '\u{2019}' | '`' => '\'',
        '\u{201c}' | '\u{201d}' => '"',
        '\u{2010}'..='\u{2013}' => '-',
        _ => c,
    }
}

/// Runs of capitals, small letters, digits and others, each run at most two long: `Xx`, `XX`, `d.d`, `xx-Xx`.
fn shape(form: &str) -> String {
    let mut out = String::new();
    let (mut last, mut run) = ('\0', 0);
    for c in form.chars().take(40) {
        let kind = match c {
            c if c.is_uppercase() => 'X',
            c if c.is_alphabetic() => 'x',
            c if c.is_numeric() => 'd',
            c => plain(c),
        };
        run = if kind == last { run + 1 } else { 1 };
        last = kind;
        if run <= 2 {
            out.push(kind);
        }
    }
    out
}

/// The hash of a text for a feature.
pub fn hash(feature: u8, text: &str) -> u32 {
    hash_joined(feature, &[text])
}

/// The hash of parts with a space between each two, without joining them: FNV-1a with the feature's number as its first
/// byte.
pub fn hash_joined(feature: u8, parts: &[&str]) -> u32 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    let mut take = |byte: u8| hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    take(feature);
    for (at, part) in parts.iter().enumerate() {
        if at > 0 {
            take(b' ');
        }
        part.bytes().for_each(&mut take);
    }
    (hash ^ (hash >> 32)) as u32
}

/// Which hash has which row: only features that the trainer saw often enough have one, so none collide.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    /// Open addressing; a slot holds hash and row + 1, or row 0 where it is free.
    slots: Vec<(u32, u32)>,
    /// The hashes in order of their rows.
    hashes: Vec<u32>,
}

impl Rows {
    /// Row `i` belongs to `hashes[i]`.
    pub fn new(hashes: Vec<u32>) -> Self {
        let size = (hashes.len() * 2 + 1).next_power_of_two();
        let mut slots = vec![(0, 0); size];
        for (row, &hash) in hashes.iter().enumerate() {
            let mut at = hash as usize & (size - 1);
            while slots[at].1 != 0 {
                at = (at + 1) & (size - 1);
            }
            slots[at] = (hash, row as u32 + 1);
        }
        Self { slots, hashes }
    }

    /// The row of a hash.
    pub fn get(&self, hash: u32) -> Option<usize> {
        let mask = self.slots.len().checked_sub(1)?;
        let mut at = hash as usize & mask;
        loop {
            match self.slots[at] {
                (_, 0) => return None,
                (found, row) if found == hash => return Some(row as usize - 1),
                _ => at = (at + 1) & mask,
            }
        }
    }

    /// All hashes, in order of their rows.
    pub fn hashes(&self) -> &[u32] {
        &self.hashes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spelling_is_normalised_and_shapes_are_short() {
        assert_eq!(normal("F-16’s"), "f-00's");
        assert_eq!(shape("McDonald"), "XxXxx");
        assert_eq!(shape("$1,200.50"), "$d,dd.dd");
        assert_eq!(of("", false).len(), COUNT);
        assert_eq!(of("Envoy", false)[0], of("ENVOY", false)[0]);
        assert_ne!(of("Envoy", false)[1], of("ENVOY", false)[1]);
    }

    #[test]
    fn rows_find_what_they_hold_and_nothing_else() {
        let hashes: Vec<u32> = (0..1000_u32).map(|i| i.wrapping_mul(2_654_435_761)).collect();
        let rows = Rows::new(hashes.clone());
        for (row, hash) in hashes.iter().enumerate() {
            assert_eq!(rows.get(*hash), Some(row));
        }
        assert_eq!(rows.get(12345), None);
        assert_eq!(Rows::default().get(7), None);
        assert_eq!(Rows::new(Vec::new()).get(7), None);
    }
}
