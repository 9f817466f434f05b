// SPDX-License-Identifier: EUPL-1.2
//! Somebody else than a centre, listening where a centre should.

use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// What it does to whoever connects.
#[derive(Clone, Debug)]
pub enum Manner {
    /// Reads the request and answers with these bytes.
    Say(Vec<u8>),
    /// Reads and never answers.
    Silence,
    /// Closes the connection at once.
    HangUp,
}

/// Somebody who listens.
#[derive(Debug)]
pub struct Impostor {
    /// Its address.
    pub url: String,
    task: JoinHandle<()>,
}

impl Drop for Impostor {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Impostor {
    /// Listens on a free port.
    pub async fn listen(manner: Manner) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let task = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                tokio::spawn(receive(stream, manner.clone()));
            }
        });
        Self { url, task }
    }

    /// Answers every request with a status, a media type and a body.
    pub async fn answering(status: u16, content_type: &str, body: &[u8]) -> Self {
        let mut bytes = format!(
            "HTTP/1.1 {status} X\r\ncontent-type: {content_type}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n",
            body.len()
        )
        .into_bytes();
        bytes.extend_from_slice(body);
        Self::listen(Manner::Say(bytes)).await
    }
}

async fn receive(mut stream: TcpStream, manner: Manner) {
    match manner {
        Manner::HangUp => {}
        Manner::Silence => tokio::time::sleep(Duration::from_mins(10)).await,
        Manner::Say(answer) => {
            let mut request = Vec::new();
            let mut chunk = [0; 4096];
            while let Ok(n) = stream.read(&mut chunk).await
                && n > 0
            {
                request.extend_from_slice(&chunk[..n]);
                if whole(&request) {
                    break;
                }
            }
            let _ = stream.write_all(&answer).await;
            let _ = stream.shutdown().await;
        }
    }
}

/// Whether head and body of a request are there.
fn whole(request: &[u8]) -> bool {
    let Some(at) = request.windows(4).position(|w| w == b"\r\n\r\n") else {
        return false;
    };
    let head = String::from_utf8_lossy(&request[..at]).to_lowercase();
    let length = head
        .lines()
        .find_map(|line| line.strip_prefix("content-length:")?.trim().parse::<usize>().ok());
    request.len() >= at + 4 + length.unwrap_or(0)
}
