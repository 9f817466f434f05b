// SPDX-License-Identifier: EUPL-1.2
//! The supply of the Direzione gare: it comes to the central office in boxes, and goes from there to each desk with its paper.

use super::clock;
use super::station::{Station, exchange};
use crate::failure::Failure;
use sportello_domain::command::Command;
use sportello_domain::ids::CampaignId;
use sportello_domain::serial::Run;
use sportello_domain::stock::{DeliveryNote, RemovalReason, ShipmentNo};
use sportello_domain::time::Timestamp;

/// The first serial of the supply: far from what desks order for themselves.
const FIRST: u64 = 90_000_001;
/// Vouchers in a box.
const BOX: u64 = 600;
/// Vouchers that each desk is sent.
const SENT: u64 = 200;

fn run(from: u64, count: u64) -> Run {
    Run {
        series: "FI".into(),
        first: FIRST + from,
        last: FIRST + from + count - 1,
        width: 8,
    }
}

/// Five boxes come to the central office with their delivery note; each other desk is sent some, and takes them in from the paper.
pub fn hand_out(stations: &[Station], campaign: CampaignId, at: Timestamp) -> Result<(), Failure> {
    let Some((central, desks)) = stations.split_last() else {
        return Ok(());
    };
    let set = |moment| stations.iter().for_each(|station| station.clock.set(moment));
    set(at);
    central.execute(&Command::ReceiveStock {
        campaign,
        runs: (0..5).map(|number| run(number * BOX, BOX)).collect(),
        note: "Fornitura della Direzione gare".into(),
        delivery_note: Some(DeliveryNote {
            number: "118/2020".into(),
            date: at.day(),
            declared: 5 * BOX,
            boxes: 5,
        }),
    })?;
    // The supervisors' desk, the first, serves nobody.
    for (number, desk) in (1_u32..).zip(desks.iter().skip(1)) {
        let runs = vec![run(u64::from(number - 1) * SENT, SENT)];
        set(clock::later(at, 30));
        central.execute(&Command::ShipStock {
            campaign,
            runs: runs.clone(),
            to: desk.desk.id(),
            note: "Con l'auto di servizio".into(),
        })?;
        set(clock::later(at, 120));
        desk.execute(&Command::AcknowledgeShipment {
            shipment: ShipmentNo {
                from: central.desk.id(),
                number,
            },
            campaign,
            runs,
            note: String::new(),
        })?;
    }
    Ok(())
}

/// Just now: some got wet at the opened desk, and more is on its way to it.
pub async fn just_now(stations: &[Station], campaign: CampaignId, now: Timestamp) -> Result<(), Failure> {
    let (Some(central), Some(opened)) = (stations.last(), stations.get(1)) else {
        return Ok(());
    };
    for station in stations {
        station.clock.set(clock::later(now, -120));
    }
    opened.execute(&Command::RemoveStock {
        campaign,
        runs: vec![run(SENT - 5, 5)],
        reason: RemovalReason::Damaged,
        note: "Bagnati da una perdita".into(),
    })?;
    central.execute(&Command::ShipStock {
        campaign,
        runs: vec![run(4 * BOX, 100)],
        to: opened.desk.id(),
        note: "Con il corriere interno".into(),
    })?;
    exchange(stations).await
}
