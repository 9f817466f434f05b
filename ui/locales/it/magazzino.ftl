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
stock-figure-removed = tolti
stock-receive = Ricevi carnet
stock-receive-lead = Leggere il primo e l'ultimo buono di ogni carnet, o di carnet con numeri consecutivi.
stock-receive-do = { $n ->
    [one] Registra 1 buono
   *[other] Registra { $n } buoni
  }
stock-received = { $n ->
    [one] Ricevuto 1 buono.
   *[other] Ricevuti { $n } buoni.
  }
stock-note = Documento di consegna
    .hint = Numero e data del documento che accompagna i carnet
stock-remove = Togli buoni
stock-remove-lead = I buoni escono dal magazzino e non si possono più consegnare. Il movimento resta scritto.
stock-remove-note = Che cosa è successo
stock-remove-do = { $n ->
    [one] Togli 1 buono
   *[other] Togli { $n } buoni
  }
stock-removed = { $n ->
    [one] Tolto 1 buono.
   *[other] Tolti { $n } buoni.
  }
