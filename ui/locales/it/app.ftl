# SPDX-License-Identifier: EUPL-1.2
# L'applicazione intorno alle schermate.
product = Sportello
product-long = Sportello al cittadino
app-window-title = { $screen } · Sportello
starting = Avvio in corso…
loading = Caricamento in corso…
skip = Vai al contenuto
close = Chiudi
undo = Annulla
undo-nothing = Non c'è nulla da annullare.
go-on = Continua
go-back = Indietro
try-again = Riprova
yes = Sì
no = No
steps = Passi
step-done = fatto
reason = Motivo
save = Salva
refresh = Aggiorna
campaign = Campagna
period = Periodo
period-from-to = dal { $from } al { $to }

role-operator = Operatore
role-supervisor = Supervisore
role-administrator = Amministratore

menu = Menu
menu-desk = Sportello
menu-supervision = Supervisione

search-all = Cerca tutto
lock = Blocca
logout = Esci

look = Lingua e aspetto
text-smaller = Testo più piccolo
text-larger = Testo più grande
text-size-now = Testo al { $n } %.
theme-contrast = Alto contrasto
language-changed = Lingua: italiano.

not-found-title = Pagina non trovata
not-found = Questa pagina non esiste, oppure il ruolo di chi è entrato non permette di aprirla.
not-found-home = Vai alla pagina iniziale

scan-read = Codice letto.

keys-title = Tasti di questa schermata
keys-key = Tasto
keys-what = Che cosa fa
keys-enter = Andare avanti
keys-escape = Tornare indietro
keys-filter = Filtrare l'elenco
keys-page = Pagina successiva dell'elenco
keys-rows = Riga successiva dell'elenco
keys-scan = Un codice letto con il lettore apre ciò che è stato letto, in qualunque schermata.

error-unexpected = Qualcosa non ha funzionato.
error-kept = Che cosa è al sicuro:
error-kept-default = tutto ciò che era già stato registrato.
error-what-to-do = Che cosa fare:
error-advice = riprovare; se succede ancora, chiamare l'assistenza informatica e riferire il codice qui sotto.
error-code = Codice per l'assistenza: { $code }

time-now = adesso
time-minutes-ago = { $n ->
    [one] 1 minuto fa
   *[other] { $n } minuti fa
  }
time-hours-ago = { $n ->
    [one] 1 ora fa
   *[other] { $n } ore fa
  }
time-days-ago = { $n ->
    [one] 1 giorno fa
   *[other] { $n } giorni fa
  }
time-duration-minutes = { $n } min
time-duration-hours = { $h } h { $m } min
