// SPDX-License-Identifier: EUPL-1.2
//! A screen: the one that is there, or a virtual one (Xvfb).

use std::io::{BufRead, BufReader};
use std::process::Stdio;

use crate::error::Trouble;
use crate::process::{self, Running};

/// The size of a modest desk's screen, which the pages are made for.
const SIZE: &str = "1366x768x24";

/// Whether a window can be opened for a person.
pub fn is_there() -> bool {
    let named = |name: &str| std::env::var_os(name).is_some_and(|screen| !screen.is_empty());
    cfg!(not(target_os = "linux")) || named("DISPLAY") || named("WAYLAND_DISPLAY")
}

/// A screen that nobody sees; it goes away with this value.
#[derive(Debug)]
pub struct VirtualScreen {
    /// What `DISPLAY` must say.
    pub display: String,
    _server: Running,
}

impl VirtualScreen {
    /// Starts Xvfb on the first free display. Not by `xvfb-run`: stopped from outside, it leaves its server behind.
    pub fn start() -> Result<Self, Trouble> {
        let args = ["-displayfd", "1", "-screen", "0", SIZE, "-nolisten", "tcp"];
        let mut command = process::command("Xvfb", args);
        let mut server = Running::start(command.stdout(Stdio::piped()).stderr(Stdio::null()))?;
        let mut number = String::new();
        if let Some(stdout) = server.stdout() {
            // It tells the number when it is ready; an end without a number is told below.
            let _ = BufReader::new(stdout).read_line(&mut number);
        }
        match number.trim() {
            "" => Err(Trouble::Rule("Xvfb ended without giving a display.".to_owned())),
            number => Ok(Self {
                display: format!(":{number}"),
                _server: server,
            }),
        }
    }
}
