// SPDX-License-Identifier: EUPL-1.2
//! Recording a conversation: where desk and centre stood before it, what each said, and what the desk showed after it.

use serde::{Deserialize, Serialize};
use sportello_desk::{Command, Desk};
use sportello_sync::{Endpoint, HttpTransport, Reply, Request, Transport, TransportError};
use sportello_tests::clock::march;
use sportello_tests::{Office, Seat, facts};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

/// One message and its answer.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Said {
    /// Where it went.
    pub path: String,
    /// The message, hexadecimal.
    pub request: String,
    /// Status of the answer.
    pub status: u16,
    /// Media type of the answer.
    pub content_type: String,
    /// The answer, hexadecimal.
    pub reply: String,
}

/// A conversation.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Conversation {
    /// The office's time, milliseconds since 1970.
    pub now: i64,
    /// Who is at work at the desk.
    pub username: String,
    /// What was said, in order.
    pub said: Vec<Said>,
    /// How far the desk had each log afterwards, with the link there: whoever agrees on it agrees on every record.
    pub heads: Vec<String>,
}

/// The heads of a desk's logs as they are kept.
pub fn heads(desk: &Desk) -> Vec<String> {
    let mut heads: Vec<String> = desk
        .store()
        .read(|reads| reads.heads())
        .unwrap()
        .iter()
        .map(|head| {
            format!(
                "{}/{} {} {}",
                head.log.desk_id(),
                head.log.topic,
                head.seq,
                head.link
            )
        })
        .collect();
    heads.sort();
    heads
}

/// Where the conversations of a version are.
pub fn folder(version: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/conversations")
        .join(version)
}

pub fn endpoint(path: &str) -> Endpoint {
    [Endpoint::Enrol, Endpoint::Readmit, Endpoint::Push, Endpoint::Pull]
        .into_iter()
        .find(|endpoint| endpoint.path() == path)
        .unwrap()
}

/// Writes down what passes.
struct Recorder {
    inner: HttpTransport,
    said: Mutex<Vec<Said>>,
}

impl Transport for Recorder {
    async fn send(&self, request: Request) -> Result<Reply, TransportError> {
        let (path, body) = (request.endpoint.path().to_owned(), hex::encode(&request.body));
        let reply = self.inner.send(request).await?;
        self.said.lock().unwrap().push(Said {
            path,
            request: body,
            status: reply.status,
            content_type: reply.content_type.clone(),
            reply: hex::encode(&reply.body),
        });
        Ok(reply)
    }
}

fn note(seat: &Seat, household: sportello_domain::ids::HouseholdId, text: &str) {
    seat.act(Command::AddNote {
        household,
        text: text.into(),
    });
}

/// Records the conversation of this version, once, when it is released:
/// `cargo nextest run --workspace --run-ignored all -E 'test(record_the_conversation_of_this_version)'` with `CONVERSATION=v…`.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "writes files into the source tree"]
async fn record_the_conversation_of_this_version() {
    let folder = folder(&std::env::var("CONVERSATION").unwrap());
    assert!(!folder.exists(), "what was recorded is never recorded again");
    record(&folder).await;
}

/// Has a conversation and writes it into a folder.
pub async fn record(folder: &Path) {
    let office = Office::open_at(march(1, 9, 0)).await;
    let supervisor = office.supervisor().await;
    let a = office.desk("Q1-A", "Q1").await;
    let b = office.desk("Q1-B", "Q1").await;
    office.until_quiet(&[&supervisor, &a, &b]).await;
    facts::define(&supervisor);
    let rossi = supervisor.enter("Rossi", 1);
    let bianchi = supervisor.enter("Bianchi", 1);
    office.until_quiet(&[&supervisor, &a, &b]).await;
    a.receive("A0001", "A0200");
    // Both have another key than the one under which their first records were signed.
    note(&a, bianchi, "prima della chiave");
    note(&b, bianchi, "prima della chiave");
    for seat in [&a, &b] {
        let key = seat.desk.rotate_key_over(&seat.session, seat.wire()).await;
        assert_eq!(key.unwrap().number, 2);
    }
    office.until_quiet(&[&supervisor, &a, &b]).await;
    // What the desk has to hand over: a delivery, a note. What waits for it: what the others wrote meanwhile.
    a.serve(rossi, march(1, 9, 0));
    note(&a, rossi, "citofono rotto");
    supervisor.enter("Verdi", 1);
    note(&b, bianchi, "torna domani");
    b.receive("B0001", "B0200");
    b.exchange().await;
    supervisor.exchange().await;
    std::fs::create_dir_all(folder.join("centre")).unwrap();
    let centre = office.backup();
    for entry in std::fs::read_dir(centre.path()).unwrap() {
        let path = entry.unwrap().path();
        std::fs::copy(&path, folder.join("centre").join(path.file_name().unwrap())).unwrap();
    }
    // A backup is a desk's directory with one file in it.
    let made = a.desk.backup(Some(&folder.join("backups"))).unwrap();
    std::fs::rename(made, folder.join("desk")).unwrap();
    std::fs::remove_dir_all(folder.join("backups")).unwrap();
    let recorder = Arc::new(Recorder {
        inner: a.desk.transport().unwrap(),
        said: Mutex::default(),
    });
    let report = a.desk.sync_over(recorder.clone()).await.unwrap();
    assert!(
        report.is_clean() && report.pushed > 0 && report.pulled > 0,
        "{report:?}"
    );
    let conversation = Conversation {
        now: office.time.now(),
        username: a.username.clone(),
        said: recorder.said.lock().unwrap().clone(),
        heads: heads(&a.desk),
    };
    let text = serde_json::to_string_pretty(&conversation).unwrap();
    std::fs::write(folder.join("conversation.json"), text).unwrap();
}
