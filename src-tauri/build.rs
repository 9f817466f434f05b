// SPDX-License-Identifier: EUPL-1.2
//! Puts the pages, the icons and what the window may do into the binary.

fn main() {
    tauri_build::build();
}
