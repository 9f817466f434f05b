// SPDX-License-Identifier: EUPL-1.2
//! QR codes as one vector path: sharp at any size, without seams between the modules.

use std::fmt::Write as _;

use qrcode::{Color, EcLevel, QrCode};
use serde_json::{Value, json};

use super::DocumentError;

/// The white border that ISO/IEC 18004 asks for, in modules.
const QUIET: usize = 4;

/// The QR of a payload, as SVG, and how many modules its side has: a template makes it large enough to be scanned.
/// Level M repairs 15 %: enough for thermal paper in a pocket.
pub(super) fn picture(payload: &str) -> Result<Value, DocumentError> {
    let code = QrCode::with_error_correction_level(payload.as_bytes(), EcLevel::M)
        .map_err(|_| DocumentError::QrTooLong { bytes: payload.len() })?;
    let width = code.width();
    let side = width + 2 * QUIET;
    let mut path = String::new();
    for (row, modules) in code.to_colors().chunks(width).enumerate() {
        let mut column = 0;
        for run in modules.chunk_by(|one, other| one == other) {
            if run.first() == Some(&Color::Dark) {
                let (x, y, length) = (column + QUIET, row + QUIET, run.len());
                // Writing into a string cannot fail.
                let _ = write!(path, "M{x} {y}h{length}v1h-{length}z");
            }
            column += run.len();
        }
    }
    let svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" width=\"{side}\" \
         height=\"{side}\"><path fill=\"#000\" d=\"{path}\"/></svg>"
    );
    Ok(json!({ "svg": svg, "side": side }))
}
