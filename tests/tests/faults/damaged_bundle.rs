// SPDX-License-Identifier: EUPL-1.2
//! Bundles with bytes changed anywhere, pieces missing, the end cut off: refused with the reason, or taken as far as they are whole
//! and said not to be; nothing is taken by half, and the whole file still brings everything afterwards.

use rand::rngs::StdRng;
use rand::{Rng as _, SeedableRng as _};
use sportello_central::Central;
use sportello_desk::view::{BundleRequest, BundleTaken};
use sportello_desk::{Command, Desk, DeskError, Home, Query, Session, View};
use sportello_domain::ids::DeskId;
use sportello_domain::meta::Topic;
use sportello_protocol::Link;
use sportello_tests::faults::damage;
use sportello_tests::office::PASSPHRASE;
use sportello_tests::process::copy_folder;
use sportello_tests::told::code_told;
use sportello_tests::{Office, facts};
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

/// Damaged files.
const TRIES: usize = 60;

type Heads = BTreeMap<(DeskId, Topic), (u64, Link)>;

fn heads(desk: &Desk) -> Heads {
    let heads = desk.store().read(|reads| reads.heads()).unwrap();
    heads
        .into_iter()
        .filter_map(|head| Some(((head.log.desk_id(), head.log.topic()?), (head.seq, head.link))))
        .collect()
}

/// What a desk has is a beginning of what it would have with all.
fn is_a_beginning(desk: &Desk, whole: &Desk) -> bool {
    let all = heads(whole);
    heads(desk).into_iter().all(|((writer, topic), (seq, link))| {
        let log = sportello_protocol::wire::LogName::new(writer, topic);
        let there = whole.store().read(|reads| reads.link_at(&log, seq)).unwrap();
        all.contains_key(&(writer, topic)) && there == Some(link)
    })
}

fn sound(desk: &Desk, session: &Session, what: &str) {
    let View::Verification(found) = desk.query(session, &Query::Verify).unwrap() else {
        panic!()
    };
    assert_eq!(found.faults, Vec::<String>::new(), "{what}");
}

/// Some kinds of damage that a file on a stick suffers and a file on a disk does not: a piece in the middle is missing or stands twice.
fn damaged(whole: &[u8], rng: &mut StdRng) -> (Vec<u8>, &'static str) {
    let mut bytes = whole.to_vec();
    let at = rng.random_range(0..bytes.len());
    let end = (at + rng.random_range(1..4000)).min(bytes.len());
    let what = match rng.random_range(0..4) {
        0 => {
            bytes.drain(at..end);
            "a piece is missing"
        }
        1 => {
            let again = bytes[at..end].to_vec();
            bytes.splice(at..at, again);
            "a piece stands twice"
        }
        _ => damage(&mut bytes, rng),
    };
    (bytes, what)
}

struct Reader {
    desk: Arc<Desk>,
    session: Session,
    _folder: tempfile::TempDir,
}

