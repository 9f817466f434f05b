# SPDX-License-Identifier: EUPL-1.2
# The application around the screens.
product = Sportello
product-long = Citizen service desk
app-window-title = { $screen } · Sportello
starting = Starting…
loading = Loading…
skip = Skip to content
close = Close
undo = Undo
undo-nothing = There is nothing to undo.
go-on = Continue
go-back = Back
try-again = Try again
yes = Yes
no = No
steps = Steps
step-done = done
reason = Reason
save = Save
refresh = Refresh
campaign = Campaign
period = Period
period-from-to = { $from } to { $to }

role-operator = Operator
role-supervisor = Supervisor
role-administrator = Administrator

menu = Menu
menu-desk = Desk
menu-supervision = Supervision

search-all = Search everything
lock = Lock
logout = Log out

look = Language and display
text-smaller = Smaller text
text-larger = Larger text
text-size-now = Text at { $n } %.
theme-contrast = High contrast
language-changed = Language: English.

not-found-title = Page not found
not-found = This page does not exist, or the role in use may not open it.
not-found-home = Go to the start page

scan-read = Code read.

keys-title = Keys of this screen
keys-key = Key
keys-what = What it does
keys-enter = Go on
keys-escape = Go back
keys-filter = Filter the list
keys-page = Next page of the list
keys-rows = Next row of the list
keys-scan = A code read with the scanner opens what was read, on any screen.

error-unexpected = Something went wrong.
error-kept = What is safe:
error-kept-default = everything that had already been recorded.
error-what-to-do = What to do:
error-advice = try again; if it happens again, call IT support and give the code below.
error-code = Code for support: { $code }

time-now = now
time-minutes-ago = { $n ->
    [one] 1 minute ago
   *[other] { $n } minutes ago
  }
time-hours-ago = { $n ->
    [one] 1 hour ago
   *[other] { $n } hours ago
  }
time-days-ago = { $n ->
    [one] 1 day ago
   *[other] { $n } days ago
  }
time-duration-minutes = { $n } min
time-duration-hours = { $h } h { $m } min
