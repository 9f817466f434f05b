# SPDX-License-Identifier: EUPL-1.2
# Frasi per gli errori: che cosa è successo, che cosa è rimasto com'era, che cosa fare. Il nome di ogni frase è il codice
# dell'errore, con - al posto del punto. Importi, date e ore arrivano già scritti all'italiana. L'attributo .bare si usa quando
# mancano i dati della frase intera: lo stesso codice può venire dal centro.

# Parole per i valori che arrivano come codici
word-needed-operator = operatore
word-needed-supervisor = supervisore
word-needed-administrator = amministratore
word-what-household = il nucleo
word-what-entitlement = il diritto
word-what-campaign = la campagna
word-what-appointment = l'appuntamento
word-what-service = il servizio
word-what-site = la sede
word-what-desk = la postazione
word-what-operator = l'operatore
word-what-delivery = la consegna
word-what-refusal = la mancata consegna
word-what-exception = l'anomalia
word-what-slip = il tagliando di affidamento
word-what-import = l'elenco
word-topic-office = i dati comuni dell'ufficio
word-topic-supervisors = i dati dei supervisori
word-topic-q1 = i dati del Quartiere 1
word-topic-q2 = i dati del Quartiere 2
word-topic-q3 = i dati del Quartiere 3
word-topic-q4 = i dati del Quartiere 4
word-topic-q5 = i dati del Quartiere 5
word-status-booked = l'appuntamento è prenotato e il nucleo non risulta presentato
word-status-presented = il nucleo risulta già presentato
word-status-called = il nucleo è già allo sportello
word-status-parked = l'appuntamento è in sospeso
word-status-missed = il nucleo risulta non presentato
word-status-cancelled = l'appuntamento è stato annullato
word-status-finished = l'appuntamento è concluso
word-status-not_yet_due = l'orario dell'appuntamento non è ancora passato
word-field-member = componente che ritira
word-field-surname = cognome
word-field-name = nome
word-field-full_name = cognome e nome
word-field-name_then_surname = nome e cognome
word-field-username = nome utente
word-field-identifier = codice fiscale
word-field-health_code = codice STP o ENI
word-field-birth_date = data di nascita
word-field-street = indirizzo
word-field-address = indirizzo
word-field-number = numero civico
word-field-colour = colore del civico
word-field-exponent = esponente
word-field-interior = interno
word-field-quartiere = Quartiere
word-field-members = componenti
word-field-size = numero dei componenti
word-field-minors = numero dei minori
word-field-minor_flag = minore
word-field-disabled = numero delle persone con disabilità
word-field-disabled_flag = disabilità
word-field-resident = residenza
word-field-phone = telefono
word-field-mobile = cellulare
word-field-email = e-mail
word-field-amount = importo
word-field-vouchers = numero dei buoni
word-field-list_ref = numero della pratica
word-field-role = ruolo nel nucleo
word-field-note = nota
word-field-document = documento di chi ritira
word-field-delegate = nome del delegato
word-field-delegator_document = documento di chi delega
word-field-minutes = durata in minuti
word-field-openings = orari di apertura

# Regole
role_too_low = Per questa operazione serve il ruolo di { $needed }. Non è stato registrato nulla: chiedere a chi ha quel ruolo.
not_found = A questa postazione non risulta { $what }. Non è stato registrato nulla: aggiornare la pagina e cercare di nuovo; se i dati sono appena stati inseriti altrove, sincronizzare.
    .bare = L'indirizzo indicato non corrisponde a un servizio del centro. I dati restano su questa postazione: controllare l'indirizzo del centro nelle impostazioni.
