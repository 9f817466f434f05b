# SPDX-License-Identifier: EUPL-1.2
# Primo avvio, ingresso, blocco, barra della sincronizzazione.
login-title = Entra
login-username = Nome utente
login-passphrase = Frase segreta
login-enter = Entra
login-unlock = Sblocca
login-opening = Apertura in corso…
login-somebody-else = Entra un'altra persona
login-forgotten = Frase segreta dimenticata

forgotten-title = Frase segreta dimenticata
forgotten-lead = Una frase segreta dimenticata non si può rileggere: se ne sceglie una nuova. Nulla di ciò che è registrato va perso. Ci sono due modi.
forgotten-ask = 1. Chiedere a un amministratore
forgotten-ask-how = Un amministratore entra su questa postazione, apre «Operatori» e sceglie «Nuova frase segreta».
forgotten-key = 2. Usare la chiave di recupero
forgotten-key-how = Se nessun amministratore può entrare qui, serve la chiave di recupero di questa postazione: è sul foglio stampato al primo avvio, che l'ufficio custodisce.
forgotten-key-label = Chiave di recupero
forgotten-key-hint = Comincia con AGE-SECRET-KEY-1. Maiuscole, minuscole e spazi non contano.
forgotten-trace = L'uso della chiave resta registrato, a nome di chi entra. Poi rimettere il foglio al sicuro.
forgotten-do = Entra con la nuova frase

lock-title = Postazione bloccata
lock-kept = Il lavoro resta com'era e si ritrova dopo lo sblocco.

sync-region = Sincronizzazione
sync-asking = Lettura dello stato della sincronizzazione…
sync-connected = Connesso
sync-offline = Non connesso: si lavora normalmente
sync-exchanging = Scambio in corso
sync-last = Ultima sincronizzazione { $when }
sync-never = Nessuna sincronizzazione finora
sync-fetching = Si ricevono i dati: { $done } di { $total }
sync-waiting = { $n ->
    [0] Nulla da inviare
    [one] 1 registrazione da inviare
   *[other] { $shown } registrazioni da inviare
  }
sync-on-stick = { $n ->
    [one] 1 su chiavetta { $when }
   *[other] { $shown } su chiavetta { $when }
  }
sync-at-relay = { $n ->
    [one] 1 consegnata alla postazione di appoggio, non ancora al Comune
   *[other] { $shown } consegnate alla postazione di appoggio, non ancora al Comune
  }
sync-refused = { $n ->
    [one] 1 registrazione non accettata dal centro
   *[other] { $shown } registrazioni non accettate dal centro
  }
sync-unprojected = { $n ->
    [one] 1 registrazione attende un aggiornamento del programma
   *[other] { $shown } registrazioni attendono un aggiornamento del programma
  }
sync-stopped = Questa postazione non può registrare
sync-handed-in = { $n ->
    [one] 1 registrazione consegnata: decide un supervisore
   *[other] { $shown } registrazioni consegnate: decide un supervisore
  }
sync-clock = Orologio: { $far }
sync-clock-back = L'orologio è tornato indietro: { $far }
sync-clock-peer = { $desk } scrive con un altro orologio: { $far }
sync-what-to-do = Che cosa fare

enrol-title = Primo avvio della postazione
enrol-step-office = Collegamento al Comune
enrol-step-operator = Prima persona che entra
enrol-step-recovery = Recupero in caso di emergenza
enrol-office-lead = L'ufficio centrale fornisce l'indirizzo del server e un codice, che vale una volta sola.
enrol-server = Indirizzo del server
    .hint = Per esempio https://sportello.comune.esempio.it
enrol-server-bad = Indirizzo non valido. Deve iniziare con https:// (http:// solo su questo stesso PC).
enrol-code = Codice di attivazione
    .hint = Si può anche leggere con il lettore.
enrol-advanced = Rete con certificato proprio o proxy
enrol-ca = Certificato dell'autorità del Comune
enrol-ca-hint = File PEM, solo se il server usa un certificato rilasciato dal Comune stesso.
enrol-ca-chosen = Scelto: { $file }
enrol-ca-bad = Il file { $file } non è un certificato PEM. Chiederlo di nuovo ai servizi informatici.
enrol-proxy = Proxy HTTP
    .hint = Per esempio http://proxy.esempio.it:3128
enrol-operator-lead = Questa persona potrà entrare nella postazione. Le altre si aggiungono dopo.
enrol-name = Nome e cognome
enrol-username-hint = Breve, per esempio m.rossi
enrol-role = Ruolo
enrol-role-hint = Supervisore e amministratore solo su una postazione che supervisiona.
enrol-do = Attiva la postazione
enrol-working = Attivazione della postazione
enrol-working-note = La postazione crea le sue chiavi e riceve i primi dati. Può durare un minuto.
enrol-kept = nulla è stato scritto su questo PC, e ciò che è stato compilato è ancora qui.
enrol-fetching = Si ricevono i dati già registrati dall'ufficio. Si può già proseguire; se si interrompe, riprende da dove era arrivato.
enrol-done = La postazione è attiva.
enrol-begin = Vai all'ingresso
passphrase-hint = Almeno 10 caratteri. Quattro parole scelte a caso si ricordano bene e si indovinano male.
passphrase-new = Nuova frase segreta
passphrase-again = Frase segreta, di nuovo
passphrase-strength-0 = Troppo breve
passphrase-strength-1 = Debole
passphrase-strength-2 = Sufficiente
passphrase-strength-3 = Robusta
passphrase-too-short = Frase segreta troppo breve: servono almeno { $n } caratteri.
passphrase-differs = Le due frasi segrete sono diverse: scriverle di nuovo.
own-passphrase = Cambia frase segreta
own-passphrase-short = Frase segreta
own-passphrase-lead = La nuova frase segreta vale da subito, solo su questa postazione. Di quella di prima non resta traccia, se non che è stata cambiata.
own-passphrase-old = Frase segreta attuale
own-passphrase-do = Cambia
own-passphrase-done = Frase segreta cambiata: vale da ora su questa postazione.
recovery-lead = Questa chiave riapre i dati della postazione se tutte le frasi segrete vanno perse. Si vede solo adesso.
recovery-fingerprint = Impronta della chiave del Comune, da confrontare con quella mostrata dal centro:
recovery-warning = Stampare il foglio e consegnarlo a chi lo custodisce. Non lasciarlo vicino al PC.
recovery-print = Stampa il foglio di recupero
recovery-noted = Il foglio è stato stampato, o la chiave è stata copiata in un luogo sicuro

work = Lavoro in corso
work-import = Importazione
work-sync = Sincronizzazione
work-backup = Copia di sicurezza
work-bundle_writing = Scrittura su chiavetta
work-bundle_reading = Lettura della chiavetta
work-writing = Scrittura delle registrazioni
