# SPDX-License-Identifier: EUPL-1.2
# Dashboard: the indicator, who is missing, the charts.
menu-cruscotto = Dashboard
cr-report = Report (PDF)
cr-print = Print report
cr-export = Export…
cr-is-provisional = Provisional
cr-is-current = Up to date
cr-is-final = Final
cr-provisional = { $n ->
    [one] The figure is provisional: the records of one desk may be missing.
   *[other] The figure is provisional: the records of { $n } desks may be missing.
  }
cr-provisional-here = The figure is provisional: this desk has not exchanged everything with the centre yet.
cr-provisional-todo = To make it final, connect the desks and wait for the exchange.
cr-desk-since = nothing heard since { $when } ({ $ago })
cr-desk-never = never heard of
cr-desk-waiting = { $n ->
    [one] 1 record waiting to be sent
   *[other] { $shown } records waiting to be sent
  }
cr-exceptions = { $n ->
    [one] 1 exception to decide
   *[other] { $shown } exceptions to decide
  }
cr-target = Target: { $target }
cr-reached = Reached
cr-not-reached = Not reached yet
cr-served-of = { $n ->
    [one] { $served } household served
   *[other] { $served } households served
} of { $presented } that { $of ->
    [one] was
   *[other] were
} present with an appointment
cr-nobody = No household has presented itself with an appointment yet.
cr-how = Entitled households that presented themselves with an appointment are counted once each.
cr-as-of = Worked out on { $when }.
cr-missing = Households presented and not served yet
cr-missing-none = Every household presented with an appointment was served.
cr-missing-nobody = No household has presented itself yet.
cr-name = Applicant
cr-phone = Telephone
cr-quartiere = District
cr-presented-at = Presented on
cr-remaining = Still due
cr-holder = May serve
cr-next = Next appointment
cr-next-none = None
cr-todo = What to do
cr-todo-serve = Serve now
    .what = It is waiting at the desk.
cr-todo-wait = Wait for the appointment
    .what = It has an appointment to come.
cr-todo-call_back = Call back
    .what = Phone and book a new appointment.
cr-todo-complete = Complete the delivery
    .what = Hand over the vouchers still due.
cr-todo-confirm_declined = Confirm that it declined
    .what = Check with Servizi Sociali.
cr-apart = The rest of the campaign
cr-outside = outside the indicator
cr-entitled = Entitled
cr-booked = With an appointment
cr-no-show = No-shows
cr-walk-in = Served without appointment
cr-delivered = Value delivered
cr-by-quartiere = By district
cr-by-quartiere-caption = Households served, presented and entitled
cr-quartiere-summary = District { $q }: { $served } served of { $presented } presented.
cr-served = Served
cr-presented = Presented
cr-by-day = By day
cr-by-day-caption = Deliveries and refusals
cr-by-day-none = No delivery so far.
cr-day = Day
cr-deliveries = Deliveries
cr-refusals = Refusals
cr-no-campaign = No campaign. Campaigns are defined under “Campaigns”, with the administrator's role.
cr-export-title = Export a list
cr-export-what = List
cr-export-missing = Households presented and not served yet
cr-export-entitlements = All entitlements of the campaign
cr-export-deliveries = All deliveries of the campaign
cr-export-format = Kind of file
cr-export-personal = The file holds personal data: keep it only where that is allowed, and delete it when it is no longer needed.
cr-export-do = Save the file
