# SPDX-License-Identifier: EUPL-1.2
# A household entered or corrected by hand; a right changed or revoked; codes of persons.
menu-nuovo-nucleo = New household
hf-lead = A household that is in no list, with its right. Search before entering: it may be there already.
hf-correct = Correcting the data
hf-correct-lead = What is known of the household is corrected; rights do not change. Who corrected, and when, stays written.
hf-add = Enter the household
hf-added = Household entered: { $name }.
hf-corrected = Data corrected: { $name }.
hf-members = Members
hf-applicant = Applicant
hf-member = Member { $n }
hf-surname = Surname
hf-name = First name
hf-identifier = Tax code, STP or ENI
hf-birth = Date of birth
hf-remove = Remove member { $n }
hf-add-member = Add a member
hf-composition = Composition
hf-size = People in all
hf-minors = Minors
hf-disabled = With a disability
hf-size-problem = { $n ->
    [one] The household has 1 person: minors and people with a disability cannot be more.
   *[other] The household has { $n } people: minors and people with a disability cannot be more.
  }
hf-resident = Resident in the municipality
hf-list-ref = Number of the practice at Servizi Sociali
hf-where = Address and contacts
hf-street = Street or square
hf-number = House number
hf-number-hint = For example 12, 12/A, 12R (red)
hf-quartiere-hint = Changing the district does not move the custody of the right by itself.
hf-email = E-mail
hf-grant = Right
hf-grant-do = Grant the right in a campaign
hf-amount-table = Left empty: { $amount } ({ $n } vouchers), by the campaign's table.
hf-amount-no-table = The campaign has no table for this household: give the amount.
hf-reason = Reason, and on whose word
hf-reason-hint = For example: note of Servizi Sociali of 12/02/2021.

ed-grant = Grant a right…
ed-grant-do = Grant the right
ed-granted = Right granted: { $amount }.
ed-no-table = The campaign's table has no amount for this household: enter it.
ed-revise = Change the amount
ed-revise-do = Record the new amount
ed-grant-again = Grant the right again
ed-now = Amount now
ed-delivered = Already delivered
ed-amount = New amount in all
ed-whole = The amount must be made of whole vouchers of { $voucher }.
ed-less-than-delivered = It is less than what was already delivered.
ed-reason-hint = It stays written: what changed, and who decided it.
ed-revised = New amount recorded: { $amount }.
ed-move = Have it served elsewhere…
ed-move-do = Ask for custody
ed-to = Desk that will serve
ed-holder = Desk that may serve now
ed-move-how = { $holder } hands the custody over as soon as it can be reached and the household is not at the counter. Until then only { $holder } may serve.
ed-moved = Custody asked of { $holder } for { $desk }.
ed-revoke = Revoke the right
ed-revoke-title = Revoke the right?
ed-revoke-consequence = The household will not be able to collect { $amount } of the campaign “{ $campaign }” any more. The right can be granted again.
ed-revoke-delivered = { $amount } were delivered already: revoking does not bring them back, and takes away only what is left.
ed-revoked = Right revoked.

id-length = A tax code has 16 characters: here there are { $n }.
id-shape = The tax code does not have the right form: check letters and digits.
id-day = The day of birth in the tax code does not exist: check the code.
id-check = The last character does not match: there is a typing mistake. Check the code on the document.
id-omocodic = A code with letters in place of some digits (omocodia): it is valid, but another person may have a similar one. Compare with the document.
id-provisional-length = A provisional tax code has 11 digits: here there are { $n }.
id-provisional-check = The last digit of the provisional code does not match: check the document.
id-stp-bad = An STP or ENI code has three letters and 13 digits, for example STP0900010000123.
