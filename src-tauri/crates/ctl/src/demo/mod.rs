// SPDX-License-Identifier: EUPL-1.2
//! `demo`: an office that has been at work for weeks. Everything in it was done by ordinary commands, given at their time.
//!
//! `demo.json` is written last: a folder without it was half made, and is made anew.

mod clock;
mod life;
mod list;
mod office;
mod plan;
mod station;
mod stock;
mod supply;

use crate::access;
use crate::args::{Demo, Global};
use crate::failure::Failure;
use crate::out::Out;
use base64::Engine;
use clock::{HandClock, moment};
use life::Lived;
use office::{ADMINISTRATOR, DESKS, OPENED, SUPERVISOR, SUPERVISORS_DESK};
use plan::{Case, Plan, Stage};
use serde_json::{Value, json};
use sportello_central::{Central, ServeOptions, preset};
use sportello_desk::query::InboxFilter;
use sportello_desk::view::CaseRow;
use sportello_desk::{DeskError, Query, View};
use sportello_domain::appointment::Person as Visitor;
use sportello_domain::campaign::Campaign;
use sportello_domain::command::{Command, FileInput, Passphrase};
use sportello_domain::demo::{self as people, DemoHousehold, DemoRng, SHEET};
use sportello_domain::exceptions::{CaseDecision, CaseKind};
use sportello_domain::ids::{CampaignId, PlanId, ServiceId};
use sportello_domain::office::{Role, Service};
use sportello_domain::plan::{Measure, Target, sheet};
use sportello_domain::time::Timestamp;
use station::{PASSPHRASE, Station, exchange};
use std::net::{Ipv4Addr, TcpListener};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Tells that the demonstration is whole.
const TOLD: &str = "demo.json";
/// Tells that the folder is ours, also while it is being made.
const MARK: &str = ".sportello-demo";
/// What a demonstration puts into its folder.
const PARTS: [&str; 6] = ["central", "supervisor", "desk", "desks", "lists", TOLD];
/// Households of the later list, which is there to be tried.
const LATER: usize = 40;

/// Makes a demonstration, or tells the one that is there.
pub fn run(global: &Global, out: Out, what: &Demo) -> Result<(), Failure> {
    let dir = global.dir.clone().ok_or(Failure::DirectoryMissing)?;
    let now = Timestamp::of_rome(what.day);
    if now.day() < office::day(1, 2) || now.day() > office::day(4, 30) {
        return Err(Failure::DemoDay);
    }
    let told = dir.join(TOLD);
    if told.is_file() && !what.fresh {
        let text = String::from_utf8_lossy(&access::read_file(&told)?).into_owned();
        return out.data(&crate::commands::door::parse::<Value>(&text)?);
    }
    clear(&dir)?;
    // A desk is known by where it is: the answer holds from wherever it is read.
    let dir = std::path::absolute(&dir).map_err(|source| Failure::File {
        path: dir.clone(),
        source,
    })?;
    let value = crate::commands::runtime()?.block_on(make(&dir, what, now))?;
    let text = serde_json::to_string_pretty(&value).map_err(|error| Failure::Json(error.to_string()))?;
    access::write_file(&told, text.as_bytes())?;
    out.data(&value)
}

/// Makes the folder, or empties it of a demonstration; one that holds anything else is left alone.
fn clear(dir: &Path) -> Result<(), Failure> {
    let failed = |source| Failure::File {
        path: dir.to_owned(),
        source,
    };
    std::fs::create_dir_all(dir).map_err(failed)?;
    let mark = dir.join(MARK);
    if !mark.is_file() {
        if std::fs::read_dir(dir).map_err(failed)?.next().is_some() {
            return Err(Failure::NotADemo(dir.to_owned()));
        }
        std::fs::write(&mark, "").map_err(failed)?;
    }
    // What says that it is whole goes first.
    for part in PARTS.iter().rev() {
        let path = dir.join(part);
        let gone = if path.is_dir() {
            std::fs::remove_dir_all(&path)
        } else {
            std::fs::remove_file(&path)
        };
        match gone {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(failed(error)),
            _ => {}
        }
    }
    Ok(())
}

