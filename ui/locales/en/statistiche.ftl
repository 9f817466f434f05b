# SPDX-License-Identifier: EUPL-1.2
# The statistics.
menu-statistiche = Statistics
st-export = Export…
st-export-title = Export the statistics?
st-export-what = All services from { $from } to { $to }, day by day and service by service. There are no names.
st-previous = Period before
st-next = Period after
st-from = From
st-to = To
st-all-sites = All sites
st-period-own = Another period
st-period-today = Today
st-period-yesterday = Yesterday
st-period-week = This week
st-period-last-week = Last week
st-period-month = This month
st-period-last-month = Last month
st-period-year = This year
st-served = Served
st-of-presented = { $n ->
    [one] of 1 who came
   *[other] of { $shown } who came
  }
st-wait-median = Median wait
st-wait-p90 = Wait of 9 in 10
st-measured = { $n ->
    [one] 1 wait measured
   *[other] { $shown } waits measured
  }
st-serving-median = Median service
st-missed = Did not come
st-of-booked = { $n ->
    [one] of 1 booked
   *[other] of { $shown } booked
  }
st-walk-ins = Without appointment
st-load = Places booked
st-of-places = { $booked } of { $shown } { $n ->
    [one] place
   *[other] places
  }
st-no-places = No slot in the period
st-refused-cancelled = Came and were not served: { $refused }. Appointments cancelled: { $cancelled }.
st-excluded = { $n ->
    [one] 1 time above 12 hours is not counted: a clock was wrong, or nobody closed it.
   *[other] { $shown } times above 12 hours are not counted: a clock was wrong, or nobody closed them.
  }
st-detail = In detail
st-cut = See by
st-cut-day = day
    .head = Day
st-cut-hour = hour
    .head = Hour
st-cut-service = service
    .head = Service
st-cut-site = site
    .head = Site
st-hour = { $hour }:00
st-chart-people = People by { $by }
st-chart-wait = Wait by { $by }
st-chart-load = Booked and places by { $by }
st-places = Places
st-booked = Booked
st-no-load-by-hour = Places are not compared by hour: a slot may lie across two hours.
st-none = There are neither appointments nor slots in this period.
st-running = The period is not over: the figures will change
