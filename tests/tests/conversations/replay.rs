// SPDX-License-Identifier: EUPL-1.2
//! Having a recorded conversation again.

use crate::record::{Conversation, Said, endpoint, folder, heads, record};
use sportello_desk::{Desk, Home};
use sportello_protocol::wire::{Problem, Pull, PullAnswer, Push, PushAnswer, unpack};
use sportello_sync::{Reply, Request, Transport, TransportError};
use sportello_tests::Office;
use sportello_tests::clock::{DeskClock, SharedTime};
use sportello_tests::office::PASSPHRASE;
use sportello_tests::sim::image;
use std::collections::VecDeque;
use std::os::unix::fs::PermissionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use tempfile::TempDir;

fn recorded(folder: &Path) -> Conversation {
    let text = std::fs::read_to_string(folder.join("conversation.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

/// Every version of which a conversation was recorded.
fn versions() -> Vec<PathBuf> {
    let mut versions: Vec<PathBuf> = std::fs::read_dir(folder(""))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.is_dir())
        .collect();
    versions.sort();
    assert!(versions.contains(&folder("v1")), "{versions:?}");
    versions
}

fn desk_of(version: &Path, conversation: &Conversation, time: &SharedTime) -> (Arc<Desk>, TempDir) {
    let kept = tempfile::tempdir().unwrap();
    let home = Home::new(kept.path().join("desk"));
    image::copy(&version.join("desk"), home.path());
    let clock = DeskClock::new(time);
    let (desk, _) = Desk::login(&home, clock.ports(), &conversation.username, PASSPHRASE).unwrap();
    (desk, kept)
}

fn time_of(conversation: &Conversation) -> SharedTime {
    let time = SharedTime::at(sportello_tests::clock::march(1, 9, 0));
    time.pass_seconds((conversation.now - time.now()) / 1000);
    time
}

/// A message as it is compared: the program's version aside, and the newest one of the protocol that it says it speaks, which change
/// with each release.
fn meant(path: &str, bytes: &[u8]) -> String {
    match path {
        "/v1/push" => {
            let mut push: Push = unpack(bytes).unwrap();
            push.presence.version.clear();
            push.presence.speaks = None;
            format!("{push:?}")
        }
        "/v1/pull" => {
            let mut pull: Pull = unpack(bytes).unwrap();
            pull.presence.version.clear();
            pull.presence.speaks = None;
            // In which order a desk names what it has is its own affair.
            pull.have.sort_by(|a, b| a.log.cmp(&b.log));
            format!("{pull:?}")
        }
        other => panic!("{other} was not recorded so far"),
    }
}

/// An answer as it is compared: what each desk last said of its program aside.
fn answered(path: &str, status: u16, bytes: &[u8]) -> String {
    if status != 200 {
        return format!("{:?}", unpack::<Problem>(bytes).unwrap().code);
    }
    match path {
        "/v1/push" => format!("{:?}", unpack::<PushAnswer>(bytes).unwrap()),
        "/v1/pull" => {
            let mut answer: PullAnswer = unpack(bytes).unwrap();
            if let Some(directory) = &mut answer.directory {
                directory.presences.clear();
            }
            format!("{answer:?}")
        }
        other => panic!("{other} was not recorded so far"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_desk_of_every_version_so_far_is_answered_by_todays_centre() {
    for version in versions() {
        todays_centre_answers(&version).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn todays_desk_goes_on_with_a_centre_of_every_version_so_far() {
    for version in versions() {
        todays_desk_goes_on(&version).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_said_today_can_be_said_again() {
    let kept = tempfile::tempdir().unwrap();
    let today = kept.path().join("today");
    record(&today).await;
    todays_centre_answers(&today).await;
    todays_desk_goes_on(&today).await;
}

async fn todays_centre_answers(version: &Path) {
    let conversation = recorded(version);
    let mut office = Office::open().await;
    let centre = tempfile::tempdir().unwrap();
    image::copy(&version.join("centre"), centre.path());
    // A checkout does not keep that it is nobody else's to read, and without that a centre does not work.
    std::fs::set_permissions(
        centre.path().join("office.key"),
        std::fs::Permissions::from_mode(0o600),
    )
    .unwrap();
    office
        .time
        .pass_seconds((conversation.now - office.time.now()) / 1000);
    office.restore_at(centre.path().to_owned()).await;
    let (desk, _kept) = desk_of(version, &conversation, &office.time);
    desk.change_settings(|settings| settings.server.clone_from(&office.url))
        .unwrap();
    let transport = desk.transport().unwrap();
    for said in &conversation.said {
        let request = Request {
            endpoint: endpoint(&said.path),
            body: hex::decode(&said.request).unwrap(),
        };
        let reply = transport.send(request).await.unwrap();
        assert_eq!(reply.status, said.status, "{} {}", version.display(), said.path);
        assert_eq!(
            answered(&said.path, reply.status, &reply.body),
            answered(&said.path, said.status, &hex::decode(&said.reply).unwrap()),
            "{} {}",
            version.display(),
            said.path
        );
        // An old desk takes what stands before the first semicolon.
        let kind = |text: &str| text.split(';').next().unwrap().trim().to_owned();
        assert_eq!(kind(&reply.content_type), kind(&said.content_type));
    }
    assert_eq!(office.central.verify().unwrap().problems, Vec::<String>::new());
}

/// Answers as the centre did that was recorded, if it is asked the same.
struct Remembered {
    said: Mutex<VecDeque<Said>>,
}

impl Transport for Remembered {
    async fn send(&self, request: Request) -> Result<Reply, TransportError> {
        let said = self
            .said
            .lock()
            .unwrap()
            .pop_front()
            .expect("nothing more was said");
        assert_eq!(request.endpoint.path(), said.path);
        assert_eq!(
            meant(&said.path, &request.body),
            meant(&said.path, &hex::decode(&said.request).unwrap()),
        );
        Ok(Reply {
            status: said.status,
            content_type: said.content_type,
            body: hex::decode(&said.reply).unwrap(),
        })
    }
}

async fn todays_desk_goes_on(version: &Path) {
    let conversation = recorded(version);
    let (desk, _kept) = desk_of(version, &conversation, &time_of(&conversation));
    let centre = Arc::new(Remembered {
        said: Mutex::new(conversation.said.clone().into()),
    });
    let report = desk.sync_over(centre.clone()).await.unwrap();
    assert!(report.is_clean(), "{}: {report:?}", version.display());
    assert!(
        centre.said.lock().unwrap().is_empty(),
        "{}: all was said again",
        version.display()
    );
    assert_eq!(heads(&desk), conversation.heads, "{}", version.display());
    let known = desk.store().read(|reads| reads.search("Verdi", 5)).unwrap();
    assert_eq!(known.len(), 1, "{}: what came is shown", version.display());
    assert!(desk.store().verify().unwrap().is_sound());
}