impl Reader {
    fn new(home: &Home, clock: &sportello_tests::DeskClock) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let dir = folder.path().join("desk");
        copy_folder(home.path(), &dir);
        let (desk, session) = Desk::login(&Home::new(dir), clock.ports(), "q1-b", PASSPHRASE).unwrap();
        Self {
            desk,
            session,
            _folder: folder,
        }
    }

    fn read(&self, file: &Path) -> Result<BundleTaken, DeskError> {
        self.desk.read_bundle(&self.session, file, &mut |_| {})
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_damaged_bundle_is_refused_or_taken_as_far_as_it_is_whole() {
    let office = Office::open().await;
    let supervisor = office.supervisor().await;
    let (a, b) = (office.desk("Q1-A", "Q1").await, office.desk("Q1-B", "Q1").await);
    let all = [&supervisor, &a, &b];
    office.until_quiet(&all).await;
    facts::define(&supervisor);
    let household = supervisor.enter("Rossi", 1);
    office.until_quiet(&all).await;
    for n in 0..80 {
        let text = format!("nota {n} {}", "di molte parole ".repeat(n % 40));
        a.act(Command::AddNote { household, text });
    }
    let stick = tempfile::tempdir().unwrap();
    let file = stick.path().join("whole.sportello");
    let request = BundleRequest {
        desks: vec![b.desk.id()],
        whole: true,
    };
    a.desk
        .write_bundle(&a.session, &request, &file, &mut |_| {})
        .unwrap();
    let whole = std::fs::read(&file).unwrap();
    let centre = tempfile::tempdir().unwrap();
    copy_folder(office.directory(), centre.path());
    let _ = std::fs::remove_file(centre.path().join("central.db-shm"));
    let (home, clock, _folder) = b.closed();

    let model = Reader::new(&home, &clock);
    let before = heads(&model.desk);
    assert!(model.read(&file).unwrap().whole);
    let after = heads(&model.desk);
    assert_ne!(before, after);

    let mut rng = StdRng::seed_from_u64(41);
    let mut counts: BTreeMap<String, usize> = BTreeMap::new();
    let bad = stick.path().join("bad.sportello");
    for _ in 0..TRIES {
        let (bytes, what) = damaged(&whole, &mut rng);
        if bytes == whole {
            continue;
        }
        std::fs::write(&bad, &bytes).unwrap();
        let reader = Reader::new(&home, &clock);
        let outcome = match reader.read(&bad) {
            Err(error) => {
                assert!(error.code().starts_with("bundle_"), "{what}: {}", error.code());
                code_told(&error);
                assert_eq!(heads(&reader.desk), before, "{what}: nothing was taken");
                format!("desk: {}", error.code())
            }
            Ok(taken) => {
                // What follows the end of a file is no part of it.
                let whole = bytes.starts_with(&whole);
                assert_eq!(
                    taken.whole, whole,
                    "{what}: it is said not to be whole: {taken:?}"
                );
                assert!(
                    !whole || heads(&reader.desk) == after,
                    "{what}: and whole is whole"
                );
                assert!(is_a_beginning(&reader.desk, &model.desk), "{what}: {taken:?}");
                let part = heads(&reader.desk) != before;
                format!("desk: taken {}", if part { "in part" } else { "nothing of it" })
            }
        };
        *counts.entry(outcome).or_default() += 1;
        sound(&reader.desk, &reader.session, what);
        reader.read(&file).unwrap();
        assert_eq!(
            heads(&reader.desk),
            after,
            "{what}: the whole file brings everything"
        );

        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("centre");
        copy_folder(centre.path(), &data);
        let central = Central::open(&data).unwrap();
        let had = central.vault().counts().unwrap().records;
        let outcome = match central.take_bundle(&bytes[..]) {
            Err(error) => {
                assert!(error.to_string().split_whitespace().count() >= 4, "{error}");
                assert_eq!(central.vault().counts().unwrap().records, had, "{what}");
                "centre: refused".to_owned()
            }
            Ok(taken) => {
                assert_eq!(taken.whole, bytes.starts_with(&whole), "{what}: {taken:?}");
                "centre: taken as far as it is whole".to_owned()
            }
        };
        *counts.entry(outcome).or_default() += 1;
        assert_eq!(central.verify().unwrap().problems, Vec::<String>::new(), "{what}");
        central.take_bundle(&whole[..]).unwrap();
        let theirs = central.vault().logs().unwrap();
        let theirs = theirs.iter().filter(|log| log.name.desk_id() == a.desk.id());
        let mine: u64 = heads(&a.desk)
            .iter()
            .filter(|((writer, _), _)| *writer == a.desk.id())
            .map(|(_, (seq, _))| seq)
            .sum();
        assert_eq!(theirs.map(|log| log.seq).sum::<u64>(), mine, "{what}");
    }
    for (what, times) in &counts {
        eprintln!("{times:>5}  {what}");
    }
    assert!(counts.keys().any(|what| what.contains("in part")), "{counts:?}");
    assert!(counts.keys().any(|what| what.contains("bundle_")), "{counts:?}");
}
