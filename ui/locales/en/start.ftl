# SPDX-License-Identifier: EUPL-1.2
# First start, login, lock, sync bar.
login-title = Log in
login-username = Username
login-passphrase = Passphrase
login-enter = Log in
login-unlock = Unlock
login-opening = Opening…
login-somebody-else = Somebody else logs in
login-forgotten = Passphrase forgotten

forgotten-title = Passphrase forgotten
forgotten-lead = A forgotten passphrase cannot be read again: a new one is chosen. Nothing that was recorded is lost. There are two ways.
forgotten-ask = 1. Ask an administrator
forgotten-ask-how = An administrator logs in at this desk, opens "Operators" and chooses "New passphrase".
forgotten-key = 2. Use the recovery key
forgotten-key-how = If no administrator can log in here, this desk's recovery key is needed: it is on the sheet that was printed at the first start, which the office keeps.
forgotten-key-label = Recovery key
forgotten-key-hint = It begins with AGE-SECRET-KEY-1. Capitals, small letters and spaces make no difference.
forgotten-trace = That the key was used stays on record, in the name of whoever logs in. Afterwards put the sheet back in its safe place.
forgotten-do = Log in with the new passphrase

lock-title = Desk locked
lock-kept = The work stays as it was and is there again after unlocking.

sync-region = Synchronisation
sync-asking = Reading the state of the synchronisation…
sync-connected = Connected
sync-offline = Not connected: work goes on as usual
sync-exchanging = Exchanging
sync-last = Last synchronisation { $when }
sync-never = No synchronisation so far
sync-fetching = Receiving data: { $done } of { $total }
sync-waiting = { $n ->
    [0] Nothing to send
    [one] 1 record to send
   *[other] { $shown } records to send
  }
sync-on-stick = { $n ->
    [one] 1 on a stick { $when }
   *[other] { $shown } on a stick { $when }
  }
sync-at-relay = { $n ->
    [one] 1 handed to the relay, not yet at the Comune
   *[other] { $shown } handed to the relay, not yet at the Comune
  }
sync-refused = { $n ->
    [one] 1 record not accepted by the centre
   *[other] { $shown } records not accepted by the centre
  }
sync-unprojected = { $n ->
    [one] 1 record waits for an update of the program
   *[other] { $shown } records wait for an update of the program
  }
sync-stopped = This desk may not record
sync-handed-in = { $n ->
    [one] 1 record handed in: a supervisor decides
   *[other] { $shown } records handed in: a supervisor decides
  }
sync-clock = Clock: { $far }
sync-clock-back = The clock went back: { $far }
sync-clock-peer = { $desk } writes by another clock: { $far }
sync-what-to-do = What to do

enrol-title = First start of the desk
enrol-step-office = Connection to the municipality
enrol-step-operator = First person to log in
enrol-step-recovery = Recovery in an emergency
enrol-office-lead = The central office gives the server's address and a code, valid once.
enrol-server = Server address
    .hint = For example https://sportello.comune.esempio.it
enrol-server-bad = Address not valid. It must begin with https:// (http:// only on this same PC).
enrol-code = Activation code
    .hint = It can also be read with the scanner.
enrol-advanced = Network with its own certificate or proxy
enrol-ca = Certificate of the municipality's authority
enrol-ca-hint = PEM file, only if the server uses a certificate issued by the municipality itself.
enrol-ca-chosen = Chosen: { $file }
enrol-ca-bad = The file { $file } is not a PEM certificate. Ask IT for it again.
enrol-proxy = HTTP proxy
    .hint = For example http://proxy.esempio.it:3128
enrol-operator-lead = This person will be able to log in at the desk. Others are added later.
enrol-name = First name and surname
enrol-username-hint = Short, for example m.rossi
enrol-role = Role
enrol-role-hint = Supervisor and administrator only on a desk that supervises.
enrol-do = Activate the desk
enrol-working = Activating the desk
enrol-working-note = The desk makes its keys and receives the first data. It may take a minute.
enrol-kept = nothing was written on this PC, and what was filled in is still here.
enrol-fetching = Receiving what the office has recorded so far. You can go on already; if it breaks off, it goes on where it was.
enrol-done = The desk is active.
enrol-begin = Go to login
passphrase-hint = At least 10 characters. Four words chosen at random are easy to remember and hard to guess.
passphrase-new = New passphrase
passphrase-again = Passphrase, again
passphrase-strength-0 = Too short
passphrase-strength-1 = Weak
passphrase-strength-2 = Sufficient
passphrase-strength-3 = Strong
passphrase-too-short = Passphrase too short: at least { $n } characters are needed.
passphrase-differs = The two passphrases differ: write them again.
own-passphrase = Change passphrase
own-passphrase-short = Passphrase
own-passphrase-lead = The new passphrase holds at once, at this desk only. Nothing is kept of the one before but that it was changed.
own-passphrase-old = Current passphrase
own-passphrase-do = Change
own-passphrase-done = Passphrase changed: it holds from now on at this desk.
recovery-lead = This key opens the desk's data again if every passphrase is lost. It is shown only now.
recovery-fingerprint = Fingerprint of the municipality's key, to compare with what the centre shows:
recovery-warning = Print the sheet and hand it to whoever keeps it. Do not leave it near the PC.
recovery-print = Print the recovery sheet
recovery-noted = The sheet was printed, or the key copied to a safe place

work = Work in progress
work-import = Import
work-sync = Synchronisation
work-backup = Backup
work-bundle_writing = Writing to a stick
work-bundle_reading = Reading a stick
work-writing = Writing the records
