# SPDX-License-Identifier: EUPL-1.2
# Perché una riga di un elenco è stata rifiutata, messa in dubbio o cambiata: le legge anche chi ha scritto l'elenco.

# Righe per come sono
row_empty = La riga è vuota.
headings_again = La riga ripete le intestazioni delle colonne: non è un nucleo.
surname_missing = Manca il cognome: aggiungerlo.
name_missing = Manca il nome: aggiungerlo, o confermare che la persona ne ha uno solo.
name_split_guessed = Cognome e nome sono in un'unica cella e non è certo dove finisca il cognome: controllare come sono stati divisi.
tax_code_length = Codice fiscale errato: ha { $got } caratteri invece di 16 (o 11 cifre se provvisorio). Correggerlo.
tax_code_character = Codice fiscale errato: il carattere in posizione { $position } non può stare lì (per esempio una lettera O al posto di uno zero). Correggerlo.
tax_code_month = Codice fiscale errato: il nono carattere non indica un mese. Correggerlo.
tax_code_day = Codice fiscale errato: il giorno di nascita, in posizione 10 e 11, non esiste in quel mese. Correggerlo.
tax_code_check = Codice fiscale errato: l'ultima lettera non corrisponde alle altre, quindi almeno un carattere è sbagliato. Correggerlo.
provisional_check = Codice fiscale provvisorio errato: l'ultima cifra non corrisponde alle altre. Correggerlo.
health_code_length = Codice STP o ENI errato: ha { $got } caratteri invece di 16. Correggerlo.
health_code_character = Codice STP o ENI errato: il carattere in posizione { $position } non è una cifra. Correggerlo.
omocodic = Il codice fiscale è valido e porta lettere al posto di cifre, perché un'altra persona ha gli stessi dati (omocodia): va lasciato così.
provisional = Il codice fiscale è provvisorio: è valido, e un giorno sarà sostituito da quello definitivo.
health_code = La persona è identificata da un codice STP o ENI.
identifier_missing = Manca il codice fiscale (o STP o ENI): la persona si riconoscerà solo da pratica, nome e data di nascita.
unidentifiable = Mancano codice fiscale, numero della pratica e data di nascita: aggiungerne almeno uno, altrimenti il nucleo non si potrebbe ritrovare.
names_swapped = Secondo il codice fiscale, cognome e nome sono scambiati: controllare.
code_only_surname = Il codice fiscale corrisponde al cognome ma non al nome: controllare.
code_only_name = Il codice fiscale corrisponde al nome ma non al cognome: controllare.
code_of_another = Il codice fiscale non corrisponde né al cognome né al nome, e potrebbe essere di un'altra persona: controllare.
birth_date_unreadable = La data di nascita non è una data: scriverla come gg/mm/aaaa.
birth_date_future = La data di nascita è nel futuro: correggerla.
birth_date_against_code = La data di nascita è diversa da quella del codice fiscale: controllare.
quartiere_missing = Manca il Quartiere: aggiungerlo.
quartiere_unknown = Il Quartiere non esiste: indicarne uno da 1 a 5.
field_unreadable = Il campo «{ $field }» non si capisce e non è stato preso: controllare.
size_less_than_named = I componenti indicati sono { $size }, ma i nomi sono { $named }: vale il numero dei nomi, controllare.
more_than_members = Minori o persone con disabilità sono { $count }, ma i componenti sono { $size }: controllare.
minors_counted = I minori sono stati contati dalle date di nascita: { $count }.
amount_unreadable = L'importo non è un importo: scriverlo in cifre, per esempio 150,00.
amount_not_positive = L'importo è { $amount }: deve essere maggiore di zero.
amount_not_whole = L'importo di { $amount } non si può comporre con buoni da { $denomination }: correggerlo.
amount_against_vouchers = L'importo è { $amount }, ma i buoni indicati valgono { $vouchers }: correggere l'uno o gli altri.
amount_differs = L'importo di { $amount } è diverso da quello della tabella della campagna ({ $table }): vale quello dell'elenco, controllare.
amount_from_table = L'importo non è scritto: vale quello della tabella della campagna, { $amount }.
amount_missing = L'importo non è scritto e l'elenco non dice quanto serve per ricavarlo dalla tabella della campagna: aggiungerlo.

