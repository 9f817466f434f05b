// SPDX-License-Identifier: EUPL-1.2
//! From what a document says to what its template prints: texts only, already written as people read them, so that
//! the templates decide nothing but looks.

use chrono::{Datelike, NaiveDate, NaiveDateTime, NaiveTime, Timelike};
use serde_json::{Value, json};

use super::labels::{self, Labels, fill};
use super::text::{clean, clean_all};
use super::words::{amount, amount_in_words, grouped, initials, long_date, moment, short_date, time};
use super::{
    Act, Align, AppointmentSlip, Block, BookletLine, Collector, CustodySlip, DelegaForm, DeliveryReceipt,
    Document, DocumentError, FormPerson, Format, Lang, NameShown, PaperKit, Place, QueueTicket, RefusalNote,
    Report, ReversalNote, Seal, Section, qr,
};

/// A template and its data.
pub(super) struct View {
    pub(super) template: &'static str,
    pub(super) data: Value,
}

/// The labels of one language beside what is being said.
#[derive(Clone, Copy)]
struct Words {
    lang: Lang,
    labels: &'static Labels,
}

impl Words {
    fn get(self, key: &str) -> String {
        fill(self.labels, key, &[])
    }

    fn with(self, key: &str, values: &[(&str, &str)]) -> String {
        fill(self.labels, key, values)
    }
}

/// What stands in the file about the document, beside its text.
struct Meta {
    title: String,
    author: String,
    keywords: String,
    date: NaiveDateTime,
}

/// The view of a document. Texts are cleaned here, once, whatever they came from.
pub(super) fn of(document: &Document, lang: Lang, format: Format) -> Result<View, DocumentError> {
    let on_a_roll = matches!(
        document,
        Document::AppointmentSlip(_) | Document::CustodySlip(_) | Document::QueueTicket(_)
    );
    if format != Format::A4 && !on_a_roll {
        return Err(DocumentError::FormatNotOffered);
    }
    let words = Words {
        lang,
        labels: labels::of(lang),
    };
    let (template, meta, mut body, pictures) = match document {
        Document::AppointmentSlip(slip) => slip_view(slip, words)?,
        Document::CustodySlip(slip) => custody_view(slip, words)?,
        Document::QueueTicket(ticket) => ticket_view(ticket, words)?,
        Document::DeliveryReceipt(receipt) => receipt_view(receipt, words)?,
        Document::RefusalNote(note) => refusal_view(note, words)?,
        Document::ReversalNote(note) => reversal_view(note, words)?,
        Document::DelegaForm(form) => delega_view(form, words),
        Document::Report(report) => report_view(report, words)?,
        Document::PaperKit(kit) => kit_view(kit, words)?,
    };
    clean_all(&mut body);
    let title = clean(&meta.title);
    if title.is_empty() {
        // PDF/UA-1, 7.1: the title tells one document from another.
        return Err(DocumentError::Inconsistent {
            what: "a document needs a title",
        });
    }
    let keywords: Vec<String> = meta
        .keywords
        .split(',')
        .map(clean)
        .filter(|keyword| !keyword.is_empty())
        .collect();
    let made = meta.date;
    let data = json!({
        "meta": {
            "lang": words.get("lang"),
            "title": title,
            "author": clean(&meta.author),
            "keywords": keywords,
            "year": made.year(), "month": made.month(), "day": made.day(),
            "hour": made.hour(), "minute": made.minute(), "second": made.second(),
            "thermal": format == Format::Thermal80,
        },
        "t": words.labels,
        "d": body,
        // Outside of what is cleaned: markup of ours.
        "qr": pictures,
    });
    Ok(View { template, data })
}