/// The centre and its clock.
struct Centre {
    central: Central,
    clock: HandClock,
    url: String,
}

fn centre(dir: &Path, founded: Timestamp) -> Result<(Centre, TcpListener), Failure> {
    let clock = HandClock::default();
    clock.set(founded);
    let hands = clock.clone();
    let central = Central::open_with_clock(dir, Arc::new(move || hands.millis()))?;
    central.init_office("Comune di Firenze", &preset::firenze())?;
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
    let url = format!("http://{}", listener.local_addr()?);
    Ok((Centre { central, clock, url }, listener))
}

async fn make(dir: &Path, what: &Demo, now: Timestamp) -> Result<Value, Failure> {
    let (centre, listener) = centre(&dir.join("central"), moment(2020, 12, 28, 9, 0))?;
    let (stop, stopped) = tokio::sync::oneshot::channel::<()>();
    let serving = tokio::spawn({
        let central = centre.central.clone();
        async move {
            let told_to_stop = async {
                let _ = stopped.await;
            };
            central
                .serve(listener, &ServeOptions::default(), told_to_stop)
                .await
        }
    });
    let made = Box::pin(fill(dir, what, now, &centre)).await;
    let _ = stop.send(());
    let served = serving.await;
    let value = made?;
    served.map_err(|error| Failure::Demo(error.to_string()))??;
    Ok(value)
}

/// Sets every clock, the centre's too.
fn at(centre: &Centre, stations: &[Station], moment: Timestamp) {
    centre.clock.set(moment);
    for station in stations {
        station.clock.set(moment);
    }
}

async fn fill(dir: &Path, what: &Demo, now: Timestamp, centre: &Centre) -> Result<Value, Failure> {
    let began = std::time::Instant::now();
    let stations = enrol(dir, centre).await?;
    let supervisor = &stations[0];
    tracing::info!(took = ?began.elapsed(), "desks enrolled");

    at(centre, &stations, moment(2020, 12, 28, 9, 30));
    let campaign = office::campaign(CampaignId(uuid::Uuid::now_v7()));
    let service = office::delivery(
        ServiceId(uuid::Uuid::now_v7()),
        campaign.id,
        &centre.central.sites()?,
    );
    let spid = office::spid(ServiceId(uuid::Uuid::now_v7()), &centre.central.sites()?);
    // Every desk knows the others before a list is taken in: each entitlement then has its holder.
    exchange(&stations).await?;
    supervisor.execute(&Command::DefineCampaign {
        campaign: campaign.clone(),
    })?;
    supervisor.execute(&Command::DefineService {
        service: service.clone(),
    })?;
    let information = office::information(ServiceId(uuid::Uuid::now_v7()), &centre.central.sites()?);
    for service in [&spid, &information] {
        let service = service.clone();
        supervisor.execute(&Command::DefineService { service })?;
    }
    for site in centre.central.sites()? {
        let hours = office::hours(&site);
        supervisor.execute(&Command::DefineHours { hours })?;
    }
    let operators = operators(centre, &stations).await?;
    follow(supervisor, &campaign)?;

    at(centre, &stations, moment(2020, 12, 29, 10, 0));
    let lists = lists(&dir.join("lists"), what, &campaign)?;
    take_in(supervisor, &campaign, &lists.0)?;
    tracing::info!(took = ?began.elapsed(), "list taken in");
    at(centre, &stations, moment(2020, 12, 29, 11, 0));
    exchange(&stations).await?;
    tracing::info!(took = ?began.elapsed(), "list handed out");

    at(centre, &stations, moment(2020, 12, 30, 10, 0));
    let mut rng = DemoRng::new(what.seed);
    to_the_centre(&stations, &campaign, &mut rng)?;
    supply::hand_out(&stations, campaign.id, moment(2020, 12, 31, 9, 0))?;
    exchange(&stations).await?;

    let lived = months(&stations, &campaign, [&service, &information], now, &mut rng)?;
    tracing::info!(took = ?began.elapsed(), acts = lived.acts, deliveries = lived.deliveries, "months lived through");
    supply::just_now(&stations, campaign.id, now).await?;
    visitors(&stations, &spid, now, what.seed)?;
    at(centre, &stations, now);
    exchange(&stations).await?;
    decide(supervisor)?;
    exchange(&stations).await?;
    tracing::info!(took = ?began.elapsed(), "all exchanged");

    let server = format!("http://{}", what.listen);
    let shift = now.0 - chrono::Utc::now().timestamp_millis();
    for station in &stations {
        station.desk.change_settings(|settings| {
            settings.server.clone_from(&server);
            settings.clock_shift = Some(shift);
        })?;
    }
    centre.central.shift_clock(shift)?;
    Ok(json!({
        "office": "Comune di Firenze",
        "day": what.day.format("%Y-%m-%dT%H:%M").to_string(),
        "clock_shift": shift,
        "made_at": chrono::Utc::now().to_rfc3339_opts(chrono::SecondsFormat::Secs, true),
        "seed": what.seed,
        "households": what.households,
        "listen": what.listen.to_string(),
        "central_data": dir.join("central"),
        "desk": OPENED,
        "desk_dir": stations[1].dir,
        "supervisor_dir": supervisor.dir,
        "desks": stations.iter().map(|s| json!({ "name": s.name, "site": s.site.code, "dir": s.dir })).collect::<Vec<_>>(),
        "lists": { "taken_in": lists.0, "to_try": lists.1 },
        "campaign": { "id": campaign.id, "name": campaign.name },
        "operators": operators,
        "acts": lived.acts,
        "deliveries": lived.deliveries,
        "refused_acts": lived.refused,
    }))
}

