// SPDX-License-Identifier: EUPL-1.2
// Generated from Rust by `cargo xtask types`: never edited by hand.

/**
 * Who looked at which household.
 */
export type AccessLogView = {
/**
 * The latest first.
 */
rows: Array<AccessRow>,
/**
 * There are more than are shown.
 */
more: boolean,
/**
 * Of every desk; otherwise of this one only.
 */
everywhere: boolean, };

/**
 * A look, named.
 */
export type AccessRow = {
/**
 * When.
 */
at: Timestamp,
/**
 * Who.
 */
operator: string,
/**
 * Where.
 */
desk: DeskName,
/**
 * The household; none for a table.
 */
household: HouseholdId | null,
/**
 * The applicant; empty when it is not known here, or was erased.
 */
name: string,
/**
 * How they came to it.
 */
how: Opened, };

/**
 * Where a household lives.
 */
export type Address = {
/**
 * Street, as written.
 */
street: string,
/**
 * Number, empty when there is none.
 */
number: string,
/**
 * Black or red.
 */
colour: NumberColour,
/**
 * What follows the number: `A`, `bis`, `int. 3`.
 */
exponent: string, };

/**
 * One such slot: two desks that could not reach each other gave its last place.
 */
export type AgendaConflictRow = {
/**
 * The site.
 */
site: SiteId,
/**
 * The service.
 */
service: ServiceId,
/**
 * Name of the service.
 */
service_name: string,
/**
 * When.
 */
start: string,
/**
 * People it has room for.
 */
capacity: number,
/**
 * Who is booked, in the order of booking: the last ones are those to move.
 */
appointments: Array<AppointmentRow>,
/**
 * The nearest slot with room.
 */
offer: string | null, };

/**
 * Slots in which more are booked than there is room for, though nobody wanted that.
 */
export type AgendaConflictsView = {
/**
 * By time.
 */
rows: Array<AgendaConflictRow>, };

/**
 * A day of the agenda.
 */
export type AgendaDay = {
/**
 * The day.
 */
day: string,
/**
 * Why nobody is served, where no slot is.
 */
closed: Closed | null,
/**
 * Who serves when; empty where the site has no hours of its own.
 */
staff: Array<StaffedTime>,
/**
 * Its slots, by time and service.
 */
slots: Array<AgendaSlot>, };

/**
 * A slot of the agenda.
 */
export type AgendaSlot = {
/**
 * When: wall time in Italy.
 */
start: string,
/**
 * The service.
 */
service: ServiceId,
/**
 * People it has room for.
 */
capacity: number,
/**
 * Appointments that take room.
 */
taken: number,
/**
 * People it still has room for; less than what is left of its capacity where staff is busy with other services.
 */
free: number,
/**
 * More are booked than it has room for, and not because somebody wanted that.
 */
conflict: boolean,
/**
 * Its appointments, cancelled ones too.
 */
appointments: Array<AppointmentRow>, };

/**
 * The agenda of a site.
 */
export type AgendaView = {
/**
 * The site.
 */
site: Site,
/**
 * Day by day.
 */
days: Array<AgendaDay>, };

/**
 * How much a household of so many members is due.
 */
export type AmountRow = {
/**
 * Members; the row with the most holds for larger households too.
 */
members: number,
/**
 * What they are due.
 */
amount: Cents, };

/**
 * An anomaly of an entitlement.
 */
export type Anomaly = {
/**
 * The case that it is: it follows from the entitlement, the kind and the delivery, and is the same at every desk.
 */
id: CaseId,
/**
 * What happened.
 */
kind: AnomalyKind,
/**
 * The delivery concerned.
 */
delivery: DeliveryId,
/**
 * When.
 */
at: Timestamp,
/**
 * The desk concerned.
 */
desk: DeskId,
/**
 * What the operator said when forcing.
 */
reason: string, };

/**
 * What should not have happened, and did.
 */
export type AnomalyKind = "forced" | "double" | "over_amount" | "after_revocation" | "not_holder" | "not_returned" | "before_relief" | "serials_twice";

/**
 * The shell's state, before and around the two doors.
 */
export type AppState = {
/**
 * Where the application stands.
 */
phase: Phase,
/**
 * Name of the office, once enrolled.
 */
office: string | null,
/**
 * Name of the site, once enrolled and unlocked.
 */
site: string | null,
/**
 * Name of the desk, once enrolled.
 */
desk: string | null,
/**
 * Who is at work.
 */
session: SessionView | null,
/**
 * Language of the screens.
 */
language: Language,
/**
 * The program's version.
 */
version: string,
/**
 * Why the file cannot be used, when it cannot (damaged, newer): what happened, what was kept, what to do.
 */
problem: Problem | null, };

/**
 * An appointment (appuntamento).
 */
export type AppointmentId = string;

/**
 * One appointment of several that are moved.
 */
export type AppointmentMove = {
/**
 * The appointment.
 */
appointment: AppointmentId,
/**
 * Where to.
 */
site: SiteId,
/**
 * When: wall time in Italy.
 */
start: string, };

/**
 * How an appointment ended.
 */
export type AppointmentOutcome = "served" | "refused";

/**
 * One appointment in a list.
 */
export type AppointmentRow = {
/**
 * The appointment.
 */
id: AppointmentId,
/**
 * Code on the slip.
 */
code: string,
/**
 * When: wall time in Italy.
 */
start: string,
/**
 * The site.
 */
site: SiteId,
/**
 * The service.
 */
service: ServiceId,
/**
 * Name of the service.
 */
service_name: string,
/**
 * For whom: the applicant's or the person's name.
 */
name: string,
/**
 * Telephone.
 */
phone: string,
/**
 * The household.
 */
household: HouseholdId | null,
/**
 * Somebody in no list.
 */
person: Person | null,
/**
 * The entitlement it is to serve.
 */
entitlement: EntitlementId | null,
/**
 * What is still due.
 */
remaining: Cents | null,
/**
 * Where the entitlement stands.
 */
entitlement_status: EntitlementStatus | null,
/**
 * This desk may serve it.
 */
here: boolean,
/**
 * Where it stands.
 */
status: AppointmentStatus,
/**
 * Its time is over and nobody came.
 */
late: boolean,
/**
 * When the household turned up.
 */
presented_at: Timestamp | null,
/**
 * When it was called.
 */
called_at: Timestamp | null,
/**
 * The desk that called it.
 */
desk: DeskName | null,
/**
 * Why it waits aside or was called off.
 */
reason: string,
/**
 * The last step can be taken back.
 */
undoable: boolean,
/**
 * Nobody booked it: somebody came.
 */
walk_in: boolean,
/**
 * The number that it is called by.
 */
ticket: Ticket | null,
/**
 * Why it goes before others.
 */
priority: PriorityNote | null,
/**
 * The only desk that is to serve it.
 */
for_desk: DeskName | null,
/**
 * How often it was called.
 */
calls: number,
/**
 * The first service of the visit, when this is one more.
 */
visit: AppointmentId | null,
/**
 * Seconds that it has waited to be called, until now.
 */
waited: number,
/**
 * Seconds that it was at a counter, until now.
 */
served: number,
/**
 * When it was booked.
 */
booked_at: Timestamp,
/**
 * Why it was booked beyond what there is room for.
 */
overbooked: string | null, };

/**
 * Where an appointment stands.
 */
export type AppointmentStatus = "booked" | "presented" | "called" | "parked" | "missed" | "cancelled" | "finished";

/**
 * Whose cases are meant.
 */
export type AssigneeFilter = { "type": "me" } | { "type": "nobody" } | { "type": "operator",
/**
 * Whose.
 */
operator: OperatorId, };

/**
 * The day at a site.
 */
export type BoardView = {
/**
 * The site.
 */
site: Site,
/**
 * The day.
 */
day: string,
/**
 * At a counter now.
 */
serving: Array<AppointmentRow>,
/**
 * Presented, in the order in which they are called.
 */
waiting: Array<AppointmentRow>,
/**
 * Whoever this desk would call next.
 */
next: AppointmentId | null,
/**
 * Minutes by which one may come late and keep the time of the appointment.
 */
grace_minutes: number,
/**
 * Minutes after arriving from which whoever came without an appointment counts as having one.
 */
patience_minutes: number,
/**
 * Waiting aside.
 */
parked: Array<AppointmentRow>,
/**
 * Still to come, by time.
 */
due: Array<AppointmentRow>,
/**
 * Not come although their time is over.
 */
late: Array<AppointmentRow>,
/**
 * Over, latest first.
 */
done: Array<AppointmentRow>,
/**
 * Marked as not come, or called off.
 */
missed: Array<AppointmentRow>,
/**
 * Deliveries begun at this desk and not finished.
 */
drafts: Array<DraftRow>,
/**
 * Deliveries made at this desk today.
 */
delivered_today: number,
/**
 * Vouchers that this desk holds, over all campaigns.
 */
vouchers_held: number, };

/**
 * A shipment as its paper says it.
 */
export type BollaView = {
/**
 * Which.
 */
shipment: ShipmentNo,
/**
 * As people call it.
 */
name: string,
/**
 * The sender.
 */
from: DeskName,
/**
 * The campaign.
 */
campaign: CampaignId,
/**
 * What is on it; what of it did not arrive yet, where the sender's record is here.
 */
runs: Array<Run>,
/**
 * The sender's record is here.
 */
known: boolean, };

/**
 * How many vouchers are where.
 */
export type BucketCounts = {
/**
 * Came from outside of the office at some time.
 */
received: number,
/**
 * Came from another desk at some time.
 */
arrived: number,
/**
 * At hand.
 */
held: number,
/**
 * With people.
 */
delivered: number,
/**
 * On their way to another desk.
 */
in_transit: number,
/**
 * At another desk, which said so.
 */
transferred: number,
/**
 * Cannot be used.
 */
damaged: number,
/**
 * Cannot be found.
 */
lost: number,
/**
 * Went back to the office.
 */
returned: number,
/**
 * Destroyed.
 */
destroyed: number,
/**
 * Never were there.
 */
miscounted: number, };

/**
 * What is to be written to a stick.
 */
export type BundleRequest = {
/**
 * Desks that it is for besides the centre.
 */
desks: Array<DeskId>,
/**
 * Everything, also what the others are known to have.
 */
whole: boolean, };

/**
 * What a stick brought.
 */
export type BundleTaken = {
/**
 * The desk that made it; none for the centre.
 */
from: DeskName | null,
/**
 * When, by the clock of who made it.
 */
made_at: Timestamp,
/**
 * Records of others that were new here.
 */
received: number,
/**
 * This desk's own records of which it brought the centre's acknowledgement.
 */
acknowledged: number,
/**
 * This desk's own records that still wait.
 */
waiting: number,
/**
 * Custodies given away because the stick asked for them: they go back with the next one.
 */
given: number,
/**
 * Parts that this desk may not read.
 */
others: number,
/**
 * Parts that were damaged.
 */
damaged: number,
/**
 * Nothing is missing.
 */
whole: boolean,
/**
 * Logs that could not go on.
 */
troubles: Array<BundleTrouble>,
/**
 * Own records that the centre does not accept.
 */
refused: Array<RefusedRow>,
/**
 * Why this desk may not write any more, when that came to light.
 */
stopped: Problem | null, };

/**
 * A log of a stick that could not go on. The others did.
 */
export type BundleTrouble = {
/**
 * Whose.
 */
desk: DeskName,
/**
 * The log's topic.
 */
topic: string,
/**
 * What happened, what was kept, what to do.
 */
problem: Problem, };

/**
 * What was written to a stick. It still waits until the centre says that it has it.
 */
export type BundleWritten = {
/**
 * Where.
 */
file: string,
/**
 * When.
 */
at: Timestamp,
/**
 * Records in it.
 */
records: number,
/**
 * Of these, this desk's own.
 */
own: number,
/**
 * How large it is, bytes.
 */
bytes: number,
/**
 * Desks that can open it besides the centre.
 */
desks: Array<DeskName>, };

/**
 * What came of a call. No words: what somebody disputes becomes a case, and words stand there.
 */
export type CallOutcome = "confirmed" | "not_reached" | "declined" | "not_received" | "fewer" | "another_collector";

/**
 * One voucher round.
 */
export type Campaign = {
/**
 * Its identifier.
 */
id: CampaignId,
/**
 * Name, unique: `Buoni spesa 2021`.
 */
name: string,
/**
 * First day of delivery.
 */
from: string,
/**
 * Last day of delivery.
 */
to: string,
/**
 * Value of one voucher.
 */
denomination: Cents,
/**
 * Amounts by members, for residents.
 */
amounts: Array<AmountRow>,
/**
 * Amounts by members, for people who are not resident.
 */
non_resident_amounts: Array<AmountRow>,
/**
 * Added for each minor.
 */
per_minor: Cents,
/**
 * Added for each member with a disability.
 */
per_disabled: Cents,
/**
 * No household is due more than this.
 */
maximum: Cents,
/**
 * A household may be served without an appointment (shown apart in the indicator).
 */
walk_in: boolean, };

/**
 * One voucher round (campagna).
 */
export type CampaignId = string;

/**
 * What a case is about. Nothing of a person stands here: it is written with each thing that is done with the case.
 */
export type CaseAbout = { "type": "delivery",
/**
 * Its entitlement.
 */
entitlement: EntitlementId,
/**
 * The delivery.
 */
delivery: DeliveryId, } | { "type": "entitlement",
/**
 * The entitlement.
 */
entitlement: EntitlementId, } | { "type": "delegate",
/**
 * The campaign.
 */
campaign: CampaignId,
/**
 * That delivery.
 */
delivery: DeliveryId, } | { "type": "supply",
/**
 * The campaign.
 */
campaign: CampaignId,
/**
 * The desk with the lower identifier.
 */
first: DeskId,
/**
 * The other one.
 */
second: DeskId,
/**
 * The serials.
 */
run: Run, } | { "type": "count",
/**
 * The closing.
 */
closing: ClosingId,
/**
 * The campaign.
 */
campaign: CampaignId, } | { "type": "form",
/**
 * The kit.
 */
kit: PaperKitId,
/**
 * The form.
 */
number: number, } | { "type": "appointments",
/**
 * The household.
 */
household: HouseholdId,
/**
 * The one with the lower identifier.
 */
first: AppointmentId,
/**
 * The other one.
 */
second: AppointmentId, } | { "type": "slot",
/**
 * The site.
 */
site: SiteId,
/**
 * The service.
 */
service: ServiceId,
/**
 * When: wall time in Italy.
 */
start: string, } | { "type": "households",
/**
 * The one with the lower identifier.
 */
first: HouseholdId,
/**
 * The other one.
 */
second: HouseholdId, } | { "type": "records",
/**
 * The desk that wrote them.
 */
desk: DeskId,
/**
 * The topic of the log.
 */
topic: Topic,
/**
 * The link after the last one, hexadecimal.
 */
link: string, } | { "type": "clock",
/**
 * The desk.
 */
desk: DeskId,
/**
 * When it was found wrong, by that clock.
 */
at: Timestamp, } | { "type": "day",
/**
 * The desk.
 */
desk: DeskId,
/**
 * The day.
 */
day: string, } | { "type": "import",
/**
 * The list.
 */
import: ImportId, };

/**
 * What was done with a case, told.
 */
export type CaseActRow = {
/**
 * The act.
 */
id: CommandId,
/**
 * When.
 */
at: Timestamp,
/**
 * By whom.
 */
by: CasePerson,
/**
 * At which desk.
 */
desk: DeskName,
/**
 * What.
 */
deed: CaseDeed,
/**
 * To whom it was given, by name.
 */
to: string | null,
/**
 * Of a decision: it counts.
 */
live: boolean, };

/**
 * What may be decided.
 */
export type CaseChoice = {
/**
 * The decision.
 */
decision: CaseDecision,
/**
 * It counts once a second person has signed it.
 */
takes_two: boolean, };

/**
 * What may be decided of a case.
 */
export type CaseDecision = "accepted" | "corrected" | "recovery" | "referred" | "unfounded";

/**
 * What was done with a case.
 */
export type CaseDeed = { "type": "assigned",
/**
 * To whom.
 */
to: OperatorId | null, } | { "type": "noted",
/**
 * What.
 */
text: string, } | { "type": "decided",
/**
 * What.
 */
decision: CaseDecision,
/**
 * Why.
 */
reason: string,
/**
 * It counts once a second person has signed it.
 */
takes_two: boolean, } | { "type": "countersigned",
/**
 * The decision: the act with this identifier.
 */
decision: CommandId, } | { "type": "reopened",
/**
 * The decisions that count no more.
 */
over: Array<CommandId>,
/**
 * Why.
 */
reason: string, };

/**
 * A decision that is not finished.
 */
export type CaseDraft = {
/**
 * What was chosen so far.
 */
decision: CaseDecision | null,
/**
 * What was written so far.
 */
reason: string, };

/**
 * A value of one side.
 */
export type CaseField = {
/**
 * What it is.
 */
name: CaseFieldName,
/**
 * What stands there.
 */
value: CaseValue,
/**
 * Another side says something else.
 */
differs: boolean, };

/**
 * What is compared.
 */
export type CaseFieldName = "household" | "at" | "start" | "filled_at" | "desk" | "operator" | "site" | "service" | "status" | "applicant" | "identifier" | "members" | "address" | "phone" | "list_ref" | "quartiere" | "right" | "collector" | "document" | "amount" | "serials" | "count" | "shared_serials" | "forced" | "partial" | "reversed" | "paper" | "reason" | "note" | "booked_at" | "booked_by" | "overbooked" | "topic" | "records" | "ahead" | "file" | "issued" | "refused" | "doubtful" | "taken";

