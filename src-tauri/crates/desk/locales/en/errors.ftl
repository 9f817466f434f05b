# SPDX-License-Identifier: EUPL-1.2
# Sentences for errors: what happened, what was kept, what to do. Each is named by the error's code, with - for a dot.
# Amounts, dates and times come already written. The attribute .bare is used when what the whole sentence names is missing:
# the same code may come from the centre.

# Words for values that come as codes
word-needed-operator = operator
word-needed-supervisor = supervisor
word-needed-administrator = administrator
word-what-household = the household
word-what-entitlement = the entitlement
word-what-campaign = the campaign
word-what-appointment = the appointment
word-what-service = the service
word-what-site = the site
word-what-desk = the desk
word-what-operator = the operator
word-what-delivery = the delivery
word-what-refusal = the refusal
word-what-exception = the anomaly
word-what-slip = the hand-over slip
word-what-import = the list
word-topic-office = the data of the whole office
word-topic-supervisors = the supervisors' data
word-topic-q1 = the data of Quartiere 1
word-topic-q2 = the data of Quartiere 2
word-topic-q3 = the data of Quartiere 3
word-topic-q4 = the data of Quartiere 4
word-topic-q5 = the data of Quartiere 5
word-status-booked = the appointment is booked and the household has not been checked in
word-status-presented = the household has been checked in already
word-status-called = the household is at the counter already
word-status-parked = the appointment is on hold
word-status-missed = the household did not turn up
word-status-cancelled = the appointment was cancelled
word-status-finished = the appointment is over
word-status-not_yet_due = the time of the appointment has not passed yet
word-field-member = member who collects
word-field-surname = surname
word-field-name = name
word-field-full_name = surname and name
word-field-name_then_surname = name and surname
word-field-username = username
word-field-identifier = tax code
word-field-health_code = STP or ENI code
word-field-birth_date = date of birth
word-field-street = address
word-field-address = address
word-field-number = house number
word-field-colour = colour of the house number
word-field-exponent = suffix of the house number
word-field-interior = flat
word-field-quartiere = Quartiere
word-field-members = members
word-field-size = number of members
word-field-minors = number of minors
word-field-minor_flag = minor
word-field-disabled = number of people with a disability
word-field-disabled_flag = disability
word-field-resident = residence
word-field-phone = telephone
word-field-mobile = mobile telephone
word-field-email = e-mail
word-field-amount = amount
word-field-vouchers = number of vouchers
word-field-list_ref = practice number
word-field-role = role in the household
word-field-note = note
word-field-document = document of who collects
word-field-delegate = delegate's name
word-field-delegator_document = document of who delegates
word-field-minutes = length in minutes
word-field-openings = opening hours

# Rules
role_too_low = This needs the role of { $needed }. Nothing was recorded: ask somebody who has that role.
not_found = This desk does not know { $what }. Nothing was recorded: refresh the page and search again; if it was entered elsewhere a moment ago, synchronise.
    .bare = The address given is not one of the centre's services. The data stays at this desk: check the centre's address in the settings.
reason_missing = The reason is missing. Nothing was recorded: write the reason and confirm again.
field_invalid = The field “{ $field }” is empty or not valid. Nothing was recorded: correct it and confirm again.
name_taken = The name “{ $name }” is already in use. Nothing was recorded: choose another.
own_passphrase = One's own passphrase is changed by typing the one before. Nothing was recorded: use "Change passphrase" beside your name; if it is forgotten, ask another administrator or use the recovery key.
not_holder = The entitlement is in the custody of another desk, which alone can deliver. Nothing was recorded: ask for custody; if the delivery cannot wait, force it with a reason, which a supervisor will see.
already_served = All that this household is due was already handed over, on { $at }. Nothing was recorded: the delivery is shown on the household's page.
revoked = The right was revoked: { $reason }. Nothing was recorded: ask a supervisor.
    .bare = The centre has revoked this desk, which cannot record any more. All it has can still be read and printed: ask whoever runs the centre.