/// The objective sheet of the year, with what of it is read from the records.
fn follow(supervisor: &Station, campaign: &Campaign) -> Result<(), Failure> {
    let sheet = sheet::read(SHEET).sheet;
    let plan = PlanId::of(&sheet.code);
    supervisor.execute(&Command::LoadPlan {
        sheet: Box::new(sheet),
        file: "peg-2021_Z105.txt".into(),
    })?;
    let campaign = campaign.id;
    for (target, measure) in [
        (
            Target::Phase { number: 1 },
            Measure::ServedOfEntitled { campaign },
        ),
        (
            Target::Indicator { number: 1 },
            Measure::ServedOfPresented { campaign },
        ),
    ] {
        let measure = Some(measure);
        supervisor.execute(&Command::BindPlan {
            plan,
            target,
            measure,
        })?;
    }
    Ok(())
}

/// The supervisors' desk first, then those that serve people.
async fn enrol(dir: &Path, centre: &Centre) -> Result<Vec<Station>, Failure> {
    let mut stations = Vec::new();
    for wanted in std::iter::once(SUPERVISORS_DESK).chain(DESKS) {
        let place = match wanted.name {
            _ if wanted.supervises => dir.join("supervisor"),
            OPENED => dir.join("desk"),
            other => dir.join("desks").join(other),
        };
        let clock = HandClock::default();
        clock.set(Timestamp(centre.clock.millis()));
        stations.push(Station::enrol(&centre.central, &centre.url, &place, wanted, clock).await?);
    }
    Ok(stations)
}

