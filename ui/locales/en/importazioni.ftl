# SPDX-License-Identifier: EUPL-1.2
# Imports: Servizi Sociali's list, looked at first, then taken in.
menu-importazioni = Imports
imp-lead = Servizi Sociali's list is looked at before it is imported: until it is confirmed, nothing is written.
imp-choose = Choose the file…
imp-choose-other = Choose another file…
imp-stop = Stop reading
imp-drop-file = Put the file away
imp-file = List file
imp-file-hint = Excel (.xlsx), OpenDocument (.ods) or CSV. It can also be dragged here.
imp-file-chosen = Chosen: { $file }
imp-file-kind = The file { $file } is not a list: .xlsx, .ods or .csv files are needed.
imp-file-empty = The file { $file } is empty. Ask whoever sent it for it again.
imp-file-big = The file { $file } is too large to be a list. Check that it is the right one.
imp-file-unreadable = The file { $file } cannot be read. Close it in other programs, or copy it to this PC, and try again.
imp-issued = Date of the list
imp-issued-hint = The date that the list bears: of two lists the later one holds.
imp-issued-missing = Give the date that the list bears.
imp-reading = Reading the list
imp-applying = Importing the list
imp-looked = { $n ->
    [one] List read: 1 row, { $refused } refused.
   *[other] List read: { $shown } rows, { $refused } refused.
  }
imp-preview = Preview
imp-nothing-written = Nothing has been written yet
imp-not-applicable = This list cannot be imported.
imp-fates = What would become of the rows
imp-fate = Result
imp-fate-new = New
imp-fate-changed = Changed
imp-fate-unchanged = Unchanged
imp-fate-duplicate = Duplicate
imp-fate-doubtful = Doubtful
imp-fate-refused = Refused
imp-fate-one-new = New
imp-fate-one-changed = Changed
imp-fate-one-unchanged = Unchanged
imp-fate-one-duplicate = Duplicate
imp-fate-one-doubtful = Doubtful
imp-fate-one-refused = Refused
imp-total = Total of the rights
imp-columns = Columns understood: { $n } of { $all }.
imp-columns-passed = Not used: { $names }.
imp-columns-caption = What the columns were taken for
imp-heading = Heading in the file
imp-understood = Taken for
imp-passed-over = Not used
imp-no-heading = (no heading)
imp-rows = Rows of the list
imp-rows-of = Rows: { $fate }
imp-rows-all = Show all rows
imp-rows-none = No row.
imp-more = The first { $n } rows are shown, those to look at first. The import takes them all.
imp-row = Row
imp-identifier = Tax code
imp-amount = Amount
imp-reasons = Why
imp-save-refused = Save the refused rows ({ $format })
imp-refused-saved = Refused rows saved in { $path }. The file can be sent back to Servizi Sociali.
imp-apply = Import the list
imp-confirm = Import the list?
imp-confirm-new = { $n ->
    [one] 1 new household enters the campaign “{ $campaign }”.
   *[other] { $shown } new households enter the campaign “{ $campaign }”.
  }
imp-confirm-changed = { $n ->
    [one] 1 household already known is updated.
   *[other] { $shown } households already known are updated.
  }
imp-confirm-doubtful = { $n ->
    [one] 1 doubtful row is taken in and should be checked.
   *[other] { $shown } doubtful rows are taken in and should be checked.
  }
imp-confirm-refused = { $n ->
    [one] 1 refused row stays out.
   *[other] { $shown } refused rows stay out.
  }
imp-confirm-total = Total of the rights: { $total }.
imp-confirm-undo = The import cannot be undone as a whole: single rights can be changed or revoked afterwards.
imp-done = List imported: { $file }.
imp-repeated = The list { $file } had been imported before: nothing changed.
imp-done-refused = The refused rows can be saved and sent back to Servizi Sociali.
imp-kept = nothing of the list was written; the list can be read again.
imp-story = Lists imported
imp-story-none = No list imported so far.
imp-at = Imported on
imp-by = By
imp-field-surname = Surname
imp-field-name = First name
imp-field-full_name = Surname and name
imp-field-name_then_surname = Name and surname
imp-field-identifier = Tax code
imp-field-health_code = STP or ENI code
imp-field-birth_date = Date of birth
imp-field-street = Address
imp-field-number = House number
imp-field-colour = Colour of the house number
imp-field-exponent = Exponent
imp-field-interior = Flat number
imp-field-quartiere = District
imp-field-size = Number of members
imp-field-minors = Number of minors
imp-field-minor_flag = Minor
imp-field-disabled = People with a disability
imp-field-disabled_flag = With a disability
imp-field-resident = Resident
imp-field-phone = Telephone
imp-field-mobile = Mobile
imp-field-email = E-mail
imp-field-amount = Amount
imp-field-vouchers = Number of vouchers
imp-field-list_ref = Number of the practice
imp-field-role = Role in the household
