// SPDX-License-Identifier: EUPL-1.2
//! Requests signed by the desk's key: HTTP message signatures (RFC 9421) over method, path and content digest (RFC 9530).
//!
//! One fixed list of components is all that this protocol uses, so the signature base is written out here; `@authority` is
//! left out because a desk may reach the centre through a proxy of another name. For the same reason `@path` is the path
//! that the centre knows (`/v1/push`), without what a reverse proxy may stand before it.

use crate::sign::{DeskKey, PublicKey, Signature, SignatureError};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest as _, Sha256};
use sportello_domain::ids::DeskId;

/// How far `created` may be from the centre's clock, in seconds. A desk whose clock is wrong learns the right time from the
/// centre's refusal and signs with that.
pub const CREATED_WINDOW: i64 = 300;

const COMPONENTS: &str = "(\"@method\" \"@path\" \"content-digest\")";
const LABEL: &str = "sig1=";

/// The header fields of a signed request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SignedFields {
    /// `Content-Digest`.
    pub content_digest: String,
    /// `Signature-Input`.
    pub signature_input: String,
    /// `Signature`.
    pub signature: String,
}

/// Who says it made a request, and when: to be believed only after [`verify`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The desk that `keyid` names.
    pub desk: DeskId,
    /// Seconds since 1970 (UTC), by the clock of whoever signed.
    pub created: i64,
}

/// Why a request is not believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RequestError {
    /// A header field is missing or not as this protocol writes it.
    #[error("the request is not signed as this protocol asks")]
    Malformed,
    /// The content is not what was signed.
    #[error("the content does not match its digest")]
    Digest,
    /// Not the desk's signature.
    #[error(transparent)]
    Signature(#[from] SignatureError),
}

/// The `Content-Digest` of a body (RFC 9530): SHA-256.
pub fn content_digest(body: &[u8]) -> String {
    format!("sha-256=:{}:", STANDARD.encode(Sha256::digest(body)))
}

fn parameters(claim: Claim) -> String {
    format!(
        "{COMPONENTS};created={};keyid=\"{}\";alg=\"ed25519\"",
        claim.created, claim.desk
    )
}

fn signature_base(method: &str, path: &str, digest: &str, parameters: &str) -> String {
    format!(
        "\"@method\": {method}\n\"@path\": {path}\n\"content-digest\": {digest}\n\"@signature-params\": {parameters}"
    )
}

/// Signs a request. `created` is in seconds since 1970 (UTC).
pub fn sign(
    key: &DeskKey,
    desk: DeskId,
    method: &str,
    path: &str,
    body: &[u8],
    created: i64,
) -> SignedFields {
    let parameters = parameters(Claim { desk, created });
    let content_digest = content_digest(body);
    let signature = key.sign_raw(signature_base(method, path, &content_digest, &parameters).as_bytes());
    SignedFields {
        content_digest,
        signature_input: format!("{LABEL}{parameters}"),
        signature: format!("{LABEL}:{}:", STANDARD.encode(signature.0)),
    }
}

/// Reads who says it signed, before its key is looked up.
pub fn claim(fields: &SignedFields) -> Result<Claim, RequestError> {
    let rest = fields
        .signature_input
        .strip_prefix(LABEL)
        .ok_or(RequestError::Malformed)?;
    let rest = rest.strip_prefix(COMPONENTS).ok_or(RequestError::Malformed)?;
    let rest = rest.strip_prefix(";created=").ok_or(RequestError::Malformed)?;
    let (created, rest) = rest.split_once(';').ok_or(RequestError::Malformed)?;
    let rest = rest.strip_prefix("keyid=\"").ok_or(RequestError::Malformed)?;
    let (desk, rest) = rest.split_once('"').ok_or(RequestError::Malformed)?;
    if rest != ";alg=\"ed25519\"" {
        return Err(RequestError::Malformed);
    }
    let claim = Claim {
        desk: desk.parse().map_err(|_| RequestError::Malformed)?,
        created: created.parse().map_err(|_| RequestError::Malformed)?,
    };
    // One way to write it only: what is verified below is then what stands in the field.
    if fields.signature_input[LABEL.len()..] == parameters(claim) {
        Ok(claim)
    } else {
        Err(RequestError::Malformed)
    }
}

