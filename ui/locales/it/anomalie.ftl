# SPDX-License-Identifier: EUPL-1.2
# Anomalie: che cosa guardare, il confronto, la decisione.
menu-anomalie = Anomalie
case-kind-double = Doppia consegna
    .what = Il nucleo risulta servito due volte.
case-kind-forced = Consegna forzata
    .what = Un operatore ha consegnato nonostante una regola contraria, dichiarando il motivo.
case-kind-after_revocation = Consegna dopo la revoca
    .what = La consegna è avvenuta quando il diritto era già stato revocato.
case-kind-over_amount = Importo superato
    .what = È stato consegnato più di quanto dovuto.
case-kind-under_amount = Importo non completato
    .what = È stato consegnato meno di quanto dovuto, e il resto non è seguito.
case-kind-not_holder = Postazione senza custodia
    .what = Ha consegnato una postazione che non aveva in custodia il diritto.
case-kind-not_returned = Buoni non rientrati
    .what = Dopo lo storno i buoni non sono tornati in magazzino.
case-kind-before_relief = Consegna emersa dopo il subentro
    .what = La postazione a cui il diritto è stato tolto aveva già consegnato, e allora non si sapeva.
case-kind-serials_twice = Stessi buoni in due consegne
    .what = I numeri dei buoni di questa consegna risultano già consegnati con un'altra: una delle due porta numeri sbagliati.
case-kind-serials_never_received = Buoni mai ricevuti
    .what = Sono stati consegnati buoni che nessuna postazione risulta aver ricevuto.
case-kind-serials_elsewhere = Buoni di un'altra postazione
    .what = Sono stati consegnati buoni che risultano nel magazzino di un'altra postazione.
case-kind-supplied_twice = Stessi buoni in due magazzini
    .what = Due postazioni risultano aver ricevuto gli stessi buoni. Quella che non li ha li scarica indicando «Errore di conteggio»: l'anomalia si chiude da sé.
case-kind-count_difference = Conta che non torna
    .what = Alla chiusura sono stati contati buoni diversi da quelli attesi, e nessuno ha saputo dire perché.
case-kind-form_twice = Modulo inserito due volte
    .what = Lo stesso modulo cartaceo è stato inserito più volte, o inserito e dichiarato non utilizzato.
case-kind-two_appointments = Due appuntamenti
    .what = Il nucleo ha due appuntamenti per lo stesso servizio. Annullandone uno l'anomalia si chiude da sé.
case-kind-slot_twice = Fascia data a troppi
    .what = Una fascia ha più prenotazioni che posti. Spostandone una l'anomalia si chiude da sé.
case-kind-duplicate_household = Nucleo doppio
    .what = Due nuclei sembrano lo stesso: stesso richiedente o stessa pratica.
case-kind-duplicate_person = Persona in due nuclei
    .what = La stessa persona sembra far parte di due nuclei. Un codice omocodico può essere di due persone diverse.
case-kind-many_delegations = Delegato di molti
    .what = La stessa persona ha ritirato per molti nuclei. È permesso: va guardato.
case-kind-fork = Registro sdoppiato
    .what = Due registrazioni diverse stanno allo stesso posto: un disco copiato o un backup ripristinato.
case-kind-clock_skewed = Orologio sbagliato
    .what = L'orologio della postazione era sbagliato: ciò che ha scritto può portare un altro giorno.
case-kind-late_after_revocation = Registrazioni dopo la revoca
    .what = Una postazione revocata ha portato registrazioni in ritardo. Non contano finché non si decide.
case-kind-late_after_closing = Movimenti dopo la chiusura
    .what = Per un giorno già chiuso risultano altri movimenti. Chiudendolo in un altro turno l'anomalia si chiude da sé.
case-kind-never_served = Presentato e non servito
    .what = Il nucleo si è presentato con un appuntamento e non ha ricevuto nulla.
case-kind-call_disputed = Consegna contestata al telefono
    .what = Chi è stato chiamato per il controllo a campione dice altro da ciò che risulta dalla ricevuta.
case-kind-rows_refused = Righe non importate
    .what = Alcune righe della lista non sono entrate, o sono dubbie.
