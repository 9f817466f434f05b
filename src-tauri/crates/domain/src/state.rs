// SPDX-License-Identifier: EUPL-1.2
//! From events to state. Folding is the only way in which a state comes to be, at every desk and at the centre.

use crate::agenda::SiteHours;
use crate::appointment::Appointment;
use crate::campaign::Campaign;
use crate::closing::Closing;
use crate::desk::DeskStory;
use crate::entitlement::Entitlement;
use crate::erasure::Erasure;
use crate::event::Event;
use crate::exceptions::Case;
use crate::household::Household;
use crate::import::Import;
use crate::look::Looks;
use crate::meta::{EntityKind, EventMeta};
use crate::office::{Operator, Service, Site};
use crate::paper::PaperKit;
use crate::plan::Plan;
use crate::sample::CampaignSample;
use crate::stock::Stock;
use serde::{Deserialize, Serialize};

/// A thing that is what its events, folded in the order of [`EventMeta::order`], make it.
pub trait Fold: Sized {
    /// The state after one more event. An event that makes no sense at this point changes nothing: folding never fails.
    fn fold(state: Option<Self>, meta: &EventMeta, event: &Event) -> Option<Self>;
}

macro_rules! states {
    ($($kind:ident),+ $(,)?) => {
        /// The state of any one thing.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
        #[serde(untagged)]
        #[allow(missing_docs, reason = "each state documents itself")]
        pub enum State {
            $($kind(Box<$kind>),)+
        }

        impl State {
            /// What kind of thing it is.
            pub fn kind(&self) -> EntityKind {
                match self { $(Self::$kind(_) => EntityKind::$kind,)+ }
            }

            /// The state of a thing of `kind` after one more event.
            ///
            /// # Panics
            /// Never: a state of another kind than its reference is passed over as if there were none.
            pub fn fold(state: Option<Self>, meta: &EventMeta, event: &Event) -> Option<Self> {
                match meta.entity.kind {
                    $(EntityKind::$kind => {
                        let inner = match state { Some(Self::$kind(inner)) => Some(*inner), _ => None };
                        <$kind as Fold>::fold(inner, meta, event).map(|s| Self::$kind(Box::new(s)))
                    })+
                }
            }

            /// Reads the stored form of a thing of `kind`.
            pub fn from_json(kind: EntityKind, json: &[u8]) -> Result<Self, serde_json::Error> {
                Ok(match kind { $(EntityKind::$kind => Self::$kind(Box::new(serde_json::from_slice(json)?)),)+ })
            }

            /// The stored form.
            pub fn to_json(&self) -> Result<Vec<u8>, serde_json::Error> {
                match self { $(Self::$kind(inner) => serde_json::to_vec(inner),)+ }
            }
        }

        /// A state of a known kind.
        pub trait Entity: Fold + Serialize + for<'de> Deserialize<'de> {
            /// Its kind.
            const KIND: EntityKind;

            /// The state as one of this kind; none when it is of another.
            fn of(state: &State) -> Option<&Self>;

            /// The same, to be kept.
            fn from_state(state: State) -> Option<Self>;
        }

        $(impl Entity for $kind {
            const KIND: EntityKind = EntityKind::$kind;

            fn of(state: &State) -> Option<&Self> {
                match state { State::$kind(inner) => Some(inner), _ => None }
            }

            fn from_state(state: State) -> Option<Self> {
                match state { State::$kind(inner) => Some(*inner), _ => None }
            }
        })+
    };
}

states!(
    Site,
    Service,
    Campaign,
    Operator,
    Household,
    Entitlement,
    Appointment,
    Stock,
    Import,
    Erasure,
    Looks,
    DeskStory,
    SiteHours,
    Closing,
    PaperKit,
    Case,
    CampaignSample,
    Plan
);
