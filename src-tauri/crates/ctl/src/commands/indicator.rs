// SPDX-License-Identifier: EUPL-1.2
//! `indicator`: the figure of the objective sheet, with everybody who is missing from it.

use super::names;
use crate::access::{self, StandardInput};
use crate::args::{Global, OfCampaign};
use crate::failure::Failure;
use crate::out::Out;
use sportello_desk::view::{IndicatorView, Standing};
use sportello_desk::{Query, View};
use std::fmt::Write;

/// Works the indicator out.
pub fn run(global: &Global, out: Out, what: &OfCampaign) -> Result<(), Failure> {
    let (desk, session) = access::login(global, StandardInput::Free)?;
    let campaign = names::campaign(&desk, &session, what.campaign.as_deref())?;
    let view = desk.query(
        &session,
        &Query::Indicator {
            campaign: campaign.id,
        },
    )?;
    match &view {
        View::Indicator(figures) => out.answer(&view, &words(out, figures)),
        other => out.data(other),
    }
}

fn words(out: Out, view: &IndicatorView) -> String {
    let value = view
        .value
        .map_or_else(|| "–".to_owned(), |v| format!("{},{:02} %", v / 100, v % 100));
    let mut text = format!(
        "{}\n{value}  {} / {} {}\n",
        view.campaign.name,
        view.served,
        view.presented,
        out.say(
            "nuclei serviti / presentati con appuntamento",
            "households served / presented with an appointment"
        )
    );
    // Writing into a string cannot fail.
    if view.standing == Standing::Provisional {
        let desks: Vec<&str> = view
            .missing_desks
            .iter()
            .map(|missing| missing.desk.name.as_str())
            .collect();
        let _ = writeln!(
            text,
            "{} {}",
            out.say("provvisorio, mancano:", "provisional, missing:"),
            desks.join(", ")
        );
    }
    for row in &view.missing {
        let _ = writeln!(
            text,
            "  Q{}  {}  {}  {}",
            row.quartiere, row.name, row.phone, row.remaining
        );
    }
    text
}
