# SPDX-License-Identifier: EUPL-1.2
# Chiusura di giornata, chiusure di tutte le postazioni, modulistica cartacea.
menu-chiusura = Chiusura
menu-chiusure = Chiusure
menu-moduli = Modulistica cartacea
desk = Postazione
closing = Chiusura di giornata
closing-title = Chiusura di { $day }
closing-lead = { $desk } · chiusura n. { $n } del giorno
closing-steps = Passi della chiusura
closing-step = Passo { $n }: { $name }
closing-step-people = Chi non è stato servito
closing-step-count = Conta dei buoni
closing-step-confirm = Riepilogo
closing-next = Avanti
closing-do = Chiudi la giornata
closing-done = Giornata chiusa.
closing-final = Dopo la chiusura nulla si modifica: ciò che segue appartiene a una chiusura ulteriore e le spiegazioni si scrivono accanto.
closing-earlier = Prima va chiuso: { $days }.
closing-of-day = Chiusure di questo giorno
closing-deliveries = consegne
closing-deliveries-head = Consegne
closing-presented = presentati e non serviti
closing-due = attesi e non presentati
closing-unsent = registrazioni da inviare
closing-unsent-see = Vedi la sincronizzazione
closing-presented-title = Presentati e non serviti
closing-presented-none = Chi si è presentato è stato servito.
closing-due-title = Attesi e non presentati
closing-due-none = Nessuno è mancato.
closing-time = Ora
closing-name = Nome
closing-status = Stato
closing-nothing = Nessun buono da contare.
closing-expected = Attesi
closing-expected-of = { $n ->
    [one] 1 buono, { $value }
   *[other] { $shown } buoni, { $value }
  }
closing-serials = Numeri
closing-with-kits = Di cui nelle buste della modulistica
closing-how = Come si conta
closing-by-number = A mano
closing-by-scan = Con lo scanner
closing-counted = Buoni contati di { $campaign }
closing-differs = La conta è diversa: { $shown }.
closing-missing = Mancano: { $serials }.
closing-extra = In più: { $serials }.
closing-difference-is = La differenza
closing-explained = Si spiega
closing-left-open = Resta aperta per il supervisore
closing-why = Spiegazione
closing-note = Osservazioni
closing-line = contati { $counted }, attesi { $expected }, differenza { $shown }.
closing-state-matches = Torna
closing-state-differs = Diversa
closing-state-open = Differenza aperta
closing-state-explained = Spiegata
closing-turn = Chiusura n. { $n }, { $at }, { $by }
closing-turn-head = Chiusura n.
closing-beside = { $at }, { $by }: { $text }
closing-report = Stampa il verbale della chiusura n. { $n }
closing-day = Giorno
closing-movements = Movimenti
closing-last = Ultimo movimento
closing-difference = Differenza
closing-see = Apri
closing-of = { $desk }, { $day }
closing-write = Scrivi accanto
closing-write-means = La chiusura resta com'è. Ciò che si scrive le sta accanto, con la data e il nome.
closing-write-do = Scrivi
closing-written = Annotazione scritta accanto alla chiusura.
closing-about = Riguarda
closing-about-whole = La chiusura nel suo insieme
closing-found-out = Che cosa si è accertato
closings = Chiusure
closings-see = Tutte le chiusure
closings-lead = Le giornate chiuse, come è andata la conta, e quelle rimaste aperte.
closings-from = Dal
closings-to = Al
closings-open = Giornate non chiuse
closings-open-n = { $n ->
    [one] 1 giornata
   *[other] { $n } giornate
  }
closings-open-none = Tutte le giornate passate sono chiuse.
closings-closed = Giornate chiuse
closings-none = Nessuna chiusura in questo periodo.
oggi-not-closed = { $n ->
    [one] La giornata del { $days } non è stata chiusa.
   *[other] Giornate non chiuse: { $days }.
  }
oggi-close-it = Chiudi il { $day }
paper = Modulistica cartacea
paper-lead = Moduli numerati per quando il computer non funziona: si stampano prima, si inseriscono dopo.
paper-kits = Plichi di moduli
paper-kit = Plico
paper-code = Plico
paper-made = Preparato
paper-people = Nuclei
paper-forms = Moduli
paper-open = Moduli di cui non si sa nulla
paper-all-accounted = Tutti noti
paper-acts = Azioni
paper-none = Nessun plico preparato. Prepararne uno prima che serva.
paper-prepare = Prepara moduli
paper-prepare-means = L'elenco comprende i nuclei in custodia a questa postazione; con il plico vanno i buoni che bastano per loro.
paper-prepare-do = Prepara e stampa
paper-prepared = Moduli preparati.
paper-how-many = Quanti moduli
paper-for-day = Solo chi ha appuntamento il
    .hint = Lasciare vuoto per tutti i nuclei in custodia
paper-print = Stampa { $code }
paper-void = Non usati di { $code }
paper-void-title = Moduli dal n. { $first } al n. { $last } non usati
paper-void-means = Non si potranno più inserire. Se uno è stato usato, inserirlo prima.
paper-void-do = Dichiara non usati
paper-voided = Moduli dal n. { $first } al n. { $last } dichiarati non usati.
paper-state-voided = Dichiarato non usato
paper-type-in = Inserisci un modulo
paper-which = Codice del modulo
    .hint = Leggere il codice QR del modulo, o digitare il codice stampato
paper-find = Apri il modulo
paper-form = Modulo { $code }
paper-household = Chi è stato servito
paper-person = { $n ->
    [one] { $name } – 1 buono
   *[other] { $name } – { $n } buoni
  }
paper-choose = Scegliere
paper-day = Data sul modulo
paper-time = Ora sul modulo
paper-operator = Chi l'ha compilato
paper-document = Documento di chi ritira
paper-document-number = Numero
paper-delegate = Persona delegata
    .hint = Solo se ha ritirato un delegato: cognome e nome
paper-delegator-document = Documento di chi delega
paper-partial = Perché meno del dovuto
paper-force = Perché si registra lo stesso
    .hint = Resta come anomalia per il supervisore
paper-save = Registra il modulo
paper-leave = Lascia
paper-saved = Modulo { $code } registrato.
paper-twice = Moduli inseriti due volte
paper-twice-n = { $n ->
    [one] 1 modulo
   *[other] { $n } moduli
  }
paper-twice-entry = { $name }, { $at }; inserito a { $desk } da { $by } il { $when }
