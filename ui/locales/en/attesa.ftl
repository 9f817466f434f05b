# SPDX-License-Identifier: EUPL-1.2
# The screen of the waiting room: no names.
display-open = Open the waiting room's screen
display-title = Waiting room
display-now = Now at the counter
display-before = Calls before
display-none = Please wait for your number to be called.
display-no-before = None.
display-waiting = { $n ->
    [0] Nobody waits
    [one] 1 person waits
   *[other] { $n } people wait
  }
display-as-of = As of { $time }
display-no-sound = Press a key to switch the sound on
display-said = Number { $ticket }: { $desk }
