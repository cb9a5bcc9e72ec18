//! Bounded gzip: what a compressed file holds, up to a limit.

use std::io::Read as _;

use flate2::read::MultiGzDecoder;

/// Whether the bytes are a gzip file.
pub(super) fn is_gzip(bytes: &[u8]) -> bool {
    bytes.starts_with(&[0x1f, 0x8b])
}

/// What was unpacked.
pub(super) struct Unpacked {
    pub(super) bytes: Vec<u8>,
    /// Whether the limit stopped it: the rest was not unpacked.
    pub(super) stopped: bool,
    /// Whether the stream broke off or is damaged.
    pub(super) damaged: bool,
}

/// Unpacks a gzip file of one or several members, at most `limit` bytes of it.
pub(super) fn unpack(bytes: &[u8], limit: usize) -> Unpacked {
    read(MultiGzDecoder::new(bytes), limit)
}

/// Reads a decoder to its end or to the limit.
pub(super) fn read(decoder: impl std::io::Read, limit: usize) -> Unpacked {
    let mut out = Vec::new();
    let most = u64::try_from(limit).unwrap_or(u64::MAX).saturating_add(1);
    let damaged = decoder.take(most).read_to_end(&mut out).is_err();
    let stopped = out.len() > limit;
    out.truncate(limit);
    Unpacked { bytes: out, stopped, damaged }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    #[test]
    fn a_bomb_stops_at_the_limit() {
        let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        packer.write_all(&vec![b'a'; 4 << 20]).expect("memory");
        let packed = packer.finish().expect("memory");
        assert!(packed.len() < 8_000);
        let unpacked = unpack(&packed, 1 << 20);
        assert!(unpacked.stopped && unpacked.bytes.len() == 1 << 20);
        assert!(unpack(&packed[..packed.len() / 2], 8 << 20).damaged);
    }
}