type Parts = (&'static str, Meta, Value, Value);

fn place(place: &Place, words: Words) -> Value {
    json!({
        "office": place.office,
        "unit": place.unit,
        "site": place.site,
        "address": place.address,
        "phone": place.phone.as_deref().map(|phone| words.with("phone", &[("phone", phone)])),
    })
}

fn copy_mark(reprinted_at: Option<NaiveDateTime>, words: Words) -> Option<String> {
    reprinted_at.map(|at| words.with("copy_when", &[("when", &moment(at, words.lang))]))
}

fn slip_view(slip: &AppointmentSlip, words: Words) -> Result<Parts, DocumentError> {
    let title = words.get("slip_title");
    let code = ("code", slip.code.as_str());
    let change = slip
        .how_to_change
        .clone()
        .unwrap_or_else(|| match &slip.place.phone {
            Some(phone) => words.with("slip_change_phone", &[("phone", phone), code]),
            None => words.with("slip_change_desk", &[code]),
        });
    let applicant = match slip.name_shown {
        NameShown::Full => slip.applicant.clone(),
        NameShown::Initials => initials(&slip.applicant),
    };
    let body = json!({
        "place": place(&slip.place, words),
        "title": title,
        "service": slip.service,
        "applicant": applicant,
        "date": long_date(slip.at.date(), words.lang),
        "time": words.with("slip_time", &[("time", &time(slip.at.time()))]),
        "bring": slip.bring,
        "change": change,
        "code": slip.code,
        "qr_alt": words.with("slip_qr", &[code]),
        "printed": words.with("printed", &[("when", &moment(slip.issued_at, words.lang))]),
        "copy": copy_mark(slip.reprinted_at, words),
    });
    let meta = Meta {
        title: format!("{title}: {}", slip.code),
        author: slip.place.office.clone(),
        keywords: words.get("slip_keywords"),
        date: slip.reprinted_at.unwrap_or(slip.issued_at),
    };
    Ok(("slip.typ", meta, body, qr::picture(&slip.qr)?))
}

fn custody_view(slip: &CustodySlip, words: Words) -> Result<Parts, DocumentError> {
    let title = words.get("custody_title");
    let applicant = [
        ("reference", slip.household.as_str()),
        ("applicant", slip.applicant.as_str()),
    ];
    let body = json!({
        "place": place(&slip.place, words),
        "title": title,
        "only": words.with("custody_only", &[("to", &slip.to)]),
        "facts": [
            (words.get("custody_from"), slip.from.clone()),
            (words.get("act_campaign"), slip.campaign.clone()),
            (words.get("act_household"), words.with("act_household_value", &applicant)),
            (words.get("custody_due"), amount(slip.remaining_cents, words.lang)),
            (words.get("custody_when"), moment(slip.issued_at, words.lang)),
        ],
        "how": words.get("custody_how"),
        "lost": words.with("custody_lost", &[("from", &slip.from)]),
        "code": slip.code,
        "qr_alt": words.with("custody_qr", &[("to", &slip.to)]),
        "printed": words.with("printed", &[("when", &moment(slip.printed_at, words.lang))]),
    });
    let meta = Meta {
        // Not the code: a title is shown by whatever opens the file.
        title: format!("{title}: {}", slip.household),
        author: slip.place.office.clone(),
        keywords: words.get("custody_keywords"),
        date: slip.printed_at,
    };
    Ok(("custody.typ", meta, body, qr::picture(&slip.qr)?))
}

fn ticket_view(ticket: &QueueTicket, words: Words) -> Result<Parts, DocumentError> {
    let title = words.get("ticket_title");
    let body = json!({
        "place": place(&ticket.place, words),
        "title": title,
        "number": ticket.number,
        "service": ticket.service,
        "wait": words.get("ticket_wait"),
        "qr_alt": words.with("ticket_qr", &[("number", &ticket.number)]),
        "printed": words.with("printed", &[("when", &moment(ticket.printed_at, words.lang))]),
    });
    let meta = Meta {
        title: format!("{title}: {}", ticket.number),
        author: ticket.place.office.clone(),
        keywords: words.get("ticket_keywords"),
        date: ticket.printed_at,
    };
    Ok(("ticket.typ", meta, body, qr::picture(&ticket.qr)?))
}

/// The name and value pairs that begin every act, the person's own apart.
fn act_facts(act: &Act, words: Words) -> Vec<(String, String)> {
    let applicant = [
        ("reference", act.household.as_str()),
        ("applicant", act.applicant.as_str()),
    ];
    vec![
        (
            words.get("act_when"),
            format!(
                "{}, {}",
                long_date(act.at.date(), words.lang),
                time(act.at.time())
            ),
        ),
        (
            words.get("act_desk"),
            format!("{} – {}", act.place.site, act.desk),
        ),
        (words.get("act_operator"), act.operator.clone()),
        (words.get("act_campaign"), act.campaign.clone()),
        (
            words.get("act_household"),
            words.with("act_household_value", &applicant),
        ),
    ]
}

fn collector_facts(
    label: &str,
    collector: &Collector,
    applicant: &str,
    words: Words,
) -> Vec<(String, String)> {
    let (key, name, delega) = match collector {
        Collector::Holder => ("act_holder", applicant, None),
        Collector::Member { name } => ("act_member", name.as_str(), None),
        Collector::Delegate { name, delega } => ("act_delegate", name.as_str(), delega.as_deref()),
    };
    let mut facts = vec![(words.get(label), words.with(key, &[("name", name)]))];
    if let Some(delega) = delega {
        facts.push((words.get("act_delega"), delega.to_owned()));
    }
    facts
}

fn seal(seal: &Seal, words: Words) -> Value {
    let head: Vec<char> = seal.head.chars().filter(|digit| !digit.is_whitespace()).collect();
    let groups: Vec<String> = head.chunks(4).map(|group| group.iter().collect()).collect();
    let seq = seal.seq.to_string();
    json!({
        "text": words.with("seal_value", &[("desk", &seal.desk), ("seq", &seq)]),
        "head": groups.join(" "),
        "alt": words.get("seal_qr"),
    })
}

/// What acts have in common on paper.
fn act_body(act: &Act, title: &str, words: Words) -> serde_json::Map<String, Value> {
    let mut body = serde_json::Map::new();
    body.insert("place".to_owned(), place(&act.place, words));
    body.insert("title".to_owned(), json!(title));
    body.insert("copy".to_owned(), json!(copy_mark(act.reprinted_at, words)));
    body.insert("seal".to_owned(), seal(&act.seal, words));
    body.insert(
        "privacy".to_owned(),
        json!(act.privacy.clone().unwrap_or_else(|| words.get("act_privacy"))),
    );
    body
}

fn act_meta(act: &Act, title: String, keywords: &str, words: Words) -> Meta {
    Meta {
        title,
        author: act.place.office.clone(),
        keywords: format!("{}, {}", words.get(keywords), act.number.replace(',', " ")),
        date: act.reprinted_at.unwrap_or(act.at),
    }
}

/// The table of vouchers, after its sums were checked: nobody signs a wrong total.
fn booklets(lines: &[BookletLine], total_cents: i64, words: Words) -> Result<Value, DocumentError> {
    let inconsistent = |what| DocumentError::Inconsistent { what };
    let mut sum: i64 = 0;
    let mut count: u64 = 0;
    let mut rows = Vec::new();
    for line in lines {
        let worth = line.denomination_cents.checked_mul(i64::from(line.count));
        if worth != Some(line.amount_cents) {
            return Err(inconsistent(
                "a line's amount is not its count times its denomination",
            ));
        }
        sum = sum
            .checked_add(line.amount_cents)
            .ok_or_else(|| inconsistent("the sum is too large"))?;
        count += u64::from(line.count);
        rows.push(json!([
            line.first,
            line.last,
            line.count.to_string(),
            amount(line.denomination_cents, words.lang),
            amount(line.amount_cents, words.lang),
        ]));
    }
    if sum != total_cents {
        return Err(inconsistent("the total is not the sum of the lines"));
    }
    let in_words = amount_in_words(total_cents, words.lang)
        .ok_or_else(|| inconsistent("the total cannot be written in words"))?;
    let separator = if words.lang == Lang::It { '.' } else { ',' };
    Ok(json!({
        "rows": rows,
        "count": grouped(count, separator),
        "total": amount(total_cents, words.lang),
        "in_words": in_words,
    }))
}

fn receipt_view(receipt: &DeliveryReceipt, words: Words) -> Result<Parts, DocumentError> {
    let act = &receipt.act;
    let title = words.with("receipt_title", &[("number", &act.number)]);
    let mut facts = act_facts(act, words);
    facts.extend(collector_facts(
        "receipt_who",
        &receipt.collected_by,
        &act.applicant,
        words,
    ));
    let document = [
        ("kind", receipt.document.kind.as_str()),
        ("number", receipt.document.number.as_str()),
    ];
    facts.push((
        words.get("act_document"),
        words.with("act_document_value", &document),
    ));
    let remaining = receipt.remaining_cents.filter(|cents| *cents != 0);
    let mut body = act_body(act, &title, words);
    body.insert("facts".to_owned(), json!(facts));
    body.insert(
        "booklets".to_owned(),
        booklets(&receipt.booklets, receipt.total_cents, words)?,
    );
    body.insert(
        "remaining".to_owned(),
        json!(
            remaining.map(|cents| words.with("receipt_remaining", &[("amount", &amount(cents, words.lang))]))
        ),
    );
    body.insert("note".to_owned(), json!(receipt.note));
    let meta = act_meta(act, title, "receipt_keywords", words);
    Ok((
        "receipt.typ",
        meta,
        Value::Object(body),
        qr::picture(&act.seal.qr_payload())?,
    ))
}

fn refusal_view(note: &RefusalNote, words: Words) -> Result<Parts, DocumentError> {
    let act = &note.act;
    let title = words.with("refusal_title", &[("number", &act.number)]);
    let mut facts = act_facts(act, words);
    facts.extend(collector_facts(
        "refusal_who",
        &note.presented,
        &act.applicant,
        words,
    ));
    let next = note.next.map(|at| {
        let (date, time) = (long_date(at.date(), words.lang), time(at.time()));
        words.with("refusal_next_value", &[("date", &date), ("time", &time)])
    });
    let mut body = act_body(act, &title, words);
    body.insert("facts".to_owned(), json!(facts));
    body.insert("reason".to_owned(), json!(lines(&note.reason)));
    body.insert("bring".to_owned(), json!(note.bring));
    body.insert("next".to_owned(), json!(next));
    let meta = act_meta(act, title, "refusal_keywords", words);
    Ok((
        "refusal.typ",
        meta,
        Value::Object(body),
        qr::picture(&act.seal.qr_payload())?,
    ))
}

fn reversal_view(note: &ReversalNote, words: Words) -> Result<Parts, DocumentError> {
    let act = &note.act;
    let title = words.with("reversal_title", &[("number", &act.number)]);
    let mut facts = act_facts(act, words);
    let when = moment(note.receipt_at, words.lang);
    let undone = [("number", note.receipt_number.as_str()), ("when", when.as_str())];
    facts.push((words.get("reversal_of"), words.with("reversal_of_value", &undone)));
    if let Some(supervisor) = &note.authorised_by {
        facts.push((words.get("reversal_authorised"), supervisor.clone()));
    }
    let mut body = act_body(act, &title, words);
    body.insert("facts".to_owned(), json!(facts));
    body.insert("reason".to_owned(), json!(lines(&note.reason)));
    body.insert(
        "booklets".to_owned(),
        booklets(&note.booklets, note.total_cents, words)?,
    );
    let meta = act_meta(act, title, "reversal_keywords", words);
    Ok((
        "reversal.typ",
        meta,
        Value::Object(body),
        qr::picture(&act.seal.qr_payload())?,
    ))
}

fn form_person(person: &FormPerson) -> Value {
    let date = |date: Option<NaiveDate>| date.map(short_date);
    json!({
        "name": person.name,
        "birth_place": person.birth_place,
        "birth_date": date(person.birth_date),
        "residence": person.residence,
        "tax_code": person.tax_code,
        "phone": person.phone,
        "document_kind": person.document_kind,
        "document_number": person.document_number,
        "document_issuer": person.document_issuer,
        "document_expires": date(person.document_expires),
    })
}

fn delega_view(form: &DelegaForm, words: Words) -> Parts {
    let title = words.get("delega_title");
    let body = json!({
        "place": place(&form.place, words),
        "title": title,
        "campaign": form.campaign,
        "holder": form_person(&form.holder),
        "delegate": form_person(&form.delegate),
        "attach": [words.get("delega_attach_1"), words.get("delega_attach_2"), words.get("delega_attach_3")],
        "privacy": form.privacy.clone().unwrap_or_else(|| words.get("act_privacy")),
    });
    let meta = Meta {
        title,
        author: form.place.office.clone(),
        keywords: words.get("delega_keywords"),
        date: form.issued_on.and_time(NaiveTime::MIN),
    };
    ("delega.typ", meta, body, Value::Null)
}

/// A text's own lines: the only layout that plain text has.
fn lines(text: &str) -> Vec<&str> {
    text.lines()
        .map(str::trim)
        .filter(|line| !line.is_empty())
        .collect()
}

/// `pictures` takes what is not to be cleaned: markup of ours.
fn block(block: &Block, pictures: &mut Vec<Value>) -> Result<Value, DocumentError> {
    Ok(match block {
        Block::Picture { svg, alt } => {
            pictures.push(json!(svg));
            json!({ "kind": "picture", "at": pictures.len() - 1, "alt": alt })
        }
        Block::Paragraph { text } => json!({ "kind": "paragraph", "lines": lines(text) }),
        Block::List { items } => json!({ "kind": "list", "items": items }),
        Block::Facts { pairs } => json!({ "kind": "facts", "pairs": pairs }),
        Block::Code { qr, alt } => {
            pictures.push(json!(qr::picture(qr)?));
            json!({ "kind": "code", "at": pictures.len() - 1, "alt": alt })
        }
        Block::Signatures { roles } => json!({ "kind": "signatures", "roles": roles }),
        Block::Table {
            caption,
            columns,
            rows,
            total,
        } => {
            let width = columns.len();
            if width == 0 || rows.iter().chain(total).any(|row| row.len() != width) {
                return Err(DocumentError::Inconsistent {
                    what: "a table's row has not as many cells as columns",
                });
            }
            let aligns: Vec<&str> = columns
                .iter()
                .map(|column| match column.align {
                    Align::Left => "left",
                    Align::Center => "center",
                    Align::Right => "right",
                })
                .collect();
            json!({
                "kind": "table",
                "caption": caption,
                "headings": columns.iter().map(|column| column.heading.as_str()).collect::<Vec<_>>(),
                "aligns": aligns,
                "weights": columns.iter().map(|column| column.weight).collect::<Vec<_>>(),
                "rows": rows,
                "total": total,
            })
        }
    })
}

fn section(section: &Section, pictures: &mut Vec<Value>) -> Result<Value, DocumentError> {
    let blocks = section
        .blocks
        .iter()
        .map(|part| block(part, pictures))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(json!({ "heading": section.heading, "blocks": blocks }))
}

fn report_view(report: &Report, words: Words) -> Result<Parts, DocumentError> {
    let mut pictures = Vec::new();
    let sections = report
        .sections
        .iter()
        .map(|part| section(part, &mut pictures))
        .collect::<Result<Vec<_>, _>>()?;
    let body = json!({
        "place": place(&report.place, words),
        "title": report.title,
        "subtitle": report.subtitle,
        "made": words.with("report_made", &[("when", &moment(report.made_at, words.lang))]),
        "landscape": report.landscape,
        "sections": sections,
    });
    let own: Vec<String> = report
        .keywords
        .iter()
        .map(|keyword| keyword.replace(',', " "))
        .collect();
    let meta = Meta {
        title: report.title.clone(),
        author: report.place.office.clone(),
        keywords: format!("{}, {}", words.get("report_keywords"), own.join(", ")),
        date: report.made_at,
    };
    Ok(("report.typ", meta, body, json!(pictures)))
}

fn kit_view(kit: &PaperKit, words: Words) -> Result<Parts, DocumentError> {
    let title = words.with("kit_title", &[("code", &kit.code)]);
    let made = moment(kit.made_at, words.lang);
    let count = |count: u64| grouped(count, '.');
    let total: u64 = kit.runs.iter().map(|(_, _, count)| *count).sum();
    let rows = kit.people.iter().map(|person| {
        json!([
            person.name,
            person.reference,
            count(person.vouchers),
            amount(person.amount_cents, words.lang),
            // An empty box, to be ticked by hand.
            "☐"
        ])
    });
    let pictures = kit
        .forms
        .iter()
        .map(|form| qr::picture(&form.qr))
        .collect::<Result<Vec<_>, _>>()?;
    let forms = kit.forms.iter().map(|form| {
        json!({
            "number": words.with("kit_form", &[("number", &form.number.to_string())]),
            "code": form.code,
            "alt": words.with("kit_qr", &[("code", &form.code)]),
        })
    });
    let body = json!({
        "place": place(&kit.place, words),
        "title": title,
        "facts": [
            (words.get("act_campaign"), kit.campaign.clone()),
            (words.get("kit_desk"), kit.desk.clone()),
            (words.get("kit_made"), made.clone()),
            (words.get("kit_forms"), kit.forms.len().to_string()),
            (words.get("denomination"), amount(kit.denomination_cents, words.lang)),
        ],
        "rules": [
            words.get("kit_rule_1"), words.get("kit_rule_2"), words.get("kit_rule_3"), words.get("kit_rule_4"),
            words.get("kit_rule_5"),
        ],
        "people": rows.collect::<Vec<_>>(),
        "runs": kit.runs.iter().map(|(first, last, many)| json!([first, last, count(*many)])).collect::<Vec<_>>(),
        "total": count(total),
        "documents": kit.documents,
        "forms": forms.collect::<Vec<_>>(),
        "foot": words.with("kit_foot", &[("desk", &kit.desk), ("when", &made)]),
    });
    let meta = Meta {
        title,
        author: kit.place.office.clone(),
        keywords: words.get("kit_keywords"),
        date: kit.made_at,
    };
    Ok(("kit.typ", meta, body, json!(pictures)))
}
