// SPDX-License-Identifier: EUPL-1.2
//! The few rules that the centre itself holds: which records nobody will be able to use. (Who may write where stands with the
//! certificates, since a relay holds to it too.)

use sportello_domain::event::DecodeError;
use sportello_domain::ids::DeskId;
use sportello_domain::meta::{EntityKind, Topic};
use sportello_protocol::record::MAX_BODY;
use sportello_protocol::{Body, Head, Record, RecordError};

/// Why a record is kept and not accepted: a code of the error catalogue. A kind or a thing that this version does not know is
/// no reason: it is somebody's who was updated earlier.
pub fn refusal(topic: Topic, head: &Head, record: &Record) -> Option<&'static str> {
    if let Some(kind) = EntityKind::from_number(head.entity_kind) {
        if !belongs(kind, topic) {
            return Some("wrong_topic");
        }
        if let Some(expected) = concerns(&head.kind)
            && expected != kind
        {
            return Some("wrong_entity");
        }
    }
    if let Body::Present(bytes) = &record.body
        && bytes.len() > MAX_BODY
    {
        return Some("body_too_large");
    }
    match record.event(head) {
        Ok(_) | Err(RecordError::Erased | RecordError::Event(DecodeError::Unknown { .. })) => None,
        Err(RecordError::Short) => Some("body_short"),
        Err(_) => Some("body_malformed"),
    }
}

/// Whether a kind of thing has its place in a topic. Nothing of a person stands where the whole office reads.
fn belongs(kind: EntityKind, topic: Topic) -> bool {
    use EntityKind::{
        Appointment, Campaign, Case, Closing, DeskStory, Entitlement, Erasure, Household, Import, Operator,
        PaperKit, Plan, Service, Site, SiteHours, Stock,
    };
    match topic {
        // A list as such names nobody: its households stand in their own topics. Nor does an order of erasure: everybody who may hold
        // what it names has to read it.
        Topic::Office => matches!(
            kind,
            Site | Service | SiteHours | Campaign | Operator | Import | Erasure | Plan
        ),
        // Operators added at a desk that does not supervise are of its Quartiere only.
        Topic::Quartiere(_) => {
            matches!(
                kind,
                Household
                    | Entitlement
                    | Appointment
                    | Stock
                    | Operator
                    | DeskStory
                    | Closing
                    | PaperKit
                    | Case
            )
        }
        // What supervisors keep among themselves may be about anything.
        Topic::Supervisors => true,
    }
}

/// The kind of thing that events of a kind concern, by the first word of their name.
fn concerns(kind: &str) -> Option<EntityKind> {
    Some(match kind.split('.').next()? {
        "site" => EntityKind::Site,
        "service" => EntityKind::Service,
        "campaign" => EntityKind::Campaign,
        "operator" => EntityKind::Operator,
        "household" => EntityKind::Household,
        "entitlement" | "custody" | "delivery" => EntityKind::Entitlement,
        "appointment" => EntityKind::Appointment,
        "hours" => EntityKind::SiteHours,
        "stock" => EntityKind::Stock,
        "import" => EntityKind::Import,
        "erasure" => EntityKind::Erasure,
        "closing" => EntityKind::Closing,
        "paper" => EntityKind::PaperKit,
        "case" => EntityKind::Case,
        "plan" => EntityKind::Plan,
        "sample" => EntityKind::CampaignSample,
        "looks" => EntityKind::Looks,
        "desk" => EntityKind::DeskStory,
        // A record that is carried on concerns what the one within concerns.
        _ => return None,
    })
}