reason_missing = Manca il motivo. Non è stato registrato nulla: scrivere il motivo e confermare di nuovo.
field_invalid = Il campo «{ $field }» è vuoto o non è valido. Non è stato registrato nulla: correggerlo e confermare di nuovo.
name_taken = Il nome «{ $name }» è già in uso. Non è stato registrato nulla: sceglierne un altro.
own_passphrase = La propria frase segreta si cambia scrivendo quella di prima. Non è stato registrato nulla: usare «Cambia frase segreta» accanto al proprio nome; se è dimenticata, chiedere a un altro amministratore o usare la chiave di recupero.
not_holder = Il diritto è in custodia a un'altra postazione, e solo quella può consegnare. Non è stato registrato nulla: chiedere la custodia; se la consegna non può aspettare, forzarla con un motivo, che un supervisore vedrà.
already_served = A questo nucleo è già stato consegnato tutto quanto gli spetta, il { $at }. Non è stato registrato nulla: la consegna si vede nella scheda del nucleo.
revoked = Il diritto è stato revocato: { $reason }. Non è stato registrato nulla: per chiarimenti rivolgersi a un supervisore.
    .bare = Questa postazione è stata revocata dal centro e non può più registrare. Tutto ciò che ha resta consultabile e stampabile: rivolgersi a chi amministra il centro.
too_much = I buoni indicati valgono { $amount }, ma restano da consegnare { $due }. Non è stato registrato nulla: togliere i buoni in più.
too_little = I buoni indicati valgono { $amount }, ma restano da consegnare { $due }. Non è stato registrato nulla: aggiungere i buoni che mancano, oppure scrivere il motivo della consegna parziale.
serials_missing = I seriali dei buoni mancano o non sono validi. Non è stato registrato nulla: leggere di nuovo il primo e l'ultimo buono.
serial_twice = I seriali da { $first } a { $last } sono indicati due volte. Non è stato registrato nulla: togliere la ripetizione.
serial_not_held = I seriali da { $first } a { $last } non risultano nel magazzino di questa postazione. Non è stato registrato nulla: controllare i seriali e caricare il carnet se è appena arrivato; se i buoni sono davvero questi, forzare con un motivo.
serial_already_received = I seriali da { $first } a { $last } sono già stati caricati. Il magazzino è rimasto com'era: controllare la bolla.
outside_period = La campagna consegna dal { $from } al { $to }, e oggi è fuori da quel periodo. Non è stato registrato nulla: se la consegna va fatta, forzarla con un motivo.
appointment_required = Questa campagna consegna solo su appuntamento. Non è stato registrato nulla: prenotare un appuntamento, oppure forzare con un motivo.
wrong_appointment = L'appuntamento è di un altro nucleo o di un altro servizio. Non è stato registrato nulla: scegliere l'appuntamento giusto.
wrong_status = L'operazione non si può fare: { $status }. Non è stato registrato nulla: aggiornare la pagina per vedere lo stato dell'appuntamento.
no_such_slot = Non c'è nessuna fascia che comincia il { $start }. Non è stato registrato nulla: scegliere un'altra fascia.
slot_full = La fascia del { $start } è al completo: i posti sono { $capacity }. Non è stato registrato nulla: scegliere un'altra fascia, oppure scrivere il motivo per aggiungere un posto.
slot_past = La fascia del { $start } è già passata. Non è stato registrato nulla: sceglierne una successiva.
already_booked = C'è già un appuntamento, il { $start }. Non è stato registrato nulla: spostare quello, oppure annullarlo prima di prenotare.
already_reversed = Questa consegna è già stata stornata. È rimasto tutto com'era.
not_your_delivery = La consegna è di un'altra postazione: possono stornarla solo quella o un supervisore. Non è stato registrato nulla.
being_served = Il nucleo è allo sportello in questo momento. La custodia non è stata ceduta: attendere la fine della consegna.
already_holder = Questa postazione ha già il diritto in custodia. È rimasto tutto com'era: si può consegnare.
desk_cannot_read = L'altra postazione non riceve { $topic }. Non è stato registrato nulla: scegliere una postazione di quel Quartiere o la sede centrale.
slip_mistyped = Il codice del tagliando è scritto o letto male. Non è stato registrato nulla: controllare carattere per carattere, oppure leggere di nuovo il codice QR.
slip_wrong = Il tagliando non vale per questo diritto. Non è stato registrato nulla: controllare che sia del nucleo giusto; se lo è, chiederne la ristampa alla postazione che lo ha affidato.
slip_for_other = Il tagliando vale solo per un'altra postazione. Non è stato registrato nulla: mandare il nucleo alla postazione scritta sul tagliando.
slip_used = Il tagliando è già stato usato. Non è stato registrato nulla: nella scheda del nucleo si vede chi ha ora la custodia.
slip_called_off = Il tagliando non vale più: dopo la stampa il diritto è passato ad altri. Non è stato registrato nulla: chiedere la custodia, oppure rivolgersi a un supervisore.
slip_of_revoked = Il tagliando è di una postazione revocata. Non è stato registrato nulla: rivolgersi a un supervisore, che può assegnare il diritto a questa postazione.
slip_needs_records = Il codice digitato basta solo quando i dati del nucleo sono già su questa postazione. Non è stato registrato nulla: aprire il nucleo e digitare lì il codice, oppure leggere il codice QR.
check_missing = Manca la dichiarazione che la postazione ferma è stata controllata. Non è stato registrato nulla: controllare sul posto che non abbia consegnato, poi confermare.
already_entitled = Il nucleo ha già un diritto in questa campagna. È rimasto com'era: per cambiare l'importo, modificare quel diritto.
erased = I dati di questo nucleo sono stati cancellati per ordine di un supervisore. Non è stato registrato nulla: restano solo i conteggi; l'ordine si vede tra le cancellazioni.
erasure_still_due = Al nucleo spetta ancora qualcosa in una campagna che dura fino al { $until }. Non è stato cancellato nulla: consegnare o revocare il diritto, oppure attendere la fine della campagna.
erasure_awaited = Il nucleo ha un appuntamento il { $on }. Non è stato cancellato nulla: annullare prima l'appuntamento.
erasure_undecided = Un'anomalia di questo nucleo non è ancora decisa. Non è stato cancellato nulla: decidere prima l'anomalia.
looks_too_young = Gli accessi si conservano almeno sei mesi. Non è stato cancellato nulla: si possono cancellare quelli precedenti al { $latest }.
erasure_empty = Non c'è nulla da cancellare: i dati sono già stati cancellati, oppure qui non ce ne sono. È rimasto tutto com'era.
erasure_changed = Nel frattempo i dati da cancellare sono cambiati. Non è stato cancellato nulla: rivedere il riepilogo e confermare di nuovo.
campaign_not_over = La campagna dura fino al { $to }. Non è stato cancellato nulla: la conservazione finisce solo dopo.
not_whole_vouchers = L'importo di { $amount } non si può comporre con buoni da { $denomination }. Non è stato registrato nulla: correggere l'importo.
rejected = L'operazione non è permessa. Non è stato registrato nulla: aggiornare la pagina e riprovare.

