# SPDX-License-Identifier: EUPL-1.2
# The day at the counter.
oggi = Today
oggi-title = Today, { $day }
oggi-serving = At the counter
oggi-waiting = Waiting
oggi-parked = On hold
oggi-late = Late
oggi-due = Expected
oggi-missed = Not come, and cancelled
oggi-done = Finished
oggi-none-serving = Nobody at the counter.
oggi-none-waiting = Nobody waits.
oggi-none-due = Nobody else is expected today.
oggi-none-match = Nobody matches what is written.
oggi-nobody-waits = Nobody is waiting.
oggi-at-this-desk = at this desk
oggi-at-desk = at { $desk }
oggi-since = Arrived at { $time }
oggi-waits = for { $time } (since { $since })
oggi-who = Who has come?
oggi-who-hint = Surname, number, time or slip code; or scan slip or card.
oggi-who-nobody = Nobody of today.
oggi-search-all = Search all households
oggi-over = Already finished.
oggi-enter-present = records the arrival of { $name }
oggi-enter-call = calls { $name }
oggi-enter-serve = opens the delivery of { $name }
oggi-enter-open = opens the household of { $name }
oggi-busy-title = { $name } is still at the counter
oggi-busy = { $name } stays at the counter until the delivery is finished or put on hold. Call { $next } too?
oggi-busy-do = Call { $name } too
oggi-figure-waiting = waiting
oggi-figure-longest = longest wait
oggi-figure-due = still expected
oggi-figure-delivered = deliveries today, here
oggi-figure-vouchers = vouchers in stock
oggi-empty = There are no appointments at this site today.
oggi-absent = Called and not come
oggi-next = Next
oggi-next-title = Whoever is next
oggi-in-order = in the order of calling
oggi-none-for-me = { $n ->
    [one] Whoever waits, waits for another desk.
   *[other] The { $n } who wait, wait for another desk.
  }
oggi-called-at = called at { $time }
oggi-served-for = at the counter for { $time }
oggi-calls = { $n } calls
oggi-more = More acts
oggi-more-short = More…
oggi-enter-back = puts { $name } back in the queue
oggi-figure-serving = at the counter
oggi-figure-done = finished
