// SPDX-License-Identifier: EUPL-1.2
//! Backup, restoring, and moving to a server: nothing is lost, nothing by half is served, and done again it changes nothing.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod support;

use sportello_central::vault::{Registry, Vault, VaultError};
use sportello_central::{Central, CentralError, Database, NewDesk, Server};
use sportello_domain::meta::EntityKind;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use support::{Kind, MemoryDesk, Office, Q1, Q2, TestDatabase, memory::small_pages};

const KINDS: [Kind; 2] = [Kind::File, Kind::Server];

/// An office in which everything has happened: desks enrolled, invited and revoked, records refused, a fork.
async fn full(kind: Kind) -> (Office, Arc<MemoryDesk>) {
    let office = Office::open_on(kind);
    let desk = office.desk(NewDesk::new("Q1", "Q1-A")).await;
    let cloned = office.desk(NewDesk::new("Q1", "Q1-B")).await;
    let revoked = office.desk(NewDesk::new("Q2", "Q2-A")).await;
    office.central.add_desk(&NewDesk::new("Q3", "Q3-A")).unwrap();
    desk.notes(Q1, 30);
    desk.write(Q1, EntityKind::Household, "household.noted", b"{\"testo\":1}");
    desk.notes(Q2, 4);
    assert!(office.exchange_with(&desk, small_pages()).await.is_clean());
    cloned.notes(Q1, 3);
    assert!(office.exchange(&cloned).await.is_clean());
    let other = cloned.cloned();
    cloned.note(Q1, "di qua");
    other.note(Q1, "di là");
    office.exchange(&cloned).await;
    office.exchange(&other).await;
    revoked.notes(Q2, 2);
    office.exchange(&revoked).await;
    office.central.revoke_desk("Q2-A").unwrap();
    let counts = office.central.vault().counts().unwrap();
    assert_eq!((counts.aside, counts.refused, counts.desks), (1, 1, 2));
    (office, desk)
}

/// Holds one vault to another, row by row.
fn assert_same(one: &dyn Vault, other: &dyn Vault) {
    let registry = |vault: &dyn Vault| Registry {
        desks: vault.desks().unwrap(),
        codes: vault.codes().unwrap(),
        presences: vault.presences().unwrap(),
    };
    assert_eq!(one.office().unwrap(), other.office().unwrap());
    assert_eq!(registry(one), registry(other));
    assert_eq!(one.counts().unwrap(), other.counts().unwrap());
    assert_eq!(one.forks().unwrap(), other.forks().unwrap());
    for (log, head) in one.forks().unwrap() {
        let link = head.link();
        let fork = one.fork(&log, &link).unwrap();
        assert!(fork.is_some() && fork == other.fork(&log, &link).unwrap());
    }
    let logs = one.logs().unwrap();
    assert_eq!(logs, other.logs().unwrap());
    for log in logs {
        let segments = |vault: &dyn Vault| vault.segments(&log.name, 0, 64 << 20).unwrap();
        assert_eq!(segments(one), segments(other));
        let refused = |vault: &dyn Vault| vault.refused(&log.name, 0, u64::MAX).unwrap();
        assert_eq!(refused(one), refused(other));
    }
}

