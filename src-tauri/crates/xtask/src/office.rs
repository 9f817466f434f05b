// SPDX-License-Identifier: EUPL-1.2
//! The central office of `run`: started, asked whether it is well, taken away and brought back.

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::{Duration, Instant};

use crate::error::Trouble;
use crate::process::{self, Running};

/// How long it may take to answer after its start.
const PATIENCE: Duration = Duration::from_secs(30);

/// The central office server on the loopback address.
#[derive(Debug)]
pub struct Office {
    program: String,
    data: PathBuf,
    listen: SocketAddr,
    server: Option<Running>,
}

impl Office {
    /// One that does not run yet.
    pub fn new(program: String, data: &Path, listen: SocketAddr) -> Self {
        Self {
            program,
            data: data.to_path_buf(),
            listen,
            server: None,
        }
    }

    /// Starts it and waits until it says that it is well. One that runs goes on running.
    pub fn start(&mut self) -> Result<(), Trouble> {
        if self.server.is_some() {
            println!("  the central office is there");
            return Ok(());
        }
        let mut command = process::command(&self.program, ["serve", "--data"]);
        command
            .arg(&self.data)
            .args(["--listen", &self.listen.to_string()]);
        // Each request is a line of its log: too much for a terminal in which somebody reads and types.
        if std::env::var_os("SPORTELLO_LOG").is_none() {
            command.env("SPORTELLO_LOG", "warn");
        }
        let mut server = Running::start(command.stdin(Stdio::null()))?;
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            server.still_runs()?;
            if is_well(self.listen) {
                self.server = Some(server);
                return Ok(());
            }
            std::thread::sleep(Duration::from_millis(100));
        }
        Err(Trouble::Rule(format!(
            "the central office did not answer at {} within {} s.",
            self.listen,
            PATIENCE.as_secs()
        )))
    }

    /// Takes it away, as when the network is down.
    pub fn stop(&mut self) {
        self.server = None;
        println!("  the central office is away: desks go on without it (`on` brings it back)");
    }

    /// An error if it ended by itself.
    pub fn check(&mut self) -> Result<(), Trouble> {
        self.server.as_mut().map_or(Ok(()), Running::still_runs)
    }
}

fn is_well(address: SocketAddr) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        // In one piece: a server that answers after the first would close on the rest.
        let request = format!("GET /healthz HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
        stream.write_all(request.as_bytes())?;
        let mut answer = Vec::new();
        stream.take(64).read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    };
    ask().is_ok_and(|answer| answer.starts_with("HTTP/1.") && answer.split(' ').nth(1) == Some("200"))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use std::net::{Ipv4Addr, TcpListener};

    #[test]
    fn a_server_that_is_not_there_is_not_well() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
        let address = listener.local_addr().unwrap();
        drop(listener);
        assert!(!is_well(address));
    }

    #[test]
    fn a_server_is_well_only_when_it_says_so() {
        for (answer, well) in [
            ("HTTP/1.1 200 OK\r\n\r\n", true),
            ("HTTP/1.0 200 OK\r\n\r\n", true),
            ("HTTP/1.1 503 Busy\r\n\r\n", false),
            ("220 mail.example.org 200\r\n", false),
        ] {
            let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
            let address = listener.local_addr().unwrap();
            let server = std::thread::spawn(move || {
                let (mut stream, _) = listener.accept().unwrap();
                let mut asked = Vec::new();
                while !asked.ends_with(b"\r\n\r\n") {
                    let mut byte = [0];
                    assert_eq!(stream.read(&mut byte).unwrap(), 1, "the request has an end");
                    asked.push(byte[0]);
                }
                assert!(asked.starts_with(b"GET /healthz HTTP/1.1\r\n"));
                stream.write_all(answer.as_bytes()).unwrap();
            });
            assert_eq!(is_well(address), well, "{answer:?}");
            server.join().unwrap();
        }
    }

    #[test]
    fn a_server_that_cannot_start_is_told() {
        let address = (Ipv4Addr::LOCALHOST, 9).into();
        let trouble = Office::new("no-such-program-here".to_owned(), Path::new("d"), address)
            .start()
            .unwrap_err();
        assert!(trouble.to_string().contains("no-such-program-here"), "{trouble}");
    }
}