/**
 * A household that a case touches.
 */
export type CaseHousehold = {
/**
 * The household.
 */
id: HouseholdId,
/**
 * The applicant's name; empty when it is not known here, or was erased.
 */
name: string, };

/**
 * What a supervisor must look at (anomalia); it follows from what it is.
 */
export type CaseId = string;

/**
 * What should not have happened, or should be looked at.
 */
export type CaseKind = "double" | "forced" | "after_revocation" | "over_amount" | "under_amount" | "not_holder" | "not_returned" | "before_relief" | "serials_twice" | "serials_never_received" | "serials_elsewhere" | "supplied_twice" | "count_difference" | "form_twice" | "two_appointments" | "slot_twice" | "duplicate_household" | "duplicate_person" | "many_delegations" | "fork" | "clock_skewed" | "late_after_revocation" | "late_after_closing" | "never_served" | "rows_refused" | "call_disputed";

/**
 * A kind, and what it is about: what makes a case the case that it is.
 */
export type CaseMatter = {
/**
 * The kind.
 */
kind: CaseKind,
/**
 * What it is about.
 */
about: CaseAbout, };

/**
 * Somebody with a name.
 */
export type CasePerson = {
/**
 * The operator.
 */
id: OperatorId,
/**
 * The name.
 */
name: string, };

/**
 * A case in a list.
 */
export type CaseRow = {
/**
 * Its identifier.
 */
id: CaseId,
/**
 * What it is.
 */
matter: CaseMatter,
/**
 * How much it weighs.
 */
severity: CaseSeverity,
/**
 * Where it stands.
 */
standing: CaseStanding,
/**
 * The records still hold it. Otherwise it was put right, and what was done with it is all that is left.
 */
found: boolean,
/**
 * When it happened.
 */
at: Timestamp,
/**
 * The desk concerned.
 */
desk: DeskName | null,
/**
 * The site concerned.
 */
site: SiteId | null,
/**
 * The Quartiere concerned: that of the household, or else of the site.
 */
quartiere: number | null,
/**
 * The campaign.
 */
campaign: CampaignId | null,
/**
 * Who is touched.
 */
households: Array<CaseHousehold>,
/**
 * To whom it was given.
 */
assignee: CasePerson | null,
/**
 * What was decided and counts; several where people did not know of each other.
 */
decisions: Array<CaseDecision>,
/**
 * What may be decided now: nothing where it was decided, or is decided elsewhere.
 */
choices: Array<CaseChoice>,
/**
 * Whoever asks may sign it.
 */
signable: boolean, };

/**
 * How much a case weighs.
 */
export type CaseSeverity = "grave" | "serious" | "minor";

/**
 * One side of a case. All sides have the same fields in the same order.
 */
export type CaseSide = {
/**
 * What it is.
 */
name: CaseSideName,
/**
 * It is the one that the case is about.
 */
concerned: boolean,
/**
 * Whose it is.
 */
household: HouseholdId | null,
/**
 * What it says.
 */
fields: Array<CaseField>, };

/**
 * What is told on one side of a case.
 */
export type CaseSideName = "delivery" | "refusal" | "relief" | "supply" | "expected" | "counted" | "form" | "void" | "appointment" | "household" | "records" | "clock" | "closing" | "movements" | "import";

/**
 * Where a case stands.
 */
export type CaseStanding = "contested" | "reopened" | "open" | "assigned" | "awaiting" | "decided";

/**
 * A value that is compared.
 */
export type CaseValue = { "type": "nothing" } | { "type": "text",
/**
 * The words.
 */
text: string, } | { "type": "word",
/**
 * Its key.
 */
word: string, } | { "type": "amount",
/**
 * The amount.
 */
amount: Cents, } | { "type": "at",
/**
 * The instant.
 */
at: Timestamp, } | { "type": "day",
/**
 * The day.
 */
day: string, } | { "type": "slot",
/**
 * The time.
 */
start: string, } | { "type": "serials",
/**
 * The runs.
 */
runs: Array<Run>, } | { "type": "number",
/**
 * The number.
 */
number: number, } | { "type": "span",
/**
 * Milliseconds.
 */
millis: number, };

/**
 * One case, with the evidence of every side and all that was done with it.
 */
export type CaseView = {
/**
 * The case.
 */
row: CaseRow,
/**
 * What the records say, side by side; those that say the same kind of thing stand together.
 */
sides: Array<CaseSide>,
/**
 * What is due in all, where the case is about a right.
 */
due: Cents | null,
/**
 * What was handed over and not taken back.
 */
delivered: Cents | null,
/**
 * Why the right was withdrawn.
 */
revoked: string | null,
/**
 * All that was done with it, oldest first: it stays for ever.
 */
acts: Array<CaseActRow>,
/**
 * What whoever asks left unfinished.
 */
draft: CaseDraft | null,
/**
 * People to whom it can be given.
 */
assignees: Array<CasePerson>, };

/**
 * An amount in cents of euro.
 */
export type Cents = number;

/**
 * Why nobody is served on a day.
 */
export type Closed = { "because": "holiday",
/**
 * Which.
 */
holiday: Holiday, } | { "because": "closure",
/**
 * Why, as it was written.
 */
reason: string, } | { "because": "no_hours" } | { "because": "not_here" } | { "because": "suspended",
/**
 * Why, as it was written.
 */
reason: string, };

/**
 * A closing as its events leave it.
 */
export type Closing = {
/**
 * Its identifier, which follows from desk, day and turn.
 */
id: ClosingId,
/**
 * The desk.
 */
desk: DeskId,
/**
 * The day.
 */
day: string,
/**
 * Which closing of that day.
 */
turn: number,
/**
 * One for each campaign.
 */
counts: Array<CountLine>,
/**
 * How the day went.
 */
figures: ClosingFigures,
/**
 * A remark.
 */
note: string,
/**
 * When.
 */
at: Timestamp,
/**
 * By whom.
 */
by: OperatorId,
/**
 * What was written beside it, oldest first.
 */
corrections: Array<ClosingCorrection>, };

/**
 * What was written beside a closing.
 */
export type ClosingCorrection = {
/**
 * The difference that it explains.
 */
campaign: CampaignId | null,
/**
 * What was found out.
 */
text: string,
/**
 * When.
 */
at: Timestamp,
/**
 * By whom.
 */
by: OperatorId,
/**
 * At which desk.
 */
desk: DeskId, };

/**
 * How the day went besides the count: figures only, names stand where they belong.
 */
export type ClosingFigures = {
/**
 * Deliveries of the desk on that day that were not taken back.
 */
deliveries: number,
/**
 * Their value.
 */
delivered: Cents,
/**
 * Presented at the site on that day and not served.
 */
presented: number,
/**
 * Due at the site on that day and not come.
 */
due: number,
/**
 * Records of the desk that the centre has not acknowledged.
 */
unsent: number, };

/**
 * The end of a desk's day (chiusura di giornata).
 */
export type ClosingId = string;

/**
 * What closing a day would close.
 */
export type ClosingPreviewView = {
/**
 * The desk.
 */
desk: DeskName,
/**
 * The day.
 */
day: string,
/**
 * Which closing of that day it would be.
 */
turn: number,
/**
 * What is to be counted.
 */
counts: Array<ToCount>,
/**
 * How the day went.
 */
figures: ClosingFigures,
/**
 * Presented at the site and not served.
 */
presented: Array<AppointmentRow>,
/**
 * Due at the site and not come.
 */
due: Array<AppointmentRow>,
/**
 * The days of this desk that no closing closes, oldest first.
 */
open: Array<OpenDayRow>,
/**
 * The closings of that day so far.
 */
closed: Array<ClosingRow>,
/**
 * Why the day cannot be closed now.
 */
obstacle: Problem | null, };

/**
 * A closing, told.
 */
export type ClosingRow = {
/**
 * The closing.
 */
closing: Closing,
/**
 * Its desk.
 */
desk: DeskName,
/**
 * Who closed.
 */
operator: string,
/**
 * What was counted.
 */
counts: Array<CountRow>,
/**
 * Who wrote each of the corrections, in their order.
 */
corrected_by: Array<string>, };

/**
 * Closings, and the days that none closes.
 */
export type ClosingsView = {
/**
 * First day.
 */
from: string,
/**
 * Last day.
 */
to: string,
/**
 * The latest first.
 */
rows: Array<ClosingRow>,
/**
 * Days before today that no closing closes, the oldest first, of whatever time.
 */
open: Array<OpenDayRow>, };

/**
 * Days, or hours of one, in which the site is closed.
 */
export type Closure = {
/**
 * First day.
 */
from: string,
/**
 * Last day.
 */
to: string,
/**
 * From this time on, of each day; none from the beginning.
 */
from_time: string | null,
/**
 * Until this time, of each day; none to the end.
 */
to_time: string | null,
/**
 * Why, as people are told.
 */
reason: string, };

/**
 * Who collected.
 */
export type Collector = { "kind": "member",
/**
 * Who of them; none where it was not said (before it was asked for, or for a household whose members are not known).
 */
member?: MemberId | null,
/**
 * The document that was shown.
 */
document: Document, } | { "kind": "delegate",
/**
 * Surname and name as on the document.
 */
name: string,
/**
 * Tax code where it was given.
 */
tax_code?: string | null,
/**
 * The delegate's document.
 */
document: Document,
/**
 * The document of the one who delegates.
 */
delegator_document: Document, };

/**
 * What can be done. A command is done once and whole, or refused and nothing is written.
 */
export type Command = { "type": "define_site",
/**
 * All of its facts.
 */
site: Site, } | { "type": "define_service",
/**
 * All of its facts.
 */
service: Service, } | { "type": "define_campaign",
/**
 * All of its facts.
 */
campaign: Campaign, } | { "type": "add_operator",
/**
 * What is typed to log in.
 */
username: string,
/**
 * Name as shown to colleagues.
 */
name: string,
/**
 * What the person may do.
 */
role: Role,
/**
 * First passphrase at this desk, at least 10 characters; an operator who is known already gets a key slot here.
 */
passphrase: Passphrase, } | { "type": "change_operator",
/**
 * The operator.
 */
operator: OperatorId,
/**
 * Name as shown to colleagues.
 */
name: string,
/**
 * What the person may do.
 */
role: Role,
/**
 * May log in.
 */
active: boolean, } | { "type": "set_passphrase",
/**
 * The operator; oneself is changed by `ChangePassphrase`.
 */
operator: OperatorId,
/**
 * The passphrase from now on at this desk, at least 10 characters.
 */
passphrase: Passphrase, } | { "type": "change_passphrase",
/**
 * The one that holds until now.
 */
old: Passphrase,
/**
 * The one that holds from now on, at least 10 characters.
 */
new: Passphrase, } | { "type": "apply_import",
/**
 * The campaign.
 */
campaign: CampaignId,
/**
 * The file.
 */
file: FileInput,
/**
 * The date that the list bears.
 */
issued: string,
/**
 * The digest that the preview gave: the file is the one that was looked at.
 */
digest: string, } | { "type": "add_household",
/**
 * What is known of it.
 */
data: HouseholdData,
/**
 * The campaign in which it is entitled, with the amount and the reason; none to enter it only.
 */
grant: ManualGrant | null, } | { "type": "correct_household",
/**
 * The household.
 */
household: HouseholdId,
/**
 * What holds from now on.
 */
data: HouseholdData, } | { "type": "add_note",
/**
 * The household.
 */
household: HouseholdId,
/**
 * The note.
 */
text: string, } | { "type": "grant_entitlement",
/**
 * The household.
 */
household: HouseholdId,
/**
 * The campaign, the amount and the reason.
 */
grant: ManualGrant, } | { "type": "revise_entitlement",
/**
 * The entitlement.
 */
entitlement: EntitlementId,
/**
 * The amount due in all.
 */
amount: Cents,
/**
 * Why.
 */
reason: string, } | { "type": "revoke_entitlement",
/**
 * The entitlement.
 */
entitlement: EntitlementId,
/**
 * Why.
 */
reason: string, } | { "type": "request_custody",
/**
 * The entitlement.
 */
entitlement: EntitlementId,
/**
 * The desk that would serve; this one when none is named.
 */
to: DeskId | null,
/**
 * Why.
 */
reason: string, } | { "type": "release_custody",
/**
 * The entitlement.
 */
entitlement: EntitlementId,
/**
 * The desk that may serve from now on.
 */
to: DeskId, } | { "type": "hand_over",
/**
 * The entitlement.
 */
entitlement: EntitlementId,
/**
 * The only desk that may use the paper.
 */
to: DeskId, } | { "type": "accept_slip",
/**
 * The entitlement, for a code that was typed; a code that was scanned says it.
 */
entitlement: EntitlementId | null,
/**
 * What was scanned or typed.
 */
code: string, } | { "type": "relieve_custody",
/**
 * The entitlement.
 */
entitlement: EntitlementId,
/**
 * The desk that may serve from now on.
 */
to: DeskId,
/**
 * Why.
 */
reason: string,
/**
 * The dead desk, its papers and its vouchers were looked at.
 */
checked: boolean, } | { "type": "relieve_desk",
/**
 * The dead desk.
 */
desk: DeskId,
/**
 * The desk that may serve from now on.
 */
to: DeskId,
/**
 * Why.
 */
reason: string,
/**
 * The dead desk, its papers and its vouchers were looked at.
 */
checked: boolean, } | { "type": "book_appointment",
/**
 * The household; or else a person.
 */
household: HouseholdId | null,
/**
 * Somebody in no list.
 */
person: Person | null,
/**
 * The service.
 */
service: ServiceId,
/**
 * Where.
 */
site: SiteId,
/**
 * When: wall time in Italy.
 */
start: string,
/**
 * Why a full slot is taken all the same.
 */
overbook: string | null, } | { "type": "move_appointment",
/**
 * The appointment.
 */
appointment: AppointmentId,
/**
 * Where.
 */
site: SiteId,
/**
 * When: wall time in Italy.
 */
start: string,
/**
 * Why a full slot is taken all the same.
 */
overbook: string | null, } | { "type": "cancel_appointment",
/**
 * The appointment.
 */
appointment: AppointmentId,
/**
 * Why.
 */
reason: string, } | { "type": "present_appointment",
/**
 * The appointment.
 */
appointment: AppointmentId, } | { "type": "call_appointment",
/**
 * The appointment.
 */
appointment: AppointmentId, } | { "type": "park_appointment",
/**
 * The appointment.
 */
appointment: AppointmentId,
/**
 * Why.
 */
reason: string, } | { "type": "miss_appointment",
/**
 * The appointment.
 */
appointment: AppointmentId, } | { "type": "close_appointment",
/**
 * The appointment.
 */
appointment: AppointmentId,
/**
 * How it ended.
 */
outcome: AppointmentOutcome, } | { "type": "undo_appointment",
/**
 * The appointment.
 */
appointment: AppointmentId, } | { "type": "walk_in",
/**
 * The household; or else a person.
 */
household: HouseholdId | null,
/**
 * Somebody in no list.
 */
person: Person | null,
/**
 * The service.
 */
service: ServiceId,
/**
 * Why it goes before others.
 */
priority: Priority | null,
/**
 * Why, in words; needed for `other`.
 */
reason: string, } | { "type": "add_service",
/**
 * The visit: any of its services.
 */
appointment: AppointmentId,
/**
 * The service.
 */
service: ServiceId, } | { "type": "call_next",
/**
 * Only for this service; none for all that the desk offers.
 */
service: ServiceId | null, } | { "type": "not_there",
/**
 * The appointment.
 */
appointment: AppointmentId, } | { "type": "transfer_appointment",
/**
 * The appointment.
 */
appointment: AppointmentId,
/**
 * The desk that is to serve it; none for any that offers the service.
 */
desk: DeskId | null,
/**
 * The service from now on; none for the same.
 */
service: ServiceId | null,
/**
 * Why.
 */
reason: string, } | { "type": "prioritise_appointment",
/**
 * The appointment.
 */
appointment: AppointmentId,
/**
 * Why, of what is foreseen; none to take it back.
 */
priority: Priority | null,
/**
 * Why, in words; needed for `other`.
 */
reason: string, } | { "type": "move_appointments",
/**
 * The moves.
 */
moves: Array<AppointmentMove>,
/**
 * Why full slots are taken all the same.
 */
overbook: string | null, } | { "type": "import_appointments",
/**
 * The file: CSV, XLSX, ODS or iCalendar (RFC 5545).
 */
file: FileInput,
/**
 * The service of rows that name none.
 */
service: ServiceId,
/**
 * The site of rows that name none.
 */
site: SiteId,
/**
 * The digest that the preview gave: the file is the one that was looked at.
 */
digest: string, } | { "type": "define_hours",
/**
 * All of them.
 */
hours: SiteHours, } | { "type": "receive_stock",
/**
 * The campaign.
 */
campaign: CampaignId,
/**
 * The serials.
 */
runs: Array<Run>,
/**
 * In words; where fewer or more came than declared, why.
 */
note: string,
/**
 * What the paper says that came with them.
 */
delivery_note: DeliveryNote | null, } | { "type": "ship_stock",
/**
 * The campaign.
 */
campaign: CampaignId,
/**
 * The serials.
 */
runs: Array<Run>,
/**
 * To whom.
 */
to: DeskId,
/**
 * In words.
 */
note: string, } | { "type": "acknowledge_shipment",
/**
 * Which shipment.
 */
shipment: ShipmentNo,
/**
 * The campaign.
 */
campaign: CampaignId,
/**
 * The serials that are there.
 */
runs: Array<Run>,
/**
 * In words.
 */
note: string, } | { "type": "settle_shipment",
/**
 * Which shipment.
 */
shipment: ShipmentNo,
/**
 * The serials.
 */
runs: Array<Run>,
/**
 * What became of them.
 */
outcome: ShipmentOutcome,
/**
 * In words.
 */
note: string, } | { "type": "reserve_stock",
/**
 * The campaign.
 */
campaign: CampaignId,
/**
 * The serials.
 */
runs: Array<Run>,
/**
 * What for; none to set them free.
 */
purpose: string | null, } | { "type": "destroy_stock",
/**
 * The desk; this one when none is named.
 */
desk: DeskId | null,
/**
 * The campaign.
 */
campaign: CampaignId,
/**
 * The serials.
 */
runs: Array<Run>,
/**
 * The minutes.
 */
minutes: Minutes, } | { "type": "remove_stock",
/**
 * The campaign.
 */
campaign: CampaignId,
/**
 * The serials.
 */
runs: Array<Run>,
/**
 * Why.
 */
reason: RemovalReason,
/**
 * In words.
 */
note: string, } | { "type": "keep_draft",
/**
 * The entitlement being served.
 */
entitlement: EntitlementId,
/**
 * What was entered so far, as the screen keeps it; none when the screen is left for good.
 */
draft: unknown, } | { "type": "confirm_delivery",
/**
 * The entitlement.
 */
entitlement: EntitlementId,
/**
 * The appointment it is for; none for a walk-in.
 */
appointment: AppointmentId | null,
/**
 * Who collects.
 */
collector: Collector,
/**
 * The vouchers.
 */
runs: Array<Run>,
/**
 * Why a rule that can be overridden is.
 */
force: string | null,
/**
 * Why less than due is handed over.
 */
partial: string | null, } | { "type": "refuse_delivery",
/**
 * The entitlement.
 */
entitlement: EntitlementId,
/**
 * The appointment it is for.
 */
appointment: AppointmentId | null,
/**
 * Why.
 */
reason: RefusalReason,
/**
 * In words.
 */
note: string, } | { "type": "reverse_delivery",
/**
 * The entitlement.
 */
entitlement: EntitlementId,
/**
 * The delivery.
 */
delivery: DeliveryId,
/**
 * Why.
 */
reason: string,
/**
 * The vouchers came back into the stock.
 */
returned: boolean, } | { "type": "order_erasure",
/**
 * What it is about.
 */
scope: ErasureScope,
/**
 * On what it stands.
 */
ground: ErasureGround,
/**
 * Why, and on whose word. It stays, so it is to name nobody.
 */
reason: string,
/**
 * The digest that the preview gave: what is erased is what was looked at.
 */
digest: string, } | { "type": "review_late",
/**
 * Which: `LateRow::id`.
 */
late: string,
/**
 * They count from now on; otherwise they are kept out.
 */
accept: boolean,
/**
 * Why.
 */
reason: string, } | { "type": "assign_cases",
/**
 * The cases.
 */
cases: Array<CaseId>,
/**
 * To whom; none to take them back.
 */
to: OperatorId | null, } | { "type": "note_case",
/**
 * The case.
 */
case: CaseId,
/**
 * What.
 */
text: string, } | { "type": "decide_cases",
/**
 * The cases.
 */
cases: Array<CaseId>,
/**
 * What is decided.
 */
decision: CaseDecision,
/**
 * Why.
 */
reason: string, } | { "type": "countersign_case",
/**
 * The case.
 */
case: CaseId, } | { "type": "reopen_case",
/**
 * The case.
 */
case: CaseId,
/**
 * Why.
 */
reason: string, } | { "type": "keep_case_draft",
/**
 * The case.
 */
case: CaseId,
/**
 * What was entered so far; none lets go of it.
 */
draft: CaseDraft | null, } | { "type": "close_day",
/**
 * The day.
 */
day: string,
/**
 * What was counted, one for each campaign.
 */
counts: Array<CountGiven>,
/**
 * A remark.
 */
note: string, } | { "type": "correct_closing",
/**
 * The closing.
 */
closing: ClosingId,
/**
 * The difference that it explains; none where it is about the closing as a whole.
 */
campaign: CampaignId | null,
/**
 * What was found out.
 */
text: string, } | { "type": "prepare_paper_kit",
/**
 * The campaign.
 */
campaign: CampaignId,
/**
 * How many forms, at most 500.
 */
forms: number,
/**
 * Only those with an appointment at this site on this day; all in this desk's custody when none is named.
 */
day: string | null, } | { "type": "enter_paper_form",
/**
 * The kit.
 */
kit: PaperKitId,
/**
 * The form.
 */
number: number,
/**
 * What stands on it.
 */
filled: FilledForm,
/**
 * Why a rule that can be overridden is.
 */
force: string | null, } | { "type": "void_paper_forms",
/**
 * The kit.
 */
kit: PaperKitId,
/**
 * The first.
 */
first: number,
/**
 * The last.
 */
last: number,
/**
 * Why.
 */
reason: string, } | { "type": "draw_sample",
/**
 * The campaign.
 */
campaign: CampaignId,
/**
 * How many; at most 500.
 */
size: number, } | { "type": "record_call",
/**
 * The sample.
 */
sample: SampleId,
/**
 * About which delivery.
 */
delivery: DeliveryId,
/**
 * What came of it.
 */
outcome: CallOutcome, } | { "type": "load_plan",
/**
 * The sheet.
 */
sheet: PlanSheet,
/**
 * The file that it was read from.
 */
file: string, } | { "type": "note_plan",
/**
 * The plan.
 */
plan: PlanId,
/**
 * Of which.
 */
target: PlanTarget,
/**
 * How far it is.
 */
reached: PlanReached,
/**
 * In words.
 */
note: string,
/**
 * What shows it.
 */
evidence: PlanEvidence | null, } | { "type": "bind_plan",
/**
 * The plan.
 */
plan: PlanId,
/**
 * Which.
 */
target: PlanTarget,
/**
 * What is read; none: by hand.
 */
measure: PlanMeasure | null, };

