// SPDX-License-Identifier: EUPL-1.2
//! From a file with a series of appointments to what taking it in would do. The preview and the command plan the same way.

use crate::error::DeskError;
use crate::execute::open_appointment;
use crate::lists::List;
use base64::Engine as _;
use chrono::NaiveDateTime;
use sportello_documents::calendar::{self, NoStart};
use sportello_domain::agenda::series::{self, Wanted};
use sportello_domain::agenda::{self, SiteHours, Taken};
use sportello_domain::appointment::{self, Appointment, Attendee, Person, Place};
use sportello_domain::command::FileInput;
use sportello_domain::context::Ctx;
use sportello_domain::entitlement::Entitlement;
use sportello_domain::event::NewEvent;
use sportello_domain::household::Household;
use sportello_domain::identifier::PersonIdentifier;
use sportello_domain::ids::{AppointmentId, EntitlementId, HouseholdId, ServiceId, SiteId, derived};
use sportello_domain::meta::Topic;
use sportello_domain::office::{Service, Site};
use sportello_domain::refusal::Rejection;
use sportello_domain::text::search_key;
use sportello_store::Reads;
use std::collections::BTreeMap;

/// A row as it was written, or why it asks for nothing.
#[derive(Debug)]
struct Line {
    wanted: Wanted,
    problem: Option<&'static str>,
    /// What it says of the place is free text: where it names no site of ours, the default is meant.
    loose: bool,
}

/// A series, read from its file.
#[derive(Debug)]
pub(crate) struct Series {
    lines: Vec<Line>,
    /// BLAKE3 of the file, hexadecimal.
    pub digest: String,
}

/// What becomes of a row.
#[derive(Debug)]
pub(crate) enum Fate {
    /// It is booked: the facts to write, and the right that goes along to the site.
    New(Vec<NewEvent>, Option<EntitlementId>),
    /// It is there already.
    Known,
    /// It is not taken in.
    Refused(DeskError),
}

/// A row with what becomes of it.
#[derive(Debug)]
pub(crate) struct Planned {
    /// Its number.
    pub row: u32,
    /// For whom.
    pub name: String,
    /// The appointment that it is, or would be.
    pub id: AppointmentId,
    /// When.
    pub start: Option<NaiveDateTime>,
    /// The service.
    pub service: Option<ServiceId>,
    /// The site.
    pub site: Option<SiteId>,
    /// What becomes of it.
    pub fate: Fate,
}

impl Series {
    /// Reads a series.
    pub(crate) fn read(file: &FileInput) -> Result<Self, DeskError> {
        let bytes = base64::engine::general_purpose::STANDARD
            .decode(file.content.trim())
            .map_err(|_| DeskError::plain("malformed_command"))?;
        if calendar::is_calendar(&bytes) {
            let found = calendar::read(&bytes).map_err(|_| DeskError::plain("calendar_unreadable"))?;
            return Ok(Self {
                lines: found.into_iter().map(line).collect(),
                digest: blake3::hash(&bytes).to_hex().to_string(),
            });
        }
        let List { table, digest, .. } = List::read(file)?;
        let rows = series::read(&table).map_err(|_| DeskError::plain("series_no_headings"))?;
        let lines = rows.into_iter().map(|wanted| Line {
            problem: wanted.start.is_none().then_some("series_when"),
            wanted,
            loose: false,
        });
        Ok(Self {
            lines: lines.collect(),
            digest,
        })
    }

    /// What becomes of each row, one after the other: a place that one takes is taken for the next. `topic` says where the facts
    /// about somebody at a site are written.
    pub(crate) fn plan(
        &self,
        reads: &Reads<'_>,
        ctx: &Ctx,
        service: ServiceId,
        site: SiteId,
        topic: &mut dyn FnMut(&Attendee, SiteId) -> Result<Topic, DeskError>,
    ) -> Result<Vec<Planned>, DeskError> {
        let mut plan = Plan {
            reads,
            ctx,
            services: reads.services()?,
            sites: reads.sites()?,
            taken: BTreeMap::new(),
            booked: Vec::new(),
        };
        let mut rows = Vec::with_capacity(self.lines.len());
        for line in &self.lines {
            rows.push(plan.row(line, service, site, topic)?);
        }
        Ok(rows)
    }
}

