// SPDX-License-Identifier: EUPL-1.2
//! The one-time code with which a desk is enrolled: short enough to be read out on the telephone, with a check character
//! that tells a mistyped code before anything is sent.

/// Digits and capital letters without `0`, `I`, `L`, `O`, `U`: 31 of them, and 31 is prime, so that the check character
/// finds every single wrong character and every two exchanged.
const ALPHABET: &[u8; 31] = b"123456789ABCDEFGHJKMNPQRSTVWXYZ";
const LENGTH: usize = 12;

/// A one-time code: eleven random characters (54 bits) and a check character, written `XXXX-XXXX-XXXX`.
#[derive(Clone, PartialEq, Eq)]
pub struct EnrolmentCode(String);

impl std::fmt::Debug for EnrolmentCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("EnrolmentCode(…)")
    }
}

/// Why a text is not a code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CodeError {
    /// Not twelve characters.
    #[error("a code has {LENGTH} characters, and this has {0}")]
    Length(usize),
    /// A character that no code has.
    #[error("{0:?} is in no code")]
    Character(char),
    /// A character is wrong or two are exchanged.
    #[error("the code was mistyped")]
    Check,
}

impl EnrolmentCode {
    /// A code out of 16 random bytes.
    pub fn from_random(bytes: [u8; 16]) -> Self {
        let mut number = u128::from_be_bytes(bytes);
        let mut values = [0_u8; LENGTH];
        for value in values.iter_mut().take(LENGTH - 1) {
            // The remainder is below 31.
            *value = u8::try_from(number % 31).unwrap_or(0);
            number /= 31;
        }
        values[LENGTH - 1] = check_value(&values);
        Self(
            values
                .iter()
                .map(|v| char::from(ALPHABET[usize::from(*v)]))
                .collect(),
        )
    }

    /// Reads a code as people type it: case, spaces and dashes do not matter, `I` and `L` are read as `1`.
    pub fn parse(text: &str) -> Result<Self, CodeError> {
        let mut code = String::with_capacity(LENGTH);
        let mut values = Vec::with_capacity(LENGTH);
        for typed in text
            .chars()
            .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‐' | '–' | '.'))
        {
            let upper = match typed.to_ascii_uppercase() {
                'I' | 'L' => '1',
                other => other,
            };
            let value = ALPHABET
                .iter()
                .position(|c| char::from(*c) == upper)
                .ok_or(CodeError::Character(typed))?;
            values.push(u8::try_from(value).unwrap_or(0));
            code.push(upper);
        }
        let values: [u8; LENGTH] = values
            .try_into()
            .map_err(|v: Vec<u8>| CodeError::Length(v.len()))?;
        if check_value(&values) == values[LENGTH - 1] {
            Ok(Self(code))
        } else {
            Err(CodeError::Check)
        }
    }

    /// As it goes over the wire: twelve characters without dashes.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the centre keeps of it.
    pub fn hash(&self) -> [u8; 32] {
        let mut hasher = blake3::Hasher::new_derive_key("sportello 2026 enrolment code v1");
        hasher.update(self.0.as_bytes());
        hasher.finalize().into()
    }
}

impl std::fmt::Display for EnrolmentCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}-{}", &self.0[..4], &self.0[4..8], &self.0[8..])
    }
}

/// The check value of the first eleven: weights 1 to 11 modulo 31.
fn check_value(values: &[u8; LENGTH]) -> u8 {
    let sum: u32 = values[..LENGTH - 1]
        .iter()
        .zip(1_u32..)
        .map(|(value, weight)| u32::from(*value) * weight)
        .sum();
    u8::try_from(sum % 31).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_code_reads_back_as_typed() {
        let code = EnrolmentCode::from_random([0xA7; 16]);
        let typed = format!("  {} ", code.to_string().to_lowercase().replace('-', " "));
        assert_eq!(EnrolmentCode::parse(&typed).unwrap(), code);
        assert_eq!(EnrolmentCode::parse("1234"), Err(CodeError::Length(4)));
        assert_eq!(EnrolmentCode::parse("O"), Err(CodeError::Character('O')));
        assert_eq!(format!("{code:?}"), "EnrolmentCode(…)");
    }

    proptest! {
        #[test]
        fn one_wrong_or_two_exchanged_is_told(bytes: [u8; 16], at in 0..LENGTH, other in 0..31_usize) {
            let code = EnrolmentCode::from_random(bytes).0;
            prop_assert!(EnrolmentCode::parse(&code).is_ok());
            let mut wrong = code.clone().into_bytes();
            wrong[at] = ALPHABET[other];
            if wrong != code.as_bytes() {
                prop_assert_eq!(EnrolmentCode::parse(std::str::from_utf8(&wrong).unwrap()), Err(CodeError::Check));
            }
            let mut exchanged = code.clone().into_bytes();
            exchanged.swap(at, (at + 1) % LENGTH);
            // The first and the last do not stand beside each other.
            if at + 1 < LENGTH && exchanged != code.as_bytes() {
                prop_assert!(EnrolmentCode::parse(std::str::from_utf8(&exchanged).unwrap()).is_err());
            }
        }

        #[test]
        fn nothing_typed_makes_it_panic(text: String) {
            let _ = EnrolmentCode::parse(&text);
        }
    }
}