/**
 * Sent with each command by whoever asks: the same id twice is the same act, done once.
 */
export type CommandId = string;

/**
 * How much the state of the exchange should worry.
 */
export type Concern = "none" | "warning" | "error";

/**
 * The count of one campaign's vouchers, as it is given.
 */
export type CountGiven = {
/**
 * The campaign.
 */
campaign: CampaignId,
/**
 * What was counted.
 */
counted: Counted,
/**
 * Why it differs from what was to be there.
 */
explanation: string,
/**
 * It differs, nobody knows why, and a supervisor is to look at it.
 */
left_open: boolean, };

/**
 * The count of one campaign's vouchers beside what was to be there.
 */
export type CountLine = {
/**
 * The campaign.
 */
campaign: CampaignId,
/**
 * Value of one voucher.
 */
denomination: Cents,
/**
 * What was to be there.
 */
expected: Array<Run>,
/**
 * What was counted.
 */
counted: Counted,
/**
 * Why the two differ; none where they do not, or where it was left open.
 */
explanation?: string | null, };

/**
 * The count of one campaign, told.
 */
export type CountRow = {
/**
 * The campaign.
 */
campaign: CampaignId,
/**
 * Its name.
 */
name: string,
/**
 * How many were to be there.
 */
expected: number,
/**
 * How many were counted.
 */
counted: number,
/**
 * What was counted less what was to be there.
 */
difference: number,
/**
 * What the difference is worth.
 */
value: Cents,
/**
 * Serials that were to be there and were not scanned.
 */
missing: Array<Run>,
/**
 * Serials that were scanned and were not to be there.
 */
extra: Array<Run>,
/**
 * It was scanned.
 */
scanned: boolean,
/**
 * Why it differs.
 */
explanation: string | null,
/**
 * It differs, and nobody has said why.
 */
open: boolean, };

/**
 * How the vouchers of a campaign were counted.
 */
export type Counted = { "how": "number",
/**
 * How many there are.
 */
count: number, } | { "how": "scanned",
/**
 * What is there.
 */
runs: Array<Run>, };

/**
 * All that the delivery of one entitlement needs.
 */
export type CounterView = {
/**
 * The entitlement.
 */
entitlement: EntitlementView,
/**
 * The household.
 */
household: Household,
/**
 * The appointment that it would be for: the one being served, or today's.
 */
appointment: AppointmentRow | null,
/**
 * What stands against it before anything is entered: shown at once.
 */
obstacle: Obstacle | null,
/**
 * What was entered before.
 */
draft: unknown,
/**
 * Vouchers of the campaign that this desk holds.
 */
vouchers_held: number,
/**
 * The first serials that this desk would hand over next, as a suggestion to compare with the booklet in hand.
 */
next_serials: Array<Run>,
/**
 * Other households that the same delegate collected for, by delegate's tax code or name: shown, never forbidden.
 */
delegate_elsewhere: number, };

/**
 * Who may serve an entitlement now.
 */
export type Custody = {
/**
 * The one desk that may serve.
 */
holder: DeskId,
/**
 * How often it has moved.
 */
moves: number,
/**
 * A desk waits for it.
 */
request: CustodyRequest | null,
/**
 * Hand-overs by paper, oldest first.
 */
slips?: Array<Slip>,
/**
 * Reliefs of a dead holder, oldest first.
 */
reliefs?: Array<Relief>, };

/**
 * A desk asks the holder for an entitlement.
 */
export type CustodyRequest = {
/**
 * The desk that would serve.
 */
to: DeskId,
/**
 * Why.
 */
reason: string,
/**
 * When.
 */
at: Timestamp,
/**
 * By whom.
 */
by: OperatorId, };

/**
 * What an open paper says, to be told by telephone or printed anew by other means than a PDF.
 */
export type CustodySlipView = {
/**
 * The only desk that may use it.
 */
to: DeskName,
/**
 * The code that is typed where the household's records are known.
 */
code: string,
/**
 * What the QR holds.
 */
qr: string, };

/**
 * The deliveries of a day.
 */
export type DayFigures = {
/**
 * The day.
 */
day: string,
/**
 * Deliveries not taken back.
 */
deliveries: number,
/**
 * Refusals.
 */
refusals: number, };

/**
 * A day's figures.
 */
export type DayVisits = {
/**
 * The day.
 */
day: string,
/**
 * Its figures.
 */
figures: VisitFigures, };

/**
 * Vouchers handed over against a receipt.
 */
export type Delivery = {
/**
 * Its identifier.
 */
id: DeliveryId,
/**
 * When it was confirmed.
 */
at: Timestamp,
/**
 * The desk whose stock it came from.
 */
desk: DeskId,
/**
 * Who confirmed it.
 */
by: OperatorId,
/**
 * Who collected.
 */
collector: Collector,
/**
 * The vouchers.
 */
runs: Array<Run>,
/**
 * Their value.
 */
amount: Cents,
/**
 * The appointment it was for; none for a walk-in.
 */
appointment: AppointmentId | null,
/**
 * Why it was made although a rule was against it.
 */
forced: string | null,
/**
 * Why less than what was due was handed over.
 */
partial: string | null,
/**
 * Taken back.
 */
reversal: Reversal | null,
/**
 * The form on which it was written while the PC was dead: `at` and `by` are then of whoever typed it in.
 */
paper?: PaperMark, };

/**
 * One hand-over of vouchers (consegna).
 */
export type DeliveryId = string;

/**
 * What the paper says that came with booklets.
 */
export type DeliveryNote = {
/**
 * Its number, as written.
 */
number: string,
/**
 * The date it bears.
 */
date: string,
/**
 * How many vouchers it says there are.
 */
declared: number,
/**
 * In how many boxes.
 */
boxes: number, };

/**
 * One PC at a site (postazione).
 */
export type DeskId = string;

/**
 * A desk, named.
 */
export type DeskName = {
/**
 * Its identifier.
 */
id: DeskId,
/**
 * Its name; the beginning of its identifier while its certificate has not come.
 */
name: string, };

/**
 * A desk in a list.
 */
export type DeskRow = {
/**
 * Its identifier.
 */
id: DeskId,
/**
 * Its name.
 */
name: string,
/**
 * Its site.
 */
site: SiteId,
/**
 * Name of the site.
 */
site_name: string,
/**
 * The topics that it reads.
 */
reads: Array<Topic>,
/**
 * May not write any more.
 */
revoked: boolean,
/**
 * It is this one.
 */
this: boolean,
/**
 * Supervisors sit there.
 */
supervises: boolean,
/**
 * When the centre last heard of it.
 */
seen_at: Timestamp | null,
/**
 * Records that it said were waiting.
 */
waiting: number,
/**
 * How far its clock is from the centre's, milliseconds.
 */
skew: number,
/**
 * The program's version there.
 */
version: string,
/**
 * Entitlements in its custody that are not served.
 */
custody: number,
/**
 * The desks that the office put in its place, once it was revoked.
 */
replaced_by: Array<DeskName>,
/**
 * How much it should worry.
 */
concern: Concern,
/**
 * Which key it signs with: 1 for the one with which it was enrolled, one more with each change.
 */
key_number: number,
/**
 * Since when it has that key.
 */
key_since: Timestamp, };

/**
 * The desks of the office.
 */
export type DesksView = {
/**
 * By name.
 */
desks: Array<DeskRow>,
/**
 * When the centre told this.
 */
as_of: Timestamp | null, };

/**
 * Somebody who was called.
 */
export type DisplayCall = {
/**
 * The number.
 */
ticket: Ticket,
/**
 * Name of the desk to go to.
 */
desk: string,
/**
 * When it was last called.
 */
at: Timestamp,
/**
 * How often it was called: a second call sounds again.
 */
calls: number,
/**
 * Still expected at the counter.
 */
current: boolean, };

/**
 * What the screen in the waiting room shows. No names.
 */
export type DisplayView = {
/**
 * The site's name.
 */
site: string,
/**
 * Now, wall time in Italy.
 */
now: string,
/**
 * Who is called, latest first: at a counter now, then those of before.
 */
calls: Array<DisplayCall>,
/**
 * People who wait.
 */
waiting: number, };

/**
 * An identity document.
 */
export type Document = {
/**
 * Its kind.
 */
kind: DocumentKind,
/**
 * Its number, as written.
 */
number: string, };

/**
 * Kinds of identity document accepted at the desk (D.P.R. 445/2000 art. 35).
 */
export type DocumentKind = "identity_card" | "passport" | "driving_licence" | "residence_permit" | "other";

/**
 * A document that the desk prints.
 */
export type DocumentRequest = { "type": "slip",
/**
 * The appointment.
 */
appointment: AppointmentId,
/**
 * For a roll of 80 mm instead of a sheet.
 */
thermal: boolean, } | { "type": "custody_slip",
/**
 * The entitlement.
 */
entitlement: EntitlementId,
/**
 * For a roll of 80 mm instead of a sheet.
 */
thermal: boolean, } | { "type": "receipt",
/**
 * The entitlement.
 */
entitlement: EntitlementId,
/**
 * The delivery.
 */
delivery: DeliveryId,
/**
 * Printed before: marked as a copy.
 */
copy: boolean, } | { "type": "refusal_note",
/**
 * The entitlement.
 */
entitlement: EntitlementId, } | { "type": "day_list",
/**
 * The site.
 */
site: SiteId,
/**
 * The day.
 */
day: string, } | { "type": "ticket_slip",
/**
 * The appointment.
 */
appointment: AppointmentId, } | { "type": "delega",
/**
 * Filled in for this household, or blank.
 */
entitlement: EntitlementId | null, } | { "type": "indicator_report",
/**
 * The campaign.
 */
campaign: CampaignId, } | { "type": "closing_report",
/**
 * The closing.
 */
closing: ClosingId, } | { "type": "statement",
/**
 * The campaign.
 */
campaign: CampaignId, } | { "type": "call_sheet",
/**
 * The sample.
 */
sample: SampleId, } | { "type": "plan_report",
/**
 * The plan.
 */
plan: PlanId, } | { "type": "bolla",
/**
 * The shipment.
 */
shipment: ShipmentNo, } | { "type": "paper_kit",
/**
 * The kit.
 */
kit: PaperKitId, };

/**
 * A delivery that was begun and not finished.
 */
export type DraftRow = {
/**
 * The entitlement.
 */
entitlement: EntitlementId,
/**
 * The household.
 */
household: HouseholdId,
/**
 * The applicant's name.
 */
name: string,
/**
 * When it was last kept.
 */
at: Timestamp, };

/**
 * A code for an EU citizen who is not entitled to register: `ENI`, region, health authority, number.
 */
export type Eni = string;

/**
 * What the first start asks for.
 */
export type EnrolRequest = {
/**
 * Address of the centre: `https://…`, or `http://` on this machine.
 */
server: string,
/**
 * The one-time code.
 */
code: string,
/**
 * A certificate authority to trust besides the usual ones, PEM.
 */
custom_ca: string | null,
/**
 * An HTTP proxy: `http://host:port`.
 */
proxy: string | null,
/**
 * The first operator: what is typed to log in.
 */
username: string,
/**
 * Name as shown to colleagues.
 */
name: string,
/**
 * Role of the first operator at this desk. Only a desk that supervises takes other than `operator`.
 */
role: Role,
/**
 * At least 10 characters.
 */
passphrase: Passphrase, };

/**
 * The answer to the first start.
 */
export type EnrolView = {
/**
 * Opens the desk's file when every passphrase is lost: to be printed and kept in the office's safe, shown once.
 */
recovery_key: string,
/**
 * Fingerprint of the office's key, to compare with what the centre shows.
 */
office_fingerprint: string, };