# File dei dati della postazione
wrong_key = La chiave non apre i dati di questa postazione. I dati sono rimasti com'erano: riprovare; se non basta, usare la chiave di recupero custodita dall'ufficio.
damaged = Il file dei dati di questa postazione è danneggiato. Il file non è stato toccato: non cancellarlo, chiamare l'assistenza e ripristinare l'ultimo backup.
disk_full = Il disco è pieno. L'ultima operazione non è stata registrata, tutte le precedenti sì: liberare spazio e ripeterla.
newer_schema = I dati sono stati scritti da una versione più recente del programma. Sono rimasti com'erano: aggiornare il programma su questa postazione.
busy = In questo momento qualcun altro sta scrivendo: un altro programma su questo computer, oppure il centro è occupato. Non è andato perso nulla: riprovare fra poco.
missing = Il file dei dati di questa postazione non si trova. Non è stato creato nulla al suo posto: controllare la cartella, oppure ripristinare un backup.
exists = Nella cartella indicata c'è già un file di dati. È rimasto com'era: scegliere un'altra cartella.
desk_outdated = Il centro è stato aggiornato e non parla più con questa versione del programma. Qui tutto continua a funzionare e ciò che si registra resta in attesa: aggiornare il programma su questa postazione, poi lo scambio riprende da sé.
centre_outdated = Questa versione del programma è troppo recente per il centro. Qui tutto continua a funzionare e ciò che si registra resta in attesa: avvisare chi amministra il centro perché lo aggiorni, poi lo scambio riprende da sé.
version = Il centro non parla questa versione del protocollo. Qui tutto continua a funzionare e ciò che si registra resta in attesa: aggiornare il programma più vecchio dei due.
restored = Questa postazione è stata ripristinata da un backup e non può registrare con la vecchia identità. Tutto resta consultabile: farsi dare dal centro un nuovo codice e registrare di nuovo la postazione.
records_lost = Il file di questa postazione ha perso registrazioni che erano già confermate: disco guasto, o file tolti o rimessi da una copia. Tutto ciò che resta si può consultare e quanto era già al centro è al sicuro; qui non si può registrare: farsi dare dal centro un nuovo codice e registrare di nuovo la postazione.
gap = Tra i dati di un'altra postazione mancano alcune registrazioni. Ciò che è già arrivato resta: il resto arriverà con le prossime sincronizzazioni; se non succede entro un giorno, avvisare chi amministra il centro.
unknown_topic = Sono arrivati dati di un tipo che questa versione non conosce. Sono conservati e si vedranno dopo l'aggiornamento: aggiornare il programma.
command_done = Questa operazione è già stata registrata. Non è stata ripetuta: aggiornare la pagina per vederne l'esito.
record = Una registrazione non si può leggere o scrivere. Le altre sono rimaste com'erano: riprovare e, se si ripete, chiamare l'assistenza.
stored_value = Un dato conservato su questa postazione non si può leggere. Gli altri sono rimasti com'erano: chiamare l'assistenza.
io = Il disco o il sistema ha rifiutato l'operazione. Ciò che era già confermato resta: controllare disco e permessi della cartella, poi ripetere l'operazione.
database = L'archivio di questa postazione ha rifiutato l'operazione. Non è stato registrato nulla, ciò che era già confermato resta: riprovare e, se si ripete, chiamare l'assistenza.

