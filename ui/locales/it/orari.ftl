# SPDX-License-Identifier: EUPL-1.2
# Gli orari delle sedi.
menu-orari = Orari
or-lead = Quando la sede è aperta e quante persone servono: da qui vengono le fasce e i posti.
or-none = Questa sede non ha un orario: valgono solo quelli scritti nei servizi.
or-begin = Scrivi l'orario
or-drop = Lascia com'era
or-site-locked = Salvare o lasciare com'era, prima di cambiare sede.
or-saved = Orari di { $site } salvati.
or-moved = { $n ->
    [one] 1 appuntamento spostato.
   *[other] { $n } appuntamenti spostati.
  }
or-weeks = Settimana
or-weeks-hint = Quando ne valgono due, vale quello cominciato per ultimo.
or-week = Orario { $n }
or-week-add = Aggiungi un orario
or-week-remove = Togli l'orario { $n }
or-valid-from = Valido dal
or-valid-from-hint = Vuoto: da sempre.
or-valid-to = Valido fino al
or-valid-to-hint = Vuoto: fino a nuovo avviso.
or-spans = Dalle – alle, quante persone servono
or-span-from = { $day }: apre alle
or-span-to = { $day }: chiude alle
or-span-staff = { $day }: persone che servono
or-people = { $n ->
    [one] persona
   *[other] persone
  }
or-break = dopo la pausa
or-span-add = Tratto
or-span-add-at = Aggiungi un tratto: { $day }
or-span-remove = Togli { $day } { $from }–{ $to }
or-staff = Persone
or-reason = Motivo
or-remove = Togli
or-first-day = Dal giorno
or-last-day = Al giorno
or-from-time = Dalle
or-to-time = Alle
or-closures = Chiusure
or-closures-none = Nessuna chiusura.
or-closures-hint = Senza ore è chiuso tutto il giorno. Il motivo si legge nell'agenda.
or-closure-add = Aggiungi una chiusura
or-closure-from = Chiusura { $n }: dal giorno
or-closure-to = Chiusura { $n }: al giorno
or-closure-from-time = Chiusura { $n }: dalle
or-closure-to-time = Chiusura { $n }: alle
or-closure-reason = Chiusura { $n }: motivo
or-extra = Aperture straordinarie
or-extra-none = Nessuna apertura straordinaria.
or-extra-add = Aggiungi un'apertura
or-extra-day = Apertura { $n }: giorno
or-extra-from = Apertura { $n }: dalle
or-extra-to = Apertura { $n }: alle
or-extra-staff = Apertura { $n }: persone
or-extra-reason = Apertura { $n }: motivo
or-holidays = Festività del { $year }
or-open-on-holidays = Aperto anche nelle festività
or-open-on-holidays-hint = Altrimenti in questi giorni non ci sono fasce, salvo le aperture straordinarie.
or-problem-validity = Orario { $n }: finisce prima di cominciare.
or-problem-span = Orario { $n }, { $day }: un tratto chiude prima di aprire.
or-problem-overlap = Orario { $n }, { $day }: due tratti si sovrappongono.
or-problem-closure = Chiusura { $n }: finisce prima di cominciare.
or-problem-extra = Apertura straordinaria { $n }: chiude prima di aprire.
or-touched-no-slot = A quell'ora non comincia più nessuna fascia.
or-touched-no-room = La fascia ha meno posti: chi ha prenotato per ultimo non ne ha.
or-no-offer = Nessuna fascia libera nei prossimi 60 giorni
or-move-to = Sposta { $name } a { $when }
or-why = Perché
or-offer = Sposta a
or-impact-title = { $n ->
    [one] 1 appuntamento non può restare dov'è
   *[other] { $n } appuntamenti non possono restare dove sono
  }
or-impact-lead = Non è stato salvato nulla. Scegliere chi spostare: gli altri restano all'ora di prima, fuori orario, e si spostano poi dall'agenda. Le persone vanno avvisate.
or-impact-left = { $n ->
    [one] 1 appuntamento resterà dov'è, fuori orario.
   *[other] { $n } appuntamenti resteranno dove sono, fuori orario.
  }
or-impact-do = { $n ->
    [one] Salva e sposta 1 appuntamento
   *[other] Salva e sposta { $n } appuntamenti
  }
or-impact-only = Salva senza spostare