/// The identifier under which the centre itself writes.
pub fn is_centre(office: sportello_domain::ids::OfficeId, desk: DeskId) -> bool {
    office.0 == desk.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use sportello_domain::event::Event;
    use sportello_protocol::certificate::may_append;
    use sportello_protocol::{Certificate, PublicKey};

    fn certificate(supervises: bool) -> Certificate {
        Certificate {
            office: [1; 16],
            desk: [2; 16],
            key: PublicKey([0; 32]),
            site: [3; 16],
            name: "Q1-A".into(),
            reads: vec!["office".into(), "q1".into()],
            version: 1,
            issued_at: 0,
            revoked: false,
            supervises,
            accepted: None,
            replaced_by: None,
            earlier: None,
        }
    }

    fn record(kind: &str, version: u16, entity: u8, body: &[u8]) -> (Head, Record) {
        let head = Head {
            seq: 1,
            hlc: 1,
            at: 1,
            kind: kind.into(),
            version,
            entity_kind: entity,
            entity: [9; 16],
            actor: [0; 16],
            command: [0; 16],
        };
        let salted = [&[7_u8; 16][..], body].concat();
        let record = Record {
            head: head.to_bytes(),
            body: Body::Present(salted),
        };
        (head, record)
    }

    fn refused(topic: Topic, kind: &str, version: u16, entity: u8, body: &[u8]) -> Option<&'static str> {
        let (head, record) = record(kind, version, entity, body);
        refusal(topic, &head, &record)
    }

    #[test]
    fn desks_write_to_quartieri_and_supervisors_everywhere() {
        for topic in Topic::ALL {
            assert!(certificate(true).may_write(topic));
            assert_eq!(
                certificate(false).may_write(topic),
                matches!(topic, Topic::Quartiere(_)),
                "{topic}"
            );
        }
    }

    #[test]
    fn only_looks_come_to_the_supervisors_from_everywhere() {
        let look = record("looks.noted", 1, EntityKind::Looks.number(), br#"{"looks":[]}"#).1;
        let relief = record("custody.relieved", 1, EntityKind::Entitlement.number(), b"{}").1;
        assert!(may_append(
            false,
            Topic::Supervisors,
            &[look.clone(), look.clone()]
        ));
        assert!(!may_append(false, Topic::Office, std::slice::from_ref(&look)));
        assert!(!may_append(false, Topic::Supervisors, &[look, relief]));
        let looks = EntityKind::Looks.number();
        assert_eq!(
            refused(Topic::Supervisors, "looks.noted", 1, looks, br#"{"looks":[]}"#),
            None
        );
        assert_eq!(
            refused(Topic::Quartiere(1), "looks.noted", 1, looks, br#"{"looks":[]}"#),
            Some("wrong_topic")
        );
    }

    #[test]
    fn what_nobody_can_use_is_refused_and_what_is_new_is_not() {
        let (q1, office) = (Topic::Quartiere(1), Topic::Office);
        let household = EntityKind::Household.number();
        let note = br#"{"text":"citofono rotto"}"#;
        assert_eq!(refused(q1, "household.noted", 1, household, note), None);
        assert_eq!(
            refused(q1, "household.noted", 1, household, b"{}"),
            Some("body_malformed")
        );
        assert_eq!(
            refused(q1, "household.noted", 2, household, b"?"),
            None,
            "a version to come"
        );
        assert_eq!(
            refused(q1, "household.blessed", 1, household, b"?"),
            None,
            "a kind to come"
        );
        assert_eq!(refused(q1, "parade.held", 1, 200, b"?"), None, "a thing to come");
        assert_eq!(
            refused(office, "household.noted", 1, household, note),
            Some("wrong_topic")
        );
        assert_eq!(
            refused(Topic::Supervisors, "household.noted", 1, household, note),
            None
        );
        assert_eq!(
            refused(q1, "household.noted", 1, EntityKind::Stock.number(), note),
            Some("wrong_entity")
        );
        assert_eq!(
            refused(q1, "site.defined", 1, EntityKind::Site.number(), b"{}"),
            Some("wrong_topic")
        );
        let operator = EntityKind::Operator.number();
        assert_eq!(
            refused(q1, "operator.defined", 2, operator, b"{}"),
            None,
            "added at a desk"
        );
        let import = EntityKind::Import.number();
        assert_eq!(
            refused(office, "import.applied", 2, import, b"{}"),
            None,
            "a list names nobody"
        );
        assert_eq!(
            refused(q1, "import.applied", 2, import, b"{}"),
            Some("wrong_topic")
        );
        let (head, mut short) = record("household.noted", 1, household, note);
        short.body = Body::Present(vec![1; 15]);
        assert_eq!(refusal(q1, &head, &short), Some("body_short"));
        short.body = Body::Present(vec![1; MAX_BODY + 1]);
        assert_eq!(refusal(q1, &head, &short), Some("body_too_large"));
        short.body = Body::Erased {
            hash: [0; 32],
            len: 40,
        };
        assert_eq!(refusal(q1, &head, &short), None);
    }

    #[test]
    fn every_kind_of_event_concerns_a_known_thing() {
        for (kind, _) in Event::KINDS {
            let carried_on = *kind == "record.adopted";
            assert_eq!(concerns(kind).is_none(), carried_on, "{kind}");
        }
    }
}