# Accesso
no_slot = Nome utente o frase segreta non riconosciuti su questa postazione. I dati sono rimasti chiusi: controllare il nome utente, oppure chiedere a un amministratore di aggiungerlo qui.
wrong_passphrase = Nome utente o frase segreta non riconosciuti. I dati sono rimasti chiusi: scrivere di nuovo, attenzione al blocco delle maiuscole.
slot_damaged = L'accesso di questo operatore su questa postazione è danneggiato. I dati sono rimasti com'erano: farsi dare una nuova frase segreta da un amministratore, oppure usare la chiave di recupero.
not_a_recovery_key = Il testo inserito non è una chiave di recupero. I dati sono rimasti chiusi: copiare tutta la chiave stampata, compresa la parte iniziale.
wrong_recovery_key = Questa è una chiave di recupero, ma non di questa postazione. I dati sono rimasti chiusi: ogni postazione ha la sua, cercare il foglio che porta il nome di questa.
no_recovery = Su questa postazione manca l'accesso per la chiave di recupero: il file è andato perso. I dati sono rimasti chiusi: farsi dare una nuova frase segreta da un amministratore, oppure ripristinare un backup.
unknown_operator = Questo operatore non risulta nell'ufficio. I dati sono rimasti chiusi: chiedere a un amministratore di aggiungerlo.
operator_barred = L'accesso di questo operatore è stato sospeso da un amministratore. Ciò che ha registrato resta: rivolgersi all'amministratore.
passphrase_too_short = La frase segreta è troppo corta: servono almeno { $least } caratteri. Non è stato cambiato nulla: quattro parole scelte a caso si ricordano bene.
    .bare = La frase segreta è troppo corta. Non è stato cambiato nulla: quattro parole scelte a caso si ricordano bene.
