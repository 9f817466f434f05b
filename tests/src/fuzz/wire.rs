// SPDX-License-Identifier: EUPL-1.2
//! Messages between desk and centre, packed or plain; their signatures.

use super::{DESK, OFFICE, TOPIC, desk_key, office_key, reread};
use sportello_protocol::errands::{Replace, Replaced, Rotate, Rotated};
use sportello_protocol::http_signature::{self, SignedFields};
use sportello_protocol::wire::{
    Directory, Enrol, Enrolled, Problem, Pull, PullAnswer, Push, PushAnswer, Readmit, Segment, unpack,
};
use sportello_protocol::{Certificate, EnrolmentCode, Link, SignedCertificate, verify_chain};

/// A message from bytes.
pub fn target(bytes: &[u8]) {
    packed(bytes);
    plain(bytes);
    fields(bytes);
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Ok(code) = EnrolmentCode::parse(text)
    {
        let again = EnrolmentCode::parse(&code.to_string()).expect("a code is read as it is shown");
        assert_eq!(again.as_str(), code.as_str());
    }
}

fn packed(bytes: &[u8]) {
    let _ = unpack::<Push>(bytes);
    let _ = unpack::<PullAnswer>(bytes);
}

fn plain(bytes: &[u8]) {
    if let Some(enrol) = reread::<Enrol>(bytes) {
        let _ = enrol.verify();
    }
    if let Some(rotate) = reread::<Rotate>(bytes) {
        let _ = rotate.verify(OFFICE, DESK, &desk_key().public());
    }
    let _ = (
        reread::<Rotated>(bytes),
        reread::<Replace>(bytes),
        reread::<Replaced>(bytes),
    );
    let mut segments: Vec<Segment> = Vec::new();
    if let Some(push) = reread::<Push>(bytes) {
        segments.extend(push.segments);
    }
    if let Some(answer) = reread::<PullAnswer>(bytes) {
        segments.extend(answer.segments);
        answer.directory.iter().for_each(told);
    }
    segments.extend(reread::<Segment>(bytes));
    for segment in segments {
        judged(&segment);
    }
    if let Some(signed) = reread::<SignedCertificate>(bytes) {
        believed(&signed);
    }
    if let Some(readmit) = reread::<Readmit>(bytes) {
        believed(&readmit.certificate);
    }
    if let Some(certificate) = reread::<Certificate>(bytes) {
        let _ = (certificate.topics(), certificate.may_read(TOPIC));
        let _ = (
            certificate.key_number(),
            certificate.writer_keys().settled_until(TOPIC),
        );
    }
    let _ = (reread::<Enrolled>(bytes), reread::<Pull>(bytes));
    let _ = (reread::<PushAnswer>(bytes), reread::<Problem>(bytes));
}

/// A segment that its writer did not sign is never taken in.
fn judged(segment: &Segment) {
    let before = Link::genesis(OFFICE, DESK, TOPIC);
    let chain = verify_chain(before, &segment.records, segment.from);
    let verified = segment.clone().verify(OFFICE, &desk_key().public(), before);
    if let Ok(verified) = verified {
        assert_eq!(chain.ok(), Some(verified.head().link()));
        assert_eq!((verified.desk(), verified.topic()), (DESK, TOPIC));
    }
}

fn told(directory: &Directory) {
    for signed in &directory.certificates {
        believed(signed);
    }
}

fn believed(signed: &SignedCertificate) {
    if let Ok(certificate) = signed.verify(OFFICE, &office_key().public()) {
        assert_eq!(certificate.office_id(), OFFICE);
    }
}

/// The three fields of a signed request, a line each, then its body.
fn fields(bytes: &[u8]) {
    let mut lines = bytes.splitn(4, |byte| *byte == b'\n');
    let mut field = || Some(std::str::from_utf8(lines.next()?).ok()?.to_owned());
    let (Some(content_digest), Some(signature_input), Some(signature)) = (field(), field(), field()) else {
        return;
    };
    let fields = SignedFields {
        content_digest,
        signature_input,
        signature,
    };
    let body = lines.next().unwrap_or_default();
    let verified = http_signature::verify(&desk_key().public(), "POST", "/v1/push", body, &fields);
    if let Ok(claim) = verified {
        assert_eq!(
            http_signature::claim(&fields).map(|claim| claim.desk).ok(),
            Some(claim.desk)
        );
    }
}