case-severity-grave = Grave
case-severity-serious = Seria
case-severity-minor = Lieve
case-standing-open = Da decidere
case-standing-assigned = Affidata
case-standing-reopened = Riaperta
case-standing-awaiting = Attende la seconda firma
case-standing-contested = Decisioni discordi
case-standing-decided = Decisa
case-gone = Rimediata
case-decision-accepted = Accettare
    .done = Accettata
    .means = Resta come è registrata e non si chiede nulla a nessuno.
case-decision-corrected = Corretta
    .done = Corretta
    .means = È stato rimediato con altre registrazioni: nel motivo si indica quali.
case-decision-recovery = Recuperare
    .done = Da recuperare
    .means = Ciò che è stato dato in più va restituito: si avvisa il nucleo.
case-decision-referred = Trasmettere
    .done = Trasmessa
    .means = Prosegue presso l'ufficio competente, che si indica nel motivo.
case-decision-unfounded = Infondata
    .done = Infondata
    .means = Non c'è nulla di sbagliato: persone diverse, un numero letto due volte.
case-takes-two = Vale dopo la firma di una seconda persona.
case-side-delivery = Consegna
case-side-refusal = Mancata consegna
case-side-relief = Subentro
case-side-supply = Carico
case-side-expected = Atteso
case-side-counted = Contato
case-side-form = Inserimento
case-side-void = Non utilizzato
case-side-appointment = Appuntamento
case-side-household = Nucleo
case-side-records = Registrazioni
case-side-clock = Orologio
case-side-closing = Chiusura
case-side-movements = Dopo la chiusura
case-side-import = Lista
case-field-household = Nucleo
case-field-at = Registrato
case-field-start = Quando
case-field-filled_at = Scritto sul modulo
case-field-desk = Postazione
case-field-operator = Operatore
case-field-site = Sede
case-field-service = Servizio
case-field-status = Stato
case-field-applicant = Richiedente
case-field-identifier = Codice
case-field-members = Componenti
case-field-address = Indirizzo
case-field-phone = Telefono
case-field-list_ref = Pratica
case-field-quartiere = Quartiere
case-field-right = Diritto
case-field-collector = Chi ha ritirato
case-field-document = Documento
case-field-amount = Importo
case-field-serials = Buoni
case-field-count = Quanti
case-field-shared_serials = In comune
case-field-forced = Forzata perché
case-field-partial = Parziale perché
case-field-reversed = Storno
case-field-paper = Su modulo
case-field-reason = Motivo
case-field-note = Nota
case-field-booked_at = Prenotato il
case-field-booked_by = Prenotato da
case-field-overbooked = Oltre i posti perché
case-field-topic = Registro
case-field-records = Registrazioni
case-field-ahead = Avanti di
case-field-file = File
case-field-issued = Data della lista
case-field-refused = Righe rifiutate
case-field-doubtful = Righe dubbie
case-field-taken = Righe prese
case-word-received = Caricati
case-word-shipped = Spediti
case-word-arrived = Arrivati
case-word-destroyed = Distrutti
case-act-assigned = Affidata a { $name }
case-act-unassigned = Ripresa: non è più affidata
case-act-noted = Nota
case-act-decided = Decisione: { $decision }
case-act-countersigned = Seconda firma
case-act-reopened = Riaperta
case-act-ended = non vale più
an-lead = Fatti da verificare, trovati da soli nelle registrazioni. Nulla sparisce: ogni decisione resta scritta con il suo motivo.
an-one = Anomalia
an-kind = Tipo
an-kind-all = Tutti i tipi
an-kind-n = { $kind } ({ $shown })
an-who = Chi riguarda
an-who-none = Nessun nucleo
an-desk = Postazione
an-at = Quando
an-quartiere = Quartiere
an-quartiere-all = Tutti
an-campaign = Campagna
an-campaign-all = Tutte
an-site = Sede
an-site-all = Tutte
an-assignee = Affidata a
an-assignee-all = Chiunque
an-assignee-me = Me
an-assignee-nobody = Nessuno
an-from = Dal
an-to = Al
an-text = Nome o postazione
an-more = Altri filtri
an-clear = Togli i filtri
an-state = Stato
an-severity = Gravità
an-which = Mostra
an-which-open = Da decidere
an-which-contested = Discordi
an-which-awaiting = Da firmare
an-which-decided = Decise
an-figures = Anomalie in sintesi
an-figure-open = da decidere
an-figure-grave = gravi
an-figure-mine = mie
an-figure-unassigned = di nessuno
an-figure-awaiting = da firmare
an-figure-contested = discordi
an-shown = { $n ->
    [one] Si vede 1 anomalia su { $total }.
   *[other] Si vedono { $shown } anomalie su { $total }.
  } Restringere i filtri per vedere le altre.
