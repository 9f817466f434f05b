// SPDX-License-Identifier: EUPL-1.2
//! Codes that people type: Crockford's base 32, without the letters that look like digits, and a check character.

/// The characters, by their values.
pub const ALPHABET: &[u8; 32] = b"0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/// A character's value as people type it: any case, `O` for `0`, `I` and `L` for `1`.
pub fn value(typed: char) -> Option<u8> {
    let upper = match typed.to_ascii_uppercase() {
        'O' => '0',
        'I' | 'L' => '1',
        other => other,
    };
    let at = ALPHABET.iter().position(|c| char::from(*c) == upper)?;
    u8::try_from(at).ok()
}

/// The character of a value; what is above 31 counts modulo 32.
pub fn character(value: u8) -> char {
    char::from(ALPHABET[usize::from(value % 32)])
}

/// A code as it is kept: capitals, no dashes or blanks. None when a character stands in no code.
pub fn plain(typed: &str) -> Option<String> {
    typed
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‐' | '–'))
        .map(|c| value(c).map(character))
        .collect()
}

/// The check character of what stands before it. Weighted by odd numbers, which have an inverse modulo 32: every single wrong
/// character is told, and most swaps.
pub fn check(plain: &str) -> char {
    let sum: usize = plain
        .chars()
        .enumerate()
        .map(|(i, c)| (2 * i + 1) * usize::from(value(c).unwrap_or(0)))
        .sum();
    char::from(ALPHABET[sum % 32])
}

/// Bytes as characters, five bits each, the last padded with zeros.
pub fn encode(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len() * 8 / 5 + 1);
    let (mut pending, mut bits) = (0_u32, 0_u32);
    for byte in bytes {
        pending = (pending << 8) | u32::from(*byte);
        bits += 8;
        while bits >= 5 {
            bits -= 5;
            text.push(character(low5(pending >> bits)));
        }
    }
    if bits > 0 {
        text.push(character(low5(pending << (5 - bits))));
    }
    text
}

/// The bytes of [`encode`]; none when a character stands in no code or bits are left that it never leaves.
pub fn decode(text: &str) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(text.len() * 5 / 8);
    let (mut pending, mut bits) = (0_u32, 0_u32);
    for c in text.chars() {
        pending = ((pending << 5) | u32::from(value(c)?)) & 0xFFFF;
        bits += 5;
        if bits >= 8 {
            bits -= 8;
            bytes.push(u8::try_from((pending >> bits) & 0xFF).ok()?);
        }
    }
    (bits < 5 && pending & ((1 << bits) - 1) == 0).then_some(bytes)
}

fn low5(bits: u32) -> u8 {
    u8::try_from(bits & 31).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn bytes_read_back_and_nothing_typed_makes_it_panic(bytes: Vec<u8>, text: String) {
            prop_assert_eq!(decode(&encode(&bytes)), Some(bytes));
            let _ = (decode(&text), plain(&text));
        }
    }
}
