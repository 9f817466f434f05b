// SPDX-License-Identifier: EUPL-1.2
//! The first start: with a one-time code the desk becomes one of the office's, its file is made, and its first operator can
//! log in. Nothing stays on disk of a first start that failed.

use crate::access::{check_passphrase, owner_of};
use crate::desk::{DESK_KEY, Desk, OFFICE_KEY, SITE, SUPERVISES};
use crate::error::DeskError;
use crate::home::{self, Home, Settings};
use crate::ports::Ports;
use crate::query::Language;
use crate::view::{EnrolRequest, EnrolView};
use sportello_domain::event::NewEvent;
use sportello_domain::ids::{CommandId, OperatorId};
use sportello_domain::meta::Topic;
use sportello_domain::office::{Operator, OperatorDefined, Role};
use sportello_domain::refusal::Rejection;
use sportello_protocol::{DeskKey, EnrolmentCode, PublicKey};
use sportello_store::{Author, DbKey, Identity, Store, keys};
use sportello_sync::{Enrolment, HttpTransport, Transport};
use std::sync::Arc;

/// Enrols the desk in `home` over HTTP.
pub async fn enrol(
    home: &Home,
    ports: Ports,
    request: &EnrolRequest,
) -> Result<(Arc<Desk>, EnrolView), DeskError> {
    let http = home::http(
        &request.server,
        request.custom_ca.as_deref(),
        request.proxy.as_deref(),
    );
    let transport = HttpTransport::new(&http, None)?;
    let (desk, view) = enrol_over(home, ports, request, &transport, None).await?;
    Ok((desk, view))
}

/// Enrols over any transport. `work_factor` is the work of new key slots, for tests and scripts.
pub async fn enrol_over<T: Transport>(
    home: &Home,
    ports: Ports,
    request: &EnrolRequest,
    transport: &T,
    work_factor: Option<u8>,
) -> Result<(Arc<Desk>, EnrolView), DeskError> {
    if home.settings()?.is_some() {
        return Err(DeskError::plain("already_enrolled"));
    }
    check_passphrase(&request.passphrase)?;
    let username = request.username.trim().to_lowercase();
    if username.is_empty() || username.chars().any(char::is_whitespace) {
        return Err(Rejection::FieldInvalid { field: "username" }.into());
    }
    if request.name.trim().is_empty() {
        return Err(Rejection::FieldInvalid { field: "name" }.into());
    }
    let code = EnrolmentCode::parse(&request.code).map_err(|_| DeskError::plain("code_mistyped"))?;
    let key = pending_key(home, &ports)?;
    let enrolment = sportello_sync::enrol(transport, &code, &key, ports.now().0).await?;
    if request.role > Role::Operator && !enrolment.certificate.supervises {
        return Err(DeskError::plain("not_a_supervising_desk"));
    }
    let (desk, recovery_key) = make(home, ports, request, &username, &key, &enrolment, work_factor)?;
    let fingerprint = fingerprint(&enrolment.office_key);
    Ok((
        desk,
        EnrolView {
            recovery_key,
            office_fingerprint: fingerprint,
        },
    ))
}

/// The key of a first start under way: kept until the file is made, so that an answer that was lost can be asked for again
/// with the same code. It opens nothing yet.
fn pending_key(home: &Home, ports: &Ports) -> Result<DeskKey, DeskError> {
    let path = home.path().join("enrolling.key");
    if let Ok(bytes) = std::fs::read(&path)
        && let Ok(seed) = <[u8; 32]>::try_from(bytes.as_slice())
    {
        return Ok(DeskKey::from_seed(&seed));
    }
    let seed: [u8; 32] = ports.bytes();
    std::fs::create_dir_all(home.path())?;
    let mut file = tempfile::NamedTempFile::new_in(home.path())?;
    std::io::Write::write_all(&mut file, &seed)?;
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|error| error.error)?;
    Ok(DeskKey::from_seed(&seed))
}

fn make(
    home: &Home,
    ports: Ports,
    request: &EnrolRequest,
    username: &str,
    key: &DeskKey,
    enrolment: &Enrolment,
    work_factor: Option<u8>,
) -> Result<(Arc<Desk>, String), DeskError> {
    // What a first start that was cut off left behind was never told to anybody.
    let database = home.database();
    if database.exists() {
        sportello_store::set_aside(&database)?;
    }
    let db_key = DbKey::generate()?;
    let certificate = &enrolment.certificate;
    let identity = Identity {
        office: enrolment.office,
        desk: certificate.desk_id(),
    };
    let store = Store::create(&database, &db_key, identity)?;
    let mut signed = Vec::new();
    // Writing into a vector cannot fail.
    let _ = minicbor::encode(&enrolment.signed, &mut signed);
    store.write(|tx| {
        tx.set_meta(DESK_KEY, &hex::encode(key.seed()))?;
        tx.set_meta(OFFICE_KEY, &hex::encode(enrolment.office_key.0))?;
        tx.set_meta(SITE, &certificate.site_id())?;
        tx.set_meta(SUPERVISES, &certificate.supervises)?;
        tx.keep_certificate(certificate.desk_id(), certificate.version, &signed)?;
        Ok::<_, DeskError>(())
    })?;
    let operator = Operator {
        id: ports.id::<OperatorId>(),
        username: username.to_owned(),
        name: request.name.trim().to_owned(),
        role: request.role,
        active: true,
    };
    // The office's own topic is written where supervisors sit; elsewhere the first topic that the desk reads.
    let topic = if certificate.supervises {
        Topic::Office
    } else {
        certificate
            .topics()
            .into_iter()
            .find(|t| matches!(t, Topic::Quartiere(_)))
            .unwrap_or(Topic::Office)
    };
    let author = Author {
        actor: operator.id,
        command: ports.id::<CommandId>(),
        now: ports.now(),
    };
    let fact = NewEvent::new(
        topic,
        operator.id,
        OperatorDefined {
            operator: operator.clone(),
        },
    );
    store.write(|tx| tx.append(&author, &[fact], &mut || ports.bytes()).map(|_| ()))?;

    let ring = home.keys(work_factor);
    // In place of what a first start that was cut off may have left.
    ring.give(&owner_of(&operator), &request.passphrase.0, &db_key)?;
    let (recovery_key, recipient) = keys::new_recovery_key();
    ring.add_recovery(&recipient, &db_key)?;
    let settings = Settings {
        office: enrolment.office,
        office_name: enrolment.office_name.clone(),
        desk: certificate.desk_id(),
        desk_name: certificate.name.clone(),
        server: request.server.trim().to_owned(),
        custom_ca: request.custom_ca.clone(),
        proxy: request.proxy.clone(),
        relay: crate::view::RelaySettings::default(),
        language: Language::It,
        clock_shift: None,
        work_factor,
    };
    // From here on the desk exists.
    home.keep(&settings)?;
    let pending = home.path().join("enrolling.key");
    if pending.exists() {
        std::fs::remove_file(pending)?;
    }
    let desk = Desk::around(home, ports, settings, db_key, store)?;
    Ok((desk, recovery_key.to_string()))
}

/// The fingerprint of a key as people compare it: 32 hexadecimal digits in groups of four.
pub fn fingerprint(key: &PublicKey) -> String {
    key.fingerprint()
}