too_much = The vouchers given are worth { $amount }, but { $due } is still due. Nothing was recorded: take away the vouchers that are too many.
too_little = The vouchers given are worth { $amount }, but { $due } is still due. Nothing was recorded: add the vouchers that are missing, or write the reason for a partial delivery.
serials_missing = The serials of the vouchers are missing or not valid. Nothing was recorded: scan the first and the last voucher again.
serial_twice = Serials { $first } to { $last } are given twice. Nothing was recorded: remove the repetition.
serial_not_held = Serials { $first } to { $last } are not in this desk's stock. Nothing was recorded: check the serials and receive the booklet if it has just come; if these are the vouchers, force with a reason.
serial_already_received = Serials { $first } to { $last } were received before. The stock is as it was: check the delivery note.
outside_period = The campaign delivers from { $from } to { $to }, and today is outside that period. Nothing was recorded: if the delivery must be made, force it with a reason.
appointment_required = This campaign delivers by appointment only. Nothing was recorded: book an appointment, or force with a reason.
wrong_appointment = The appointment is of another household or another service. Nothing was recorded: choose the right appointment.
wrong_status = This cannot be done: { $status }. Nothing was recorded: refresh the page to see where the appointment stands.
no_such_slot = No slot begins on { $start }. Nothing was recorded: choose another slot.
slot_full = The slot of { $start } is full: it has { $capacity } places. Nothing was recorded: choose another slot, or write the reason for adding a place.
slot_past = The slot of { $start } is over. Nothing was recorded: choose a later one.
already_booked = There is an appointment already, on { $start }. Nothing was recorded: move that one, or cancel it before booking.
already_reversed = This delivery was already reversed. All is as it was.
not_your_delivery = The delivery is of another desk: only that desk or a supervisor can reverse it. Nothing was recorded.
being_served = The household is at the counter now. Custody was not given away: wait for the delivery to end.
already_holder = This desk holds the entitlement already. All is as it was: it can deliver.
desk_cannot_read = The other desk does not receive { $topic }. Nothing was recorded: choose a desk of that Quartiere or the central site.
slip_mistyped = The code of the slip was mistyped or misread. Nothing was recorded: check it character by character, or scan the QR code again.
slip_wrong = The slip does not hold for this entitlement. Nothing was recorded: check that it is the right household's; if it is, have it printed again by the desk that handed over.
slip_for_other = The slip is good only at another desk. Nothing was recorded: send the household to the desk that is written on the slip.
slip_used = The slip was used already. Nothing was recorded: the household's page shows who has the custody now.
slip_called_off = The slip is worth nothing any more: the entitlement has gone elsewhere since it was printed. Nothing was recorded: ask for the custody, or turn to a supervisor.
slip_of_revoked = The slip is that of a revoked desk. Nothing was recorded: turn to a supervisor, who can assign the entitlement to this desk.
slip_needs_records = A typed code is enough only where the household's records are on this desk already. Nothing was recorded: open the household and type the code there, or scan the QR code.
check_missing = The statement that the dead desk was looked at is missing. Nothing was recorded: check on the spot that it has not delivered, then confirm.
already_entitled = The household has an entitlement in this campaign already. It is as it was: to change the amount, revise that entitlement.
erased = What was known of this household was erased by order of a supervisor. Nothing was recorded: only the counts are left; the order can be seen among the erasures.
erasure_still_due = Something is still due to the household in a campaign that lasts until { $until }. Nothing was erased: hand it over or revoke the right, or wait for the end of the campaign.
erasure_awaited = The household has an appointment on { $on }. Nothing was erased: call the appointment off first.
erasure_undecided = An anomaly of this household is not decided yet. Nothing was erased: decide the anomaly first.
looks_too_young = Looks are kept for six months at least. Nothing was erased: those before { $latest } may be.
erasure_empty = There is nothing to erase: it was erased already, or there is none of it here. All stayed as it was.
erasure_changed = What is to be erased has changed in the meantime. Nothing was erased: look at the summary again and confirm once more.
campaign_not_over = The campaign lasts until { $to }. Nothing was erased: retention ends only after that.
not_whole_vouchers = The amount of { $amount } cannot be made of vouchers of { $denomination }. Nothing was recorded: correct the amount.
rejected = This is not allowed. Nothing was recorded: refresh the page and try again.