passphrase_wait = Troppe frasi segrete sbagliate una dopo l'altra. I dati sono rimasti chiusi: aspettare { $seconds ->
        [one] 1 secondo
       *[other] { $seconds } secondi
    } e scrivere di nuovo; chi l'ha dimenticata può farsene dare una nuova.
    .bare = Troppe frasi segrete sbagliate una dopo l'altra. I dati sono rimasti chiusi: aspettare qualche secondo e scrivere di nuovo; chi l'ha dimenticata può farsene dare una nuova.
session_locked = La postazione è bloccata. Il lavoro è rimasto com'era: sbloccarla con la propria frase segreta.

# Postazione
already_enrolled = Questa postazione è già registrata presso un ufficio. È rimasto tutto com'era: entrare con un operatore.
not_enrolled = Questa postazione non è ancora registrata. Farsi dare un codice dal centro e completare il primo avvio.
code_mistyped = Il codice di registrazione è scritto male. Non è stato inviato nulla: controllare carattere per carattere e riprovare; il codice resta valido.
not_a_supervising_desk = Questa operazione si fa solo da una postazione dei supervisori. Non è stato registrato nulla: usare una di quelle.
import_other_file = Il file non è quello dell'anteprima: nel frattempo è cambiato. Non è stato importato nulla: rifare l'anteprima e controllarla.
import_not_applicable = L'elenco non si può importare, per quanto detto nell'anteprima. Non è stato importato nulla: leggere gli avvisi dell'anteprima.
interrupted = L'operazione si è interrotta prima della fine. Ciò che era già confermato resta: riprovare.
malformed_command = La richiesta non è scritta come deve. Non è stato registrato nulla: riaprire la pagina e riprovare; se viene da uno script, controllarla con «sportelloctl schema».
unexpected = Il programma ha incontrato un errore imprevisto. Ciò che era già confermato resta: riprovare e, se si ripete, riavviare il programma e chiamare l'assistenza.

# Documenti e tabelle
list-empty = Il file è vuoto: non contiene nessuna riga. Non è stato importato nulla: controllare di aver scelto il file giusto.
list-too_big = Il file è troppo grande: il massimo è { $max_megabytes } MB. Non è stato importato nulla: dividere l'elenco in più file.
list-too_many_rows = L'elenco è troppo lungo: il massimo è { $max_rows } righe. Non è stato importato nulla: dividerlo in più file.
list-too_many_columns = L'elenco ha troppe colonne: il massimo è { $max_columns }. Non è stato importato nulla: togliere le colonne che non servono.
list-inflates = Aperto, il file diventa enorme. Non è stato importato nulla: salvare di nuovo l'elenco come nuovo file .xlsx.
list-encrypted = Il file è protetto da una password. Non è stato importato nulla: salvarlo di nuovo senza password.
list-damaged = Il file è danneggiato. Non è stato importato nulla: farselo inviare di nuovo, oppure aprirlo e salvarlo come nuovo file .xlsx.
list-old_excel = Il file è di una vecchia versione di Excel (.xls). Non è stato importato nulla: aprirlo con Excel o LibreOffice e salvarlo come .xlsx.
list-binary_excel = Il file è un foglio Excel binario (.xlsb). Non è stato importato nulla: aprirlo con Excel e salvarlo come .xlsx.
list-old_word = Il file è un documento di una vecchia versione di Word (.doc). Non è stato importato nulla: serve un foglio di calcolo .xlsx, .ods o .csv.
list-text_document = Il file è un documento di testo. Non è stato importato nulla: serve un foglio di calcolo .xlsx, .ods o .csv.
list-pdf = Il file è un PDF. Non è stato importato nulla: chiedere il foglio di calcolo da cui è stato fatto.
list-image = Il file è un'immagine. Non è stato importato nulla: chiedere il foglio di calcolo.
list-archive = Il file è un archivio compresso. Non è stato importato nulla: estrarre l'elenco e scegliere quello.
list-web_page = Il file è una pagina web, anche se il nome dice altro. Non è stato importato nulla: aprirlo con Excel o LibreOffice e salvarlo come .xlsx.
list-xml = Il file è un documento XML. Non è stato importato nulla: aprirlo con Excel o LibreOffice e salvarlo come .xlsx.
list-unknown = Il file non è né un foglio di calcolo né un testo. Non è stato importato nulla: salvare l'elenco come .xlsx, .ods o .csv.
table-csv = La tabella non si è potuta scrivere come CSV. I dati sono rimasti com'erano: riprovare, oppure scegliere Excel.
table-xlsx = La tabella non si è potuta scrivere come foglio Excel. I dati sono rimasti com'erano: riprovare, oppure scegliere CSV.
document-format = Questo documento non esiste nel formato chiesto. La registrazione resta: stamparlo in A4.
document-inconsistent = Le cifre del documento si contraddicono, e un documento così non va firmato. La registrazione resta: non stampare a mano, chiamare l'assistenza.
document-qr_too_long = Il codice QR del documento conterrebbe troppi dati. La registrazione resta: chiamare l'assistenza.
document-typesetting = Il documento non si è potuto comporre. La registrazione resta: riprovare a stampare e, se si ripete, chiamare l'assistenza.
paper_content = Il documento non si può leggere. La registrazione resta: chiederlo di nuovo dalla scheda.
paper_io = Il documento non si è potuto salvare sul disco. La registrazione resta: controllare lo spazio e i permessi, poi riprovare.
paper_no_viewer = Su questo computer non c'è un programma che apra il documento. La registrazione resta: salvare il documento, oppure installare un lettore di PDF.
paper_no_printer = Non si trova nessuna stampante. La registrazione resta: accendere o collegare la stampante, oppure salvare il documento e stamparlo altrove.

