// SPDX-License-Identifier: EUPL-1.2
//! What the QR of a shipment's paper holds, so that the vouchers can be taken in before the records of the sender come.

use super::event::ShipmentNo;
use crate::ids::{CampaignId, DeskId};
use crate::serial::Run;
use uuid::Uuid;

/// What the code begins with.
pub const QR_PREFIX: &str = "SPORTELLO:B:";

/// A shipment as its paper says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bolla {
    /// Which shipment.
    pub shipment: ShipmentNo,
    /// The campaign.
    pub campaign: CampaignId,
    /// The serials; empty where they are too many for a code.
    pub runs: Vec<Run>,
}

/// The most runs that a code holds: it is to be read by any scanner.
const MOST_RUNS: usize = 12;

impl Bolla {
    /// `SPORTELLO:B:<sender>:<number>:<campaign>:A000001-A000250+A000301-A000310`, identifiers as 32 hexadecimal digits.
    pub fn qr(&self) -> String {
        let runs: Vec<String> = if self.runs.len() > MOST_RUNS {
            Vec::new()
        } else {
            let run = |run: &Run| format!("{}-{}", run.first_serial(), run.last_serial());
            self.runs.iter().map(run).collect()
        };
        format!(
            "{QR_PREFIX}{}:{}:{}:{}",
            self.shipment.from.0.simple(),
            self.shipment.number,
            self.campaign.0.simple(),
            runs.join("+")
        )
    }

    /// Reads a code as a scanner types it: in any case, since some type capitals only.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim().to_ascii_uppercase();
        let mut parts = text.strip_prefix(QR_PREFIX)?.split(':');
        let from = Uuid::try_parse(parts.next()?).ok()?;
        let from = DeskId(from);
        let number = parts.next()?.parse().ok().filter(|number| *number > 0)?;
        let campaign = CampaignId(Uuid::try_parse(parts.next()?).ok()?);
        let runs = parts.next()?;
        let run = |run: &str| {
            let (first, last) = run.split_once('-')?;
            Run::between(first, last).ok()
        };
        let runs = runs
            .split('+')
            .filter(|text| !text.is_empty())
            .map(run)
            .collect::<Option<Vec<Run>>>()?;
        parts.next().is_none().then_some(Self {
            shipment: ShipmentNo { from, number },
            campaign,
            runs,
        })
    }
}
