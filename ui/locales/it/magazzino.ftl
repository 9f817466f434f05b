# SPDX-License-Identifier: EUPL-1.2
# Il magazzino della postazione.
magazzino = Magazzino
stock-of = { $desk } · { $campaign }
stock-held = Buoni in magazzino
stock-movements = Movimenti
stock-no-movements = Nessun movimento.
stock-no-campaign = Nessuna campagna di buoni è stata definita.
stock-empty = In magazzino non ci sono buoni. Registrare i carnet ricevuti.
stock-value = Valore
stock-when = Quando
stock-what = Che cosa
stock-serials = Numeri
stock-came-in = Ricevuti
stock-figure-held = in magazzino
stock-figure-received = ricevuti
stock-figure-delivered = consegnati
stock-receive = Ricevi carnet
stock-lead-receive = Leggere il primo e l'ultimo buono di ogni carnet, o di carnet con numeri consecutivi.
stock-do-receive = { $n ->
    [one] Registra 1 buono
   *[other] Registra { $n } buoni
  }
stock-done-receive = { $n ->
    [one] Ricevuto 1 buono.
   *[other] Ricevuti { $n } buoni.
  }
stock-note = Nota
    .hint = Da chi, o perché sono più o meno di quanti dichiarati
stock-remove = Togli buoni
stock-lead-remove = I buoni escono dal magazzino e non si possono più consegnare. Il movimento resta scritto.
stock-remove-note = Che cosa è successo
stock-do-remove = { $n ->
    [one] Togli 1 buono
   *[other] Togli { $n } buoni
  }
stock-done-remove = { $n ->
    [one] Tolto 1 buono.
   *[other] Tolti { $n } buoni.
  }

# Ricevere con la bolla
stock-paper = Numero della bolla
stock-paper-date = Data della bolla
stock-declared = Buoni dichiarati
stock-boxes = Scatole dichiarate
supply-known = { $serials } risultano già a { $desk }: non si possono caricare di nuovo. Controllare la scatola e la bolla.
supply-on-its-way = { $serials } sono in viaggio da { $desk }: si caricano con «Ricevi da altra postazione».
supply-twice = { $serials } sono stati letti due volte: togliere la riga di troppo.
supply-gaps = Tra una scatola e l'altra mancano { $serials }: cercare la scatola, o scriverlo nella nota.
supply-differs = La bolla dichiara { $declared } buoni ({ $declaredValue }), letti { $counted } ({ $value }): scrivere nella nota perché.
supply-fine = Letti { $counted } buoni per { $value }, quanti ne dichiara la bolla. Nessun buco, nessun doppione.
# Spedire e ricevere tra postazioni
stock-ship = Spedisci ad altra postazione
stock-lead-ship = I buoni escono subito da questo magazzino e viaggiano con la bolla, che si stampa alla fine. Chi li riceve carica solo quelli che ci sono davvero.
stock-do-ship = { $n ->
    [one] Spedisci 1 buono
   *[other] Spedisci { $n } buoni
  }
stock-done-ship = { $n ->
    [one] Spedito 1 buono.
   *[other] Spediti { $n } buoni.
  }
stock-ship-to = A quale postazione
stock-ship-note = Chi li porta, quando
stock-arrive = Ricevi da altra postazione
stock-arrive-of = Ricevi la spedizione { $name }
stock-lead-arrive = Lasciare nell'elenco solo i buoni che ci sono davvero; gli altri restano in viaggio finché il mittente o un supervisore dice dove sono.
stock-do-arrive = { $n ->
    [one] Carica 1 buono
   *[other] Carica { $n } buoni
  }
stock-done-arrive = { $n ->
    [one] Arrivato 1 buono.
   *[other] Arrivati { $n } buoni.
  }
stock-arrive-from = Postazione mittente
stock-arrive-number = Numero della spedizione
stock-settle-of = Spedizione { $name }: che cosa è successo
stock-lead-settle = Questi buoni sono partiti e non risultano arrivati. Dire dove sono finiti quelli in elenco.
stock-do-settle = { $n ->
    [one] Registra per 1 buono
   *[other] Registra per { $n } buoni
  }
stock-done-settle = { $n ->
    [one] Registrato per 1 buono.
   *[other] Registrato per { $n } buoni.
  }
stock-settle-what = Dove sono
stock-settled-taken_back = Ripresi dal mittente
stock-settled-lost = Smarriti in viaggio
stock-settled-damaged = Danneggiati in viaggio
shipments = Spedizioni
shipments-none = Nessuna spedizione.
shipments-awaited = In arrivo a questa postazione
shipments-awaited-lead = Contare i buoni appena arrivano, e caricare quelli che ci sono.
shipment = Spedizione
shipment-sent = Partita
shipment-way = Da – a
shipment-status = Stato
shipment-acts = Azioni
shipment-missing = Non arrivati: { $serials }
shipment-on-its-way = { $n ->
    [one] In viaggio: 1 buono
   *[other] In viaggio: { $n } buoni
  }
