# SPDX-License-Identifier: EUPL-1.2
# Operators, campaigns, services, sites.
menu-operatori = Operators
menu-campagne = Campaigns
menu-servizi = Services
menu-sedi = Sites
format-xlsx = Excel
format-csv = CSV

op-lead = Who may log in, and with which role.
op-new = New operator
op-change = Changing { $name }
op-name = First name and surname
op-role = Role
op-role-operator = Serves people at the desk.
op-role-supervisor = Imports lists, decides exceptions, sees every district that the desk reads.
op-role-administrator = Defines sites, services, campaigns and operators.
op-username-hint = Short, without spaces, for example m.rossi. Whoever is an operator elsewhere already uses the same name.
op-username-fixed = The username does not change.
op-passphrase = First passphrase
op-passphrase-hint = At least { $n } characters; four words chosen at random are easy to remember. The person types it in.
op-passphrase-new = New passphrase
op-passphrase-of = New passphrase for { $name }
op-passphrase-lead = For whoever has forgotten it, or has none here yet. The one before will open this desk no more; at other desks nothing changes. { $name } types it in person, or changes it after logging in.
op-passphrase-do = Set
op-passphrase-set = New passphrase for { $name }: it holds from now on at this desk.
op-here = The person will be able to log in at this desk. At other desks they are added there too, with the same username.
op-add = Add operator
op-active = May log in
op-active-hint = Without the tick the person does not log in any more; what they recorded stays under their name.
op-state = State
op-is-active = Active
op-is-barred = May not log in
op-none = No operator.
op-added = Operator added: { $name }.
op-changed = Operator changed: { $name }.

ca-lead = Each voucher round, with its amounts and period.
ca-new = New campaign
ca-none = No campaign. Without a campaign no list can be imported.
ca-gone = This campaign is not known to this desk.
ca-change-lead = Changes hold from now on: rights already granted keep their amount.
ca-name = Name
ca-name-hint = For example Buoni spesa 2021
ca-period = Period
ca-state = State
ca-to-come = To come
ca-under-way = Under way
ca-over = Over
ca-from = First day of delivery
ca-to = Last day of delivery
ca-denomination = Value of a voucher
ca-maximum = Largest amount
ca-per-minor = More for each minor
ca-per-disabled = More for each disabled member
ca-walk-in = Served without an appointment too
ca-walk-in-short = Without appointment
ca-walk-in-hint = Who comes without an appointment is counted apart and stays outside the indicator.
ca-table-amounts = Amounts for residents
ca-table-non_resident_amounts = Amounts for non-residents
ca-table-empty = No amount: it is decided case by case.
ca-table-rule = The last row holds for larger households too. Amounts are rounded down to whole vouchers.
ca-members = Members
ca-members-of = Members, row { $n }
ca-amount-of = { $n ->
    [one] Amount for 1 member
   *[other] Amount for { $n } members
  }
ca-remove = { $n ->
    [one] Remove the row for 1 member
   *[other] Remove the row for { $n } members
  }
ca-add-row = Add a row
ca-examples = What would be due
ca-example = { $members ->
    [one] 1 person
   *[other] { $members } people
  }{ $minors ->
    [0] {""}
    [one] , 1 minor
   *[other] , { $minors } minors
  }{ $disabled ->
    [0] {""}
    [one] , 1 with a disability
   *[other] , { $disabled } with a disability
  }{ $resident ->
    [yes] , resident
   *[other] , not resident
  }
ca-example-due = { $n ->
    [one] { $amount } (1 voucher)
   *[other] { $amount } ({ $n } vouchers)
  }
ca-example-none = to be decided
ca-problems = To put right
ca-problem-period = The last day comes before the first.
ca-problem-denomination = The value of a voucher must be more than zero.
ca-problem-maximum = The largest amount is less than the value of a voucher.
ca-problem-twice = { $table }: the same number of members is there twice.
ca-problem-whole = { $table }: some amounts cannot be made of vouchers of { $voucher }.
ca-problem-empty = The table of amounts for residents is missing.
ca-saved = Campaign saved: { $name }.

se-lead = What is given by appointment, where and when.
se-one = Service
se-new = New service
se-none = No service. Without a service no appointment can be booked.
se-gone = This service is not known to this desk.
se-change-lead = Changes hold for slots to come; appointments already made stay.
se-name = Name
se-name-en = Name in English
se-name-en-hint = As it appears to who uses the screens in English.
se-minutes = Minutes per person
se-campaign = Campaign of the vouchers
se-campaign-none = Delivers no vouchers
se-requirements = What to bring
se-requirements-hint = One thing a line; it is printed on the slip.
se-active = Can be booked
se-active-hint = A suspended service has no free slots; appointments already made stay.
se-is-active = Active
se-is-suspended = Suspended
se-sites = Sites where it is given
se-openings = Opening hours
se-opening = Hours { $n }
se-opening-add = Add opening hours
se-opening-remove = Remove hours { $n }
se-opening-sites = Only at these sites (none chosen: at all)
se-weekdays = Days
se-from = From
se-to = To
se-every = A slot every (minutes)
se-capacity = People for each slot
se-per-day = A day: { $slots } slots, { $people } people.
se-closed = Days of closure
se-closed-none = No day of closure.
se-closed-day = Day
se-closed-add = Add the day
se-closed-remove = Remove { $day }
se-problem-sites = Choose at least one site.
se-problem-days = Hours { $n }: choose at least one day.
se-problem-hours = Hours { $n }: the end comes before the beginning.
se-problem-slot = Hours { $n }: shorter than a slot.
se-saved = Service saved: { $name }.

si-lead = The places where people are served. Address and telephone are printed on slips.
si-new = New site
si-change = Changing { $name }
si-none = No site.
si-name = Name
si-name-hint = As people know it, for example Villa Arrivabene
si-code = Code
si-code-hint = Short and unique, for example Q2
si-central = Central site
si-central-hint = Serves every district.
si-is-central = central
si-address = Address
si-printed = Printed on the slip.
si-saved = Site saved: { $name }.
se-rules = Who gives it and how it is booked
se-openings-none = Without hours of its own the service is given in all hours of its sites (“Hours”), a slot every { $n } minutes. Where the site has no hours there are no slots.
se-suspended-why = Why it is suspended
se-suspended-why-hint = Told to whoever asks for the service: for example “It starts again on 10 May”.
se-reservable = Can be booked
se-reservable-hint = Otherwise people only come without an appointment.
se-walk-in = Also without an appointment
se-walk-in-hint = Whoever comes takes a number and waits for their turn.
se-notice = Notice (minutes)
se-notice-hint = It can be booked until so many minutes before; 0: until it begins.
se-ahead = Can be booked for (days)
se-ahead-hint = From today. Empty: as far as the agenda goes.
se-desks = Only at these desks (none chosen: at all)
se-desks-none = There are no desks at the chosen sites.
se-problem-nobody = Nobody could have this service: let it be booked, or let people come without an appointment.
se-problem-suspended = Write why it is suspended.
se-how = How
se-how-both = With or without an appointment
se-how-booked = By appointment only
se-how-walk-in = Without an appointment only