# Collegamento con il centro
unreachable = Il centro non si raggiunge. Si lavora normalmente: tutto resta su questa postazione e sarà inviato da solo appena torna la rete.
timeout = Il centro non risponde in tempo. Si lavora normalmente: tutto resta su questa postazione e l'invio sarà ritentato da solo.
certificate = Il certificato del centro non è tra quelli di cui questo computer si fida. Non è stato inviato nulla, i dati restano qui: avvisare chi amministra il centro e non proseguire per altre vie.
proxy = Il proxy della rete rifiuta il collegamento. I dati restano su questa postazione: controllare il proxy nelle impostazioni con chi gestisce la rete.
answer_too_large = La risposta del centro è più grande del possibile. I dati restano su questa postazione: se si ripete, avvisare chi amministra il centro.
settings = L'indirizzo del centro, il certificato o il proxy delle impostazioni non si possono usare. I dati restano su questa postazione: correggere le impostazioni del collegamento.
not_a_centre = Ha risposto qualcosa che non è il centro: forse la pagina di accesso di una rete ospite, o un proxy. Non è stato inviato nulla: accedere alla rete, poi controllare l'indirizzo del centro.
answer_broken = La risposta del centro è arrivata guasta. I dati restano su questa postazione e l'invio sarà ritentato da solo: se si ripete, avvisare chi amministra il centro.
certificate_invalid = L'attestato ricevuto non è di questo ufficio o non è di questa postazione. Non è stato cambiato nulla: controllare l'indirizzo del centro e avvisare chi lo amministra.
local = Durante lo scambio i dati di questa postazione non si sono potuti leggere o scrivere. Ciò che era già scambiato resta: controllare lo spazio sul disco e riprovare.
out_of_order = Lo scambio con il centro si è confuso ed è stato fermato. Non è andato perso nulla: riprenderà da solo.
fork = Due copie di questa postazione hanno registrato ciascuna per conto proprio: un disco clonato o un backup ripristinato. Tutto resta consultabile, ma qui non si può più registrare: avvisare un supervisore e chi amministra il centro.
own_behind = Il centro ha più registrazioni di questa postazione: sembra ripristinata da un backup. Tutto resta consultabile, ma qui non si può più registrare: farsi dare dal centro un nuovo codice.
kept_signature = La conferma del centro non porta la firma dell'ufficio. Le registrazioni restano su questa postazione come non ancora inviate: avvisare chi amministra il centro.
no_progress = Il centro riceve ma non va avanti. Le registrazioni restano su questa postazione e saranno inviate di nuovo: se dura più di un giorno, avvisare chi amministra il centro.
unreadable = Questa postazione ha meno registrazioni di quante dichiara. Ciò che c'è resta: eseguire la verifica e chiamare l'assistenza.
unknown_desk = Le registrazioni sono di una postazione che il centro non conosce. Restano dove sono: avvisare chi amministra il centro.
signature = Una firma non è valida. Ciò che era firmato male non è stato accettato e il resto è rimasto com'era: riprovare e, se si ripete, avvisare chi amministra il centro.
chain = Alcune registrazioni non sono concatenate come devono. Non sono state accettate e sono conservate: avvisare un supervisore e chi amministra il centro.
topic = Questa postazione non può scrivere o ricevere quei dati. Le registrazioni restano qui: chiedere a chi amministra il centro di correggere i suoi permessi.
too_large = Il messaggio è troppo grande per il centro. I dati restano su questa postazione: avvisare chi amministra il centro.
clock = L'orologio di questo computer è molto diverso da quello del centro. I dati restano su questa postazione: correggere data e ora del sistema, poi sincronizzare.
unsigned = La richiesta è arrivata al centro senza una firma valida. I dati restano su questa postazione: forse un proxy cambia le richieste; avvisare chi gestisce la rete.
digest = Il contenuto è stato cambiato lungo la strada. I dati restano su questa postazione e saranno inviati di nuovo: forse un proxy cambia le richieste; avvisare chi gestisce la rete.
code_unknown = Il centro non conosce questo codice di registrazione. Non è stato registrato nulla: controllarlo, o farsene dare uno nuovo.
code_used = Questo codice di registrazione è già stato usato. Non è stato registrato nulla: farsene dare uno nuovo dal centro.
code_expired = Questo codice di registrazione è scaduto. Non è stato registrato nulla: farsene dare uno nuovo dal centro.
slow_down = Troppe richieste in poco tempo: il centro chiede di attendere. Nulla va perso: questa postazione riprova da sola; durante la registrazione, aspettare un minuto e riprovare.
slow = Il messaggio non è arrivato al centro in tempo: la rete è lenta. I dati restano su questa postazione e saranno inviati di nuovo.
no_office = Il centro risponde, ma lì nessun ufficio è ancora stato creato. I dati restano su questa postazione: avvisare chi amministra il centro.
internal = Il centro ha avuto un errore. I dati restano su questa postazione e saranno inviati di nuovo: se si ripete, avvisare chi amministra il centro.
malformed = Il centro non riesce a leggere il messaggio di questa postazione. I dati restano qui: aggiornare il programma, poi riprovare.
method = Il centro non accetta questo tipo di richiesta. I dati restano su questa postazione: controllare l'indirizzo del centro e la versione del programma.
media_type = Il centro non riconosce questo tipo di messaggio. I dati restano su questa postazione: controllare la versione del programma.
wrong_topic = Il centro conserva la registrazione ma non l'accetta: è stata scritta tra i dati sbagliati. Non blocca le altre: avvisare l'assistenza.
wrong_entity = Il centro conserva la registrazione ma non l'accetta: parla di una cosa diversa da quella che dichiara. Non blocca le altre: avvisare l'assistenza.
body_too_large = Il centro conserva la registrazione ma non l'accetta: è troppo grande. Non blocca le altre: avvisare l'assistenza.
body_short = Il centro conserva la registrazione ma non l'accetta: è incompleta. Non blocca le altre: avvisare l'assistenza.
body_malformed = Il centro conserva la registrazione ma non l'accetta: non si può leggere. Non blocca le altre: avvisare l'assistenza.

