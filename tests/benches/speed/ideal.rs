// SPDX-License-Identifier: EUPL-1.2
//! The yardstick of the exchange: the least that could be done. A desk's log in SQLCipher with a chain and a signature for
//! every record, compressed batches over HTTP, a server that verifies and inserts a batch at once, and a fresh desk that
//! takes all of it. No topics, no custody, no projections.

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::routing::{get, post};
use ed25519_dalek::{Signature, Signer as _, SigningKey, VerifyingKey, verify_batch};
use rusqlite::Connection;
use std::collections::HashMap;
use std::path::Path;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

/// Records of a batch.
const BATCH: i64 = 2_000;
/// Signatures that are verified together.
const TOGETHER: usize = 256;

const TABLES: &str = "CREATE TABLE record (place INTEGER PRIMARY KEY, desk INTEGER NOT NULL, seq INTEGER NOT NULL,
    body TEXT NOT NULL, before BLOB NOT NULL, link BLOB NOT NULL, signature BLOB NOT NULL, UNIQUE (desk, seq));
    CREATE TABLE cursor (name INTEGER PRIMARY KEY, seq INTEGER NOT NULL);";

struct Server {
    database: Mutex<Connection>,
    key: VerifyingKey,
}

/// How long handing over and fetching took, and how many bytes crossed.
#[derive(Clone, Copy, Debug)]
pub struct Times {
    pub push: Duration,
    pub pull: Duration,
    pub sent: usize,
    pub received: usize,
}

/// One round: `bodies` are written at one desk, pushed, and pulled by another that has nothing.
pub async fn round(bodies: &[String]) -> Times {
    let folder = tempfile::tempdir().unwrap();
    let key = SigningKey::from_bytes(&[9; 32]);
    let server = Server {
        database: Mutex::new(open(&folder.path().join("server.db"), false)),
        key: key.verifying_key(),
    };
    let router = Router::new()
        .route("/push", post(take))
        .route("/pull", get(give))
        .layer(DefaultBodyLimit::max(64 << 20))
        .with_state(Arc::new(server));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let serving = tokio::spawn(async move { axum::serve(listener, router).await.unwrap() });
    let _ = rustls::crypto::ring::default_provider().install_default();
    let client = reqwest::Client::builder()
        .no_proxy()
        .tls_certs_only([])
        .build()
        .unwrap();

    let mut writer = open(&folder.path().join("a.db"), true);
    write(&mut writer, &key, bodies);
    let began = Instant::now();
    let sent = push(&writer, &client, &url).await;
    let push = began.elapsed();
    let mut reader = open(&folder.path().join("b.db"), true);
    let began = Instant::now();
    let received = pull(&mut reader, &client, &url, &key.verifying_key()).await;
    let pull = began.elapsed();
    let count: i64 = reader
        .query_row("SELECT count(*) FROM record", [], |row| row.get(0))
        .unwrap();
    assert_eq!(usize::try_from(count), Ok(bodies.len()));
    serving.abort();
    Times {
        push,
        pull,
        sent,
        received,
    }
}

fn open(path: &Path, encrypted: bool) -> Connection {
    let connection = Connection::open(path).unwrap();
    if encrypted {
        connection
            .execute_batch(&format!("PRAGMA key = \"x'{}'\";", "2d".repeat(32)))
            .unwrap();
    }
    let _: String = connection
        .query_row("PRAGMA journal_mode = WAL", [], |row| row.get(0))
        .unwrap();
    connection.execute_batch("PRAGMA synchronous = FULL;").unwrap();
    connection.execute_batch(TABLES).unwrap();
    connection
}

fn link(before: &[u8], body: &str) -> [u8; 32] {
    let mut hasher = blake3::Hasher::new();
    hasher.update(before);
    hasher.update(body.as_bytes());
    *hasher.finalize().as_bytes()
}

fn write(connection: &mut Connection, key: &SigningKey, bodies: &[String]) {
    let transaction = connection.transaction().unwrap();
    let mut before = vec![0; 32];
    for (body, seq) in bodies.iter().zip(1_i64..) {
        let link = link(&before, body);
        let signature = key.sign(&link).to_bytes();
        transaction
            .prepare_cached("INSERT INTO record (desk, seq, body, before, link, signature) VALUES (7, ?1, ?2, ?3, ?4, ?5)")
            .unwrap()
            .execute((seq, body, &before, &link[..], &signature[..]))
            .unwrap();
        before = link.to_vec();
    }
    transaction.commit().unwrap();
}

/// A batch as it travels: number, signature, body, a line each.
fn pack(rows: &mut rusqlite::Rows<'_>) -> (String, i64) {
    let (mut text, mut last) = (String::new(), 0);
    while let Some(row) = rows.next().unwrap() {
        last = row.get(0).unwrap();
        let signature: Vec<u8> = row.get(1).unwrap();
        let _ = std::fmt::Write::write_fmt(&mut text, format_args!("{last}\t{}\t", hex::encode(signature)));
        text.push_str(row.get_ref(2).unwrap().as_str().unwrap());
        text.push('\n');
    }
    (text, last)
}