/// Lets a supervisor in at the supervisors' desk, and the administrator at the opened one as well. Who adds operators at a
/// desk must be an administrator there: its first operator is one for as long as it takes.
async fn operators(centre: &Centre, stations: &[Station]) -> Result<Vec<Value>, Failure> {
    let (supervisor, opened) = (&stations[0], &stations[1]);
    let add = |person: station::Person| Command::AddOperator {
        username: person.username.into(),
        name: person.name.into(),
        role: person.role,
        passphrase: Passphrase(PASSPHRASE.into()),
    };
    supervisor.execute(&add(SUPERVISOR))?;
    let first = DESKS[0].person;
    let become_ = |role| Command::ChangeOperator {
        operator: opened.session.operator(),
        name: first.name.into(),
        role,
        active: true,
    };
    supervisor.execute(&become_(Role::Administrator))?;
    exchange(stations).await?;
    let session = opened.desk.authenticate(first.username, PASSPHRASE)?;
    let id = opened.desk.now();
    at(centre, stations, clock::later(id, 60));
    let command = sportello_domain::ids::CommandId(uuid::Uuid::now_v7());
    opened.desk.execute(&session, command, &add(ADMINISTRATOR))?;
    at(centre, stations, clock::later(id, 120));
    supervisor.execute(&become_(Role::Operator))?;
    exchange(stations).await?;

    let told = |person: station::Person, desk: &str| json!({ "username": person.username, "name": person.name, "passphrase": PASSPHRASE, "role": person.role, "desk": desk });
    let mut all = vec![
        told(first, OPENED),
        told(ADMINISTRATOR, OPENED),
        told(ADMINISTRATOR, SUPERVISORS_DESK.name),
        told(SUPERVISOR, SUPERVISORS_DESK.name),
    ];
    all.extend(DESKS[1..].iter().map(|wanted| told(wanted.person, wanted.name)));
    Ok(all)
}

/// Writes the list that the campaign began with, and a later one that is there to be tried.
fn lists(folder: &Path, what: &Demo, campaign: &Campaign) -> Result<(PathBuf, PathBuf), Failure> {
    std::fs::create_dir_all(folder).map_err(|source| Failure::File {
        path: folder.to_owned(),
        source,
    })?;
    let count = usize::try_from(what.households).unwrap_or(usize::MAX);
    let all: Vec<DemoHousehold> = people::households(what.seed, count + LATER);
    let (known, new) = all.split_at(count);
    let first = folder.join("buoni-spesa-elenco-2020-12-28.xlsx");
    access::write_file(&first, &list::first(what.seed, known, campaign)?)?;
    let second = folder.join("buoni-spesa-integrazione-2021-02-15.xlsx");
    access::write_file(&second, &list::second(what.seed, known, new, campaign)?)?;
    Ok((first, second))
}

/// Takes a list in, as a supervisor does: looked at first.
fn take_in(supervisor: &Station, campaign: &Campaign, path: &Path) -> Result<(), Failure> {
    let name = path
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    let file = FileInput {
        name,
        content: base64::engine::general_purpose::STANDARD.encode(access::read_file(path)?),
    };
    let issued = chrono::NaiveDate::from_ymd_opt(2020, 12, 28).unwrap_or_default();
    let query = Query::ImportPreview {
        campaign: campaign.id,
        file: file.clone(),
        issued: Some(issued),
    };
    let View::ImportPreview(preview) = supervisor.desk.query(&supervisor.session, &query)? else {
        return Err(Failure::Demo("the list was not looked at".into()));
    };
    supervisor.execute(&Command::ApplyImport {
        campaign: campaign.id,
        file,
        issued,
        digest: preview.digest,
    })?;
    Ok(())
}

/// Some would rather come to the central site: its desk asks for them.
fn to_the_centre(stations: &[Station], campaign: &Campaign, rng: &mut DemoRng) -> Result<(), Failure> {
    let Some(central) = stations.last() else {
        return Ok(());
    };
    for station in &stations[1..stations.len() - 1] {
        let cases = central.cases(campaign.id, station.desk.id(), rng)?;
        for case in cases.iter().take(cases.len() * 30 / 1000) {
            let reason = "Preferisce la sede centrale".to_owned();
            central.execute(&Command::RequestCustody {
                entitlement: case.entitlement,
                to: None,
                reason,
            })?;
        }
    }
    Ok(())
}

