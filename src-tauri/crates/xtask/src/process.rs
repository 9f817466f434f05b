// SPDX-License-Identifier: EUPL-1.2
//! Other programs: started with their command shown, never through a shell.

use std::ffi::OsStr;
use std::process::{Child, ChildStdout, Command, Output, Stdio};
use std::time::{Duration, Instant};

use crate::error::Trouble;

/// A command that inherits this process's streams, unless told otherwise.
pub fn command<S: AsRef<OsStr>>(program: &str, args: impl IntoIterator<Item = S>) -> Command {
    let mut command = Command::new(program);
    command.args(args);
    command
}

/// Shows and runs a command to its end.
pub fn run(command: &mut Command) -> Result<(), Trouble> {
    println!("  $ {}", shown(command));
    let status = command.status().map_err(|cause| Trouble::NotStarted {
        command: shown(command),
        cause,
    })?;
    if status.success() {
        return Ok(());
    }
    Err(Trouble::Failed {
        command: shown(command),
        status: status.to_string(),
    })
}

/// Runs a command quietly and gives what it printed; a failure carries its error output.
pub fn output(command: &mut Command) -> Result<Output, Trouble> {
    let output = command
        .stdin(Stdio::null())
        .output()
        .map_err(|cause| Trouble::NotStarted {
            command: shown(command),
            cause,
        })?;
    if output.status.success() {
        return Ok(output);
    }
    let words = String::from_utf8_lossy(&output.stderr);
    Err(Trouble::Failed {
        command: shown(command),
        status: format!(
            "{}; {}",
            output.status,
            words.trim().lines().last().unwrap_or("it said nothing")
        ),
    })
}

/// Whether a program is there and answers with success; what it prints is not shown.
pub fn answers(program: &str, args: &[&str]) -> bool {
    Command::new(program)
        .args(args)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// A program running beside this one; it is stopped when this value goes away.
#[derive(Debug)]
pub struct Running {
    child: Child,
    name: String,
}

impl Running {
    /// Shows and starts a command.
    pub fn start(command: &mut Command) -> Result<Self, Trouble> {
        println!("  $ {} &", shown(command));
        let name = shown(command);
        match command.spawn() {
            Ok(child) => Ok(Self { child, name }),
            Err(cause) => Err(Trouble::NotStarted { command: name, cause }),
        }
    }

    /// Its process id.
    pub fn id(&self) -> u32 {
        self.child.id()
    }

    /// What it prints, once, if that was asked for at its start.
    pub fn stdout(&mut self) -> Option<ChildStdout> {
        self.child.stdout.take()
    }

    /// An error if it has ended already, whether well or not.
    pub fn still_runs(&mut self) -> Result<(), Trouble> {
        match self.child.try_wait() {
            Ok(None) => Ok(()),
            Ok(Some(status)) => Err(Trouble::Failed {
                command: self.name.clone(),
                status: status.to_string(),
            }),
            Err(cause) => Err(Trouble::NotStarted {
                command: self.name.clone(),
                cause,
            }),
        }
    }

    /// `None` while it runs; an error if it ended with a failure.
    pub fn ended(&mut self) -> Result<Option<()>, Trouble> {
        match self.child.try_wait() {
            Ok(None) => Ok(None),
            Ok(Some(status)) if status.success() => Ok(Some(())),
            Ok(Some(status)) => Err(Trouble::Failed {
                command: self.name.clone(),
                status: status.to_string(),
            }),
            Err(cause) => Err(Trouble::NotStarted {
                command: self.name.clone(),
                cause,
            }),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        if !matches!(self.child.try_wait(), Ok(None)) {
            return;
        }
        // Asked first, so that it closes its files in order; the standard library can only kill.
        if cfg!(unix) && answers("kill", &["-TERM", &self.id().to_string()]) {
            let began = Instant::now();
            while began.elapsed() < Duration::from_secs(5) {
                if !matches!(self.child.try_wait(), Ok(None)) {
                    return;
                }
                std::thread::sleep(Duration::from_millis(50));
            }
        }
        // It may end by itself between the question and the blow: then there is nothing left to do.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A command as a person would type it.
pub fn shown(command: &Command) -> String {
    std::iter::once(command.get_program())
        .chain(command.get_args())
        .map(|word| quoted(&word.to_string_lossy()))
        .collect::<Vec<_>>()
        .join(" ")
}

fn quoted(word: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:=,@%+\\".contains(c);
    if !word.is_empty() && word.chars().all(plain) {
        word.to_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_shown_command_can_be_typed_again() {
        let command = command("cargo", ["test", "two words", "", "it's"]);
        assert_eq!(shown(&command), r"cargo test 'two words' '' 'it'\''s'");
    }

    #[cfg(unix)]
    #[test]
    fn a_failing_program_is_a_trouble_with_its_command() {
        let trouble = run(&mut command("false", ["x"])).unwrap_err().to_string();
        assert!(trouble.starts_with("`false x` failed"), "{trouble}");
        assert!(run(&mut command("true", ["x"])).is_ok());
        assert!(!answers("no-such-program-here", &[]));
    }

    #[cfg(unix)]
    #[test]
    fn a_running_program_is_stopped_when_its_handle_goes_away() {
        let running = Running::start(&mut command("sleep", ["600"])).unwrap();
        let id = running.id().to_string();
        assert!(answers("kill", &["-0", &id]));
        drop(running);
        assert!(!answers("kill", &["-0", &id]));
    }

    #[cfg(unix)]
    #[test]
    fn an_end_is_told_with_how_it_was() {
        let wait = |program: &str| {
            let mut running = Running::start(&mut command(program, ["0"])).unwrap();
            loop {
                match running.ended() {
                    Ok(None) => std::thread::sleep(Duration::from_millis(5)),
                    end => return end,
                }
            }
        };
        assert_eq!(wait("true").unwrap(), Some(()));
        assert!(
            wait("false")
                .unwrap_err()
                .to_string()
                .contains("`false 0` failed")
        );
    }
}
