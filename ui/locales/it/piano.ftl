# SPDX-License-Identifier: EUPL-1.2
# Piano: le schede obiettivo del PEG, le fasi, gli indicatori.
menu-piano = Piano
plan-lead = Le schede obiettivo del Piano Esecutivo di Gestione: avanzamento delle fasi e indicatori, letti dalle registrazioni o annotati a mano.
plan-none = Nessuna scheda obiettivo è seguita. Sceglierne il testo per caricarla.
plan-choose = Scegli la scheda (testo)…
plan-load = Carica il piano
plan-load-again = Aggiorna il piano
plan-drop = Lascia perdere
plan-file-big = { $file } è troppo grande per essere una scheda obiettivo. Non è stato caricato nulla: scegliere il solo testo della scheda.
plan-read = Scheda letta: { $phases } fasi, { $indicators } indicatori, { $left } righe non comprese.
plan-loaded = Il piano { $code } è stato caricato.
plan-unchanged = Il piano che si segue dice già le stesse cose: non c'è nulla da aggiornare.
plan-known = Il piano { $code } è già seguito. Aggiornandolo cambia la scheda; quanto è stato annotato resta.
plan-told = Da sapere
plan-understood = Che cosa è stato compreso
plan-left = Righe non comprese
plan-left-none = Tutto il testo è stato compreso
plan-left-means = Queste righe non entrano nel piano. Se dicono qualcosa che manca sopra, correggere il testo e sceglierlo di nuovo.
plan-left-n = { $n ->
    [one] 1 riga
   *[other] { $n } righe
  }
plan-line = riga { $n }
plan-lines = righe { $first }–{ $last }
plan-not-found = non trovato
plan-code = Codice
plan-title = Titolo
plan-direction = Direzione
plan-director = Direttore
plan-classification = Classificazione
plan-service = Servizio
plan-manager = Dirigente
plan-kind = Tipologia
plan-links = Collegato a
plan-description = Descrizione dettagliata dell'obiettivo
plan-phases = Fasi
plan-indicators = Indicatori
plan-none-phases = La scheda non ha fasi.
plan-none-indicators = La scheda non ha indicatori.
plan-number = N.
plan-what = Descrizione
plan-weight = Peso
plan-from = Inizio previsto
plan-to = Fine prevista
plan-responsible = Responsabile
plan-centre = Centro di responsabilità
plan-expected = Valore atteso
plan-by = entro il { $day }
plan-value = Valore raggiunto
plan-nothing-yet = nessun dato
plan-done = Avanzamento complessivo
plan-reached = Indicatori raggiunti
plan-reached-of = { $n } su { $of }
plan-progress = Avanzamento
plan-forecast = Previsione
plan-late = { $n ->
    [one] 1 giorno oltre la fine prevista
   *[other] { $n } giorni oltre la fine prevista
  }
plan-follow = Seguire
plan-report = Relazione (PDF)
plan-print = Stampa relazione
plan-table = Tabella (Excel)
plan-gantt = GANTT
plan-gantt-alt = Diagramma di GANTT del piano { $code }: gli stessi dati sono nelle tabelle delle fasi e degli indicatori.
plan-gantt-none = Non c'è nulla da disegnare.
plan-gantt-save = Salva il disegno (SVG)
plan-sheet = Scheda obiettivo
plan-from-file = Caricata da
plan-from-file-when = { $file }, { $when } ({ $n ->
    [one] caricata una volta
   *[other] caricata { $n } volte
  })
plan-notes = Annotazioni e riscontri
plan-notes-none = Nessuna annotazione.
plan-when = Data e ora
plan-target = Voce
plan-phase-n = Fase { $n }
plan-indicator-n = Indicatore { $n }
plan-evidence = Riscontro
plan-evidence-hint = L'atto, il verbale o l'indirizzo dove si vede: per esempio «Determina 123/2021».
plan-evidence-file = File allegato
plan-evidence-choose = Scegli un file…
plan-evidence-most = Al massimo { $n } KiB; il file resta nella registrazione.
plan-evidence-big = { $file } è più grande di { $n } KiB. Non è stato registrato nulla: sceglierne uno più piccolo, oppure scrivere dove si trova.
plan-note-do = Annota
plan-note-save = Registra
plan-note-empty = Un numero da solo non dimostra nulla. Non è stato registrato nulla: scrivere una nota o un riscontro.
plan-noted = Annotato: { $name }.
plan-percent = Quanto è fatto (da 0 a 100)
plan-share = Valore raggiunto, in percentuale (da 0 a 100)
plan-done-on = Fatto il
plan-bind-do = Fonte…
plan-bind-what = Da dove si legge il valore
plan-bind-save = Usa questa fonte
plan-bound = Fonte scelta: { $name }.
plan-by-hand = Annotato a mano
    .means = Vale l'ultima annotazione, con il suo riscontro.
plan-measure-served_of_presented = Nuclei serviti su presentati con appuntamento
    .means = L'indicatore del Cruscotto, ricalcolato ogni volta; provvisorio finché mancano postazioni.
plan-measure-served_of_entitled = Nuclei serviti su aventi diritto
    .means = Diritti consegnati per intero, su tutti quelli non revocati.
plan-measure-days_of_campaign = Giorni trascorsi della campagna
    .means = Per una fase che è un periodo di servizio.
plan-source-nothing = nessun dato
plan-source-hand = annotato a mano
plan-source-records = dalle registrazioni: { $what } ({ $campaign })
plan-source-unreadable = le registrazioni non sono su questa postazione: { $what }
plan-provisional = { $n ->
    [0] provvisorio
    [one] provvisorio: manca 1 postazione
   *[other] provvisorio: mancano { $n } postazioni
  }
plan-verdict-open = In corso
plan-verdict-overdue = Scaduto
plan-verdict-reached = Raggiunto
plan-verdict-missed = Non raggiunto
plan-forecast-not_yet = non ancora iniziata
plan-forecast-unknown = non prevedibile: iniziata e ferma a zero
plan-forecast-done = conclusa
plan-forecast-ends = { $day }
plan-forecast-late = { $day }: { $n ->
    [one] 1 giorno di ritardo
   *[other] { $n } giorni di ritardo
  }
plan-problem-no_title = Mancano il codice o il titolo: per esempio «2021_Z105 Implementazione…».
plan-problem-nothing = Non ci sono né fasi né indicatori.
plan-problem-dates_inverted = La fase { $n } finisce prima di cominciare.
plan-problem-weights = I pesi delle fasi danno { $n }, non 100.
plan-problem-weights_missing = Alcune fasi hanno un peso e altre no: quelle senza contano quanto la media.
plan-problem-unweighted = Le fasi non hanno peso: ognuna conta allo stesso modo.
plan-status = Stato
plan-period = Periodo previsto