# Righe tra loro
same_as = Ripete la riga { $row }.
contradicts_row = È lo stesso nucleo della riga { $row }, ma con dati diversi: è stata tenuta quella, controllare quale è giusta.
contradicted_by = La riga { $row } dice cose diverse dello stesso nucleo: è stata tenuta questa, controllare quale è giusta.
same_practice = Ha il numero di pratica della riga { $row }, ma un'altra persona: controllare numero e richiedente.
member_elsewhere = Il richiedente è già tra i componenti del nucleo della riga { $row }: un nucleo riceve una volta sola, controllare quale riga vale.
member_also_in = Un componente è anche nel nucleo della riga { $row }: controllare.
same_key = Il codice fiscale differisce da quello della riga { $row } solo per omocodia: possono essere due persone, o la stessa scritta in due modi. Sono tenute separate, controllare.
same_person_data = Ha cognome, nome e data di nascita della riga { $row }, con un altro codice: sono tenute separate, controllare.
same_home = Ha indirizzo e telefono della riga { $row }: controllare che non sia lo stesso nucleo.
member_of = Fa parte del nucleo della riga { $row }.
look_at_member = Nella riga { $row } c'è qualcosa da controllare su un componente.
member_left_out = Il componente della riga { $row } non è stato preso: il nucleo sì.
applicant_refused = La riga del richiedente ({ $row }) non è stata presa, e con lei il nucleo.
applicant_assumed = Nessuna riga del nucleo è segnata come richiedente: vale la prima.
applicant_twice = Anche la riga { $row } è segnata come richiedente: vale la prima, controllare.
members_disagree = La riga { $row } dello stesso nucleo dice altro per «{ $field }»: vale quanto scritto per il richiedente, controllare.

# Righe e dati già noti
member_of_known = Il richiedente fa parte di un nucleo che ha già il diritto in questa campagna: un nucleo riceve una volta sola, controllare.
was_member = Il richiedente faceva parte di un altro nucleo: controllare che sia un nucleo nuovo.
practice_of_another = Il numero della pratica è di un altro nucleo che ha già il diritto: controllarlo.
several_could_be = I nuclei già noti che potrebbero essere questo sono { $count }: indicare il codice fiscale o il numero della pratica.
same_household = È lo stesso nucleo già noto della riga { $row }: controllare quale riga vale.
identifier_changed = Il richiedente è già noto con un altro codice: ora vale quello dell'elenco, controllare che sia la stessa persona.
applicant_changed = Ora il richiedente è un altro componente del nucleo: controllare.
homonym = È già nota una persona con lo stesso nome e la stessa data di nascita, ma un altro codice fiscale: sono tenute separate, controllare.
key_known = È già nota una persona il cui codice fiscale differisce solo per omocodia: sono tenute separate, controllare.
right_is_new = Il nucleo era già noto: è nuovo il suo diritto in questa campagna.
changes = Cambia: { $field }.
amount_changes = L'importo passa da { $before } a { $amount }.
served_other_amount = Sono già stati consegnati { $delivered } e ora l'importo è { $amount }: un supervisore deve guardare.
amount_set_by_hand = Un supervisore aveva fissato l'importo a { $set }; con questo elenco diventa { $amount }: controllare.
revoked_before = Il diritto era stato revocato: con questo elenco vale di nuovo, controllare.

# Elenchi nel loro insieme
no_headings = Non si trova la riga delle intestazioni (cognome, nome, codice fiscale, Quartiere…). Non è stato importato nulla: aggiungerla sopra i dati.
missing_column = Manca la colonna «{ $field }». Non è stato importato nulla: aggiungerla all'elenco.
no_rows = Sotto le intestazioni non c'è nessuna riga. Non c'è nulla da importare.
all_refused = Nessuna riga si può prendere. Non è stato importato nulla: leggere i motivi e rimandare l'elenco corretto.
same_list_again = Questo stesso file è già stato importato, con la data del { $issued }. Non c'è nulla da fare e nulla cambia.
older_list = L'elenco è del { $issued }, ma ne è già stato importato uno più recente, del { $last }. Non è stato importato nulla: usare l'elenco più recente.
same_date = È già stato importato un altro elenco con la stessa data, { $issued }: importando questo, vale questo.
future_list = L'elenco porta la data del { $issued }, che deve ancora venire. Non è stato importato nulla: correggere la data.
missing_households = { $count ->
    [one] Un nucleo già importato non è in questo elenco. Mantiene il suo diritto: se va revocato, farlo dalla sua scheda.
   *[other] { $count } nuclei già importati non sono in questo elenco. Mantengono il loro diritto: se va revocato, farlo dalla scheda di ciascuno.
  }
one_row_per_member = L'elenco ha una riga per ogni componente: i nuclei sono { $households }.
issued_unknown = L'elenco non porta una data. Non è stato importato nulla: indicare la data dell'elenco.