# The desk's file
wrong_key = The key does not open this desk's data. The data is as it was: try again; otherwise use the recovery key that the office keeps.
damaged = This desk's data file is damaged. The file was not touched: do not delete it, call support and restore the last backup.
disk_full = The disk is full. The last act was not recorded, all earlier ones were: free some space and do it again.
newer_schema = The data was written by a newer version of the program. It is as it was: update the program at this desk.
busy = Somebody else is writing at this moment: another program on this computer, or the centre is busy. Nothing was lost: try again shortly.
missing = This desk's data file is not there. Nothing was made in its place: check the folder, or restore a backup.
exists = There is a data file in this folder already. It is as it was: choose another folder.
desk_outdated = The centre was updated and no longer speaks with this version of the program. Everything goes on here, and what is recorded waits: update the program at this desk, and the exchange goes on by itself.
centre_outdated = This version of the program is too new for the centre. Everything goes on here, and what is recorded waits: tell whoever runs the centre to update it, and the exchange goes on by itself.
version = The centre does not speak this version of the protocol. Everything goes on here, and what is recorded waits: update the older of the two programs.
restored = This desk was restored from a backup and cannot record under its old identity. All can still be read: get a new code from the centre and enrol the desk again.
records_lost = This desk's file has lost records that were already confirmed: a failing disk, or files taken away or put back from a copy. All that is left can be read and what the centre had is safe, but nothing can be recorded here: get a new code from the centre and enrol the desk again.
gap = Some records of another desk are missing. What has come stays: the rest will come with the next exchanges; if it does not within a day, tell whoever runs the centre.
unknown_topic = Data came of a kind that this version does not know. It is kept and will show after the update: update the program.
command_done = This was recorded before. It was not done again: refresh the page to see its outcome.
record = A record cannot be read or written. The others are as they were: try again and, if it happens again, call support.
stored_value = Something kept at this desk cannot be read. The rest is as it was: call support.
io = The disk or the system refused. What was confirmed stays: check the disk and the rights of the folder, then do it again.
database = This desk's store refused. Nothing was recorded, what was confirmed stays: try again and, if it happens again, call support.

# Logging in
no_slot = Username or passphrase not recognised at this desk. The data stayed closed: check the username, or ask an administrator to add it here.
wrong_passphrase = Username or passphrase not recognised. The data stayed closed: type again, and mind the caps lock.
slot_damaged = This operator's access at this desk is damaged. The data is as it was: let an administrator set a new passphrase, or use the recovery key.
not_a_recovery_key = What was typed is not a recovery key. The data stayed closed: copy the whole printed key, with its beginning.
wrong_recovery_key = This is a recovery key, but not this desk's. The data stayed closed: each desk has its own, look for the sheet that bears this desk's name.
no_recovery = This desk's slot for the recovery key is missing: its file is lost. The data stayed closed: let an administrator set a new passphrase, or restore a backup.
unknown_operator = The office does not know this operator. The data stayed closed: ask an administrator to add the person.
operator_barred = An administrator has suspended this operator. What the person recorded stays: ask the administrator.
passphrase_too_short = The passphrase is too short: at least { $least } characters are needed. Nothing was changed: four words chosen at random are easy to remember.
    .bare = The passphrase is too short. Nothing was changed: four words chosen at random are easy to remember.
passphrase_wait = Too many wrong passphrases one after the other. The data stayed closed: wait { $seconds ->
        [one] 1 second
       *[other] { $seconds } seconds
    } and type again; whoever has forgotten it can be given a new one.
    .bare = Too many wrong passphrases one after the other. The data stayed closed: wait some seconds and type again; whoever has forgotten it can be given a new one.
session_locked = The desk is locked. The work is as it was: unlock it with your passphrase.

# The desk
already_enrolled = This desk is enrolled with an office already. All is as it was: log in as an operator.
not_enrolled = This desk is not enrolled yet. Get a code from the centre and complete the first start.
code_mistyped = The enrolment code is mistyped. Nothing was sent: check it character by character and try again; the code is still good.
not_a_supervising_desk = This is done only at a supervisors' desk. Nothing was recorded: use one of those.
import_other_file = The file is not the one of the preview: it has changed since. Nothing was imported: make the preview again and check it.
import_not_applicable = The list cannot be imported, for what the preview says. Nothing was imported: read the preview's notices.
interrupted = The work was interrupted before its end. What was confirmed stays: try again.
malformed_command = The request is not written as it must be. Nothing was recorded: open the page again and retry; if it comes from a script, check it against “sportelloctl schema”.
unexpected = The program met an unexpected error. What was confirmed stays: try again and, if it happens again, restart the program and call support.