/// Every desk lives through its months, all at once, without the network.
fn months(
    stations: &[Station],
    campaign: &Campaign,
    [service, information]: [&Service; 2],
    now: Timestamp,
    rng: &mut DemoRng,
) -> Result<Lived, Failure> {
    let desks = &stations[1..];
    let mut plans: Vec<Plan> = Vec::new();
    let mut elsewhere: Vec<Case> = Vec::new();
    for (number, station) in desks.iter().enumerate() {
        let mut cases = station.cases(campaign.id, station.desk.id(), rng)?;
        if !station.site.central && station.site.quartiere == 3 {
            // The first is served here; the last is not. The central site serves both, without knowing.
            elsewhere.extend(cases.first().cloned());
            elsewhere.extend(cases.pop());
        }
        let stage = Stage {
            campaign,
            service,
            site: station.site.id,
            now,
            past: if station.site.central { 550 } else { 235 },
            strange: number % 2 == 0,
            lost: number % 3 == 1,
            elsewhere: if station.site.central { &elsewhere } else { &[] },
        };
        plans.push(plan::plan(stage, cases, DemoRng::new(rng.next_u64())));
    }
    let seeds: Vec<u64> = desks.iter().map(|_| rng.next_u64()).collect();
    let lived: Vec<Result<Lived, Failure>> = std::thread::scope(|scope| {
        let running: Vec<_> = desks
            .iter()
            .zip(&plans)
            .zip(seeds)
            .enumerate()
            .map(|(number, ((station, plan), seed))| {
                let campaign = (campaign.id, campaign.denomination.0);
                scope.spawn(move || {
                    let services = [service.id, information.id];
                    life::live(station, campaign, services, plan, number, DemoRng::new(seed))
                })
            })
            .collect();
        let ended = || Err(Failure::Demo("a desk ended unexpectedly".into()));
        running
            .into_iter()
            .map(|one| one.join().unwrap_or_else(|_| ended()))
            .collect()
    });
    let mut sum = Lived::default();
    for one in lived {
        let one = one?;
        sum.acts += one.acts;
        sum.deliveries += one.deliveries;
        sum.refused += one.refused;
    }
    Ok(sum)
}

/// People in no list, with an appointment for something else, today at the opened desk.
fn visitors(stations: &[Station], service: &Service, now: Timestamp, seed: u64) -> Result<(), Failure> {
    let opened = &stations[1];
    opened.clock.set(clock::later(now, -30));
    let slots = plan::slots_of(service, opened.site.id, now.day());
    for (slot, household) in slots.iter().zip(people::households(seed ^ 0x77, slots.len())) {
        let person = household.applicant();
        let visitor = Visitor {
            name: format!("{} {}", person.surname, person.name),
            phone: household.phone.clone(),
        };
        let command = Command::BookAppointment {
            household: None,
            person: Some(visitor),
            service: service.id,
            site: opened.site.id,
            start: slot.start,
            overbook: None,
        };
        match opened.execute(&command) {
            // The demonstration stands after the slot.
            Ok(_) | Err(DeskError::Rejected(_)) => {}
            Err(error) => return Err(error.into()),
        }
    }
    Ok(())
}

/// The administrator has looked at the oldest delivery that was forced, and taken up what weighs most.
fn decide(supervisor: &Station) -> Result<(), Failure> {
    let inbox = |kinds| -> Result<Vec<CaseRow>, Failure> {
        let filter = InboxFilter {
            kinds,
            ..InboxFilter::default()
        };
        let query = Query::Inbox {
            filter,
            offset: 0,
            limit: 500,
        };
        match supervisor.desk.query(&supervisor.session, &query)? {
            View::Inbox(view) => Ok(view.rows),
            _ => Ok(Vec::new()),
        }
    };
    if let Some(row) = inbox(vec![CaseKind::Forced])?.iter().min_by_key(|row| row.at) {
        supervisor.execute(&Command::DecideCases {
            cases: vec![row.id],
            decision: CaseDecision::Accepted,
            reason: "Fornitura caricata il giorno dopo: i buoni sono quelli della bolla".into(),
        })?;
    }
    if let Some(row) = inbox(Vec::new())?.first() {
        supervisor.execute(&Command::AssignCases {
            cases: vec![row.id],
            to: Some(supervisor.session.operator()),
        })?;
    }
    Ok(())
}