/**
 * An entitlement as its events leave it.
 */
export type Entitlement = {
/**
 * Its identifier, which follows from campaign and household.
 */
id: EntitlementId,
/**
 * The campaign.
 */
campaign: CampaignId,
/**
 * The household.
 */
household: HouseholdId,
/**
 * Every amount it has had, oldest first; never empty.
 */
revisions: Array<Revision>,
/**
 * Why it was withdrawn.
 */
revoked: string | null,
/**
 * Who may serve it.
 */
custody: Custody,
/**
 * What was handed over, oldest first.
 */
deliveries: Array<Delivery>,
/**
 * When it presented itself and got nothing, oldest first.
 */
refusals: Array<Refusal>,
/**
 * What a supervisor must look at.
 */
anomalies: Array<Anomaly>, };

/**
 * A household's right in a campaign (diritto).
 */
export type EntitlementId = string;

/**
 * Where an entitlement stands.
 */
export type EntitlementStatus = "due" | "partial" | "served" | "revoked";

/**
 * An entitlement with its names resolved.
 */
export type EntitlementView = {
/**
 * The entitlement.
 */
entitlement: Entitlement,
/**
 * Its campaign.
 */
campaign: Campaign,
/**
 * Where it stands.
 */
status: EntitlementStatus,
/**
 * The amount due in all.
 */
amount: Cents,
/**
 * What was handed over.
 */
delivered: Cents,
/**
 * What is still due.
 */
remaining: Cents,
/**
 * How many vouchers that is.
 */
vouchers: number,
/**
 * The desk that may serve it.
 */
holder: DeskName,
/**
 * This desk may serve it.
 */
here: boolean,
/**
 * The desk that waits for it.
 */
requested_by: DeskName | null,
/**
 * A paper by which it was handed over, that nobody has accepted yet as far as is known here.
 */
slip: SlipNote | null,
/**
 * The list that it came from.
 */
import: Import | null,
/**
 * The row of that list.
 */
row: number | null, };

/**
 * What kind of thing an event concerns. The numbers are written in journals: they never change meaning.
 */
export type EntityKind = "site" | "service" | "campaign" | "operator" | "household" | "entitlement" | "appointment" | "stock" | "import" | "erasure" | "looks" | "desk_story" | "site_hours" | "closing" | "paper_kit" | "case" | "campaign_sample" | "plan";

/**
 * One thing: its kind and its identifier.
 */
export type EntityRef = {
/**
 * Its kind.
 */
kind: EntityKind,
/**
 * Its identifier.
 */
id: string, };

/**
 * An order as its events leave it.
 */
export type Erasure = {
/**
 * Its identifier.
 */
id: ErasureId,
/**
 * What it is about.
 */
scope: ErasureScope,
/**
 * On what it stands.
 */
ground: ErasureGround,
/**
 * Why, and on whose word.
 */
reason: string,
/**
 * When it was given.
 */
at: Timestamp,
/**
 * By whom.
 */
by: OperatorId,
/**
 * At which desk: it sees to what comes to light later.
 */
desk: DeskId,
/**
 * Households that it names.
 */
households: number,
/**
 * Records that it names, those that came to light later too.
 */
records: number,
/**
 * Of these, those that came to light later.
 */
late: number, };

/**
 * On what an order stands.
 */
export type ErasureGround = "retention_ended" | "request" | "authority" | "unlawful";

/**
 * An order to erase (ordine di cancellazione).
 */
export type ErasureId = string;

/**
 * What an order of erasure would do.
 */
export type ErasurePreviewView = {
/**
 * Households that would be erased.
 */
households: number,
/**
 * Records that would lose their bodies.
 */
records: number,
/**
 * Bytes of these bodies.
 */
bytes: number,
/**
 * Households that stay, because something is due to them in a campaign that goes on.
 */
still_due: number,
/**
 * Households that stay, because they have an appointment to come to.
 */
awaited: number,
/**
 * Households that stay, because an anomaly of theirs is not decided.
 */
undecided: number,
/**
 * Backups on this computer that would be replaced by a new one.
 */
backups: number,
/**
 * What `Command::OrderErasure` is to be given.
 */
digest: string, };

/**
 * An order of erasure, named.
 */
export type ErasureRow = {
/**
 * The order.
 */
erasure: Erasure,
/**
 * Who gave it.
 */
by: string,
/**
 * Where.
 */
desk: DeskName,
/**
 * The campaign that it is about.
 */
campaign: string | null, };

/**
 * What an order is about.
 */
export type ErasureScope = { "type": "household",
/**
 * The household.
 */
household: HouseholdId, } | { "type": "campaign",
/**
 * The campaign.
 */
campaign: CampaignId, } | { "type": "looks",
/**
 * That day.
 */
before: string, };

/**
 * The orders of erasure.
 */
export type ErasuresView = {
/**
 * The latest first.
 */
orders: Array<ErasureRow>,
/**
 * This desk has not yet written its file anew, or replaced its backups, without what was erased.
 */
pending: boolean, };

/**
 * A table that can be taken out.
 */
export type ExportTable = { "type": "missing",
/**
 * The campaign.
 */
campaign: CampaignId, } | { "type": "entitlements",
/**
 * The campaign.
 */
campaign: CampaignId, } | { "type": "deliveries",
/**
 * The campaign.
 */
campaign: CampaignId, } | { "type": "appointments",
/**
 * The site.
 */
site: SiteId,
/**
 * First day.
 */
from: string,
/**
 * Last day.
 */
to: string, } | { "type": "statement",
/**
 * The campaign.
 */
campaign: CampaignId, } | { "type": "statement_vouchers",
/**
 * The campaign.
 */
campaign: CampaignId, } | { "type": "plan",
/**
 * The plan.
 */
plan: PlanId, } | { "type": "cases",
/**
 * Which.
 */
filter: InboxFilter, } | { "type": "access_log",
/**
 * Which looks.
 */
filter: LookQuery, } | { "type": "statistics",
/**
 * First day.
 */
from: string,
/**
 * Last day.
 */
to: string,
/**
 * All sites that this desk knows of when none is named.
 */
site: SiteId | null,
/**
 * All services when none is named.
 */
service: ServiceId | null, };

/**
 * Hours of one day beyond the week's: they hold on holidays and in closures too.
 */
export type ExtraOpening = {
/**
 * The day.
 */
day: string,
/**
 * Opens.
 */
from: string,
/**
 * Closes.
 */
to: string,
/**
 * People who serve at once.
 */
staff: number,
/**
 * Why.
 */
reason: string, };

/**
 * How many records are here, of how many.
 */
export type Fetching = {
/**
 * Records that are here.
 */
done: number,
/**
 * Records that there are.
 */
total: number, };

/**
 * A file as a person chose it.
 */
export type FileInput = {
/**
 * Its name, without folders.
 */
name: string,
/**
 * Its content, base64 (RFC 4648 §4).
 */
content: string, };

/**
 * A file made by the desk.
 */
export type FileView = {
/**
 * A name for it; no personal data in it.
 */
name: string,
/**
 * Its media type.
 */
media_type: string,
/**
 * Its content, base64.
 */
content: string,
/**
 * Its language, for documents.
 */
language: Language, };

/**
 * What stood on a form, as it is typed in.
 */
export type FilledForm = {
/**
 * Who was served.
 */
entitlement: EntitlementId,
/**
 * The appointment it was for; where none is named, the household's open one of that day, if it has one.
 */
appointment: AppointmentId | null,
/**
 * Who collected.
 */
collector: Collector,
/**
 * The vouchers.
 */
runs: Array<Run>,
/**
 * When it was filled in: wall time in Italy.
 */
at: string,
/**
 * Who filled it in.
 */
operator: OperatorId,
/**
 * Why less than due was handed over.
 */
partial: string | null, };

/**
 * A form that was typed in.
 */
export type FormEntry = {
/**
 * The form.
 */
number: number,
/**
 * Who was served.
 */
entitlement: EntitlementId,
/**
 * The delivery.
 */
delivery: DeliveryId,
/**
 * When it was filled in: wall time in Italy.
 */
at: string,
/**
 * Who filled it in.
 */
by: OperatorId,
/**
 * When it was typed in.
 */
entered_at: Timestamp,
/**
 * By whom.
 */
entered_by: OperatorId,
/**
 * At which desk.
 */
desk: DeskId, };

/**
 * One typing in of a form that was typed in more than once.
 */
export type FormEntryRow = {
/**
 * The household.
 */
household: HouseholdId | null,
/**
 * Its name.
 */
name: string,
/**
 * When the form was filled in, as it was typed.
 */
at: string,
/**
 * When it was typed in.
 */
entered_at: Timestamp,
/**
 * By whom.
 */
entered_by: string,
/**
 * At which desk.
 */
desk: DeskName, };

/**
 * An operator who may have filled in a form.
 */
export type FormOperator = {
/**
 * The operator.
 */
id: OperatorId,
/**
 * The name.
 */
name: string, };

/**
 * One form.
 */
export type FormRow = {
/**
 * Its number.
 */
number: number,
/**
 * Its code.
 */
code: string,
/**
 * Where it stands.
 */
state: FormState, };

/**
 * Where a form stands.
 */
export type FormState = "open" | "entered" | "voided" | "twice";

/**
 * A form that was typed in more than once, or typed in and said not to be used.
 */
export type FormTwiceRow = {
/**
 * The kit.
 */
kit: PaperKitId,
/**
 * The form.
 */
number: number,
/**
 * Its code.
 */
code: string,
/**
 * It was said not to be used.
 */
voided: boolean,
/**
 * All that was typed in.
 */
entries: Array<FormEntryRow>, };

/**
 * Forms that will not be used.
 */
export type FormsVoid = {
/**
 * The first.
 */
first: number,
/**
 * The last.
 */
last: number,
/**
 * Why.
 */
reason: string,
/**
 * When.
 */
at: Timestamp,
/**
 * By whom.
 */
by: OperatorId,
/**
 * At which desk.
 */
desk: DeskId, };

/**
 * A slot with room.
 */
export type FreeSlot = {
/**
 * When: wall time in Italy.
 */
start: string,
/**
 * People it still has room for.
 */
free: number, };

/**
 * The next free slots.
 */
export type FreeSlotsView = {
/**
 * By time.
 */
slots: Array<FreeSlot>, };

/**
 * A time during which a voucher was at a desk.
 */
export type HeldPeriod = {
/**
 * The desk.
 */
desk: DeskName,
/**
 * Since when.
 */
from: Timestamp,
/**
 * Until when; none while it is there.
 */
to: Timestamp | null, };

/**
 * A holiday. Its name on screen is in the catalogues.
 */
export type Holiday = "new_year" | "epiphany" | "easter" | "easter_monday" | "liberation" | "labour" | "republic" | "saint_john" | "assumption" | "all_saints" | "immaculate" | "christmas" | "saint_stephen";

/**
 * A holiday.
 */
export type HolidayRow = {
/**
 * The day.
 */
day: string,
/**
 * Which.
 */
holiday: Holiday, };

/**
 * An hour's figures.
 */
export type HourVisits = {
/**
 * 0 to 23.
 */
hour: number,
/**
 * Its figures, over all days.
 */
figures: VisitFigures, };

/**
 * The appointments that a change of hours touches.
 */
export type HoursImpactView = {
/**
 * By time.
 */
touched: Array<TouchedRow>, };

/**
 * The hours of a site.
 */
export type HoursView = {
/**
 * The site.
 */
site: Site,
/**
 * Its hours; none where its services alone say when it is open.
 */
hours: SiteHours | null,
/**
 * The holidays of the year asked for.
 */
holidays: Array<HolidayRow>, };

/**
 * A household as its events leave it.
 */
export type Household = {
/**
 * Its identifier.
 */
id: HouseholdId,
/**
 * What is known of it.
 */
data: HouseholdData,
/**
 * The last list that spoke of it.
 */
import: ImportId | null,
/**
 * Notes, oldest first.
 */
notes: Array<Note>, };

/**
 * What Servizi Sociali's list says of a household; replaced as a whole by each correction.
 */
export type HouseholdData = {
/**
 * Members; the first is the applicant. Never empty.
 */
members: Array<Member>,
/**
 * How many live there, where the list tells the number and not each name; at least the members named.
 */
size: number,
/**
 * Members under age.
 */
minors: number,
/**
 * Members with a disability.
 */
disabled: number,
/**
 * Resident in the Comune.
 */
resident: boolean,
/**
 * Quartiere of residence, 1 to 5.
 */
quartiere: number,
/**
 * Where they live.
 */
address: Address,
/**
 * Telephone as written, empty when unknown.
 */
phone: string,
/**
 * E-mail as written, empty when unknown.
 */
email: string,
/**
 * The number of the practice at Servizi Sociali, where the list has one.
 */
list_ref: string, };

/**
 * A household (nucleo familiare); never derived from a tax code.
 */
export type HouseholdId = string;

/**
 * All about one household.
 */
export type HouseholdView = {
/**
 * The household.
 */
household: Household,
/**
 * The topic that it lives in.
 */
topic: Topic,
/**
 * Its entitlements, newest campaign first.
 */
entitlements: Array<EntitlementView>,
/**
 * What a supervisor must look at, or has decided: open ones first.
 */
cases: Array<CaseRow>,
/**
 * Its appointments, latest first.
 */
appointments: Array<AppointmentRow>,
/**
 * Everything that happened, latest first.
 */
timeline: Array<TimelineItem>, };

/**
 * A stopped desk went on under a new identity.
 */
export type IdentityView = {
/**
 * Who it is now.
 */
desk: DeskName,
/**
 * Who it was.
 */
before: DeskName,
/**
 * Records that the centre had not acknowledged, and that were carried on.
 */
carried: number,
/**
 * Rights that the old identity holds and that are not served: they go on once a supervisor has relieved it.
 */
custody: number, };

/**
 * A list as it was taken in.
 */
export type Import = {
/**
 * Its identifier.
 */
id: ImportId,
/**
 * The campaign it was taken in for.
 */
campaign: CampaignId,
/**
 * Name of the file, without folders.
 */
file_name: string,
/**
 * BLAKE3 of the file, hexadecimal.
 */
digest: string,
/**
 * The date that the list bears.
 */
issued: string,
/**
 * What became of its rows.
 */
counts: ImportCounts,
/**
 * When it was taken in.
 */
at: Timestamp,
/**
 * By whom.
 */
by: OperatorId, };

/**
 * What a column was taken for.
 */
export type ImportColumn = {
/**
 * The heading as written.
 */
heading: string,
/**
 * The field; none when the column is passed over.
 */
field: string | null, };

/**
 * How many rows of a list fell where.
 */
export type ImportCounts = {
/**
 * Households not known before.
 */
new: number,
/**
 * Households known, with something changed.
 */
changed: number,
/**
 * Households known, nothing changed.
 */
unchanged: number,
/**
 * Rows that say again what another row of the list said.
 */
duplicate: number,
/**
 * Rows taken in that a person should look at.
 */
doubtful: number,
/**
 * Rows not taken in.
 */
refused: number, };

/**
 * One list of Servizi Sociali as it was taken in (importazione).
 */
export type ImportId = string;

/**
 * A list taken in.
 */
export type ImportListRow = {
/**
 * The list.
 */
import: Import,
/**
 * Name of its campaign.
 */
campaign: string,
/**
 * Who took it in.
 */
operator: string, };

/**
 * What taking a list in would do.
 */
export type ImportPreviewView = {
/**
 * BLAKE3 of the file, hexadecimal: to be given back when it is applied.
 */
digest: string,
/**
 * Name of the file.
 */
file_name: string,
/**
 * The date that the list bears.
 */
issued: string | null,
/**
 * What the columns were taken for: heading as written, and field; none for a column that is passed over.
 */
columns: Array<ImportColumn>,
/**
 * How many rows fell where.
 */
counts: ImportCounts,
/**
 * What is to be said of the list as a whole (older than the last one, same as one taken in, columns missing).
 */
notices: Array<Problem>,
/**
 * It can be taken in.
 */
applicable: boolean,
/**
 * Rows, those to look at first; at most 2,000.
 */
rows: Array<ImportRow>,
/**
 * There are more rows than these.
 */
more: boolean,
/**
 * Value of what would be granted in all.
 */
total: Cents, };

/**
 * A row of a list.
 */
export type ImportRow = {
/**
 * Its number, as the spreadsheet shows it.
 */
row: number,
/**
 * What would become of it.
 */
fate: RowFate,
/**
 * The applicant as written.
 */
name: string,
/**
 * The identifier as written.
 */
identifier: string,
/**
 * The amount it would be due.
 */
amount: Cents | null,
/**
 * Why, in plain Italian; several where there are several.
 */
reasons: Array<string>,
/**
 * The household that it was matched with.
 */
household: HouseholdId | null, };

/**
 * Lists taken in so far.
 */
export type ImportsView = {
/**
 * Latest first.
 */
imports: Array<ImportListRow>, };

/**
 * How many cases there are, whatever is filtered.
 */
export type InboxCounts = {
/**
 * Somebody still has to do something.
 */
open: number,
/**
 * Of these, grave ones.
 */
grave: number,
/**
 * Of these, those of whoever asks.
 */
mine: number,
/**
 * Of these, given to nobody.
 */
unassigned: number,
/**
 * Of these, waiting for a second signature.
 */
awaiting: number,
/**
 * Of these, decided differently by two people.
 */
contested: number,
/**
 * Decided.
 */
decided: number,
/**
 * Open ones by kind; kinds without any are left out.
 */
kinds: Array<KindCount>, };

/**
 * Which cases are meant: all that fit each condition that is given.
 */
