// SPDX-License-Identifier: EUPL-1.2
//! Which versions of the protocol somebody speaks.
//!
//! The centre says it with every answer, as a parameter of the media type (`; speaks=1-2`); one that says nothing speaks version 1. The
//! desk goes by the highest version that both speak. Where there is none, nothing is exchanged, and everything at the desk goes on.
//!
//! | version | what came with it |
//! |---|---|
//! | 1 | |
//! | 2 | desks that do not supervise write looks to the supervisors' topic |
//! | 3 | certificates name the keys that a desk had before; `/v1/rotate`, `/v1/replace`; desks say what they speak |

/// The media type of the centre's answers: with the versions that this program speaks ([`Versions::OURS`]).
pub const ANSWER_TYPE: &str = "application/vnd.sportello.v1+cbor+zstd; speaks=1-3";

/// The version from which on desks that do not supervise may write looks.
pub const WITH_LOOKS: u16 = 2;

/// The version from which on a desk may change its key: who speaks it knows which of a desk's keys vouches for which records.
pub const WITH_KEYS: u16 = 3;

/// What a desk speaks that does not say it.
pub const DESK_UNSAID: u16 = 2;

/// A range of versions, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Versions {
    /// The oldest.
    pub oldest: u16,
    /// The newest.
    pub newest: u16,
}

/// Why two programs have no version in common.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoCommonVersion {
    /// The other one is too new: this program has to be updated.
    #[error("the centre speaks the protocol from version {oldest} on, and this program up to {}", Versions::OURS.newest)]
    WeAreOlder {
        /// The oldest version that the other one speaks.
        oldest: u16,
    },
    /// The other one is too old: it has to be updated.
    #[error("the centre speaks the protocol up to version {newest}, and this program from {} on", Versions::OURS.oldest)]
    TheyAreOlder {
        /// The newest version that the other one speaks.
        newest: u16,
    },
}

impl NoCommonVersion {
    /// A code of the error catalogue.
    pub fn code(self) -> &'static str {
        match self {
            Self::WeAreOlder { .. } => "desk_outdated",
            Self::TheyAreOlder { .. } => "centre_outdated",
        }
    }
}

impl Versions {
    /// What this program speaks.
    pub const OURS: Self = Self { oldest: 1, newest: 3 };
    /// What somebody speaks who does not say it.
    pub const UNSAID: Self = Self { oldest: 1, newest: 1 };

    /// What the media type of an answer says.
    pub fn said(content_type: &str) -> Self {
        let said = content_type.split(';').skip(1).find_map(|parameter| {
            let (name, value) = parameter.trim().split_once('=')?;
            if !name.trim().eq_ignore_ascii_case("speaks") {
                return None;
            }
            let (oldest, newest) = value.trim().trim_matches('"').split_once('-')?;
            let versions = Self {
                oldest: oldest.parse().ok()?,
                newest: newest.parse().ok()?,
            };
            (0 < versions.oldest && versions.oldest <= versions.newest).then_some(versions)
        });
        said.unwrap_or(Self::UNSAID)
    }

    /// The highest version that this program and somebody else both speak.
    pub fn common(theirs: Self) -> Result<u16, NoCommonVersion> {
        if theirs.oldest > Self::OURS.newest {
            Err(NoCommonVersion::WeAreOlder {
                oldest: theirs.oldest,
            })
        } else if theirs.newest < Self::OURS.oldest {
            Err(NoCommonVersion::TheyAreOlder {
                newest: theirs.newest,
            })
        } else {
            Ok(theirs.newest.min(Self::OURS.newest))
        }
    }
}

/// Whether an address is that of a message of some version, `/v` and a number.
pub fn is_versioned(path: &str) -> bool {
    path.strip_prefix("/v")
        .and_then(|rest| rest.split('/').next())
        .is_some_and(|number| !number.is_empty() && number.bytes().all(|b| b.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::wire::CONTENT_TYPE as MEDIA_TYPE;

    fn versions(oldest: u16, newest: u16) -> Versions {
        Versions { oldest, newest }
    }

    #[test]
    fn answers_say_what_this_program_speaks() {
        assert_eq!(Versions::said(ANSWER_TYPE), Versions::OURS);
        assert!(ANSWER_TYPE.starts_with(MEDIA_TYPE));
        assert_eq!(Versions::said(MEDIA_TYPE), Versions::UNSAID);
    }

    #[test]
    fn what_makes_no_sense_is_as_good_as_unsaid() {
        for nonsense in ["3-1", "0-2", "x-y", "2", "", "1-99999"] {
            let said = format!("{MEDIA_TYPE}; speaks={nonsense}");
            assert_eq!(Versions::said(&said), Versions::UNSAID, "{nonsense}");
        }
        let quoted = format!("{MEDIA_TYPE};charset=x; Speaks = \"2-5\"");
        assert_eq!(Versions::said(&quoted), versions(2, 5));
    }

    #[test]
    fn the_highest_common_version_is_gone_by() {
        assert_eq!(Versions::common(versions(1, 1)), Ok(1));
        assert_eq!(Versions::common(versions(1, 2)), Ok(2));
        assert_eq!(Versions::common(versions(2, 9)), Ok(3));
        assert_eq!(
            Versions::common(versions(4, 9)),
            Err(NoCommonVersion::WeAreOlder { oldest: 4 })
        );
    }

    #[test]
    fn addresses_of_other_versions_are_known_as_such() {
        assert!(is_versioned("/v1/pull") && is_versioned("/v27/push"));
        assert!(!is_versioned("/version") && !is_versioned("/v/pull") && !is_versioned("/healthz"));
    }
}
