// SPDX-License-Identifier: EUPL-1.2
//! How days went: counted from the appointments themselves, so whoever holds the same ones gets the same figures.

use super::Ask;
use super::export::{headings, text};
use crate::error::DeskError;
use crate::view::{DayVisits, HourVisits, ServiceVisits, SiteVisits, Spread, StatisticsView, VisitFigures};
use chrono::{Duration, NaiveDate, Timelike as _};
use sportello_documents::lists::{Cell, Sheet};
use sportello_domain::agenda::{self, SiteHours};
use sportello_domain::appointment::{Appointment, AppointmentStatus, Outcome};
use sportello_domain::ids::{ServiceId, SiteId};
use sportello_domain::office::{Service, Site};
use std::collections::BTreeMap;

/// Days that are counted at once.
const MOST_DAYS: i64 = 400;
/// No visit waits or is served longer: a clock was wrong, or nobody closed it.
const LONGEST: u32 = 12 * 60 * 60;

/// What is counted, before the times are put in order.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    counts: VisitFigures,
    waiting: Vec<u32>,
    serving: Vec<u32>,
}

impl Tally {
    /// One more appointment.
    pub(super) fn add(&mut self, found: &Appointment) {
        if found.is_mistake() {
            return;
        }
        let counts = &mut self.counts;
        if found.walk_in {
            counts.walk_ins += 1;
        } else if found.status == AppointmentStatus::Cancelled {
            counts.cancelled += 1;
        } else {
            counts.booked += 1;
        }
        // Who came and was called off elsewhere had come; it is shown as called off.
        if found.presented_at.is_some() && found.status != AppointmentStatus::Cancelled {
            counts.presented += 1;
        } else if found.status == AppointmentStatus::Missed {
            counts.missed += 1;
        }
        match found.outcome {
            Some(Outcome::Served) => counts.served += 1,
            Some(Outcome::Refused) => counts.refused += 1,
            None => {}
        }
        // Whoever was never called is not known to have waited: the delivery was begun at once.
        if found.first_called_at.is_some() {
            self.waiting.push(found.spent.waiting);
        }
        if found.status == AppointmentStatus::Finished && found.first_called_at.is_some() {
            self.serving.push(found.spent.serving);
        }
    }

    /// Slots have room for so many more people.
    fn add_places(&mut self, places: u32) {
        self.counts.places = self.counts.places.saturating_add(places);
    }

    pub(super) fn figures(self) -> VisitFigures {
        VisitFigures {
            waiting: spread(self.waiting),
            serving: spread(self.serving),
            ..self.counts
        }
    }
}

/// Median and ninth decile by nearest rank (Hyndman and Fan 1996, definition 1).
fn spread(mut seconds: Vec<u32>) -> Spread {
    let all = seconds.len();
    seconds.retain(|time| *time <= LONGEST);
    seconds.sort_unstable();
    let n = seconds.len();
    let rank = |tenths: usize| {
        let rank = (n * tenths).div_ceil(10).max(1);
        seconds.get(rank - 1).copied().unwrap_or(0)
    };
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Spread {
        n: count(n),
        median: rank(5),
        p90: rank(9),
        excluded: count(all - n),
    }
}

pub(super) fn statistics(
    ask: &Ask<'_>,
    from: NaiveDate,
    to: NaiveDate,
    site: Option<SiteId>,
    service: Option<ServiceId>,
) -> Result<StatisticsView, DeskError> {
    let to = to.max(from).min(from + Duration::days(MOST_DAYS - 1));
    let mut total = Tally::default();
    let mut by_day: BTreeMap<NaiveDate, Tally> = BTreeMap::new();
    let mut by_hour: BTreeMap<u32, Tally> = BTreeMap::new();
    let mut by_service: BTreeMap<ServiceId, Tally> = BTreeMap::new();
    let mut by_site: BTreeMap<SiteId, Tally> = BTreeMap::new();
    let services = ask.reads.services()?;
    let sites = chosen(ask, site)?;
    for site in &sites {
        let wanted = |id: ServiceId| service.is_none_or(|wanted| wanted == id);
        for found in ask.reads.agenda(site.id, from, to)? {
            if !wanted(found.service) {
                continue;
            }
            let tallies = [
                &mut total,
                by_day.entry(found.start.date()).or_default(),
                by_hour.entry(found.start.hour()).or_default(),
                by_service.entry(found.service).or_default(),
                by_site.entry(site.id).or_default(),
            ];
            for tally in tallies {
                tally.add(&found);
            }
        }
        let hours = ask.reads.state::<SiteHours>(site.id)?;
        for given in services.iter().filter(|given| wanted(given.id)) {
            for day in from.iter_days().take_while(|day| *day <= to) {
                let places = places(given, hours.as_ref(), site.id, day);
                if places > 0 {
                    total.add_places(places);
                    by_day.entry(day).or_default().add_places(places);
                    by_service.entry(given.id).or_default().add_places(places);
                    by_site.entry(site.id).or_default().add_places(places);
                }
            }
        }
    }
    let names = |id: &ServiceId| {
        let found = services.iter().find(|service| service.id == *id);
        found.map(|service| ask.service_name(service)).unwrap_or_default()
    };
    Ok(StatisticsView {
        from,
        to,
        total: total.figures(),
        by_day: by_day
            .into_iter()
            .map(|(day, tally)| DayVisits {
                day,
                figures: tally.figures(),
            })
            .collect(),
        by_hour: by_hour
            .into_iter()
            .map(|(hour, tally)| HourVisits {
                hour,
                figures: tally.figures(),
            })
            .collect(),
        by_service: by_service
            .into_iter()
            .map(|(service, tally)| ServiceVisits {
                service,
                name: names(&service),
                figures: tally.figures(),
            })
            .collect(),
        by_site: by_site
            .into_iter()
            .map(|(site, tally)| SiteVisits {
                site,
                name: sites
                    .iter()
                    .find(|found| found.id == site)
                    .map(|found| found.name.clone())
                    .unwrap_or_default(),
                figures: tally.figures(),
            })
            .collect(),
    })
}