export type InboxFilter = {
/**
 * Of these kinds; of all when none is named.
 */
kinds: Array<CaseKind>,
/**
 * That stand there; those that somebody still has to do something about when none is named.
 */
standings: Array<CaseStanding>,
/**
 * Whose.
 */
assignee: AssigneeFilter | null,
/**
 * Of this Quartiere.
 */
quartiere: number | null,
/**
 * Of this site.
 */
site: SiteId | null,
/**
 * Of this campaign.
 */
campaign: CampaignId | null,
/**
 * Of this household.
 */
household: HouseholdId | null,
/**
 * That happened on this day or later.
 */
from: string | null,
/**
 * That happened on this day or before.
 */
to: string | null,
/**
 * Of somebody, or of a desk, whose name has words that begin so.
 */
text: string | null, };

/**
 * The reconciliation inbox.
 */
export type InboxView = {
/**
 * The cases that were asked for: grave ones first, then by where they stand, the latest first.
 */
rows: Array<CaseRow>,
/**
 * How many fit the filter.
 */
total: number,
/**
 * How many there are in all.
 */
counts: InboxCounts,
/**
 * People to whom a case can be given.
 */
assignees: Array<CasePerson>, };

/**
 * Households served of households presented with an appointment.
 */
export type IndicatorView = {
/**
 * The campaign.
 */
campaign: Campaign,
/**
 * Distinct households entitled, with an appointment, presented, and served.
 */
served: number,
/**
 * Distinct households entitled, with an appointment, and presented.
 */
presented: number,
/**
 * `served / presented` in hundredths of a percent (10000 is 100 %); none while nobody presented itself.
 */
value: number | null,
/**
 * What is aimed at, in hundredths of a percent.
 */
target: number,
/**
 * How far the figure can be relied on.
 */
standing: Standing,
/**
 * Desks whose records may be missing.
 */
missing_desks: Array<MissingDesk>,
/**
 * Households presented and not served, each with what to do.
 */
missing: Array<MissingHousehold>,
/**
 * By Quartiere.
 */
by_quartiere: Array<QuartiereFigures>,
/**
 * By day of delivery.
 */
by_day: Array<DayFigures>,
/**
 * Entitled households in all.
 */
entitled: number,
/**
 * Entitled households with an appointment that was not cancelled.
 */
booked: number,
/**
 * Did not come to any of their appointments: stay out.
 */
no_show: number,
/**
 * Served without an appointment: stay out.
 */
walk_in: number,
/**
 * Value of what was delivered.
 */
delivered: Cents,
/**
 * When it was worked out.
 */
as_of: Timestamp, };

/**
 * Which key a desk signs with.
 */
export type KeyView = {
/**
 * The desk.
 */
desk: DeskName,
/**
 * 1 for the key with which it was enrolled; one more with each change.
 */
number: number,
/**
 * Since when it has it; none while its certificate has not come.
 */
since: Timestamp | null, };

/**
 * How many cases of a kind are open.
 */
export type KindCount = {
/**
 * The kind.
 */
kind: CaseKind,
/**
 * How many.
 */
open: number, };

/**
 * Somebody on a kit's list.
 */
export type KitPerson = {
/**
 * The entitlement.
 */
entitlement: EntitlementId,
/**
 * The household.
 */
household: HouseholdId,
/**
 * The applicant.
 */
name: string,
/**
 * What is still due.
 */
remaining: Cents,
/**
 * How many vouchers that is.
 */
vouchers: number,
/**
 * Where it stands now.
 */
status: EntitlementStatus,
/**
 * This desk may serve it now.
 */
here: boolean, };

/**
 * Serials that are somewhere already.
 */
export type KnownSerials = {
/**
 * The serials.
 */
runs: Array<Run>,
/**
 * Where.
 */
desk: DeskName,
/**
 * They are on their way with this shipment: then they are taken in with it.
 */
shipment: ShipmentNo | null, };

/**
 * A language of the screens.
 */
export type Language = "it" | "en";

/**
 * One act of records that came late.
 */
export type LateAct = {
/**
 * When, by the clock of its desk.
 */
at: Timestamp,
/**
 * The kind of the fact: `delivery.confirmed`.
 */
kind: string,
/**
 * By whom.
 */
by: string,
/**
 * The household concerned.
 */
household: HouseholdId | null,
/**
 * Its applicant, as far as known here.
 */
name: string,
/**
 * Of a delivery: its value.
 */
amount: Cents | null,
/**
 * A delivery of a right that is served by what is known: if it counts, the household was served twice.
 */
served_otherwise: boolean, };

/**
 * What was decided of records that came late.
 */
export type LateDecision = {
/**
 * Which records.
 */
records: LogStretch,
/**
 * The link after the last one, hexadecimal.
 */
link: string,
/**
 * They count.
 */
accepted: boolean,
/**
 * Why.
 */
reason: string,
/**
 * When.
 */
at: Timestamp,
/**
 * By whom.
 */
by: OperatorId, };

/**
 * Records of one log that came late, or are another branch of it.
 */
export type LateRow = {
/**
 * Names them in `Command::ReviewLate`.
 */
id: string,
/**
 * The desk that wrote them.
 */
desk: DeskName,
/**
 * The log's topic.
 */
topic: Topic,
/**
 * The first record.
 */
first: number,
/**
 * The last one.
 */
last: number,
/**
 * Another branch of the log (a cloned disk, a restored backup); otherwise they came after the desk was revoked.
 */
branch: boolean,
/**
 * When they came to this desk.
 */
at: Timestamp,
/**
 * Where they stand.
 */
state: LateState,
/**
 * What was done, in order; the first two hundred.
 */
acts: Array<LateAct>,
/**
 * What was decided.
 */
decision: LateDecision | null, };

/**
 * Where records that came late stand.
 */
export type LateState = "open" | "accepted" | "kept_out" | "counted" | "unverified";

/**
 * What came late, and other branches of logs.
 */
export type LateView = {
/**
 * What waits for a decision first; then the latest first.
 */
rows: Array<LateRow>, };

/**
 * Where the vouchers of one desk are.
 */
export type LedgerRow = {
/**
 * The desk.
 */
desk: DeskName,
/**
 * How many are where.
 */
counts: BucketCounts,
/**
 * Of those that are held, how many are set aside.
 */
reserved: number, };

/**
 * One of this desk's logs.
 */
export type LogRow = {
/**
 * The topic.
 */
topic: string,
/**
 * Records written.
 */
written: number,
/**
 * Records that the centre has.
 */
acknowledged: number,
/**
 * The link after the last one, first digits.
 */
head: string, };

/**
 * Consecutive records of one log.
 */
export type LogStretch = {
/**
 * The topic.
 */
topic: Topic,
/**
 * The first record.
 */
first: number,
/**
 * The last one.
 */
last: number, };

/**
 * Which looks are meant: all that fit each condition that is given.
 */
export type LookQuery = {
/**
 * At this household.
 */
household: HouseholdId | null,
/**
 * By this operator.
 */
operator: OperatorId | null,
/**
 * At this desk.
 */
desk: DeskId | null,
/**
 * From this day on.
 */
from: string | null,
/**
 * Until this day, included.
 */
to: string | null, };

/**
 * An entitlement granted by hand.
 */
export type ManualGrant = {
/**
 * The campaign.
 */
campaign: CampaignId,
/**
 * The amount due; the campaign's table when none is given.
 */
amount: Cents | null,
/**
 * Why, and on whose word.
 */
reason: string, };

/**
 * A member of a household.
 */
export type Member = {
/**
 * Its identifier.
 */
id: MemberId,
/**
 * Surname as written.
 */
surname: string,
/**
 * Name as written.
 */
name: string,
/**
 * Tax code, STP or ENI, where the list gave one.
 */
identifier: PersonIdentifier,
/**
 * Date of birth where the list gave one; never guessed from a tax code.
 */
birth_date?: string | null, };

/**
 * A member of a household (componente).
 */
export type MemberId = string;

/**
 * The minutes of a destruction.
 */
export type Minutes = {
/**
 * Their number, as written.
 */
number: string,
/**
 * The date they bear.
 */
date: string,
/**
 * Who was present.
 */
present: string, };

/**
 * A desk whose records may be missing from a figure.
 */
export type MissingDesk = {
/**
 * The desk.
 */
desk: DeskName,
/**
 * Since when nothing was heard; none when never.
 */
since: Timestamp | null,
/**
 * Records that it said were waiting.
 */
waiting: number, };

/**
 * A household presented and not served.
 */
export type MissingHousehold = {
/**
 * The household.
 */
household: HouseholdId,
/**
 * Its entitlement.
 */
entitlement: EntitlementId,
/**
 * The applicant's name.
 */
name: string,
/**
 * Telephone.
 */
phone: string,
/**
 * Quartiere of residence.
 */
quartiere: number,
/**
 * When it presented itself.
 */
presented_at: Timestamp,
/**
 * Why it was not served, if it was refused.
 */
refusal: RefusalReason | null,
/**
 * What the operator wrote.
 */
note: string,
/**
 * What is still due.
 */
remaining: Cents,
/**
 * The desk that may serve it.
 */
holder: DeskName,
/**
 * Its next appointment.
 */
next_appointment: string | null,
/**
 * What to do.
 */
todo: Todo, };

/**
 * What a movement was.
 */
export type Moved = { "what": "received",
/**
 * What the paper says that came with them.
 */
delivery_note: DeliveryNote | null, } | { "what": "removed",
/**
 * Why.
 */
reason: RemovalReason, } | { "what": "shipped",
/**
 * With which shipment.
 */
shipment: ShipmentNo,
/**
 * To whom.
 */
to: DeskId, } | { "what": "arrived",
/**
 * With which shipment.
 */
shipment: ShipmentNo, } | { "what": "settled",
/**
 * With which shipment.
 */
shipment: ShipmentNo,
/**
 * What became of them.
 */
outcome: ShipmentOutcome, } | { "what": "reserved",
/**
 * What for; none where they are free again.
 */
purpose: string | null, } | { "what": "destroyed",
/**
 * The minutes.
 */
minutes: Minutes, };

/**
 * One movement, with names.
 */
export type MovementRow = {
/**
 * How many vouchers.
 */
count: number,
/**
 * Who.
 */
operator: string,
/**
 * The number of the shipment, as people call it; none where it is of no shipment.
 */
shipment_name: string | null,
/**
 * The other desk of a shipment.
 */
other_desk: DeskName | null,
/**
 * The campaign.
 */
campaign: CampaignId,
/**
 * The serials.
 */
runs: Array<Run>,
/**
 * What it was.
 */
moved: Moved,
/**
 * In words.
 */
note: string,
/**
 * When.
 */
at: Timestamp,
/**
 * By whom.
 */
by: OperatorId,
/**
 * At which desk it was written.
 */
desk: DeskId, };

/**
 * A note with its author.
 */
export type Note = {
/**
 * The note, as written.
 */
text: string,
/**
 * When.
 */
at: Timestamp,
/**
 * By whom.
 */
by: OperatorId, };

/**
 * Firenze numbers dwellings in black and shops in red: `12` and `12 rosso` are two doors.
 */
export type NumberColour = "black" | "red";

/**
 * What stands against a delivery.
 */
export type Obstacle = {
/**
 * Code and sentence.
 */
problem: Problem,
/**
 * Can be gone over with a reason; it is then an anomaly.
 */
can_be_forced: boolean, };

/**
 * Where the vouchers of the office are: what was taken in is what is somewhere.
 */
export type OfficeLedger = {
/**
 * What was taken in, each voucher once, without what was merely miscounted: the one side.
 */
received: number,
/**
 * Its value.
 */
received_value: Cents,
/**
 * How many are where: the other side.
 */
counts: BucketCounts,
/**
 * The sum of these.
 */
accounted: number,
/**
 * The value of that.
 */
accounted_value: Cents, };

/**
 * Records that wait for the centre and are on their way to it by stick.
 */
export type OnStick = {
/**
 * When the file was written.
 */
since: Timestamp,
/**
 * How many.
 */
records: number, };

/**
 * A day with movements of vouchers that no closing closes.
 */
export type OpenDayRow = {
/**
 * The desk.
 */
desk: DeskName,
/**
 * The day.
 */
day: string,
/**
 * How many movements.
 */
records: number,
/**
 * The last one.
 */
last: Timestamp, };

/**
 * How somebody came to a household.
 */
export type Opened = "search" | "scan" | "queue" | "other" | "export";

/**
 * When a service is given: on these weekdays, from and to, a slot every so many minutes for so many people.
 */
export type Opening = {
/**
 * The sites it holds for; empty for all sites of the service.
 */
sites: Array<SiteId>,
/**
 * Days of the week, 1 Monday to 7 Sunday.
 */
weekdays: Array<number>,
/**
 * First slot.
 */
from: string,
/**
 * End of the last slot.
 */
to: string,
/**
 * Minutes from one slot to the next.
 */
every_minutes: number,
/**
 * People for each slot.
 */
capacity: number, };

/**
 * A person who works at desks.
 */
export type Operator = {
/**
 * Its identifier.
 */
id: OperatorId,
/**
 * What is typed to log in; unique, lower case.
 */
username: string,
/**
 * Name as shown to colleagues.
 */
name: string,
/**
 * What the person may do.
 */
role: Role,
/**
 * May log in.
 */
active: boolean, };

/**
 * A person who works at a desk (operatore).
 */
export type OperatorId = string;

/**
 * What came of a command.
 */
export type Outcome = {
/**
 * The command.
 */
command: CommandId,
/**
 * What the command made or concerned.
 */
subject: EntityRef | null,
/**
 * Everything that changed: who shows it asks again.
 */
changed: Array<EntityRef>,
/**
 * The delivery that was confirmed: its receipt can be printed.
 */
delivery: DeliveryId | null,
/**
 * What an import did.
 */
import: ImportCounts | null,
/**
 * The command that takes it back, where there is one.
 */
undo: Command | null,
/**
 * A rule was gone over with a reason: a supervisor will see it.
 */
forced: boolean,
/**
 * The command had been done before: nothing was done again.
 */
repeated: boolean, };

/**
 * A form that is to be typed in.
 */
export type PaperFormView = {
/**
 * Its kit.
 */
kit: PaperKitRow,
/**
 * Its number.
 */
number: number,
/**
 * Its code.
 */
code: string,
/**
 * Why it cannot be typed in.
 */
problem: Problem | null,
/**
 * Who was on the list, by name.
 */
people: Array<KitPerson>,
/**
 * Who may have filled it in.
 */
operators: Array<FormOperator>, };

/**
 * A kit as its events leave it.
 */
export type PaperKit = {
/**
 * Its identifier.
 */
id: PaperKitId,
/**
 * The desk that it is bound to.
 */
desk: DeskId,
/**
 * The campaign.
 */
campaign: CampaignId,
/**
 * The day that it was made for.
 */
day: string | null,
/**
 * How many forms.
 */
forms: number,
/**
 * Who may be served.
 */
entitlements: Array<EntitlementId>,
/**
 * The vouchers that go with it.
 */
runs: Array<Run>,
/**
 * When it was made ready.
 */
at: Timestamp,
/**
 * By whom.
 */
by: OperatorId,
/**
 * What was typed in, in the order in which it came.
 */
entries: Array<FormEntry>,
/**
 * What will not be used.
 */
voids: Array<FormsVoid>, };

/**
 * Forms for when the PC is dead (modulistica cartacea).
 */
export type PaperKitId = string;

/**
 * A kit, told.
 */
export type PaperKitRow = {
/**
 * The kit.
 */
kit: PaperKit,
/**
 * What people call it by.
 */
code: string,
/**
 * Its desk.
 */
desk: DeskName,
/**
 * Its campaign.
 */
campaign_name: string,
/**
 * Who made it ready.
 */
operator: string,
/**
 * Its forms.
 */
forms: Array<FormRow>,
/**
 * Forms of which nothing is known yet.
 */
open: number, };

/**
 * The kits that are known here.
 */
export type PaperKitsView = {
/**
 * The latest first.
 */
kits: Array<PaperKitRow>,
/**
 * Forms that were typed in twice.
 */
twice: Array<FormTwiceRow>, };

/**
 * The form on which a delivery was written while the PC was dead.
 */
export type PaperMark = {
/**
 * The kit.
 */
kit: PaperKitId,
/**
 * The form.
 */
number: number,
/**
 * When it was filled in: wall time in Italy.
 */
at: string,
/**
 * Who filled it in.
 */
by: OperatorId, };

/**
 * A passphrase on its way to the key slot: never written, never shown.
 */
export type Passphrase = string;

/**
 * A desk that writes far ahead of this desk's clock.
 */
export type PeerClock = {
/**
 * The desk.
 */
desk: DeskName,
/**
 * How far ahead, milliseconds.
 */
ahead: number, };

/**
 * Somebody who is in no list.
 */
export type Person = {
/**
 * Surname and name as told.
 */
name: string,
/**
 * Telephone as told.
 */
phone: string, };

/**
 * What identifies a person.
 */
export type PersonIdentifier = { "kind": "tax_code", "value": TaxCode } | { "kind": "stp", "value": Stp } | { "kind": "eni", "value": Eni } | { "kind": "none" };

/**
 * Where the application stands.
 */
export type Phase = "first_start" | "logged_out" | "locked" | "ready";

/**
 * A plan that is followed.
 */
