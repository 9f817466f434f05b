//! STUB
use crate::query::Language;
/// stub
pub fn sentence(_: Language, code: &str, _: &[(&str, String)]) -> String { code.to_owned() }