# Documents and tables
list-empty = The file is empty: there is no row in it. Nothing was imported: check that it is the right file.
list-too_big = The file is too big: the most is { $max_megabytes } MB. Nothing was imported: split the list.
list-too_many_rows = The list is too long: the most is { $max_rows } rows. Nothing was imported: split it.
list-too_many_columns = The list has too many columns: the most is { $max_columns }. Nothing was imported: remove the columns that are not needed.
list-inflates = The file grows enormous when it is opened. Nothing was imported: save the list again as a new .xlsx file.
list-encrypted = The file is protected by a password. Nothing was imported: save it again without one.
list-damaged = The file is damaged. Nothing was imported: ask for it again, or open it and save it as a new .xlsx file.
list-old_excel = The file is of an old version of Excel (.xls). Nothing was imported: open it in Excel or LibreOffice and save it as .xlsx.
list-binary_excel = The file is a binary Excel workbook (.xlsb). Nothing was imported: open it in Excel and save it as .xlsx.
list-old_word = The file is a document of an old version of Word (.doc). Nothing was imported: a spreadsheet .xlsx, .ods or .csv is needed.
list-text_document = The file is a text document. Nothing was imported: a spreadsheet .xlsx, .ods or .csv is needed.
list-pdf = The file is a PDF. Nothing was imported: ask for the spreadsheet it was made from.
list-image = The file is a picture. Nothing was imported: ask for the spreadsheet.
list-archive = The file is a compressed archive. Nothing was imported: extract the list and choose that.
list-web_page = The file is a web page, whatever its name says. Nothing was imported: open it in Excel or LibreOffice and save it as .xlsx.
list-xml = The file is an XML document. Nothing was imported: open it in Excel or LibreOffice and save it as .xlsx.
list-unknown = The file is neither a spreadsheet nor a text. Nothing was imported: save the list as .xlsx, .ods or .csv.
table-csv = The table could not be written as CSV. The data is as it was: try again, or choose Excel.
table-xlsx = The table could not be written as an Excel workbook. The data is as it was: try again, or choose CSV.
document-format = This document does not exist in the format asked for. The record stays: print it on A4.
document-inconsistent = The figures of the document contradict each other, and such a document must not be signed. The record stays: do not write it by hand, call support.
document-qr_too_long = The document's QR code would hold too much data. The record stays: call support.
document-typesetting = The document could not be set. The record stays: print again and, if it happens again, call support.
paper_content = The document cannot be read. The record stays: ask for it again from the page.
paper_io = The document could not be saved on the disk. The record stays: check space and rights, then try again.
paper_no_viewer = No program on this computer opens the document. The record stays: save the document, or install a PDF reader.
paper_no_printer = No printer is found. The record stays: switch on or connect the printer, or save the document and print it elsewhere.

# The centre
unreachable = The centre cannot be reached. Work goes on as usual: everything stays at this desk and will be sent by itself when the network is back.
timeout = The centre does not answer in time. Work goes on as usual: everything stays at this desk and sending will be tried again by itself.
certificate = The centre's certificate is not one that this computer trusts. Nothing was sent, the data stays here: tell whoever runs the centre and do not go around it.
proxy = The network's proxy refuses the connection. The data stays at this desk: check the proxy in the settings with whoever runs the network.
answer_too_large = The centre's answer is larger than any may be. The data stays at this desk: if it happens again, tell whoever runs the centre.
settings = The centre's address, the certificate or the proxy of the settings cannot be used. The data stays at this desk: correct the connection settings.
not_a_centre = What answered is not the centre: perhaps the sign-in page of a guest network, or a proxy. Nothing was sent: sign in to the network, then check the centre's address.
answer_broken = The centre's answer came broken. The data stays at this desk and sending will be tried again by itself: if it happens again, tell whoever runs the centre.
certificate_invalid = The certificate received is not of this office or not of this desk. Nothing was changed: check the centre's address and tell whoever runs it.
local = During the exchange this desk's data could not be read or written. What was exchanged before stays: check the space on the disk and try again.
out_of_order = The exchange with the centre went astray and was stopped. Nothing was lost: it will begin again by itself.
fork = Two copies of this desk have each recorded on their own: a cloned disk or a restored backup. All can still be read, but nothing more can be recorded here: tell a supervisor and whoever runs the centre.
own_behind = The centre has more records than this desk: it seems restored from a backup. All can still be read, but nothing more can be recorded here: get a new code from the centre.
kept_signature = The centre's acknowledgement does not bear the office's signature. The records stay at this desk as not sent: tell whoever runs the centre.
no_progress = The centre receives and does not go on. The records stay at this desk and will be sent again: if it lasts more than a day, tell whoever runs the centre.
unreadable = This desk has fewer records than it says. What is there stays: run the verification and call support.
unknown_desk = The records are of a desk that the centre does not know. They stay where they are: tell whoever runs the centre.
signature = A signature does not hold. What was badly signed was not accepted and the rest is as it was: try again and, if it happens again, tell whoever runs the centre.
chain = Some records do not follow each other as they must. They were not accepted and are kept: tell a supervisor and whoever runs the centre.
topic = This desk may not write or receive that data. The records stay here: ask whoever runs the centre to correct its rights.
too_large = The message is too large for the centre. The data stays at this desk: tell whoever runs the centre.
clock = This computer's clock is far from the centre's. The data stays at this desk: correct the date and time of the system, then synchronise.
unsigned = The request reached the centre without a valid signature. The data stays at this desk: perhaps a proxy changes requests; tell whoever runs the network.
digest = The content was changed on the way. The data stays at this desk and will be sent again: perhaps a proxy changes requests; tell whoever runs the network.
code_unknown = The centre does not know this enrolment code. Nothing was recorded: check it, or get a new one.
code_used = This enrolment code was used already. Nothing was recorded: get a new one from the centre.
code_expired = This enrolment code has expired. Nothing was recorded: get a new one from the centre.
slow_down = Too many requests in a short time: the centre asks to wait. Nothing is lost: this desk tries again by itself; while enrolling, wait a minute and try again.
slow = The message did not reach the centre in time: the network is slow. The data stays at this desk and will be sent again.
no_office = The centre answers, but no office was founded there yet. The data stays at this desk: tell whoever runs the centre.
internal = The centre had an error. The data stays at this desk and will be sent again: if it happens again, tell whoever runs the centre.
malformed = The centre cannot read this desk's message. The data stays here: update the program, then try again.
method = The centre does not take this kind of request. The data stays at this desk: check the centre's address and the program's version.
media_type = The centre does not know this kind of message. The data stays at this desk: check the program's version.
wrong_topic = The centre keeps the record and does not accept it: it was written among the wrong data. It does not hold up the others: tell support.
wrong_entity = The centre keeps the record and does not accept it: it speaks of another thing than it says. It does not hold up the others: tell support.
body_too_large = The centre keeps the record and does not accept it: it is too large. It does not hold up the others: tell support.
body_short = The centre keeps the record and does not accept it: it is incomplete. It does not hold up the others: tell support.
body_malformed = The centre keeps the record and does not accept it: it cannot be read. It does not hold up the others: tell support.