an-none = Nessuna anomalia da decidere.
an-none-filter = Nessuna anomalia con questi filtri.
an-decide-next = Apri la prima
an-decide-many = Decidi le scelte
an-assign-many = Affida le scelte
an-take = Prendi in carico
an-assign = Affida
an-export = Esporta
an-export-title = Esporta le anomalie
an-export-format = Formato
an-export-lead = Tutte quelle che si vedono con i filtri di ora.
an-chosen = { $n ->
    [0] Nessuna scelta
    [one] 1 scelta
   *[other] { $shown } scelte
  }
an-no-common = Per queste anomalie insieme non c'è una decisione comune: sceglierne di meno, o dello stesso tipo.
an-decide = Registra la decisione
an-decide-title = { $n ->
    [one] Decidere 1 anomalia
   *[other] Decidere { $shown } anomalie
  }
an-assign-title = { $n ->
    [one] Affidare 1 anomalia
   *[other] Affidare { $shown } anomalie
  }
an-assign-to = A chi
an-assigned = { $n ->
    [one] 1 anomalia affidata a { $name }.
   *[other] { $shown } anomalie affidate a { $name }.
  }
an-unassigned = { $n ->
    [one] 1 anomalia non è più affidata a nessuno.
   *[other] { $shown } anomalie non sono più affidate a nessuno.
  }
an-decided-n = { $n ->
    [one] Decisione registrata per 1 anomalia.
   *[other] Decisione registrata per { $shown } anomalie.
  }
an-household = Apri il nucleo
an-late = Decidi in Postazioni
an-where = { $desk }, { $when }
an-touched = Chi riguarda
an-put-right = Le registrazioni non la mostrano più: è stato rimediato. Ciò che ne è stato fatto resta qui.
an-contested = Due supervisori hanno deciso cose diverse senza sapere l'uno dell'altro. Restano scritte entrambe e non vale nessuna: riaprire e decidere insieme.
an-awaiting = La decisione vale dopo la firma di una seconda persona.
an-awaiting-you = Chi ha deciso non può firmare due volte: firma un altro supervisore.
an-sign = Firma anche tu
an-sign-do = Firma la decisione
an-sign-consequence = Con la seconda firma la decisione vale.
an-signed = Seconda firma registrata.
an-reopen = Riapri
an-reopen-title = Riaprire l'anomalia
an-reopen-consequence = Le decisioni prese non valgono più, e restano scritte.
an-reopened = Anomalia riaperta.
an-note = Aggiungi una nota
an-note-title = Nota sull'anomalia
an-note-text = Nota
an-note-done = Nota aggiunta.
an-evidence = Che cosa dicono le registrazioni
an-evidence-all = Mostra anche ciò che è uguale
an-evidence-none = Le registrazioni non dicono altro.
an-same = Non ci sono differenze: { $n ->
    [one] 1 dato è uguale
   *[other] { $shown } dati sono uguali
  }.
an-fact = Dato
an-differs = diverso
an-this = da verificare
an-side = { $name } { $n }
an-due = Dovuto
an-delivered = Consegnato
an-revoked = Revocato perché
an-decision = Decisione
an-decision-what = Che cosa si decide
an-elsewhere = Si decide in Postazioni, accettando o tenendo fuori le registrazioni.
an-reason-hint = Che cosa è stato verificato, e con chi.
an-decision-kept = La decisione si aggiunge ai fatti registrati e non li cancella.
an-draft-kept = Quanto scritto resta in bozza su questa postazione finché non si registra.
an-draft-found = Ripresa la bozza lasciata in precedenza.
an-done = Decisione registrata.
an-trace = Che cosa ne è stato fatto
an-trace-none = Nessuno se ne è ancora occupato.
an-vouchers = { $n ->
    [one] 1 buono
   *[other] { $shown } buoni
  }