export type Plan = {
/**
 * Its identifier; it follows from the sheet's code.
 */
id: PlanId,
/**
 * The sheet, as it was loaded last.
 */
sheet: PlanSheet,
/**
 * How often, when and from which file it was loaded, the first time first.
 */
loads: Array<PlanLoad>,
/**
 * What is read from the records.
 */
bindings: Array<PlanBinding>,
/**
 * What was said by hand, the oldest first.
 */
notes: Array<PlanNote>, };

/**
 * What of the records says how far something is.
 */
export type PlanBinding = {
/**
 * Of which.
 */
target: PlanTarget,
/**
 * What is read.
 */
measure: PlanMeasure, };

/**
 * What shows that something was done.
 */
export type PlanEvidence = {
/**
 * What it is: "Determina 123/2021", an address.
 */
title: string,
/**
 * The file itself.
 */
file?: PlanEvidenceFile | null, };

/**
 * A file that shows something. It is kept in the record, so it is where the record is.
 */
export type PlanEvidenceFile = {
/**
 * Its name, without folders.
 */
name: string,
/**
 * Its content, base64 (RFC 4648 §4).
 */
content: string, };

/**
 * What an indicator is to reach.
 */
export type PlanExpected = { "type": "share",
/**
 * The share.
 */
value: number, } | { "type": "day",
/**
 * The last day.
 */
day: string, };

/**
 * What is to be expected of a phase.
 */
export type PlanForecast = { "type": "not_yet" } | { "type": "unknown" } | { "type": "ends",
/**
 * The day.
 */
day: string,
/**
 * Days after the deadline; negative when before.
 */
late: number, } | { "type": "done" };

/**
 * An objective sheet that is followed (scheda obiettivo del PEG); it follows from its code.
 */
export type PlanId = string;

/**
 * An indicator of the plan.
 */
export type PlanIndicator = {
/**
 * What is measured.
 */
description: string,
/**
 * Its type, as it is written (`RISULTATO`, `PERFORMANCE`).
 */
kind: string,
/**
 * What is expected.
 */
expected: PlanExpected, };

/**
 * An indicator with what it reached.
 */
export type PlanIndicatorRow = {
/**
 * Its number in the sheet, from 1.
 */
number: number,
/**
 * What the sheet says.
 */
indicator: PlanIndicator,
/**
 * What it reached.
 */
reached: PlanReached | null,
/**
 * Where that comes from.
 */
source: PlanSourceOf,
/**
 * How that stands against what is expected.
 */
verdict: PlanVerdict,
/**
 * What was said of it last.
 */
note: PlanNote | null, };

/**
 * A line of the text.
 */
export type PlanLine = {
/**
 * Its number, from 1.
 */
number: number,
/**
 * What it says.
 */
text: string, };

/**
 * A sheet was loaded.
 */
export type PlanLoad = {
/**
 * The file.
 */
file: string,
/**
 * When.
 */
at: Timestamp,
/**
 * By whom.
 */
by: OperatorId, };

/**
 * What of the records says how far something is.
 */
export type PlanMeasure = { "type": "served_of_presented",
/**
 * The campaign.
 */
campaign: CampaignId, } | { "type": "served_of_entitled",
/**
 * The campaign.
 */
campaign: CampaignId, } | { "type": "days_of_campaign",
/**
 * The campaign.
 */
campaign: CampaignId, };

/**
 * What somebody said of a phase or an indicator.
 */
export type PlanNote = {
/**
 * The command by which it was said: its evidence is asked for by it.
 */
id: CommandId,
/**
 * Of which.
 */
target: PlanTarget,
/**
 * How far it was.
 */
reached: PlanReached,
/**
 * In words.
 */
note: string,
/**
 * What shows it.
 */
evidence: string,
/**
 * The name of the file that was attached.
 */
file: string | null,
/**
 * When.
 */
at: Timestamp,
/**
 * By whom.
 */
by: OperatorId, };

/**
 * A phase of the plan.
 */
export type PlanPhase = {
/**
 * What is done.
 */
description: string,
/**
 * How much it weighs of 100; none where the sheet says nothing.
 */
weight: number | null,
/**
 * Planned start.
 */
from: string,
/**
 * Planned end.
 */
to: string,
/**
 * Who answers for it.
 */
responsible: string,
/**
 * Centre of responsibility.
 */
centre: string,
/**
 * Notes.
 */
notes: string, };

/**
 * A phase with how far it is.
 */
export type PlanPhaseRow = {
/**
 * Its number in the sheet, from 1.
 */
number: number,
/**
 * What the sheet says.
 */
phase: PlanPhase,
/**
 * How much is done, percent.
 */
percent: number,
/**
 * Where that comes from.
 */
source: PlanSourceOf,
/**
 * When it will be done.
 */
forecast: PlanForecast,
/**
 * What was said of it last.
 */
note: PlanNote | null, };

/**
 * What is wrong with a sheet.
 */
export type PlanProblem = { "problem": "no_title" } | { "problem": "nothing" } | { "problem": "dates_inverted",
/**
 * Which, from 1.
 */
phase: number, } | { "problem": "weights",
/**
 * What they add up to.
 */
sum: number, } | { "problem": "weights_missing" } | { "problem": "unweighted" };

/**
 * How far something is.
 */
export type PlanReached = { "type": "percent",
/**
 * How much.
 */
value: number, } | { "type": "share",
/**
 * The share.
 */
value: number, } | { "type": "day",
/**
 * The day.
 */
day: string, };

/**
 * What a text says.
 */
export type PlanReading = {
/**
 * The sheet as it was understood.
 */
sheet: PlanSheet,
/**
 * Where each field comes from.
 */
sources: Array<PlanSource>,
/**
 * Lines that were not understood, as they are.
 */
left: Array<PlanLine>, };

/**
 * What a file says as an objective sheet.
 */
export type PlanReadingView = {
/**
 * What was understood, where it stands, and what was not.
 */
reading: PlanReading,
/**
 * All its lines: what was understood is shown beside them.
 */
lines: Array<string>,
/**
 * What is wrong with it.
 */
problems: Array<PlanProblem>,
/**
 * Why it cannot be loaded.
 */
hindrance: Problem | null,
/**
 * The plan of the same code, where one is followed already.
 */
known: PlanId | null,
/**
 * It says what that plan says.
 */
unchanged: boolean, };

/**
 * A plan in a list.
 */
export type PlanRow = {
/**
 * Its identifier.
 */
id: PlanId,
/**
 * Its code.
 */
code: string,
/**
 * Its title.
 */
title: string,
/**
 * How much of it is done, percent.
 */
done: number | null,
/**
 * Indicators that were reached.
 */
reached: number,
/**
 * Indicators in all.
 */
indicators: number, };

/**
 * One objective sheet.
 */
export type PlanSheet = {
/**
 * Its code, as `2021_Z105`.
 */
code: string,
/**
 * Its title.
 */
title: string,
/**
 * The direction.
 */
direction: string,
/**
 * Its director.
 */
director: string,
/**
 * How it is classified.
 */
classification: string,
/**
 * The service.
 */
service: string,
/**
 * Its manager.
 */
manager: string,
/**
 * Its type.
 */
kind: string,
/**
 * What it is linked to in the DUP, each as it is written.
 */
links: Array<string>,
/**
 * What it is about, a paragraph each.
 */
description: Array<string>,
/**
 * Its phases.
 */
phases: Array<PlanPhase>,
/**
 * Its indicators.
 */
indicators: Array<PlanIndicator>, };

/**
 * Where a field comes from.
 */
export type PlanSource = {
/**
 * The field: `code`, `phase`, `indicator`.
 */
field: string,
/**
 * Which, from 1, where there are several.
 */
number: number,
/**
 * First line, from 1.
 */
first: number,
/**
 * Last line.
 */
last: number, };

/**
 * Where a figure of a plan comes from.
 */
export type PlanSourceOf = { "type": "nothing" } | { "type": "hand" } | { "type": "records",
/**
 * What is read.
 */
measure: PlanMeasure,
/**
 * The campaign's name.
 */
campaign: string,
/**
 * How far the figure can be relied on.
 */
standing: Standing,
/**
 * Desks whose records may be missing.
 */
missing_desks: number, } | { "type": "unreadable",
/**
 * What should be read.
 */
measure: PlanMeasure, };

/**
 * A phase or an indicator of a sheet, by its number in the sheet, from 1.
 */
export type PlanTarget = { "type": "phase",
/**
 * Which.
 */
number: number, } | { "type": "indicator",
/**
 * Which.
 */
number: number, };

/**
 * How an indicator stands against what is expected.
 */
export type PlanVerdict = "open" | "overdue" | "reached" | "missed";

/**
 * A plan with how far it is.
 */
export type PlanView = {
/**
 * The plan.
 */
plan: Plan,
/**
 * Its phases.
 */
phases: Array<PlanPhaseRow>,
/**
 * Its indicators.
 */
indicators: Array<PlanIndicatorRow>,
/**
 * How much of it is done, percent: its phases weighed together.
 */
done: number | null,
/**
 * When it will be done.
 */
forecast: PlanForecast | null,
/**
 * What is told of the sheet.
 */
problems: Array<PlanProblem>, };

/**
 * The plans that are followed.
 */
export type PlansView = {
/**
 * The latest code first.
 */
rows: Array<PlanRow>, };

/**
 * Why somebody goes before others.
 */
export type Priority = "pregnancy" | "disability" | "age" | "children" | "urgency" | "other";

/**
 * Why somebody goes before others.
 */
export type PriorityNote = {
/**
 * Of what is foreseen.
 */
priority: Priority,
/**
 * In words.
 */
reason: string, };

/**
 * An error as a person reads it.
 */
export type Problem = {
/**
 * Code of the error catalogue.
 */
code: string,
/**
 * What happened, what was kept, what to do.
 */
message: string, };

/**
 * How far long work has come.
 */
export type Progress = {
/**
 * What is being done: a code that the page translates.
 */
work: string,
/**
 * Done so far.
 */
done: number,
/**
 * In all; 0 while unknown.
 */
total: number, };

/**
 * The indicator of a Quartiere.
 */
export type QuartiereFigures = {
/**
 * 1 to 5.
 */
quartiere: number,
/**
 * Entitled households.
 */
entitled: number,
/**
 * Presented with an appointment.
 */
presented: number,
/**
 * Served among them.
 */
served: number, };

/**
 * What can be asked.
 */
export type Query = { "type": "status" } | { "type": "reference" } | { "type": "board",
/**
 * This desk's site when none is named.
 */
site: SiteId | null,
/**
 * Today when none is named.
 */
day: string | null, } | { "type": "search",
/**
 * What was typed or scanned.
 */
text: string,
/**
 * At most so many (20 when none is given, 100 at most).
 */
limit: number | null, } | { "type": "household",
/**
 * The household.
 */
id: HouseholdId, } | { "type": "counter",
/**
 * The entitlement.
 */
entitlement: EntitlementId, } | { "type": "custody_slip",
/**
 * The entitlement.
 */
entitlement: EntitlementId, } | { "type": "appointment",
/**
 * The appointment.
 */
id: AppointmentId, } | { "type": "agenda",
/**
 * This desk's site when none is named.
 */
site: SiteId | null,
/**
 * All services when none is named.
 */
service: ServiceId | null,
/**
 * First day.
 */
from: string,
/**
 * Days, at most 42.
 */
days: number, } | { "type": "free_slots",
/**
 * The service.
 */
service: ServiceId,
/**
 * The site.
 */
site: SiteId,
/**
 * From this day; today when none is named.
 */
from: string | null,
/**
 * At most so many (12 when none is given).
 */
limit: number | null, } | { "type": "hours",
/**
 * This desk's site when none is named.
 */
site: SiteId | null,
/**
 * This year when none is named.
 */
year: number | null, } | { "type": "hours_impact",
/**
 * All hours of the site.
 */
hours: SiteHours, } | { "type": "agenda_conflicts",
/**
 * All sites that this desk knows of when none is named.
 */
site: SiteId | null, } | { "type": "series_preview",
/**
 * The file: CSV, XLSX, ODS or iCalendar (RFC 5545).
 */
file: FileInput,
/**
 * The service of rows that name none.
 */
service: ServiceId,
/**
 * The site of rows that name none.
 */
site: SiteId, } | { "type": "display" } | { "type": "statistics",
/**
 * First day.
 */
from: string,
/**
 * Last day.
 */
to: string,
/**
 * All sites that this desk knows of when none is named.
 */
site: SiteId | null,
/**
 * All services when none is named.
 */
service: ServiceId | null, } | { "type": "stock",
/**
 * The campaign.
 */
campaign: CampaignId, } | { "type": "check_serials",
/**
 * The campaign.
 */
campaign: CampaignId,
/**
 * First serial.
 */
first: string,
/**
 * Last serial; the same when there is one voucher.
 */
last: string, } | { "type": "supply_preview",
/**
 * The campaign.
 */
campaign: CampaignId,
/**
 * What the paper says that came with them.
 */
delivery_note: DeliveryNote | null,
/**
 * The boxes, in the order in which they were scanned.
 */
boxes: Array<SupplyBox>, } | { "type": "shipments" } | { "type": "bolla",
/**
 * The code.
 */
code: string, } | { "type": "stock_ledger",
/**
 * The campaign.
 */
campaign: CampaignId, } | { "type": "serial_history",
/**
 * The campaign.
 */
campaign: CampaignId,
/**
 * The serial, as typed or scanned.
 */
serial: string, } | { "type": "indicator",
/**
 * The campaign.
 */
campaign: CampaignId, } | { "type": "inbox",
/**
 * Which; those that somebody still has to do something about when nothing is said.
 */
filter: InboxFilter,
/**
 * From which one, from 0.
 */
offset: number,
/**
 * How many at most.
 */
limit: number, } | { "type": "case",
/**
 * The case.
 */
id: CaseId, } | { "type": "calendar",
/**
 * Only this one.
 */
appointment: AppointmentId | null,
/**
 * Those of this site; this desk's when none is named.
 */
site: SiteId | null,
/**
 * First day; today when none is named.
 */
from: string | null,
/**
 * Last day; the first when none is named.
 */
to: string | null, } | { "type": "import_preview",
/**
 * The campaign.
 */
campaign: CampaignId,
/**
 * The file.
 */
file: FileInput,
/**
 * The date that the list bears; the one found in it or in its name when none is given.
 */
issued: string | null, } | { "type": "import_refused",
/**
 * The campaign.
 */
campaign: CampaignId,
/**
 * The file.
 */
file: FileInput,
/**
 * The date that the list bears.
 */
issued: string | null,
/**
 * The kind of file to make.
 */
format: TableFormat, } | { "type": "imports" } | { "type": "desks" } | { "type": "late" } | { "type": "sync_story" } | { "type": "document",
/**
 * Which.
 */
document: DocumentRequest,
/**
 * In which language; Italian when none is named.
 */
language: Language | null, } | { "type": "export",
/**
 * Which.
 */
table: ExportTable,
/**
 * The kind of file to make.
 */
format: TableFormat, } | { "type": "access_log",
/**
 * Which looks.
 */
filter: LookQuery, } | { "type": "erasure_preview",
/**
 * What it is about.
 */
scope: ErasureScope, } | { "type": "erasures" } | { "type": "closing_preview",
/**
 * The day; the earliest that is not closed, or today, when none is named.
 */
day: string | null, } | { "type": "closings",
/**
 * First day; thirty days ago when none is named.
 */
from: string | null,
/**
 * Last day; today when none is named.
 */
to: string | null,
/**
 * Only this desk's.
 */
desk: DeskId | null, } | { "type": "paper_kits" } | { "type": "plan_reading",
/**
 * The file: text, as it comes out of the published PDF.
 */
file: FileInput, } | { "type": "statement",
/**
 * The campaign.
 */
campaign: CampaignId, } | { "type": "statement_records",
/**
 * The campaign.
 */
campaign: CampaignId,
/**
 * The figure.
 */
figure: StatementFigure,
/**
 * Only what happened there.
 */
site: SiteId | null,
/**
 * Only what happened on that day.
 */
day: string | null,
/**
 * From which one on, the first is 0.
 */
offset: number,
/**
 * How many at most; never more than 500.
 */
limit: number, } | { "type": "raw_records" } | { "type": "samples",
/**
 * The campaign.
 */
campaign: CampaignId, } | { "type": "sample",
/**
 * The sample.
 */
id: SampleId, } | { "type": "plans" } | { "type": "plan",
/**
 * The plan.
 */
id: PlanId, } | { "type": "plan_chart",
/**
 * The plan.
 */
id: PlanId, } | { "type": "plan_evidence",
/**
 * The plan.
 */
id: PlanId,
/**
 * The command by which it was said.
 */
note: CommandId, } | { "type": "paper_form",
/**
 * The code.
 */
code: string, } | { "type": "verify" };

/**
 * What selects and labels are filled with.
 */
export type ReferenceView = {
/**
 * By code.
 */
sites: Array<Site>,
/**
 * By name.
 */
services: Array<Service>,
/**
 * Newest first.
 */
campaigns: Array<Campaign>,
/**
 * By name.
 */
desks: Array<DeskRow>,
/**
 * By name.
 */
operators: Array<Operator>, };

/**
 * The household presented itself and got nothing.
 */
export type Refusal = {
/**
 * Why.
 */
reason: RefusalReason,
/**
 * In words.
 */
note: string,
/**
 * The appointment it was for.
 */
appointment: AppointmentId | null,
/**
 * When.
 */
at: Timestamp,
/**
 * At which desk.
 */
desk: DeskId,
/**
 * By whom.
 */
by: OperatorId, };

/**
 * Why nothing was handed over.
 */
export type RefusalReason = "no_document" | "no_delega" | "not_of_household" | "no_stock" | "declined" | "other";