# Stick
bundle_io = The stick or the file cannot be read or written. This desk's data are as they were: check that the stick is plugged in and has room, then try again.
bundle_not_one = This file is no exchange of Sportello. Nothing was read: choose a file whose name ends with ".sportello".
bundle_newer = The file was written by a newer version of the program. Nothing was read: update the program at this desk, then import it again.
bundle_damaged = The beginning of the file is damaged or missing, and the rest cannot be opened. Nothing was read: ask whoever wrote it for a new file.
bundle_not_for_us = The file is not for this desk: it is sealed for others. Nothing was read: ask whoever wrote it for a file that includes this desk.
bundle_other_office = The file is another office's. Nothing was read.
bundle_sender = It cannot be told who wrote the file. Nothing was read: tell whoever runs the centre.
bundle_signature = The signature of whoever wrote the file does not hold. Nothing was read: tell whoever runs the centre.
bundle_not_made = The file cannot be written for those chosen. Nothing was written: tell whoever runs the centre.
bundle_no_such_desk = The file cannot be written for desk { $desk }: it is this very one, or revoked, or not known. Nothing was written: choose others.
  .bare = The file cannot be written for one of the desks chosen. Nothing was written: choose others.
bundle_gap = Records before these are missing and are not in the file. What followed directly was taken in: ask whoever wrote it for a whole file.
bundle_not_whole = The file is not whole: it was cut off, or a part is damaged. What could be read was taken in: ask whoever wrote it for a new file and import it, nothing will be there twice.

# When a code has no sentence
unknown_code = Something happened that this version cannot explain (code { $code }). What was confirmed stays: try again and, if it happens again, tell support the code.

# Relay
relay_none = No relay is named at this desk. Nothing was sent: name one on the page "Synchronisation".
relay_no_such_desk = Desk { $desk } cannot serve as relay: it is this very one, or revoked, or not known. Nothing was changed: choose another.
  .bare = That desk cannot serve as relay. Nothing was changed: choose another.
relay_address = The relay's address is not written as it must be. Nothing was changed: write it like 192.168.1.10:7481.
relay_listen = The address to listen at is not written as it must be. Nothing was changed: write this computer's address and a port, like 192.168.1.10:7481.
relay_cannot_listen = This desk cannot listen at that address: it is not this computer's, or the port is taken. The data are where they were: correct the address with whoever runs the network.
relay_unreachable = The relay cannot be reached: it is switched off, nobody has logged in there, or the seat's network is down. The data stay at this desk and the exchange will be tried again by itself.
relay_refuses = The relay does not serve this desk: it does not know it, or knows that it was revoked. The data stay here: tell whoever runs the centre.
relay_wrong = The relay does not answer as it must: perhaps something else is at that address. The data stay at this desk: check the address and which desk is named.
relay_troubled = Not everything went through with the relay: a part of what it says cannot be verified and was not accepted. The data stay at this desk, waiting for the centre; if it happens again, tell whoever runs the centre.
