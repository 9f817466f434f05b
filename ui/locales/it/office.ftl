# SPDX-License-Identifier: EUPL-1.2
# Operatori, campagne, servizi, sedi.
menu-operatori = Operatori
menu-campagne = Campagne
menu-servizi = Servizi
menu-sedi = Sedi
format-xlsx = Excel
format-csv = CSV

op-lead = Chi può entrare e con quale ruolo.
op-new = Nuovo operatore
op-change = Modifica di { $name }
op-name = Nome e cognome
op-role = Ruolo
op-role-operator = Serve le persone allo sportello.
op-role-supervisor = Importa le liste, decide le anomalie, vede tutti i Quartieri della postazione.
op-role-administrator = Definisce sedi, servizi, campagne e operatori.
op-username-hint = Breve, senza spazi, per esempio m.rossi. Chi è già operatore altrove usa lo stesso nome.
op-username-fixed = Il nome utente non si cambia.
op-passphrase = Prima frase segreta
op-passphrase-hint = Almeno { $n } caratteri; quattro parole scelte a caso si ricordano bene. La scrive la persona stessa.
op-passphrase-new = Nuova frase segreta
op-passphrase-of = Nuova frase segreta di { $name }
op-passphrase-lead = Per chi l'ha dimenticata, o non ne ha ancora una qui. La frase di prima non aprirà più questa postazione; sulle altre non cambia nulla. La scrive { $name } in persona, oppure la cambia al primo ingresso.
op-passphrase-do = Assegna
op-passphrase-set = Nuova frase segreta per { $name }: vale da ora su questa postazione.
op-here = La persona potrà entrare a questa postazione. Per altre postazioni va aggiunta anche lì, con lo stesso nome utente.
op-add = Aggiungi operatore
op-active = Può entrare
op-active-hint = Togliendo la spunta la persona non entra più; ciò che ha registrato resta a suo nome.
op-state = Stato
op-is-active = Attivo
op-is-barred = Non può entrare
op-none = Nessun operatore.
op-added = Operatore aggiunto: { $name }.
op-changed = Operatore modificato: { $name }.

ca-lead = Ogni tornata di buoni, con gli importi e il periodo.
ca-new = Nuova campagna
ca-none = Nessuna campagna. Senza una campagna non si importano liste.
ca-gone = Questa campagna non risulta a questa postazione.
ca-change-lead = Le modifiche valgono da adesso: i diritti già riconosciuti non cambiano importo.
ca-name = Nome
ca-name-hint = Per esempio Buoni spesa 2021
ca-period = Periodo
ca-state = Stato
ca-to-come = Futura
ca-under-way = In corso
ca-over = Conclusa
ca-from = Primo giorno di consegna
ca-to = Ultimo giorno di consegna
ca-denomination = Valore di un buono
ca-maximum = Importo massimo
ca-per-minor = In più per ogni minore
ca-per-disabled = In più per ogni disabile
ca-walk-in = Si serve anche senza appuntamento
ca-walk-in-short = Senza appuntamento
ca-walk-in-hint = Chi viene senza appuntamento è contato a parte e resta fuori dall'indicatore.
ca-table-amounts = Importi per i residenti
ca-table-non_resident_amounts = Importi per i non residenti
ca-table-empty = Nessun importo: l'importo si decide caso per caso.
ca-table-rule = L'ultima riga vale anche per i nuclei più numerosi. Gli importi si arrotondano per difetto a buoni interi.
ca-members = Componenti
ca-members-of = Componenti, riga { $n }
ca-amount-of = { $n ->
    [one] Importo per 1 componente
   *[other] Importo per { $n } componenti
  }
ca-remove = { $n ->
    [one] Togli la riga per 1 componente
   *[other] Togli la riga per { $n } componenti
  }
ca-add-row = Aggiungi una riga
ca-examples = Quanto spetterebbe
ca-example = { $members ->
    [one] 1 persona
   *[other] { $members } persone
  }{ $minors ->
    [0] {""}
    [one] , 1 minore
   *[other] , { $minors } minori
  }{ $disabled ->
    [0] {""}
    [one] , 1 con disabilità
   *[other] , { $disabled } con disabilità
  }{ $resident ->
    [yes] , residenti
   *[other] , non residenti
  }
ca-example-due = { $n ->
    [one] { $amount } (1 buono)
   *[other] { $amount } ({ $n } buoni)
  }