/// The sites asked for: one, or all.
pub(super) fn chosen(ask: &Ask<'_>, site: Option<SiteId>) -> Result<Vec<Site>, DeskError> {
    Ok(match site {
        Some(site) => vec![ask.site(Some(site))?],
        None => ask.reads.sites()?,
    })
}

/// One row for each day, site and service that has anything.
pub(super) fn sheet(
    ask: &Ask<'_>,
    from: NaiveDate,
    to: NaiveDate,
    site: Option<SiteId>,
    service: Option<ServiceId>,
) -> Result<Sheet, DeskError> {
    let to = to.max(from).min(from + Duration::days(MOST_DAYS - 1));
    let services = ask.reads.services()?;
    let mut rows = Vec::new();
    for site in chosen(ask, site)? {
        let hours = ask.reads.state::<SiteHours>(site.id)?;
        let mut tallies: BTreeMap<(NaiveDate, ServiceId), Tally> = BTreeMap::new();
        for found in ask.reads.agenda(site.id, from, to)? {
            if found.is_mistake() || service.is_some_and(|wanted| wanted != found.service) {
                continue;
            }
            let key = (found.start.date(), found.service);
            tallies.entry(key).or_default().add(&found);
        }
        for ((day, id), mut tally) in tallies {
            let given = services.iter().find(|service| service.id == id);
            tally.add_places(given.map_or(0, |given| places(given, hours.as_ref(), site.id, day)));
            let name = given.map(|given| ask.service_name(given)).unwrap_or_default();
            rows.push(line(day, &site.name, name, &tally.figures()));
        }
    }
    let codes = [
        "label_day",
        "label_site",
        "label_service",
        "label_visits_places",
        "label_visits_booked",
        "label_visits_cancelled",
        "label_visits_missed",
        "label_visits_walk_ins",
        "label_visits_presented",
        "label_visits_served",
        "label_visits_refused",
        "label_wait_median",
        "label_wait_p90",
        "label_serve_median",
    ];
    Ok(Sheet {
        title: "Statistiche".into(),
        headings: headings(ask, &codes),
        rows,
    })
}

fn line(day: NaiveDate, site: &str, service: String, figures: &VisitFigures) -> Vec<Cell> {
    let count = |n: u32| Cell::Number(f64::from(n));
    // Nobody measured is not the same as no time.
    let minutes = |spread: Spread, seconds: u32| {
        if spread.n == 0 {
            Cell::Empty
        } else {
            Cell::Number((f64::from(seconds) / 6.0).round() / 10.0)
        }
    };
    vec![
        Cell::Date(day),
        text(site),
        text(service),
        count(figures.places),
        count(figures.booked),
        count(figures.cancelled),
        count(figures.missed),
        count(figures.walk_ins),
        count(figures.presented),
        count(figures.served),
        count(figures.refused),
        minutes(figures.waiting, figures.waiting.median),
        minutes(figures.waiting, figures.waiting.p90),
        minutes(figures.serving, figures.serving.median),
    ]
}

fn places(service: &Service, hours: Option<&SiteHours>, site: SiteId, day: NaiveDate) -> u32 {
    agenda::day(service, hours, site, day)
        .slots
        .iter()
        .map(|slot| u32::from(slot.capacity))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn half_and_nine_tenths_by_nearest_rank_and_what_cannot_be_is_left_out() {
        assert_eq!(spread(vec![]), Spread::default());
        let one = spread(vec![60]);
        assert_eq!((one.n, one.median, one.p90), (1, 60, 60));
        let ten = spread((1..=10).rev().map(|n| n * 10).collect());
        assert_eq!((ten.n, ten.median, ten.p90), (10, 50, 90));
        let eleven = spread((1..=11).map(|n| n * 10).collect());
        assert_eq!((eleven.median, eleven.p90), (60, 100));
        let wrong = spread(vec![30, LONGEST, LONGEST + 1]);
        assert_eq!((wrong.n, wrong.excluded, wrong.p90), (2, 1, LONGEST));
    }
}