fn line(found: calendar::Found) -> Line {
    let problem = match found.start {
        _ if found.cancelled => Some("series_cancelled"),
        Err(NoStart::Repeats) => Some("series_repeats"),
        Err(_) => Some("series_when"),
        Ok(_) => None,
    };
    Line {
        wanted: Wanted {
            row: found.number,
            uid: found.uid,
            name: found.summary.trim().to_owned(),
            tax_code: String::new(),
            phone: String::new(),
            start: found.start.ok(),
            service: String::new(),
            site: found.location,
        },
        problem,
        loose: true,
    }
}

struct Plan<'a> {
    reads: &'a Reads<'a>,
    ctx: &'a Ctx,
    services: Vec<Service>,
    sites: Vec<Site>,
    /// What is taken, by site and day, with what this series takes.
    taken: BTreeMap<(SiteId, chrono::NaiveDate), Vec<Taken>>,
    /// Households that this series books, by service.
    booked: Vec<(HouseholdId, ServiceId, AppointmentId, NaiveDateTime, SiteId)>,
}

impl Plan<'_> {
    fn row(
        &mut self,
        line: &Line,
        service: ServiceId,
        site: SiteId,
        topic: &mut dyn FnMut(&Attendee, SiteId) -> Result<Topic, DeskError>,
    ) -> Result<Planned, DeskError> {
        let wanted = &line.wanted;
        let service = self.service(&wanted.service, service, line.loose).cloned();
        let site = self.site(&wanted.site, site, line.loose);
        let id = AppointmentId(derived(
            "sportello 2026 series",
            &[
                wanted.uid.as_bytes(),
                search_key(&wanted.name).as_bytes(),
                search_key(&wanted.tax_code).as_bytes(),
                wanted
                    .start
                    .map(|start| start.to_string())
                    .unwrap_or_default()
                    .as_bytes(),
            ],
        ));
        let mut planned = Planned {
            row: wanted.row,
            name: wanted.name.clone(),
            id,
            start: wanted.start,
            service: service.as_ref().map(|service| service.id),
            site,
            fate: Fate::Known,
        };
        if self.reads.state::<Appointment>(id)?.is_some() {
            return Ok(planned);
        }
        planned.fate = match (line.problem, wanted.start, service, site) {
            (Some(code), ..) => Fate::Refused(DeskError::plain(code)),
            (None, None, ..) => Fate::Refused(DeskError::plain("series_when")),
            (None, _, None, _) => Fate::Refused(DeskError::plain("series_service")),
            (None, _, _, None) => Fate::Refused(DeskError::plain("series_site")),
            (None, Some(start), Some(service), Some(site)) => {
                match self.book(wanted, id, &service, site, start, topic) {
                    Ok((name, events, right)) => {
                        planned.name = name;
                        Fate::New(events, right)
                    }
                    Err(error @ (DeskError::Rejected(_) | DeskError::Plain { .. })) => Fate::Refused(error),
                    Err(error) => return Err(error),
                }
            }
        };
        Ok(planned)
    }

    fn service(&self, named: &str, default: ServiceId, loose: bool) -> Option<&Service> {
        let key = search_key(named);
        let by_name = |service: &&Service| {
            !key.is_empty() && (search_key(&service.name) == key || search_key(&service.name_en) == key)
        };
        let found = self.services.iter().find(by_name);
        let default = self.services.iter().find(|service| service.id == default);
        found.or(default.filter(|_| key.is_empty() || loose))
    }

    fn site(&self, named: &str, default: SiteId, loose: bool) -> Option<SiteId> {
        let key = search_key(named);
        let named = self
            .sites
            .iter()
            .find(|site| !key.is_empty() && (search_key(&site.code) == key || search_key(&site.name) == key));
        let default = self.sites.iter().find(|site| site.id == default);
        named
            .or(default.filter(|_| key.is_empty() || loose))
            .map(|site| site.id)
    }

    fn book(
        &mut self,
        wanted: &Wanted,
        id: AppointmentId,
        service: &Service,
        site: SiteId,
        start: NaiveDateTime,
        topic: &mut dyn FnMut(&Attendee, SiteId) -> Result<Topic, DeskError>,
    ) -> Result<(String, Vec<NewEvent>, Option<EntitlementId>), DeskError> {
        let (name, attendee, right) = self.attendee(wanted, service)?;
        if let Attendee::Household(household, _) = &attendee {
            self.not_booked_here(*household, service.id)?;
        }
        let hours = self.reads.state::<SiteHours>(site)?;
        let taken = self.taken(site, start.date())?.clone();
        let place = Place {
            site,
            start,
            hours,
            taken,
            overbook: None,
        };
        let open = match &attendee {
            Attendee::Household(household, _) => {
                open_appointment(self.reads, self.ctx.now.day(), *household, service.id)?
            }
            Attendee::Person(_) => None,
        };
        let household = match &attendee {
            Attendee::Household(household, _) => Some(*household),
            Attendee::Person(_) => None,
        };
        let written_to = topic(&attendee, site)?;
        let events = appointment::book(self.ctx, written_to, id, service, attendee, &place, open.as_ref())?;
        self.taken(site, start.date())?.push(Taken {
            service: service.id,
            start,
            minutes: service.minutes,
        });
        if let Some(household) = household {
            self.booked.push((household, service.id, id, start, site));
        }
        Ok((name, events, right))
    }

    /// Two rows of one series are two appointments of one household only where they are for two services.
    fn not_booked_here(&self, household: HouseholdId, service: ServiceId) -> Result<(), DeskError> {
        let same = |booked: &&(HouseholdId, ServiceId, AppointmentId, NaiveDateTime, SiteId)| {
            booked.0 == household && booked.1 == service
        };
        match self.booked.iter().find(same) {
            Some((_, _, appointment, start, site)) => Err(Rejection::AlreadyBooked {
                appointment: *appointment,
                start: *start,
                site: *site,
            }
            .into()),
            None => Ok(()),
        }
    }

    fn attendee(
        &self,
        wanted: &Wanted,
        service: &Service,
    ) -> Result<(String, Attendee, Option<EntitlementId>), DeskError> {
        if let Some(household) = self.household(&wanted.tax_code)? {
            if self.reads.erased_by(household.id)?.is_some() {
                return Err(Rejection::Erased.into());
            }
            let right = match service.campaign {
                Some(campaign) => {
                    let right = EntitlementId::of(campaign, household.id);
                    self.reads.state::<Entitlement>(right)?.map(|_| right)
                }
                None => None,
            };
            let name = household.data.applicant_name();
            return Ok((name, Attendee::Household(household.id, right), right));
        }
        if wanted.name.is_empty() {
            return Err(DeskError::plain("series_who"));
        }
        let person = Person {
            name: wanted.name.clone(),
            phone: wanted.phone.clone(),
        };
        Ok((wanted.name.clone(), Attendee::Person(person), None))
    }

    /// The household of a tax code, where exactly one has it.
    fn household(&self, tax_code: &str) -> Result<Option<Household>, DeskError> {
        if tax_code.trim().is_empty() {
            return Ok(None);
        }
        let key = PersonIdentifier::parse(tax_code)
            .ok()
            .and_then(|identifier| identifier.search_key())
            .ok_or(DeskError::plain("series_tax_code"))?;
        let mut found: Vec<HouseholdId> = self
            .reads
            .members_by_key(&key)?
            .into_iter()
            .map(|member| member.household)
            .collect();
        found.sort_unstable();
        found.dedup();
        match found.as_slice() {
            [] => Ok(None),
            [one] => Ok(self.reads.state::<Household>(*one)?),
            _ => Err(DeskError::plain("series_several")),
        }
    }

    fn taken(&mut self, site: SiteId, day: chrono::NaiveDate) -> Result<&mut Vec<Taken>, DeskError> {
        use std::collections::btree_map::Entry;
        Ok(match self.taken.entry((site, day)) {
            Entry::Occupied(entry) => entry.into_mut(),
            Entry::Vacant(entry) => {
                let there = self.reads.agenda(site, day, day)?;
                entry.insert(agenda::taken(&there, &self.services))
            }
        })
    }
}