async fn push(connection: &Connection, client: &reqwest::Client, url: &str) -> usize {
    let (mut sent, mut bytes) = (0, 0);
    loop {
        let (text, last) = {
            let mut query = connection
                .prepare_cached("SELECT seq, signature, body FROM record WHERE desk = 7 AND seq > ?1 ORDER BY seq LIMIT ?2")
                .unwrap();
            let mut rows = query.query((sent, BATCH)).unwrap();
            pack(&mut rows)
        };
        if text.is_empty() {
            return bytes;
        }
        let body = zstd::encode_all(text.as_bytes(), 3).unwrap();
        bytes += body.len();
        let answer = client
            .post(format!("{url}/push"))
            .body(body)
            .send()
            .await
            .unwrap()
            .text()
            .await
            .unwrap();
        assert_eq!(answer.parse::<i64>().unwrap(), last - sent);
        connection
            .execute("INSERT OR REPLACE INTO cursor VALUES (1, ?1)", [last])
            .unwrap();
        sent = last;
    }
}

async fn pull(connection: &mut Connection, client: &reqwest::Client, url: &str, key: &VerifyingKey) -> usize {
    let (mut after, mut bytes) = (0_i64, 0);
    loop {
        let address = format!("{url}/pull?after={after}");
        let packed = client.get(address).send().await.unwrap().bytes().await.unwrap();
        bytes += packed.len();
        let text = String::from_utf8(zstd::decode_all(&packed[..]).unwrap()).unwrap();
        let Some(last) = text.lines().last() else {
            return bytes;
        };
        after = last.split('\t').next().unwrap().parse().unwrap();
        insert(connection, key, &text);
    }
}

/// Verifies a batch and inserts it in one transaction.
fn insert(connection: &mut Connection, key: &VerifyingKey, text: &str) -> usize {
    let transaction = connection.transaction().unwrap();
    let last = transaction.query_row(
        "SELECT link FROM record WHERE desk = 7 ORDER BY seq DESC LIMIT 1",
        [],
        |row| row.get(0),
    );
    let mut before: Vec<u8> = last.unwrap_or_else(|_| vec![0; 32]);
    let mut rows = Vec::new();
    for line in text.lines() {
        let mut fields = line.splitn(3, '\t');
        let seq: i64 = fields.next().unwrap().parse().unwrap();
        let signature = hex::decode(fields.next().unwrap()).unwrap();
        let body = fields.next().unwrap();
        serde_json::from_str::<serde_json::Value>(body).unwrap();
        let link = link(&before, body);
        rows.push((
            seq,
            body,
            std::mem::replace(&mut before, link.to_vec()),
            link,
            signature,
        ));
    }
    for together in rows.chunks(TOGETHER) {
        let links: Vec<&[u8]> = together.iter().map(|row| &row.3[..]).collect();
        let signatures: Vec<Signature> = together
            .iter()
            .map(|row| Signature::from_slice(&row.4).unwrap())
            .collect();
        verify_batch(&links, &signatures, &vec![*key; together.len()]).unwrap();
    }
    let mut inserted = 0;
    for (seq, body, before, link, signature) in &rows {
        inserted += transaction
            .prepare_cached(
                "INSERT INTO record (desk, seq, body, before, link, signature) VALUES (7, ?1, ?2, ?3, ?4, ?5)
                 ON CONFLICT (desk, seq) DO NOTHING",
            )
            .unwrap()
            .execute((seq, body, before, &link[..], signature))
            .unwrap();
    }
    transaction.commit().unwrap();
    inserted
}

async fn take(State(server): State<Arc<Server>>, body: Bytes) -> String {
    let work = move || {
        let text = String::from_utf8(zstd::decode_all(&body[..]).unwrap()).unwrap();
        insert(&mut server.database.lock().unwrap(), &server.key, &text).to_string()
    };
    tokio::task::spawn_blocking(work).await.unwrap()
}

async fn give(State(server): State<Arc<Server>>, Query(query): Query<HashMap<String, i64>>) -> Vec<u8> {
    let after = query["after"];
    let work = move || {
        let database = server.database.lock().unwrap();
        let mut select = database
            .prepare_cached(
                "SELECT place, signature, body FROM record WHERE place > ?1 ORDER BY place LIMIT ?2",
            )
            .unwrap();
        let mut rows = select.query((after, BATCH)).unwrap();
        let (text, _) = pack(&mut rows);
        zstd::encode_all(text.as_bytes(), 3).unwrap()
    };
    tokio::task::spawn_blocking(work).await.unwrap()
}