/**
 * A record that the centre does not accept.
 */
export type RefusedRow = {
/**
 * The log's topic.
 */
topic: string,
/**
 * The record.
 */
seq: number,
/**
 * Why.
 */
problem: Problem, };

/**
 * The relay that a desk uses.
 */
export type RelayPeer = {
/**
 * Which desk it is: what is sent is sealed to its key.
 */
desk: DeskId,
/**
 * Where it listens: `http://192.168.1.10:7481`.
 */
address: string, };

/**
 * Whether a desk serves as relay for its seat, and which one it uses while the centre cannot be reached.
 */
export type RelaySettings = {
/**
 * The relay that this desk uses.
 */
peer?: RelayPeer | null,
/**
 * This desk serves as relay, and listens here: address of this computer and port.
 */
listen?: string | null, };

/**
 * How the exchange through the relay of the seat stands.
 */
export type RelayView = {
/**
 * As it is set.
 */
settings: RelaySettings,
/**
 * The relay that this desk uses.
 */
desk: DeskName | null,
/**
 * The last attempt reached it.
 */
online: boolean,
/**
 * When it last answered.
 */
last: Timestamp | null,
/**
 * Of the records that wait for the centre, those that the relay has. They wait all the same.
 */
handed: number,
/**
 * What the last attempt said, when it failed.
 */
problem: Problem | null,
/**
 * This desk serves as relay.
 */
serving: ServingView | null, };

/**
 * A supervisor took the entitlement from a dead desk.
 */
export type Relief = {
/**
 * The desk that was believed to hold it.
 */
from: DeskId,
/**
 * The desk that got it.
 */
to: DeskId,
/**
 * Why.
 */
reason: string,
/**
 * When.
 */
at: Timestamp,
/**
 * By whom.
 */
by: OperatorId, };

/**
 * Why vouchers left the stock without being delivered.
 */
export type RemovalReason = "damaged" | "lost" | "returned" | "miscounted";

/**
 * A desk that comes in the place of one that is no more. The code is told once.
 */
export type ReplacementView = {
/**
 * The desk that comes.
 */
desk: DeskId,
/**
 * Its name.
 */
name: string,
/**
 * The desk in whose place it comes.
 */
before: DeskName,
/**
 * The one-time code for its first start.
 */
code: string,
/**
 * Until when the code holds, by the centre's clock.
 */
expires_at: Timestamp, };

/**
 * A delivery that was taken back.
 */
export type Reversal = {
/**
 * Why.
 */
reason: string,
/**
 * The vouchers came back into the desk's stock.
 */
returned: boolean,
/**
 * When.
 */
at: Timestamp,
/**
 * By whom.
 */
by: OperatorId, };

/**
 * An amount as it was set at a moment.
 */
export type Revision = {
/**
 * The amount due from then on.
 */
amount: Cents,
/**
 * Where it came from.
 */
source: Source,
/**
 * When.
 */
at: Timestamp,
/**
 * By whom.
 */
by: OperatorId, };

/**
 * What a person may do. Each role may do what the ones before it may, and more.
 */
export type Role = "operator" | "supervisor" | "administrator";

/**
 * What would become of a row.
 */
export type RowFate = "refused" | "doubtful" | "duplicate" | "changed" | "new" | "unchanged";

/**
 * Consecutive serials of one series: `AB0001001` to `AB0001050`.
 */
export type Run = {
/**
 * Letters before the digits, upper case; may be empty.
 */
series: string,
/**
 * First number.
 */
first: number,
/**
 * Last number, not before the first.
 */
last: number,
/**
 * Digits as printed, leading zeros included.
 */
width: number, };

/**
 * A call about a delivery.
 */
export type SampleCallRow = {
/**
 * What came of it.
 */
outcome: CallOutcome,
/**
 * When.
 */
at: Timestamp,
/**
 * By whom.
 */
operator: string, };

/**
 * Deliveries drawn for verification calls (campione); they are drawn with it.
 */
export type SampleId = string;

/**
 * Somebody to call.
 */
export type SamplePickRow = {
/**
 * The delivery.
 */
delivery: DeliveryId,
/**
 * The household.
 */
household: HouseholdId,
/**
 * Its applicant; empty where it was erased or is not known here.
 */
name: string,
/**
 * Telephone as written.
 */
phone: string,
/**
 * When the vouchers were handed over, by the record.
 */
at: string | null,
/**
 * At which desk.
 */
desk: DeskName | null,
/**
 * Who collected, by the record.
 */
collector: string,
/**
 * The amount.
 */
amount: Cents,
/**
 * How many vouchers.
 */
vouchers: number,
/**
 * It was taken back since.
 */
reversed: boolean,
/**
 * The calls, oldest first.
 */
calls: Array<SampleCallRow>,
/**
 * The case, once somebody disputed it.
 */
case: CaseId | null, };

/**
 * A sample in a list.
 */
export type SampleRow = {
/**
 * Its identifier.
 */
id: SampleId,
/**
 * When it was drawn.
 */
at: Timestamp,
/**
 * By whom.
 */
operator: string,
/**
 * Of how many deliveries.
 */
frame: number,
/**
 * How many were drawn.
 */
drawn: number,
/**
 * How many of these were called and answered, or would not.
 */
called: number,
/**
 * How many of these were disputed at some time.
 */
disputed: number, };

/**
 * A part of a sample's frame.
 */
export type SampleSite = {
/**
 * The site; empty where it was not known.
 */
site_name: string,
/**
 * Deliveries there.
 */
deliveries: number,
/**
 * Drawn of them.
 */
drawn: number, };

/**
 * A sample, with whom to call.
 */
export type SampleView = {
/**
 * In figures.
 */
row: SampleRow,
/**
 * The campaign.
 */
campaign: Campaign,
/**
 * The frame by site, with names.
 */
strata: Array<SampleSite>,
/**
 * By what the frame is known.
 */
digest: string,
/**
 * Drawn again from what is recorded now it is the same; none where the deliveries are not the same any more.
 */
same: boolean | null,
/**
 * Whom to call, in order.
 */
picks: Array<SamplePickRow>, };

/**
 * The samples of a campaign.
 */
export type SamplesView = {
/**
 * The campaign.
 */
campaign: CampaignId,
/**
 * Deliveries of which one could be drawn now.
 */
frame: number,
/**
 * The samples, the latest first.
 */
rows: Array<SampleRow>, };

/**
 * One thing found.
 */
export type SearchHit = {
/**
 * The household.
 */
household: HouseholdId | null,
/**
 * The appointment, when a slip was scanned.
 */
appointment: AppointmentId | null,
/**
 * The entitlement, when there is one not yet served.
 */
entitlement: EntitlementId | null,
/**
 * What to show first: the applicant's name.
 */
title: string,
/**
 * What to show beside: the member that matched, Quartiere, address, serial.
 */
detail: string,
/**
 * Where the entitlement stands.
 */
status: EntitlementStatus | null,
/**
 * This desk may serve it.
 */
here: boolean, };

/**
 * What was found.
 */
export type SearchView = {
/**
 * What the text was taken for.
 */
understood: Understood,
/**
 * What was found, best first.
 */
hits: Array<SearchHit>,
/**
 * There are more than these.
 */
more: boolean, };

/**
 * Whether serials can be delivered.
 */
export type SerialCheckView = {
/**
 * The run; none when what was typed is not one.
 */
run: Run | null,
/**
 * How many vouchers.
 */
count: number,
/**
 * Their value.
 */
value: Cents,
/**
 * What some of them are set aside for: that does not stop a delivery.
 */
aside: string | null,
/**
 * What stands against it.
 */
problem: Problem | null, };

/**
 * What happened with a voucher.
 */
export type SerialDeed = { "type": "moved",
/**
 * How.
 */
moved: Moved, } | { "type": "delivered",
/**
 * The entitlement.
 */
entitlement: EntitlementId,
/**
 * The household.
 */
household: HouseholdId, } | { "type": "reversed",
/**
 * The voucher came back.
 */
returned: boolean,
/**
 * The household.
 */
household: HouseholdId, };

/**
 * Everything that is known here of one voucher.
 */
export type SerialHistoryView = {
/**
 * The campaign.
 */
campaign: CampaignId,
/**
 * The voucher, as printed.
 */
serial: string,
/**
 * Oldest first.
 */
steps: Array<SerialStep>,
/**
 * At which desk it was, from when until when.
 */
periods: Array<HeldPeriod>, };

/**
 * One thing that happened with a voucher.
 */
export type SerialStep = {
/**
 * When.
 */
at: Timestamp,
/**
 * Of which desk's stock.
 */
desk: DeskName,
/**
 * By whom.
 */
operator: string,
/**
 * What.
 */
deed: SerialDeed,
/**
 * In words.
 */
note: string,
/**
 * The shipment, as people call it.
 */
shipment_name: string | null,
/**
 * The other desk of a shipment.
 */
other_desk: DeskName | null, };

/**
 * What taking a series of appointments in would do.
 */
export type SeriesPreviewView = {
/**
 * Says that the file is the one that was looked at.
 */
digest: string,
/**
 * What is wrong with the file as a whole.
 */
problem: Problem | null,
/**
 * Row by row.
 */
rows: Array<SeriesRow>,
/**
 * Rows that would be booked.
 */
bookable: number, };

/**
 * A row of a series.
 */
export type SeriesRow = {
/**
 * Number of the row, or of the event of a calendar, from 1; headings count.
 */
row: number,
/**
 * For whom, as written; the household's name where one was found.
 */
name: string,
/**
 * When.
 */
start: string | null,
/**
 * The service.
 */
service: ServiceId | null,
/**
 * The site.
 */
site: SiteId | null,
/**
 * What becomes of it.
 */
verdict: SeriesVerdict,
/**
 * Why it is not taken in.
 */
problem: Problem | null,
/**
 * The appointment that is there already.
 */
known: AppointmentId | null, };

/**
 * What becomes of a row.
 */
export type SeriesVerdict = "new" | "known" | "refused";

/**
 * Something the desk does for people, by appointment.
 */
export type Service = {
/**
 * Its identifier.
 */
id: ServiceId,
/**
 * Name in Italian.
 */
name: string,
/**
 * Name in English.
 */
name_en: string,
/**
 * Minutes that one person takes.
 */
minutes: number,
/**
 * What to bring, one line each, in Italian.
 */
requirements: Array<string>,
/**
 * Where it is given.
 */
sites: Array<SiteId>,
/**
 * When it is given.
 */
openings: Array<Opening>,
/**
 * Days on which it is not given.
 */
closed: Array<string>,
/**
 * The campaign whose vouchers it delivers, if it delivers any.
 */
campaign: CampaignId | null,
/**
 * Can be booked.
 */
active: boolean,
/**
 * Who offers it, and how it is booked; none where nothing special holds.
 */
rules?: ServiceRules, };

/**
 * Something the desk does for people (servizio).
 */
export type ServiceId = string;

/**
 * Who offers a service, and how it is booked.
 */
export type ServiceRules = {
/**
 * The desks that offer it; empty for every desk at its sites.
 */
desks: Array<DeskId>,
/**
 * Whether people are served without an appointment.
 */
walk_in: boolean,
/**
 * Whether it can be booked; where it cannot, people come without.
 */
reservable: boolean,
/**
 * It can be booked until so many minutes before a slot begins.
 */
notice_minutes: number,
/**
 * It can be booked for so many days from today; none for as far as the agenda goes.
 */
ahead_days: number | null,
/**
 * Why it is suspended.
 */
suspended: string | null, };

/**
 * A service's figures.
 */
export type ServiceVisits = {
/**
 * The service.
 */
service: ServiceId,
/**
 * Its name.
 */
name: string,
/**
 * Its figures.
 */
figures: VisitFigures, };

/**
 * A desk that serves as relay.
 */
export type ServingView = {
/**
 * Where it listens; none while it does not.
 */
address: string | null,
/**
 * Why it cannot listen.
 */
problem: Problem | null, };

/**
 * Who is at work.
 */
export type SessionView = {
/**
 * The person.
 */
operator: OperatorId,
/**
 * What was typed to log in.
 */
username: string,
/**
 * Name as shown to colleagues.
 */
name: string,
/**
 * What the person may do.
 */
role: Role, };

/**
 * Vouchers that are set aside.
 */
export type SetAside = {
/**
 * What for; the code of the kit for those that go with paper forms.
 */
purpose: string,
/**
 * They go with a kit of paper forms.
 */
kit: boolean,
/**
 * The serials.
 */
runs: Array<Run>,
/**
 * How many.
 */
count: number, };

/**
 * What was settled of a shipment.
 */
export type SettledRow = {
/**
 * The serials.
 */
runs: Array<Run>,
/**
 * What became of them.
 */
outcome: ShipmentOutcome,
/**
 * In words.
 */
note: string,
/**
 * When.
 */
at: Timestamp,
/**
 * By whom.
 */
operator: string, };

/**
 * A shipment: the desk that sent it, and which of its shipments.
 */
export type ShipmentNo = {
/**
 * The sender.
 */
from: DeskId,
/**
 * 1 for its first, and so on.
 */
number: number, };

/**
 * What became of vouchers that went off and did not arrive.
 */
export type ShipmentOutcome = "taken_back" | "lost" | "damaged";

/**
 * One shipment.
 */
export type ShipmentRow = {
/**
 * Which.
 */
shipment: ShipmentNo,
/**
 * As people call it: `Q1-A 7`.
 */
name: string,
/**
 * The sender.
 */
from: DeskName,
/**
 * To whom; none where the sender's record is not here yet.
 */
to: DeskName | null,
/**
 * The campaign.
 */
campaign: CampaignId,
/**
 * Its name.
 */
campaign_name: string,
/**
 * What went off; what arrived, where the sender's record is not here yet.
 */
runs: Array<Run>,
/**
 * How many.
 */
count: number,
/**
 * What they are worth.
 */
value: Cents,
/**
 * When it went off; none where the sender's record is not here yet.
 */
sent_at: Timestamp | null,
/**
 * Who sent it.
 */
sent_by: string,
/**
 * In words.
 */
note: string,
/**
 * What arrived.
 */
arrived: Array<Run>,
/**
 * When the last of it arrived.
 */
arrived_at: Timestamp | null,
/**
 * What is on its way: did not arrive, and nobody settled.
 */
open: Array<Run>,
/**
 * How many.
 */
open_count: number,
/**
 * What was settled.
 */
settled: Array<SettledRow>,
/**
 * It goes to this desk.
 */
here: boolean,
/**
 * Whoever asks may say that the sender took back what is open.
 */
may_take_back: boolean,
/**
 * Whoever asks may say that what is open is lost or damaged.
 */
may_write_off: boolean,
/**
 * The records of the receiver are not read at this desk: that it arrived is known at the supervisors' desks.
 */
unseen: boolean, };

/**
 * Shipments of vouchers.
 */
export type ShipmentsView = {
/**
 * Those with something on its way first, then the latest.
 */
rows: Array<ShipmentRow>, };

/**
 * A place where people are served.
 */
export type Site = {
/**
 * Its identifier.
 */
id: SiteId,
/**
 * Short name, unique: `Q1`.
 */
code: string,
/**
 * Name as people know it.
 */
name: string,
/**
 * The Quartiere it lies in, 1 to 5.
 */
quartiere: number,
/**
 * Serves every Quartiere.
 */
central: boolean,
/**
 * Street and number, as printed on slips.
 */
address: string,
/**
 * Telephone, as printed on slips.
 */
phone: string, };

/**
 * All hours of a site.
 */
export type SiteHours = {
/**
 * The site.
 */
site: SiteId,
/**
 * Weeks. Where two hold on a day, the one that began later does.
 */
weeks: Array<WeekHours>,
/**
 * Days off.
 */
closures: Array<Closure>,
/**
 * Days on.
 */
extra: Array<ExtraOpening>,
/**
 * Open on national holidays and the patron's feast as on any other day.
 */
open_on_holidays: boolean, };

/**
 * A place where people are served (sede).
 */
export type SiteId = string;

/**
 * A site's figures.
 */
export type SiteVisits = {
/**
 * The site.
 */
site: SiteId,
/**
 * Its name.
 */
name: string,
/**
 * Its figures.
 */
figures: VisitFigures, };

/**
 * A hand-over by paper.
 */
export type Slip = {
/**
 * Its identifier.
 */
id: SlipId,
/**
 * The desk that wrote it.
 */
from: DeskId,
/**
 * The only desk that may use it.
 */
to: DeskId,
/**
 * When it was written, as it says.
 */
stamp: SlipStamp,
/**
 * What became of it.
 */
state: SlipState,
/**
 * When that was, by the clock of the desk that wrote it down.
 */
at: Timestamp, };

/**
 * A paper by which one desk hands an entitlement to another (tagliando di affidamento).
 */
export type SlipId = string;

/**
 * A paper on its way.
 */
export type SlipNote = {
/**
 * The desk that wrote it.
 */
from: DeskName,
/**
 * The only desk that may use it.
 */
to: DeskName,
/**
 * When it was written.
 */
at: Timestamp,
/**
 * This desk wrote it, and can print it again.
 */
mine: boolean, };

/**
 * When a slip was written: whole seconds since 2020-01-01T00:00:00Z, never before the record of the release on any clock of
 * the office. Thirty bits, until 2054.
 */
export type SlipStamp = number;

/**
 * What became of a slip.
 */
export type SlipState = "open" | "accepted" | "called_off";

/**
 * Where an amount came from: a row of a list, or a person.
 */
export type Source = {
/**
 * The list; none when decided by hand.
 */
import: ImportId | null,
/**
 * The row of the list.
 */
row: number | null,
/**
 * Why, when decided by hand.
 */
reason?: string, };