# Chiavetta
bundle_io = La chiavetta o il file non si può leggere o scrivere. I dati di questa postazione sono rimasti com'erano: controllare che la chiavetta sia inserita e abbia spazio, poi riprovare.
bundle_not_one = Questo file non è uno scambio di Sportello. Non è stato letto nulla: scegliere un file il cui nome finisce con «.sportello».
bundle_newer = Il file è stato scritto da una versione più recente del programma. Non è stato letto nulla: aggiornare il programma su questa postazione, poi importarlo di nuovo.
bundle_damaged = L'inizio del file è danneggiato o manca, e il resto non si può aprire. Non è stato letto nulla: chiedere a chi lo ha scritto un file nuovo.
bundle_not_for_us = Il file non è per questa postazione: è cifrato per altri. Non è stato letto nulla: chiedere a chi lo ha scritto un file che comprenda questa postazione.
bundle_other_office = Il file è di un altro ufficio. Non è stato letto nulla.
bundle_sender = Non si può stabilire chi ha scritto il file. Non è stato letto nulla: avvisare chi amministra il centro.
bundle_signature = La firma di chi ha scritto il file non è valida. Non è stato letto nulla: avvisare chi amministra il centro.
bundle_not_made = Il file non si può scrivere per i destinatari scelti. Non è stato scritto nulla: avvisare chi amministra il centro.
bundle_no_such_desk = Il file non si può scrivere per la postazione { $desk }: è questa stessa, è revocata o non è conosciuta. Non è stato scritto nulla: scegliere altri destinatari.
  .bare = Il file non si può scrivere per una delle postazioni scelte. Non è stato scritto nulla: scegliere altri destinatari.