/// Whether the request is what `key`'s owner signed. The caller judges [`Claim::created`].
pub fn verify(
    key: &PublicKey,
    method: &str,
    path: &str,
    body: &[u8],
    fields: &SignedFields,
) -> Result<Claim, RequestError> {
    let claim = claim(fields)?;
    if content_digest(body) != fields.content_digest {
        return Err(RequestError::Digest);
    }
    let encoded = fields
        .signature
        .strip_prefix(LABEL)
        .and_then(|s| s.strip_prefix(':')?.strip_suffix(':'));
    let bytes = STANDARD
        .decode(encoded.ok_or(RequestError::Malformed)?)
        .map_err(|_| RequestError::Malformed)?;
    let signature = Signature(bytes.try_into().map_err(|_| RequestError::Malformed)?);
    let base = signature_base(method, path, &fields.content_digest, &parameters(claim));
    key.verify_raw(base.as_bytes(), &signature)?;
    Ok(claim)
}

#[cfg(test)]
mod tests {
    use super::*;
    use uuid::Uuid;

    const DESK: DeskId = DeskId(Uuid::from_u128(0x11));

    fn signed(body: &[u8]) -> (DeskKey, SignedFields) {
        let key = DeskKey::from_seed(&[3; 32]);
        let fields = sign(&key, DESK, "POST", "/v1/push", body, 1_609_578_000);
        (key, fields)
    }

    #[test]
    fn the_digest_is_that_of_rfc_9530() {
        // RFC 9530, appendix D, example of a Content-Digest.
        assert_eq!(
            content_digest(b"{\"hello\": \"world\"}\n"),
            "sha-256=:RK/0qy18MlBSVnWgjwz6lZEWjP/lF5HF9bvEF8FabDg=:"
        );
    }

    #[test]
    fn what_was_signed_verifies_and_nothing_else() {
        let (key, fields) = signed(b"body");
        let claim = verify(&key.public(), "POST", "/v1/push", b"body", &fields).unwrap();
        assert_eq!(
            claim,
            Claim {
                desk: DESK,
                created: 1_609_578_000
            }
        );
        let signature = Err(RequestError::Signature(SignatureError));
        assert_eq!(
            verify(&key.public(), "PUT", "/v1/push", b"body", &fields),
            signature
        );
        assert_eq!(
            verify(&key.public(), "POST", "/v1/pull", b"body", &fields),
            signature
        );
        assert_eq!(
            verify(&key.public(), "POST", "/v1/push", b"bodY", &fields),
            Err(RequestError::Digest)
        );
        let other = DeskKey::from_seed(&[4; 32]).public();
        assert_eq!(verify(&other, "POST", "/v1/push", b"body", &fields), signature);
        let later = SignedFields {
            signature_input: fields.signature_input.replace("609", "709"),
            ..fields.clone()
        };
        assert_eq!(
            verify(&key.public(), "POST", "/v1/push", b"body", &later),
            signature
        );
        let digest = SignedFields {
            content_digest: content_digest(b"bodY"),
            ..fields
        };
        assert_eq!(
            verify(&key.public(), "POST", "/v1/push", b"bodY", &digest),
            signature
        );
    }

    #[test]
    fn there_is_one_way_to_write_the_fields() {
        let (key, fields) = signed(b"body");
        let twisted: [fn(&str) -> String; 7] = [
            |s| s.replace("sig1", "sig2"),
            |s| s.replace("\"@path\" ", ""),
            |s| s.replace("created=1", "created=01"),
            |s| s.replace("created=1", "created=+1"),
            |s| s.replace("ed25519", "hmac-sha256"),
            |s| s.replace("00000000-", "00000000"),
            |s| format!("{s};nonce=\"x\""),
        ];
        for twist in twisted {
            let fields = SignedFields {
                signature_input: twist(&fields.signature_input),
                ..fields.clone()
            };
            let result = verify(&key.public(), "POST", "/v1/push", b"body", &fields);
            assert_eq!(result, Err(RequestError::Malformed), "{}", fields.signature_input);
        }
        for signature in ["", "sig1=::", "sig1=:AAAA:", "sig1=:é:", "sig1=:"] {
            let fields = SignedFields {
                signature: signature.into(),
                ..fields.clone()
            };
            let result = verify(&key.public(), "POST", "/v1/push", b"body", &fields);
            assert_eq!(result, Err(RequestError::Malformed), "{signature}");
        }
    }
}
