# SPDX-License-Identifier: EUPL-1.2
# Why a row of a list was refused, doubted or changed: whoever wrote the list reads them too.

# Rows as they are
row_empty = The row is empty.
headings_again = The row repeats the headings: it is no household.
surname_missing = The surname is missing: add it.
name_missing = The name is missing: add it, or confirm that the person has one name only.
name_split_guessed = Surname and name are in one cell and it is not certain where the surname ends: check how they were split.
tax_code_length = Wrong tax code: it has { $got } characters instead of 16 (or 11 digits if provisional). Correct it.
tax_code_character = Wrong tax code: the character in position { $position } cannot stand there (a letter O for a zero, for example). Correct it.
tax_code_month = Wrong tax code: the ninth character is not a month. Correct it.
tax_code_day = Wrong tax code: the day of birth, in positions 10 and 11, is not in that month. Correct it.
tax_code_check = Wrong tax code: the last letter does not agree with the others, so at least one character is wrong. Correct it.
provisional_check = Wrong provisional tax code: the last digit does not agree with the others. Correct it.
health_code_length = Wrong STP or ENI code: it has { $got } characters instead of 16. Correct it.
health_code_character = Wrong STP or ENI code: the character in position { $position } is not a digit. Correct it.
omocodic = The tax code is valid and has letters for digits because another person has the same data (omocodia): leave it so.
provisional = The tax code is provisional: it is valid, and the definitive one will replace it one day.
health_code = The person is identified by an STP or ENI code.
identifier_missing = The tax code (or STP or ENI) is missing: the person will be known only by practice, name and date of birth.
unidentifiable = Tax code, practice number and date of birth are missing: add at least one, or the household could not be found again.
names_swapped = By the tax code, surname and name are in each other's place: check.
code_only_surname = The tax code agrees with the surname and not with the name: check.
code_only_name = The tax code agrees with the name and not with the surname: check.
code_of_another = The tax code agrees neither with the surname nor with the name, and may be another person's: check.
birth_date_unreadable = The date of birth is not a date: write it as dd/mm/yyyy.
birth_date_future = The date of birth is in the future: correct it.
birth_date_against_code = The date of birth is not the tax code's: check.
quartiere_missing = The Quartiere is missing: add it.
quartiere_unknown = There is no such Quartiere: give one from 1 to 5.
field_unreadable = The field “{ $field }” cannot be understood and was left out: check.
size_less_than_named = The members told are { $size }, but { $named } are named: the number of names holds, check.
more_than_members = Minors or people with a disability are { $count }, but the members are { $size }: check.
minors_counted = Minors were counted from the dates of birth: { $count }.
amount_unreadable = The amount is not an amount: write it in figures, as 150,00.
amount_not_positive = The amount is { $amount }: it must be more than nothing.
amount_not_whole = The amount of { $amount } cannot be made of vouchers of { $denomination }: correct it.
amount_against_vouchers = The amount is { $amount }, but the vouchers given are worth { $vouchers }: correct one of the two.
amount_differs = The amount of { $amount } is not that of the campaign's table ({ $table }): the list's holds, check.
amount_from_table = No amount is written: that of the campaign's table holds, { $amount }.
amount_missing = No amount is written, and the list does not tell what the campaign's table asks for: add it.

# Rows among each other
same_as = Repeats row { $row }.
contradicts_row = It is the household of row { $row } with other data: that one was kept, check which is right.
contradicted_by = Row { $row } says other things of the same household: this one was kept, check which is right.
same_practice = It has the practice number of row { $row } and another person: check number and applicant.
member_elsewhere = The applicant is among the members of row { $row }: a household receives once, check which row holds.
member_also_in = A member is also in the household of row { $row }: check.
same_key = The tax code differs from that of row { $row } by omocodia only: it may be two people, or one written in two ways. They are kept apart, check.
same_person_data = It has surname, name and date of birth of row { $row } with another code: they are kept apart, check.
same_home = It has address and telephone of row { $row }: check that it is not the same household.
member_of = Belongs to the household of row { $row }.
look_at_member = In row { $row } there is something to check about a member.
member_left_out = The member of row { $row } was not taken in: the household was.
applicant_refused = The applicant's row ({ $row }) was not taken in, nor was the household.
applicant_assumed = No row of the household is marked as the applicant's: the first one is.
applicant_twice = Row { $row } is marked as the applicant's too: the first one is, check.
members_disagree = Row { $row } of the same household says otherwise for “{ $field }”: what the applicant's row says holds, check.

# Rows and what is known
member_of_known = The applicant belongs to a household that is entitled in this campaign already: a household receives once, check.
was_member = The applicant belonged to another household: check that this is a new one.
practice_of_another = The practice number is of another household that is entitled already: check it.
several_could_be = { $count } known households could be this one: give the tax code or the practice number.
same_household = It is the known household of row { $row }: check which row holds.
identifier_changed = The applicant is known with another code: the list's holds now, check that it is the same person.
applicant_changed = Another member of the household applies now: check.
homonym = A person of the same name and date of birth is known with another tax code: they are kept apart, check.
key_known = A person is known whose tax code differs by omocodia only: they are kept apart, check.
right_is_new = The household was known: its right in this campaign is new.
changes = Changes: { $field }.
amount_changes = The amount goes from { $before } to { $amount }.
served_other_amount = { $delivered } was handed over already and the amount is { $amount } now: a supervisor must look.
amount_set_by_hand = A supervisor had set the amount to { $set }; with this list it becomes { $amount }: check.
revoked_before = The right was revoked: with this list it holds again, check.

# Lists as a whole
no_headings = The row of headings (surname, name, tax code, Quartiere…) is not found. Nothing was imported: add it above the data.
missing_column = The column “{ $field }” is missing. Nothing was imported: add it to the list.
no_rows = There is no row below the headings. There is nothing to import.
all_refused = No row can be taken in. Nothing was imported: read the reasons and send the list back corrected.
same_list_again = This very file was imported already, with the date of { $issued }. There is nothing to do and nothing changes.
older_list = The list is of { $issued }, but a later one of { $last } was imported already. Nothing was imported: use the latest list.
same_date = Another list of the same date, { $issued }, was imported already: if this one is imported, this one holds.
future_list = The list bears the date of { $issued }, which is still to come. Nothing was imported: correct the date.
missing_households = { $count ->
    [one] One household imported before is not in this list. It keeps its right: to revoke it, use its page.
   *[other] { $count } households imported before are not in this list. They keep their right: to revoke it, use the page of each.
  }
one_row_per_member = The list has one row for each member: the households are { $households }.
issued_unknown = The list bears no date. Nothing was imported: give the date of the list.