ca-example-none = da decidere
ca-problems = Da correggere
ca-problem-period = L'ultimo giorno viene prima del primo.
ca-problem-denomination = Il valore di un buono deve essere maggiore di zero.
ca-problem-maximum = L'importo massimo è minore del valore di un buono.
ca-problem-twice = { $table }: lo stesso numero di componenti compare due volte.
ca-problem-whole = { $table }: ci sono importi che non si possono fare con buoni da { $voucher }.
ca-problem-empty = Manca la tabella degli importi per i residenti.
ca-saved = Campagna salvata: { $name }.

se-lead = Che cosa si dà su appuntamento, dove e quando.
se-one = Servizio
se-new = Nuovo servizio
se-none = Nessun servizio. Senza un servizio non si prenotano appuntamenti.
se-gone = Questo servizio non risulta a questa postazione.
se-change-lead = Le modifiche valgono per le fasce future; gli appuntamenti già presi restano.
se-name = Nome
se-name-en = Nome in inglese
se-name-en-hint = Come appare a chi usa le schermate in inglese.
se-minutes = Minuti per persona
se-campaign = Campagna dei buoni
se-campaign-none = Non consegna buoni
se-requirements = Che cosa portare
se-requirements-hint = Una cosa per riga; si stampa sul promemoria.
se-active = Si può prenotare
se-active-hint = Un servizio sospeso non ha fasce libere; gli appuntamenti presi restano.
se-is-active = Attivo
se-is-suspended = Sospeso
se-sites = Sedi in cui si dà
se-openings = Orari
se-opening = Orario { $n }
se-opening-add = Aggiungi un orario
se-opening-remove = Togli l'orario { $n }
se-opening-sites = Solo in queste sedi (nessuna scelta: in tutte)
se-weekdays = Giorni
se-from = Dalle
se-to = Alle
se-every = Una fascia ogni (minuti)
se-capacity = Persone per fascia
se-per-day = Al giorno: { $slots } fasce, { $people } persone.
se-closed = Giorni di chiusura
se-closed-none = Nessun giorno di chiusura.
se-closed-day = Giorno
se-closed-add = Aggiungi il giorno
se-closed-remove = Togli { $day }
se-problem-sites = Scegliere almeno una sede.
se-problem-days = Orario { $n }: scegliere almeno un giorno.
se-problem-hours = Orario { $n }: la fine viene prima dell'inizio.
se-problem-slot = Orario { $n }: è più breve di una fascia.
se-saved = Servizio salvato: { $name }.

si-lead = I luoghi in cui si servono le persone. Indirizzo e telefono si stampano sui promemoria.
si-new = Nuova sede
si-change = Modifica di { $name }
si-none = Nessuna sede.
si-name = Nome
si-name-hint = Come la conoscono le persone, per esempio Villa Arrivabene
si-code = Sigla
si-code-hint = Breve e unica, per esempio Q2
si-central = Sede centrale
si-central-hint = Serve tutti i Quartieri.
si-is-central = centrale
si-address = Indirizzo
si-printed = Si stampa sul promemoria.
si-saved = Sede salvata: { $name }.
se-rules = Chi lo dà e come si prenota
se-openings-none = Senza orari propri il servizio si dà in tutto l'orario delle sedi («Orari»), una fascia ogni { $n } minuti. Dove la sede non ha un orario non ci sono fasce.
se-suspended-why = Motivo della sospensione
se-suspended-why-hint = Si dice a chi chiede il servizio: per esempio «Riprende il 10 maggio».
se-reservable = Si prenota
se-reservable-hint = Altrimenti ci si presenta soltanto senza appuntamento.
se-walk-in = Anche senza appuntamento
se-walk-in-hint = Chi arriva prende un numero e aspetta il suo turno.
se-notice = Preavviso (minuti)
se-notice-hint = Si prenota fino a questi minuti prima; 0: fino all'inizio.
se-ahead = Prenotabile fino a (giorni)
se-ahead-hint = Da oggi. Vuoto: fin dove arriva l'agenda.
se-desks = Solo in queste postazioni (nessuna scelta: in tutte)
se-desks-none = Nelle sedi scelte non ci sono postazioni.
se-problem-nobody = Nessuno potrebbe avere questo servizio: ammettere la prenotazione, o chi arriva senza appuntamento.
se-problem-suspended = Scrivere il motivo della sospensione.
se-how = Come
se-how-both = Con o senza appuntamento
se-how-booked = Solo su appuntamento
se-how-walk-in = Solo senza appuntamento