shipment-part = { $n ->
    [one] Arrivata in parte: manca 1 buono
   *[other] Arrivata in parte: mancano { $n } buoni
  }
shipment-arrived = Arrivata
shipment-settled = Chiusa
shipment-paper-only = Arrivata con la bolla; la registrazione del mittente non è ancora qui
shipment-unseen = Partita: l'arrivo si vede alle postazioni dei supervisori
shipment-arrive = Carica
shipment-settle = Non sono arrivati…
shipment-print = Bolla
# Mettere da parte, distruggere
stock-reserve = Metti da parte
stock-lead-reserve = I buoni restano in magazzino e si propongono per ultimi. Non impedisce una consegna.
stock-do-reserve = { $n ->
    [one] Registra per 1 buono
   *[other] Registra per { $n } buoni
  }
stock-done-reserve = { $n ->
    [one] Registrato per 1 buono.
   *[other] Registrato per { $n } buoni.
  }
stock-reserve-what = Che cosa fare
stock-reserve-aside = Mettere da parte
stock-reserve-free = Liberare
stock-reserve-purpose = Per che cosa
    .hint = Senza nomi di persone
stock-aside = Per { $purpose }: { $serials }
stock-aside-kit = Con i moduli { $purpose }: { $serials }
serial-aside = Messi da parte per { $purpose }: si possono consegnare lo stesso.
stock-destroy = Distruggi con verbale
stock-lead-destroy = Si distruggono buoni danneggiati o ancora in magazzino. È per sempre: restano i numeri, il verbale e chi era presente.
stock-do-destroy = { $n ->
    [one] Registra la distruzione di 1 buono
   *[other] Registra la distruzione di { $n } buoni
  }
stock-done-destroy = { $n ->
    [one] Distrutto 1 buono.
   *[other] Distrutti { $n } buoni.
  }
stock-destroy-desk = Buoni della postazione
stock-minutes = Numero del verbale
stock-minutes-date = Data del verbale
stock-present = Presenti
# Movimenti
stock-moved-shipped = Spediti
stock-moved-arrived = Arrivati
stock-moved-reserved = Messi da parte
stock-moved-freed = Liberati
stock-moved-destroyed = Distrutti
stock-detail-to = spedizione { $name } a { $desk }
stock-detail-shipment = spedizione { $name }
stock-detail-note = bolla { $number }
stock-detail-minutes = verbale { $number }, presenti: { $present }
stock-desk = Postazione
stock-figure-aside = { $value }, di cui { $n } messi da parte
stock-figure-coming = in arrivo qui
stock-figure-in_transit = in viaggio da qui
stock-figure-transferred = passati ad altre postazioni
stock-figure-damaged = danneggiati
stock-figure-returned = restituiti
stock-figure-lost = smarriti
stock-figure-destroyed = distrutti
# Registro dei buoni
ledger = Registro dei buoni di tutte le postazioni
ledger-same = I conti tornano: { $received } buoni ricevuti ({ $value }), { $accounted } ritrovati ({ $accountedValue }).
ledger-differs = I conti non tornano: { $received } buoni ricevuti ({ $value }), { $accounted } ritrovati ({ $accountedValue }). Avvisare chi assiste il programma.
ledger-equation = { $received } ricevuti = { $terms }
bucket-received = Ricevuti
bucket-arrived = Da altre postazioni
bucket-held = In magazzino
bucket-delivered = Consegnati
bucket-in_transit = In viaggio
bucket-transferred = Passati ad altre
bucket-damaged = Danneggiati
bucket-lost = Smarriti
bucket-returned = Restituiti
bucket-miscounted = Contati per errore
bucket-destroyed = Distrutti
bucket-reserved = Messi da parte
# Storia di un buono
history = Storia di un buono
history-serial = Numero del buono
history-look = Cerca
history-of = Storia del buono { $serial }
history-nothing = Del buono { $serial } qui non si sa nulla: il numero è sbagliato, o è di sedi che questa postazione non legge.
history-nowhere = Non è mai stato in un magazzino che si legge qui.
history-since = a { $desk } dal { $from }
history-period = a { $desk } dal { $from } al { $to }
history-delivered = Consegnato
history-reversed = Consegna stornata, buono non rientrato
history-reversed-back = Consegna stornata, buono rientrato
history-household = Nucleo
