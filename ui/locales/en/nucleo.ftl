# SPDX-License-Identifier: EUPL-1.2
# The household.
nucleo = Household
entitlements = Entitlements
nucleo-no-entitlements = The household has no entitlement in any campaign.
nucleo-no-appointments = No appointment.
serve-anyway = Open the delivery
anomalies-open = { $n ->
    [one] 1 exception
   *[other] { $n } exceptions
  }
revoked-why = Entitlement revoked: { $reason }
holder-here = { $desk } (this desk)
requested-by = Custody asked by
provenance-label = Where it comes from
provenance = List { $file } of { $date }, row { $row }
provenance-hand = Entered by hand
first-amount = First amount
deliveries = Deliveries
collected-member = Collected by a member
collected-member-name = Collected by { $name }
collected-delegate = Collected by the delegate { $name }
partial-why = Partial delivery: { $reason }
forced-why = Forced: { $reason }
reversed-why = Reversed { $when }: { $reason }
reversed-not-returned = The vouchers did not come back.
reverse = Reverse…
reverse-title = Reverse the delivery?
reverse-consequence = The delivery stays on record with its reversal beside it: nothing is erased, and a reversal cannot be undone. The household is to be served again.
delivery-when = Delivery of
reverse-returned = Did the vouchers come back?
reverse-returned-yes = Yes, they are here
reverse-returned-yes-hint = They go back into this desk's stock.
reverse-returned-no = No
reverse-returned-no-hint = It becomes an exception that a supervisor will see.
reverse-do = Reverse the delivery
reversed = Delivery reversed.
refusals = Refusals
refusal-print = Print what to bring
slip-today = Appointment today at { $time }: record the arrival?
slip-other-day = The appointment of this slip is for { $when }.
slip-other-site = It is at another site: { $site }.
applicant = Applicant
born = born { $date }
size = People in the household
minors = Minors
disabled = People with a disability
members-correct = Correct the data
contacts = Address and contacts
contacts-edit = Correct contacts
contacts-title = Correct address and contacts
contacts-saved = Data corrected.
contacts-rest = Correct members and codes too
resident = Resident
unknown = Not given
unknown-phone = Not given
list-ref = Social services' reference
notes = Notes
notes-none = No notes.
note-add = Add a note
note-title = New note
note-consequence = All operators who can open the household read it.
note-save = Save note
note-saved = Note saved.
timeline = Timeline
timeline-none = Nothing on record.
timeline-show = { $n ->
    [one] Show 1 fact
   *[other] Show { $n } facts
  }
timeline-waiting = Not yet at the centre.
slip-hand = Hand over by slip…
slip-hand-title = Hand over by a slip?
slip-hand-consequence = From now on this desk cannot deliver: only the one that you choose can, with the slip. It is for when there is no network; the slip can be printed again, not called off.
slip-hand-to = To which desk
slip-hand-do = Hand over and print
slip-handed = Handed over to { $desk }.
slip-again = Print the slip for { $desk } again
slip-take = Accept a slip…
slip-take-title = Accept a slip?
slip-take-consequence = A slip is used once. Then this desk can deliver.
slip-take-code = Code written on the slip
slip-take-do = Accept
slip-taken = Custody accepted.