/**
 * A stretch of one weekday in which people are served. A break is the room between two of them.
 */
export type Span = {
/**
 * 1 Monday to 7 Sunday.
 */
weekday: number,
/**
 * Opens.
 */
from: string,
/**
 * Closes.
 */
to: string,
/**
 * People who serve at once.
 */
staff: number, };

/**
 * A spread of times.
 */
export type Spread = {
/**
 * How many times it was measured.
 */
n: number,
/**
 * Seconds; half of the times are no longer (nearest rank).
 */
median: number,
/**
 * Seconds; nine of ten times are no longer (nearest rank).
 */
p90: number,
/**
 * Left out because no visit takes so long: a clock was wrong, or nobody closed it.
 */
excluded: number, };

/**
 * A stretch of a day with the people who serve in it.
 */
export type StaffedTime = {
/**
 * Begins.
 */
from: string,
/**
 * Ends.
 */
to: string,
/**
 * People who serve at once.
 */
staff: number, };

/**
 * How far a figure can be relied on.
 */
export type Standing = "provisional" | "current" | "final";

/**
 * What happened at a site on a day.
 */
export type StatementDay = {
/**
 * The site; none where that of the desk is not known here.
 */
site: SiteId | null,
/**
 * Its name.
 */
site_name: string,
/**
 * The day.
 */
day: string,
/**
 * Every figure of acts, also those that count nothing.
 */
lines: Array<StatementLine>,
/**
 * Vouchers that went out and were not taken back.
 */
vouchers: number,
/**
 * Which.
 */
runs: Array<Run>, };

/**
 * What is counted.
 */
export type StatementFigure = "entitled" | "revoked" | "booked" | "presented" | "served_of_presented" | "served" | "partial" | "unserved" | "refused" | "appointments" | "presentations" | "no_shows" | "walk_ins" | "deliveries" | "reversals" | "refusals";

/**
 * A figure of a statement.
 */
export type StatementLine = {
/**
 * Which.
 */
figure: StatementFigure,
/**
 * How many.
 */
count: number,
/**
 * What they come to.
 */
amount: Cents, };

/**
 * Where the vouchers of one desk are, reckoned in two ways.
 */
export type StatementPlace = {
/**
 * The desk.
 */
desk: DeskName,
/**
 * By the movements of its stock.
 */
counts: BucketCounts,
/**
 * Everything that ever came, each voucher once: the one side.
 */
came: number,
/**
 * Everything that is somewhere: the other side.
 */
accounted: number,
/**
 * Vouchers of its stock that are out by its receipts: what `counts.delivered` has to be.
 */
by_receipts: number,
/**
 * Those of which stock and receipts say different things.
 */
different: Array<Run>, };

/**
 * One that a figure counts.
 */
export type StatementRecord = {
/**
 * The household.
 */
household: HouseholdId,
/**
 * Its applicant; empty where it was erased or is not known here.
 */
name: string,
/**
 * Its number in the list.
 */
list_ref: string,
/**
 * The right.
 */
entitlement: EntitlementId,
/**
 * The appointment, when it is one or has one.
 */
appointment: AppointmentId | null,
/**
 * The delivery, when it is one.
 */
delivery: DeliveryId | null,
/**
 * Where; empty for a figure of households.
 */
site_name: string,
/**
 * The desk.
 */
desk: DeskName | null,
/**
 * When: wall time in Italy.
 */
at: string | null,
/**
 * The amount.
 */
amount: Cents,
/**
 * The vouchers.
 */
runs: Array<Run>, };

/**
 * The records behind one figure.
 */
export type StatementRecordsView = {
/**
 * The figure.
 */
figure: StatementFigure,
/**
 * How many there are in all.
 */
count: number,
/**
 * What they come to in all.
 */
amount: Cents,
/**
 * These of them, by name.
 */
rows: Array<StatementRecord>, };

/**
 * A campaign accounted for.
 */
export type StatementView = {
/**
 * The campaign.
 */
campaign: Campaign,
/**
 * When it was drawn up.
 */
as_of: Timestamp,
/**
 * How far it can be relied on.
 */
standing: Standing,
/**
 * The desks that keep it from more.
 */
missing_desks: Array<MissingDesk>,
/**
 * The figures of households, over the whole campaign.
 */
households: Array<StatementLine>,
/**
 * What happened, by day and site.
 */
days: Array<StatementDay>,
/**
 * Where the vouchers are.
 */
vouchers: StatementVouchers, };

/**
 * Where the vouchers of a campaign are, with the proof that none is missing.
 */
export type StatementVouchers = {
/**
 * Value of one.
 */
denomination: Cents,
/**
 * Each desk that ever had any, by name.
 */
places: Array<StatementPlace>,
/**
 * All of the office together.
 */
office: OfficeLedger,
/**
 * Vouchers that were taken in and are in no place: none, unless the program is wrong.
 */
nowhere: Array<Run>,
/**
 * Vouchers that receipts say were handed over, and that no desk was supplied with: exceptions of their own.
 */
never_received: Array<Run>,
/**
 * Every place and the office come out even.
 */
even: boolean, };

/**
 * How the days of a period went.
 */
export type StatisticsView = {
/**
 * First day.
 */
from: string,
/**
 * Last day.
 */
to: string,
/**
 * All together.
 */
total: VisitFigures,
/**
 * Day by day; days without anything are left out.
 */
by_day: Array<DayVisits>,
/**
 * By hour of the day, 0 to 23: of the appointment, or of the arrival without one.
 */
by_hour: Array<HourVisits>,
/**
 * By service.
 */
by_service: Array<ServiceVisits>,
/**
 * By site.
 */
by_site: Array<SiteVisits>, };

/**
 * How the desk stands.
 */
export type StatusView = {
/**
 * Name of the office.
 */
office: string,
/**
 * The site.
 */
site: Site | null,
/**
 * The desk.
 */
desk: DeskName,
/**
 * It sits with supervisors and sees every Quartiere.
 */
supervises: boolean,
/**
 * Who is at work.
 */
operator: Operator,
/**
 * The desk's clock.
 */
now: Timestamp,
/**
 * Today in Italy.
 */
today: string,
/**
 * The last attempt reached the centre.
 */
online: boolean,
/**
 * An exchange is under way.
 */
syncing: boolean,
/**
 * How far it has come with fetching what others wrote, while there is much of it: at a new desk, or after days.
 */
fetching: Fetching | null,
/**
 * The last time that everything was exchanged.
 */
last_sync: Timestamp | null,
/**
 * Records that the centre has not acknowledged.
 */
waiting: number,
/**
 * Of these, what a revoked desk has handed in: it waits for a supervisor's decision.
 */
handed_in: number,
/**
 * Of these, what stands in the last file written to a stick.
 */
on_stick: OnStick | null,
/**
 * The relay of the seat.
 */
relay: RelayView,
/**
 * Records that the centre keeps and does not accept.
 */
refused: number,
/**
 * Records that wait for an update of this program.
 */
unprojected: number,
/**
 * What the last attempt said, when it failed: a sentence.
 */
last_error: Problem | null,
/**
 * How much it should worry.
 */
concern: Concern,
/**
 * How far this clock is from the centre's, milliseconds (positive: ahead); none when never compared.
 */
clock_skew: number | null,
/**
 * How far this clock stands before what was last written here, milliseconds, when that is far: it went backwards. None where the
 * centre says that it is right.
 */
clock_back: number | null,
/**
 * A desk that writes far ahead of this clock: theirs is ahead, or this one behind.
 */
clock_peer: PeerClock | null,
/**
 * Days of this desk before today that no closing closes.
 */
not_closed?: Array<string>,
/**
 * Address of the centre.
 */
central_url: string,
/**
 * Why this desk may not write, when it may not (revoked, restored from a backup, forked).
 */
stopped: Problem | null,
/**
 * The program's version.
 */
version: string, };

/**
 * Where the vouchers of a campaign are.
 */
export type StockLedgerView = {
/**
 * The campaign.
 */
campaign: CampaignId,
/**
 * Value of one voucher.
 */
denomination: Cents,
/**
 * Desks that ever had any, by name.
 */
desks: Array<LedgerRow>,
/**
 * The office, where a supervisor asks.
 */
office: OfficeLedger | null, };

/**
 * What this desk holds of a campaign.
 */
export type StockView = {
/**
 * The campaign.
 */
campaign: Campaign,
/**
 * The desk.
 */
desk: DeskName,
/**
 * Serials at hand.
 */
held: Array<Run>,
/**
 * How many vouchers that is.
 */
held_count: number,
/**
 * Their value.
 */
held_value: Cents,
/**
 * Of these, what is set aside.
 */
reserved: Array<SetAside>,
/**
 * Of these, how many are set aside.
 */
reserved_count: number,
/**
 * How many are where.
 */
counts: BucketCounts,
/**
 * Vouchers on their way to this desk, by what is known here.
 */
coming: number,
/**
 * Vouchers that ever came in, each once.
 */
received: number,
/**
 * Vouchers delivered and not taken back.
 */
delivered: number,
/**
 * Vouchers that left otherwise (sent on, damaged, lost, returned, destroyed, or miscounted).
 */
removed: number,
/**
 * What came in and left, latest first.
 */
movements: Array<MovementRow>, };

/**
 * A code for a foreigner without a residence permit: `STP`, region, health authority, number.
 */
export type Stp = string;

/**
 * A box of booklets as it was scanned.
 */
export type SupplyBox = {
/**
 * What stands on it.
 */
label: string,
/**
 * The serials in it.
 */
runs: Array<Run>, };

/**
 * What is odd about booklets before they are taken in.
 */
export type SupplyPreviewView = {
/**
 * The campaign.
 */
campaign: CampaignId,
/**
 * Vouchers scanned, each once.
 */
count: number,
/**
 * Their value.
 */
value: Cents,
/**
 * Boxes scanned.
 */
boxes: number,
/**
 * What the delivery note declares, if there is one.
 */
declared: number | null,
/**
 * The value of that.
 */
declared_value: Cents | null,
/**
 * Boxes that the delivery note declares.
 */
declared_boxes: number | null,
/**
 * The difference is to be explained: fewer or more came than declared.
 */
differs: boolean,
/**
 * Serials between two boxes of one series that are in neither.
 */
gaps: Array<Run>,
/**
 * Serials that were scanned more than once.
 */
twice: Array<Run>,
/**
 * Serials that are somewhere already.
 */
known: Array<KnownSerials>, };

/**
 * One exchange.
 */
export type SyncEntry = {
/**
 * When it began.
 */
at: Timestamp,
/**
 * Milliseconds that it took.
 */
took: number,
/**
 * Records sent.
 */
sent: number,
/**
 * Records received.
 */
received: number,
/**
 * How it went.
 */
way: SyncWay,
/**
 * The desk that a stick came from; none for the centre.
 */
peer: string | null,
/**
 * Why it failed: what happened, what was kept, what to do.
 */
problem: Problem | null, };

/**
 * The last exchanges.
 */
export type SyncStoryView = {
/**
 * Latest first.
 */
entries: Array<SyncEntry>,
/**
 * Records the centre keeps and does not accept.
 */
refused: Array<RefusedRow>,
/**
 * Own logs: how far the centre has them.
 */
logs: Array<LogRow>, };

/**
 * How an exchange went.
 */
export type SyncWay = "centre" | "bundle_out" | "bundle_in" | "relay" | "relay_served";

/**
 * A kind of file for tables.
 */
export type TableFormat = "csv" | "xlsx";

/**
 * A tax code whose form and check character are right, upper case, as it was given (omocodia kept).
 *
 * Two codes are equal when they are written the same: the omocodic form of a code is another code,
 * usually of another person.
 */
export type TaxCode = string;

/**
 * A number as it is called: the letter of the desk that gave it, and a number of that desk's day. Each desk counts by itself,
 * so two desks that cannot reach each other never give the same one.
 */
export type Ticket = string;

/**
 * One thing that happened.
 */
export type TimelineItem = {
/**
 * When.
 */
at: Timestamp,
/**
 * What: the kind of the event (`delivery.confirmed`), translated by the page.
 */
kind: string,
/**
 * Who.
 */
operator: string,
/**
 * Where.
 */
desk: DeskName,
/**
 * In words: amount, reason, serials.
 */
detail: string,
/**
 * Not yet at the centre.
 */
waiting: boolean, };

/**
 * An instant: milliseconds since 1970-01-01T00:00:00Z, as the clock of the desk told it.
 */
export type Timestamp = number;

/**
 * What is to be counted of one campaign.
 */
export type ToCount = {
/**
 * The campaign.
 */
campaign: CampaignId,
/**
 * Its name.
 */
name: string,
/**
 * Value of one voucher.
 */
denomination: Cents,
/**
 * The serials that are to be there.
 */
expected: Array<Run>,
/**
 * How many they are.
 */
count: number,
/**
 * What they are worth.
 */
value: Cents,
/**
 * Of these, how many go with paper kits: they lie in their envelopes.
 */
with_kits: number, };

/**
 * What to do for a household presented and not served.
 */
export type Todo = "serve" | "wait" | "call_back" | "complete" | "confirm_declined";

/**
 * Who may read a log. Each desk writes one log per topic; a desk pulls only the topics it may read.
 */
export type Topic = string;

/**
 * Why an appointment cannot stay where it is.
 */
export type Touched = { "why": "closed",
/**
 * Why.
 */
closed: Closed, } | { "why": "no_slot" } | { "why": "no_room" };

/**
 * An appointment that a change of hours touches, with where it could go.
 */
export type TouchedRow = {
/**
 * The appointment.
 */
appointment: AppointmentRow,
/**
 * Why it cannot stay.
 */
touched: Touched,
/**
 * The first slot at the same site, at the same time of day or later, that is free under the new hours. Each is offered once.
 */
offer: string | null, };

/**
 * What a text was taken for.
 */
export type Understood = "text" | "tax_code" | "slip" | "serial";

/**
 * What verifying found.
 */
export type VerificationView = {
/**
 * Logs whose whole chain was walked.
 */
logs: number,
/**
 * Records in them.
 */
records: number,
/**
 * Things folded anew.
 */
entities: number,
/**
 * Records whose bodies were erased by order.
 */
erased: number,
/**
 * Records whose bodies came erased, by an order that is not known here (yet).
 */
unexplained: number,
/**
 * What does not hold, one sentence each; empty when all does.
 */
faults: Array<string>, };

/**
 * An answer; its `type` is that of the question.
 */
export type View = { "type": "status" } & StatusView | { "type": "reference" } & ReferenceView | { "type": "board" } & BoardView | { "type": "search" } & SearchView | { "type": "household" } & HouseholdView | { "type": "counter" } & CounterView | { "type": "appointment" } & AppointmentRow | { "type": "custody_slip" } & CustodySlipView | { "type": "agenda" } & AgendaView | { "type": "free_slots" } & FreeSlotsView | { "type": "hours" } & HoursView | { "type": "hours_impact" } & HoursImpactView | { "type": "agenda_conflicts" } & AgendaConflictsView | { "type": "series_preview" } & SeriesPreviewView | { "type": "display" } & DisplayView | { "type": "statistics" } & StatisticsView | { "type": "stock" } & StockView | { "type": "serial_check" } & SerialCheckView | { "type": "supply_preview" } & SupplyPreviewView | { "type": "shipments" } & ShipmentsView | { "type": "bolla" } & BollaView | { "type": "stock_ledger" } & StockLedgerView | { "type": "serial_history" } & SerialHistoryView | { "type": "indicator" } & IndicatorView | { "type": "import_preview" } & ImportPreviewView | { "type": "imports" } & ImportsView | { "type": "desks" } & DesksView | { "type": "late" } & LateView | { "type": "sync_story" } & SyncStoryView | { "type": "file" } & FileView | { "type": "erasure_preview" } & ErasurePreviewView | { "type": "erasures" } & ErasuresView | { "type": "access_log" } & AccessLogView | { "type": "verification" } & VerificationView | { "type": "closing_preview" } & ClosingPreviewView | { "type": "closings" } & ClosingsView | { "type": "paper_kits" } & PaperKitsView | { "type": "paper_form" } & PaperFormView | { "type": "inbox" } & InboxView | { "type": "case" } & CaseView | { "type": "plan_reading" } & PlanReadingView | { "type": "plans" } & PlansView | { "type": "plan" } & PlanView | { "type": "statement" } & StatementView | { "type": "statement_records" } & StatementRecordsView | { "type": "samples" } & SamplesView | { "type": "sample" } & SampleView;

/**
 * How many, and how long it took.
 */
export type VisitFigures = {
/**
 * Appointments booked, without those called off.
 */
booked: number,
/**
 * Called off.
 */
cancelled: number,
/**
 * People who came without an appointment, and further services of a visit.
 */
walk_ins: number,
/**
 * People who came, with or without.
 */
presented: number,
/**
 * Given what they asked for.
 */
served: number,
/**
 * Sent home without.
 */
refused: number,
/**
 * Marked as not come.
 */
missed: number,
/**
 * Places of the agenda: people its slots have room for. 0 where that is not known, as by hour.
 */
places: number,
/**
 * Waiting to be called.
 */
waiting: Spread,
/**
 * At the counter.
 */
serving: Spread, };

/**
 * A week's hours, and the days for which they hold.
 */
export type WeekHours = {
/**
 * First day for which they hold; none for "always until then".
 */
valid_from: string | null,
/**
 * Last day for which they hold; none for "until further notice".
 */
valid_to: string | null,
/**
 * The hours.
 */
spans: Array<Span>, };
