// SPDX-License-Identifier: EUPL-1.2
//! Forms for when the PC itself is dead: numbered, printed ahead, bound to what the desk holds; what was written on them is typed in
//! later, each number once.

use crate::context::Ctx;
use crate::crockford::{ALPHABET, check, plain};
use crate::entitlement::{Collector, PaperMark};
use crate::event::{Event, NewEvent};
use crate::ids::{AppointmentId, CampaignId, DeliveryId, DeskId, EntitlementId, OperatorId, PaperKitId};
use crate::meta::{EventMeta, Topic};
use crate::refusal::Rejection;
use crate::serial::Run;
use crate::time::Timestamp;
use chrono::{NaiveDate, NaiveDateTime};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What a form's QR begins with, so that a scan says what it is.
pub const QR_PREFIX: &str = "SPORTELLO:M:";

/// The most forms that one kit has.
pub const MOST_FORMS: u16 = 500;

/// Five characters of the kit, three digits of the form and a character that checks them: `7K2M9-017-C`.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct FormCode(String);

impl FormCode {
    /// The code of a form.
    pub fn of(kit: PaperKitId, number: u16) -> Self {
        let mut plain = format!("{}{number:03}", kit_code(kit));
        plain.push(check(&plain));
        Self(plain)
    }

    /// Reads a code as people type it: any case, with or without dashes, `O` for `0`, `I` and `L` for `1`.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        let text = text.strip_prefix(QR_PREFIX).unwrap_or(text);
        let plain = plain(text)?;
        let sound = plain.len() == 9
            && plain.is_ascii()
            && plain.ends_with(check(&plain[..8]))
            && plain[5..8].bytes().all(|c| c.is_ascii_digit());
        sound.then_some(Self(plain))
    }

    /// The beginning, which all forms of a kit share.
    pub fn kit(&self) -> &str {
        &self.0[..5]
    }

    /// The form's number.
    pub fn number(&self) -> u16 {
        self.0[5..8].parse().unwrap_or(0)
    }

    /// What the QR holds.
    pub fn qr(&self) -> String {
        format!("{QR_PREFIX}{}", self.0)
    }
}

impl std::fmt::Display for FormCode {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}-{}-{}", &self.0[..5], &self.0[5..8], &self.0[8..])
    }
}

/// What people call a kit by; it follows from its identifier.
pub fn kit_code(kit: PaperKitId) -> String {
    let hash = crate::ids::derived("sportello 2026 paper kit", &[kit.0.as_bytes()]);
    let bits = hash.as_u128() >> 103; // the first 25 bits, 5 characters of 5
    (0..5)
        .rev()
        .map(|i| char::from(ALPHABET[((bits >> (i * 5)) & 31) as usize]))
        .collect()
}

/// A kit was made ready to be printed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperKitPrepared {
    /// The campaign.
    pub campaign: CampaignId,
    /// Those who may be served are those with an appointment on this day; none for all in the desk's custody.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub day: Option<NaiveDate>,
    /// How many forms: they are numbered from 1.
    pub forms: u16,
    /// Who may be served: in the desk's custody, and something is due.
    pub entitlements: Vec<EntitlementId>,
    /// The vouchers that go with it.
    pub runs: Vec<Run>,
}

/// What stood on a form was typed in: the delivery itself is a fact of the entitlement.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperFormEntered {
    /// The form.
    pub number: u16,
    /// The entitlement that was served.
    pub entitlement: EntitlementId,
    /// The delivery.
    pub delivery: DeliveryId,
    /// When it was filled in: wall time in Italy.
    pub at: NaiveDateTime,
    /// Who filled it in.
    pub by: OperatorId,
}

/// Forms will not be used: spoilt, or left over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaperFormsVoided {
    /// The first.
    pub first: u16,
    /// The last.
    pub last: u16,
    /// Why.
    pub reason: String,
}

/// What stood on a form, as it is typed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct FilledForm {
    /// Who was served.
    pub entitlement: EntitlementId,
    /// The appointment it was for; where none is named, the household's open one of that day, if it has one.
    pub appointment: Option<AppointmentId>,
    /// Who collected.
    pub collector: Collector,
    /// The vouchers.
    pub runs: Vec<Run>,
    /// When it was filled in: wall time in Italy.
    pub at: NaiveDateTime,
    /// Who filled it in.
    pub operator: OperatorId,
    /// Why less than due was handed over.
    pub partial: Option<String>,
}

/// A form that was typed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct FormEntry {
    /// The form.
    pub number: u16,
    /// Who was served.
    pub entitlement: EntitlementId,
    /// The delivery.
    pub delivery: DeliveryId,
    /// When it was filled in: wall time in Italy.
    pub at: NaiveDateTime,
    /// Who filled it in.
    pub by: OperatorId,
    /// When it was typed in.
    pub entered_at: Timestamp,
    /// By whom.
    pub entered_by: OperatorId,
    /// At which desk.
    pub desk: DeskId,
}

/// Forms that will not be used.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct FormsVoid {
    /// The first.
    pub first: u16,
    /// The last.
    pub last: u16,
    /// Why.
    pub reason: String,
    /// When.
    pub at: Timestamp,
    /// By whom.
    pub by: OperatorId,
    /// At which desk.
    pub desk: DeskId,
}

/// A kit as its events leave it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema, TS)]
pub struct PaperKit {
    /// Its identifier.
    pub id: PaperKitId,
    /// The desk that it is bound to.
    pub desk: DeskId,
    /// The campaign.
    pub campaign: CampaignId,
    /// The day that it was made for.
    pub day: Option<NaiveDate>,
    /// How many forms.
    pub forms: u16,
    /// Who may be served.
    pub entitlements: Vec<EntitlementId>,
    /// The vouchers that go with it.
    pub runs: Vec<Run>,
    /// When it was made ready.
    pub at: Timestamp,
    /// By whom.
    pub by: OperatorId,
    /// What was typed in, in the order in which it came.
    pub entries: Vec<FormEntry>,
    /// What will not be used.
    pub voids: Vec<FormsVoid>,
}

