# SPDX-License-Identifier: EUPL-1.2
# Rendiconto della campagna, registrazioni dietro ogni numero, telefonate di controllo.
menu-rendiconto = Rendiconto
menu-telefonate = Telefonate di controllo
statement-report = Rendiconto in PDF
statement-print = Stampa
statement-figures = Tabella delle voci
statement-vouchers-table = Tabella dei buoni
statement-provisional = Provvisorio
statement-current = Aggiornato ora
statement-final = Definitivo
statement-provisional-title = { $n ->
    [0] Rendiconto provvisorio: questa postazione non ha parlato col Comune da poco.
    [one] Rendiconto provvisorio: manca una postazione.
   *[other] Rendiconto provvisorio: mancano { $n } postazioni.
  }
statement-households = I nuclei
statement-figure = Voce
statement-count = Numero
statement-amount = Importo
statement-vouchers = I buoni (da { $value })
statement-came = Ricevuti
statement-accounted = Totale
statement-by-receipts = Consegnati secondo le ricevute
statement-even = I conti tornano: ogni buono ricevuto è in un luogo e in uno solo, e magazzino e ricevute dicono lo stesso.
statement-uneven = I conti non tornano: ecco che cosa non torna, seriale per seriale.
statement-nowhere = Presi in carico e in nessun luogo
statement-never-received = Consegnati secondo le ricevute e mai ricevuti
statement-different = Magazzino e ricevute non concordano – { $desk }
statement-no-vouchers = Nessuna postazione ha ancora ricevuto buoni.
statement-days = Per giorno e sede
statement-day = Giorno
statement-site = Sede
statement-all-sites = Tutte le sedi
statement-vouchers-out = Buoni
statement-serials = Seriali
statement-runs = { $n ->
    [one] una serie
   *[other] { $n } serie
  }
statement-no-days = In questa campagna non è ancora successo nulla.
statement-no-campaign = Non c'è ancora nessuna campagna.
statement-entitled = Nuclei con diritto
statement-revoked = Diritti revocati
statement-booked = Con appuntamento
statement-presented = Presentati con appuntamento
statement-served_of_presented = Di questi, serviti per intero
statement-served = Serviti per intero
statement-partial = Serviti in parte (importo che manca)
statement-unserved = Non ancora serviti (importo che spetta)
statement-refused = Non serviti per intero, con almeno un rifiuto (importo che manca)
statement-appointments = Appuntamenti
statement-presentations = Presentati
statement-no_shows = Non presentati
statement-walk_ins = Senza appuntamento
statement-deliveries = Consegne
statement-reversals = Consegne annullate
statement-refusals = Mancate consegne
statement-household = Nucleo
statement-erased = (cancellato o non noto qui)
statement-list-ref = N. di elenco
statement-when = Quando
records-before = Precedenti
records-after = Successivi
records-sum = { $n ->
    [one] Una registrazione{ $amount }
   *[other] { $shown } registrazioni{ $amount }
  }
records-part = Qui da { $from } a { $to }.
records-none = Nessuna registrazione.
sample-lead = Alcuni di quelli che hanno ricevuto i buoni vengono chiamati per sapere se è andata come risulta. Chi chiamare è estratto a sorte.
sample-draw = Estrai un campione
sample-draw-lead = L'estrazione è su { $n } consegne, in proporzione per sede. Resta registrata anche se se ne fa un'altra.
sample-size = Quante telefonate
sample-draw-do = Estrai
sample-drawn = Campione estratto.
sample-drawn-of = Estratte
sample-of = { $n } di { $of }
sample-called = Chiamate concluse
sample-disputed = Contestate
sample-at = Estratto il
sample-none = Nessun campione è stato ancora estratto.
sample-nothing = Non c'è ancora nessuna consegna da cui estrarre un campione.
sample-of-day = Campione del { $when }
sample-next = Prossima telefonata
sample-sheet = Elenco in PDF
sample-sheet-print = Stampa l'elenco
sample-call-of = Telefonata a { $name }
sample-no-phone = Nessun telefono in elenco
sample-ask = Chiedere se e quando i buoni sono stati ricevuti, quanti, e chi li ha ritirati; non dire prima che cosa risulta.
sample-collector = Ritirato da
sample-amount = { $amount } ({ $n } buoni)
sample-outcome = Esito
sample-record = Registra l'esito
sample-recorded = Esito registrato: { $name }.
sample-picks = Chi chiamare
sample-phone = Telefono
sample-to-call = da chiamare
sample-case = Anomalia
sample-do = Telefonata
sample-reversed = annullata dopo
sample-how = Come è stato estratto
sample-how-words = In ogni sede le consegne sono ordinate secondo un numero che dipende dal codice del campione e da quello della consegna (BLAKE3), e si prendono le prime. Chiunque, dalle stesse registrazioni, estrae le stesse.
sample-seed = Codice del campione
sample-digest = Impronta delle consegne
sample-again = Rifatta adesso
sample-again-same = l'estrazione dà lo stesso campione
sample-again-other = l'estrazione dà un altro campione
sample-again-changed = le consegne sono cambiate dopo l'estrazione
sample-no-site = Sede non nota
sample-drawn-here = Estratte
call-confirmed = Conferma
call-not_reached = Non risponde
call-declined = Non vuole rispondere
call-not_received = Non ha ricevuto nulla
call-fewer = Ha ricevuto di meno
call-another_collector = Ha ritirato un'altra persona