/// A place for a centre with the office's key in it.
fn place(kind: Kind, office: &Office) -> TestDatabase {
    let place = TestDatabase::new(kind);
    std::fs::copy(
        office.database.path().join("office.key"),
        place.path().join("office.key"),
    )
    .unwrap();
    place
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_of_either_is_restored_into_either_row_by_row() {
    for from in KINDS {
        let (office, _) = full(from).await;
        let backup = office.backup();
        for to in KINDS {
            let place = place(to, &office);
            let report = Central::restore(place.path(), &place.database, &backup).unwrap();
            assert_eq!((report.copied, report.there_before), (report.verified.records, 0));
            let restored = Central::open_founded(place.path(), &place.database).unwrap();
            assert_same(office.central.vault(), restored.vault());
            assert!(restored.verify().unwrap().problems.is_empty());
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_made_while_desks_hand_over_is_a_state_from_which_they_go_on() {
    for kind in KINDS {
        let mut office = Office::open_on(kind);
        let mut desks = Vec::new();
        for number in 0..3 {
            desks.push(office.desk(NewDesk::new("Q1", &format!("Q1-{number}"))).await);
        }
        let stop = Arc::new(AtomicBool::new(false));
        let mut running = tokio::task::JoinSet::new();
        for desk in desks.clone() {
            let (url, stop) = (office.url.clone(), stop.clone());
            running.spawn(async move {
                while !stop.load(Ordering::Relaxed) {
                    desk.notes(Q1, 5);
                    let transport = Arc::new(support::transport_to(&url, Some(&desk)));
                    let options = sportello_sync::Options::default();
                    let report = sportello_sync::run(
                        desk.clone(),
                        transport,
                        desk.identity.clone(),
                        options,
                        support::now,
                    )
                    .await;
                    assert!(report.is_clean(), "{report:?}");
                }
            });
        }
        let mut backups = Vec::new();
        for _ in 0..4 {
            tokio::time::sleep(std::time::Duration::from_millis(60)).await;
            let central = office.central.clone();
            let path = tempfile::tempdir().unwrap().keep().join("backup.db");
            let to = path.clone();
            tokio::task::spawn_blocking(move || central.backup(&to).unwrap())
                .await
                .unwrap();
            backups.push(path);
        }
        stop.store(true, Ordering::Relaxed);
        running.join_all().await;
        let whole = office.central.vault().counts().unwrap().records;
        for path in &backups {
            office.restored_from(path);
            assert!(office.central.verify().unwrap().problems.is_empty());
            for desk in &desks {
                let report = office.exchange(desk).await;
                assert!(report.is_clean() && report.waiting == 0, "{report:?}");
            }
            assert_eq!(office.central.vault().counts().unwrap().records, whole);
            std::fs::remove_dir_all(path.parent().unwrap()).unwrap();
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_backup_is_one_private_file_and_never_written_over_another() {
    let (office, _) = full(Kind::File).await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("backup.db");
    // Left by one that was broken off.
    std::fs::write(folder.path().join("backup.db.part"), b"half of something").unwrap();
    std::fs::write(folder.path().join("backup.db.part-wal"), b"half of something").unwrap();
    office.central.backup(&path).unwrap();
    let names: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|entry| entry.unwrap().file_name())
        .collect();
    assert_eq!(names, ["backup.db"], "nothing beside it");
    let before = std::fs::read(&path).unwrap();
    assert!(matches!(
        office.central.backup(&path),
        Err(CentralError::FileExists(_))
    ));
    assert_eq!(std::fs::read(&path).unwrap(), before);
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        assert_eq!(
            std::fs::metadata(&path).unwrap().permissions().mode() & 0o777,
            0o600
        );
    }
    // The office's key is not in it, and reading it leaves it as it is.
    let key = std::fs::read_to_string(office.database.path().join("office.key")).unwrap();
    let seed = hex::decode(key.lines().nth(1).unwrap()).unwrap();
    assert!(!before.windows(seed.len()).any(|window| window == seed));
    let place = place(Kind::File, &office);
    Central::restore(place.path(), &place.database, &path).unwrap();
    assert_eq!(std::fs::read(&path).unwrap(), before);
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_restored_over_an_office_or_without_its_key() {
    let (office, _) = full(Kind::File).await;
    let backup = office.backup();
    for kind in KINDS {
        let restore = |place: &TestDatabase| Central::restore(place.path(), &place.database, &backup);
        let keyless = TestDatabase::new(kind);
        assert!(matches!(restore(&keyless), Err(CentralError::NoKey(_))));
        let place = place(kind, &office);
        restore(&place).unwrap();
        assert!(matches!(restore(&place), Err(CentralError::OfficeExists(_))));
        let other = Office::open_on(kind);
        let before = other.central.vault().counts().unwrap();
        assert!(matches!(
            restore(&other.database),
            Err(CentralError::OfficeExists(_) | CentralError::CopyDamaged(_))
        ));
        assert_eq!(other.central.vault().counts().unwrap(), before);
    }
    let nothing = Path::new("/nowhere/backup.db");
    let place = place(Kind::File, &office);
    assert!(Central::restore(place.path(), &Database::File, nothing).is_err());
    std::fs::write(
        place.path().join("rubbish"),
        b"no database at all, but long enough to be looked at",
    )
    .unwrap();
    assert!(Central::restore(place.path(), &Database::File, &place.path().join("rubbish")).is_err());
}

/// The database takes so many more segments and then refuses, as a full disk would.
fn breaks_off(place: &TestDatabase, after: u32) {
    place.sql(&match place.kind() {
        Kind::File => format!(
            "CREATE TRIGGER full BEFORE INSERT ON segment WHEN (SELECT count(*) FROM segment) >= {after} \
             BEGIN SELECT RAISE(ABORT, 'no room'); END"
        ),
        Kind::Server => format!(
            "CREATE FUNCTION full_disk() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
               IF (SELECT count(*) FROM segment) >= {after} THEN \
                 RAISE EXCEPTION 'no room' USING ERRCODE = '53100'; END IF; \
               RETURN NEW; END $$; \
             CREATE TRIGGER full_disk BEFORE INSERT ON segment FOR EACH ROW EXECUTE FUNCTION full_disk()"
        ),
    });
}

fn has_room(place: &TestDatabase) {
    place.sql(match place.kind() {
        Kind::File => "DROP TRIGGER full",
        Kind::Server => "DROP TRIGGER full_disk ON segment",
    });
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_broken_off_is_no_centre_and_goes_on_from_where_it_was() {
    let (office, _) = full(Kind::File).await;
    let backup = office.backup();
    for kind in KINDS {
        let place = place(kind, &office);
        drop(place.central());
        breaks_off(&place, 6);
        let restore = || Central::restore(place.path(), &place.database, &backup);
        let error = restore().unwrap_err();
        assert!(matches!(error, CentralError::Vault(_)), "{error:?}");
        assert!(matches!(
            Central::open_founded(place.path(), &place.database),
            Err(CentralError::NoOffice)
        ));
        has_room(&place);
        let report = restore().unwrap();
        assert!(report.there_before > 0 && report.copied > 0, "{report:?}");
        assert_eq!(report.there_before + report.copied, report.verified.records);
        assert_same(office.central.vault(), place.central().vault());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_hold_is_not_copied() {
    let (office, _) = full(Kind::File).await;
    let backup = office.backup();
    let db = rusqlite::Connection::open(&backup).unwrap();
    let (last, mut records): (i64, Vec<u8>) = db
        .query_row(
            "SELECT last, records FROM segment WHERE topic = 'q2' ORDER BY last DESC LIMIT 1",
            [],
            |row| Ok((row.get(0)?, row.get(1)?)),
        )
        .unwrap();
    let at = records.len() - 3;
    records[at] ^= 1;
    db.execute(
        "UPDATE segment SET records = ?1 WHERE topic = 'q2' AND last = ?2",
        (records, last),
    )
    .unwrap();
    drop(db);
    for kind in KINDS {
        let place = place(kind, &office);
        let error = Central::restore(place.path(), &place.database, &backup).unwrap_err();
        assert!(matches!(error, CentralError::CopyDamaged(_)), "{error:?}");
        assert!(error.to_string().contains("/q2"), "{error}");
        assert!(matches!(
            Central::open_founded(place.path(), &place.database),
            Err(CentralError::NoOffice)
        ));
    }
}

fn server(place: &TestDatabase) -> &Server {
    match &place.database {
        Database::Server(server) => server,
        Database::File => panic!("a server is wanted"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_moves_to_a_server_once_and_desks_go_on_there() {
    let (mut office, desk) = full(Kind::File).await;
    let place = TestDatabase::new(Kind::Server);
    let folder = office.database.path().to_owned();
    let migrate = || Central::migrate(&folder, server(&place));
    let error = migrate().unwrap_err();
    assert!(
        matches!(error, CentralError::Vault(VaultError::InUse)),
        "{error:?}"
    );
    assert!(error.to_string().contains("stop"), "{error}");
    let backup = office.backup();
    office.close().await;
    // Broken off, and gone on.
    drop(Central::open_on(&folder, &place.database).unwrap());
    breaks_off(&place, 5);
    assert!(migrate().is_err());
    assert!(
        folder.join("central.db").is_file(),
        "it stays until all of it has arrived"
    );
    has_room(&place);
    let report = migrate().unwrap();
    assert!(report.there_before > 0 && report.copied > 0, "{report:?}");
    let moved = Central::open_founded(&folder, &place.database).unwrap();
    let original = TestDatabase::new(Kind::File);
    std::fs::copy(folder.join("office.key"), original.path().join("office.key")).unwrap();
    Central::restore(original.path(), &Database::File, &backup).unwrap();
    assert_same(original.central().vault(), moved.vault());
    // Nobody goes on with the file by mistake.
    assert!(folder.join("central.db.moved").is_file() && !folder.join("central.db").exists());
    for error in [
        Central::open_founded(&folder, &Database::File).unwrap_err(),
        Central::open(&folder).unwrap_err(),
    ] {
        assert!(error.to_string().contains("--database-url"), "{error}");
    }
    // Desks go on, and to do it again changes nothing.
    let again = migrate().unwrap();
    assert_eq!((again.copied, again.there_before), (0, again.verified.records));
    office.serve_from(moved);
    desk.notes(Q1, 3);
    let report = office.exchange(&desk).await;
    assert!(report.is_clean() && report.waiting == 0, "{report:?}");
    let again = migrate().unwrap();
    assert_eq!(
        again.verified.records,
        again.there_before + 3,
        "the server has gone on"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_does_not_move_onto_another_office() {
    let (mut office, _) = full(Kind::File).await;
    let folder = office.database.path().to_owned();
    office.close().await;
    let other = Office::open_on(Kind::Server);
    let before = other.central.vault().counts().unwrap();
    let error = Central::migrate(&folder, server(&other.database)).unwrap_err();
    assert!(
        matches!(
            error,
            CentralError::OfficeExists(_) | CentralError::CopyDiffers(_)
        ),
        "{error:?}"
    );
    assert_eq!(other.central.vault().counts().unwrap(), before);
    assert!(folder.join("central.db").is_file());
}