impl PaperKit {
    /// The first time that a form was typed in.
    pub fn entry(&self, number: u16) -> Option<&FormEntry> {
        self.entries.iter().find(|entry| entry.number == number)
    }

    /// Whether a form was said not to be used.
    pub fn voided(&self, number: u16) -> Option<&FormsVoid> {
        self.voids
            .iter()
            .find(|void| (void.first..=void.last).contains(&number))
    }

    /// The forms of which nothing is known yet.
    pub fn open_forms(&self) -> Vec<u16> {
        (1..=self.forms)
            .filter(|number| self.entry(*number).is_none() && self.voided(*number).is_none())
            .collect()
    }

    /// Forms typed in more than once, or typed in and said not to be used, each with all that was typed in.
    pub fn twice(&self) -> Vec<(u16, Vec<&FormEntry>)> {
        let mut numbers: Vec<u16> = self.entries.iter().map(|entry| entry.number).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers
            .into_iter()
            .filter_map(|number| {
                let entries: Vec<&FormEntry> = self.entries.iter().filter(|e| e.number == number).collect();
                (entries.len() > 1 || self.voided(number).is_some()).then_some((number, entries))
            })
            .collect()
    }
}

impl crate::state::Fold for PaperKit {
    fn fold(state: Option<Self>, meta: &EventMeta, event: &Event) -> Option<Self> {
        match (state, event) {
            (None, Event::PaperKitPrepared(body)) => Some(Self {
                id: PaperKitId(meta.entity.id),
                desk: meta.desk,
                campaign: body.campaign,
                day: body.day,
                forms: body.forms.min(MOST_FORMS),
                entitlements: body.entitlements.clone(),
                runs: body.runs.clone(),
                at: meta.at,
                by: meta.actor,
                entries: Vec::new(),
                voids: Vec::new(),
            }),
            (Some(mut kit), Event::PaperFormEntered(body)) => {
                kit.entries.push(FormEntry {
                    number: body.number,
                    entitlement: body.entitlement,
                    delivery: body.delivery,
                    at: body.at,
                    by: body.by,
                    entered_at: meta.at,
                    entered_by: meta.actor,
                    desk: meta.desk,
                });
                Some(kit)
            }
            (Some(mut kit), Event::PaperFormsVoided(body)) => {
                kit.voids.push(FormsVoid {
                    first: body.first,
                    last: body.last,
                    reason: body.reason.clone(),
                    at: meta.at,
                    by: meta.actor,
                    desk: meta.desk,
                });
                Some(kit)
            }
            (state, _) => state,
        }
    }
}

/// Makes a kit ready.
pub fn prepare(topic: Topic, id: PaperKitId, body: PaperKitPrepared) -> Result<Vec<NewEvent>, Rejection> {
    if body.forms == 0 || body.forms > MOST_FORMS {
        return Err(Rejection::FieldInvalid { field: "forms" });
    }
    if body.entitlements.is_empty() || body.runs.is_empty() {
        return Err(Rejection::KitEmpty);
    }
    Ok(vec![NewEvent::new(topic, id, body)])
}

/// Whether a form can be typed in, as it was filled in then.
pub fn enterable(ctx: &Ctx, kit: &PaperKit, number: u16, at: NaiveDateTime) -> Result<(), Rejection> {
    if number == 0 || number > kit.forms {
        return Err(Rejection::FieldInvalid { field: "form_number" });
    }
    if let Some(entry) = kit.entry(number) {
        return Err(Rejection::FormEntered {
            number,
            at: entry.entered_at,
        });
    }
    if kit.voided(number).is_some() {
        return Err(Rejection::FormVoided { number });
    }
    // Nobody fills in a form before it is printed, or tomorrow. A form bears the minute only.
    if at > ctx.now.rome() || at < kit.at.rome() - chrono::Duration::minutes(1) {
        return Err(Rejection::FieldInvalid { field: "filled_at" });
    }
    Ok(())
}

/// What a delivery says of the form that it was written on.
pub fn mark(kit: &PaperKit, number: u16, filled: &FilledForm) -> PaperMark {
    PaperMark {
        kit: kit.id,
        number,
        at: filled.at,
        by: filled.operator,
    }
}

/// Records that a form was typed in.
pub fn entered(
    topic: Topic,
    kit: &PaperKit,
    number: u16,
    filled: &FilledForm,
    delivery: DeliveryId,
) -> NewEvent {
    let body = PaperFormEntered {
        number,
        entitlement: filled.entitlement,
        delivery,
        at: filled.at,
        by: filled.operator,
    };
    NewEvent::new(topic, kit.id, body)
}

/// Says that forms will not be used.
pub fn void(
    topic: Topic,
    kit: &PaperKit,
    first: u16,
    last: u16,
    reason: &str,
) -> Result<Vec<NewEvent>, Rejection> {
    let reason = crate::entitlement::reason_given(reason)?;
    if first == 0 || last < first || last > kit.forms {
        return Err(Rejection::FieldInvalid { field: "form_number" });
    }
    for number in first..=last {
        if let Some(entry) = kit.entry(number) {
            return Err(Rejection::FormEntered {
                number,
                at: entry.entered_at,
            });
        }
        if kit.voided(number).is_some() {
            return Err(Rejection::FormVoided { number });
        }
    }
    Ok(vec![NewEvent::new(
        topic,
        kit.id,
        PaperFormsVoided { first, last, reason },
    )])
}

#[cfg(test)]
mod tests;