bundle_gap = Prima di queste registrazioni ne mancano altre, che non sono nel file. Ciò che seguiva direttamente è stato importato: chiedere a chi lo ha scritto un file completo.
bundle_not_whole = Il file non è intero: è stato interrotto o una parte è danneggiata. Ciò che era leggibile è stato importato: chiedere a chi lo ha scritto un file nuovo e importarlo, nulla sarà doppio.

# Quando un codice non ha la sua frase
unknown_code = È successo qualcosa che questa versione non sa spiegare (codice { $code }). Ciò che era già confermato resta: riprovare e, se si ripete, comunicare il codice all'assistenza.

# Postazione di appoggio
relay_none = A questa postazione non è indicata nessuna postazione di appoggio. Non è stato inviato nulla: indicarla nella pagina «Sincronizzazione».
relay_no_such_desk = La postazione { $desk } non può fare da appoggio: è questa stessa, è revocata o non è conosciuta. Non è stato cambiato nulla: sceglierne un'altra.
  .bare = Quella postazione non può fare da appoggio. Non è stato cambiato nulla: sceglierne un'altra.
relay_address = L'indirizzo della postazione di appoggio non è scritto come deve. Non è stato cambiato nulla: scriverlo come 192.168.1.10:7481.
relay_listen = L'indirizzo su cui ascoltare non è scritto come deve. Non è stato cambiato nulla: scrivere l'indirizzo di questo computer e una porta, come 192.168.1.10:7481.
relay_cannot_listen = Questa postazione non riesce a mettersi in ascolto a quell'indirizzo: non è di questo computer, o la porta è occupata. I dati sono al loro posto: correggere l'indirizzo con chi gestisce la rete.
relay_unreachable = La postazione di appoggio non si raggiunge: è spenta, nessuno vi è entrato, o la rete della sede è interrotta. I dati restano su questa postazione e lo scambio sarà ritentato da solo.
relay_refuses = La postazione di appoggio non serve questa postazione: non la conosce o la sa revocata. I dati restano qui: avvisare chi amministra il centro.
relay_wrong = La postazione di appoggio non risponde come deve: forse a quell'indirizzo c'è altro. I dati restano su questa postazione: controllare l'indirizzo e quale postazione è indicata.
relay_troubled = Con la postazione di appoggio non tutto è passato: una parte di ciò che dice non si può verificare e non è stata accettata. I dati restano su questa postazione, in attesa del centro; se si ripete, avvisare chi amministra il centro.
