// SPDX-License-Identifier: EUPL-1.2
//! Reading a reply: it may be the centre's answer, the centre's refusal, or something that the centre never said (the
//! sign-in page of a guest network, an error page of a proxy, half a message).

use crate::transport::Reply;
use sportello_protocol::version::{NoCommonVersion, Versions};
use sportello_protocol::wire::{CONTENT_TYPE, Problem, WireError, unpack};

/// Why a reply is not an answer.
#[derive(Debug, thiserror::Error)]
pub enum AnswerError {
    /// The centre refuses.
    #[error("the centre refuses: {} ({})", .0.code, .0.detail)]
    Refused(Problem),
    /// Somebody else than a centre answered.
    #[error("what answered is not a centre (status {status}, {content_type:?})")]
    NotACentre {
        /// HTTP status.
        status: u16,
        /// Media type.
        content_type: String,
    },
    /// The centre speaks no version of the protocol that this program speaks.
    #[error(transparent)]
    NoCommonVersion(#[from] NoCommonVersion),
    /// It says that it is a centre's answer, and cannot be read.
    #[error("the centre's answer cannot be read")]
    Broken(#[from] WireError),
}

impl AnswerError {
    /// A code of the error catalogue; that of the centre, when it refused.
    pub fn code(&self) -> &str {
        match self {
            Self::Refused(problem) => &problem.code,
            Self::NotACentre { .. } => "not_a_centre",
            Self::NoCommonVersion(why) => why.code(),
            Self::Broken(_) => "answer_broken",
        }
    }
}

/// Reads a reply as the answer that was expected.
pub fn read<T: for<'b> minicbor::Decode<'b, ()>>(reply: &Reply) -> Result<T, AnswerError> {
    let ours = reply
        .content_type
        .split(';')
        .next()
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case(CONTENT_TYPE));
    if !ours {
        return Err(AnswerError::NotACentre {
            status: reply.status,
            content_type: reply.content_type.clone(),
        });
    }
    Versions::common(Versions::said(&reply.content_type))?;
    if (200..300).contains(&reply.status) {
        Ok(unpack(&reply.body)?)
    } else {
        Err(AnswerError::Refused(unpack(&reply.body)?))
    }
}
