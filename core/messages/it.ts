import type { Catalogue } from './en';

export const it: Catalogue = {
  'amount.open': 'un importo a Sua scelta',
  'amount.choose': 'L’importo lo sceglie Lei',
  'amount.remaining': 'Importo residuo',
  'amount.paid_of': 'Pagati {paid} su {total}.',
  'amount.label': 'Importo da pagare ora',
  'amount.between': 'Da {min} a {max}.',
  'amount.at_least': '{min} o più.',
  'amount.up_to': 'Fino a {max}.',
  'amount.like': 'In {currency}, per esempio {sample}.',
  'amount.error': 'Inserisca un importo, per esempio {sample}.',
  'amount.error_min': 'Inserisca {min} o più.',
  'amount.error_max': 'Inserisca {max} o meno.',
  'amount.check': 'Controlli l’importo da pagare, sopra la carta.',

  'sms.payment_request': '{merchant}: {amount} da pagare entro il {deadline}: {url}',
  'sms.closed_request': '{merchant}: richiesta di pagamento, entro il {deadline}: {url}',
  'sms.payment_reminder': '{merchant} Le ricorda: {amount} entro il {deadline}: {url}',
  'sms.closed_reminder': '{merchant} Le ricorda un pagamento, entro il {deadline}: {url}',
  'sms.passcode':
    '{code} è il Suo codice per la richiesta di pagamento di {merchant}. Non lo dica a nessuno.',
  'mail.subject': 'Richiesta di pagamento di {merchant}: {amount}',
  'mail.reminder_subject': 'Promemoria: {subject}',
  'mail.preview': '{merchant} Le chiede di pagare {amount}.',
  'mail.greeting': 'Buongiorno {name},',
  'mail.greeting_plain': 'Buongiorno,',
  'mail.body': '{merchant} Le chiede di pagare {amount}.',
  'mail.for': 'Causale',
  'mail.reference': 'Riferimento',
  'mail.pay_by': 'Da pagare entro',
  'mail.button': 'Controlla e paga',
  'mail.phrase': 'La pagina mostra queste due parole, così sa che è la nostra: {phrase}.',
  'mail.ignore': 'Non si aspettava questo messaggio? Non paghi e contatti {merchant}: {contact}.',
  'mail.unsubscribe': 'Interrompi i promemoria via e-mail',
  'mail.closed_subject': 'Richiesta di pagamento di {merchant}',
  'mail.closed_body':
    '{merchant} Le chiede un pagamento. La causale compare appena ha risposto a una domanda sulla pagina.',
  'mail.passcode_subject': 'Il Suo codice per la richiesta di pagamento di {merchant}',
  'mail.passcode_body':
    'Inserisca questo codice nella pagina della richiesta di pagamento di {merchant}. Vale 10 minuti. Funziona solo il codice più recente.',
  'mail.passcode_ignore':
    'Non dica questo codice a nessuno. Non lo ha chiesto Lei? Contatti {merchant}: {contact}.',

  'page.title': 'Richiesta di pagamento',
  'page.for': 'Causale',
  'page.reference': 'Riferimento',
  'page.pay_by': 'Da pagare entro {deadline}',
  'page.days_left': '{count, plural, one {resta # giorno} other {restano # giorni}}',
  'page.hours_left': '{count, plural, one {resta # ora} other {restano # ore}}',
  'page.minutes_left':
    '{count, plural, =0 {resta meno di un minuto} one {resta # minuto} other {restano # minuti}}',
  'page.phrase': 'Parole di controllo',
  'page.phrase_help': 'Se qualcuno di {merchant} Le ha chiesto di pagare, può leggerLe queste due parole.',
  'page.card_title': 'Dati della carta',
  'page.frame_title': 'Dati della carta, modulo sicuro',
  'page.pay': 'Paga {amount}',
  'page.secure':
    'I dati della carta vanno direttamente al servizio di pagamento. {merchant} non li vede mai.',
  'page.who': 'Chi chiede questo pagamento?',
  'page.who_body': 'Questa richiesta è di {merchant}. Domande? Contatto: {contact}.',
  'page.language': 'Lingua',
  'page.accessible': 'Accessibilità',
  'page.accessible_body':
    'Questa pagina è fatta secondo le WCAG 2.2, livello AA: si usa con la tastiera, con un lettore di schermo, ingrandita, in modalità chiara e scura. Se qualcosa La ostacola, {merchant} può aiutarLa: {contact}.',
  'page.script_off':
    'Il pagamento con carta richiede JavaScript. Lo attivi per questo sito o contatti {merchant} per pagare in altro modo.',
  'page.test_mode': 'Modalità di prova: non si muove denaro reale.',
  'page.grace': 'Un pagamento iniziato ora può concludersi dopo la scadenza.',
  'page.grace_until':
    'Il termine è scaduto. Un pagamento iniziato in tempo può ancora essere concluso fino alle {time}.',
  'page.nothing_charged': 'Non è stato addebitato nulla.',
  'page.frame_slow':
    'Il modulo sicuro non è stato caricato. Controlli la connessione e ricarichi questa pagina.',
  'page.in_app':
    'Questa pagina è aperta dentro un’app. Se qualcosa qui non funziona, la apra nel Suo browser.',
  'page.open_browser': 'Apri nel mio browser',
  'page.copy': 'Copia l’indirizzo',
  'page.copied': 'Copiato',
  'page.on_phone': 'Paga con il telefono',
  'page.on_phone_body':
    'Inquadri questo codice con la fotocamera del telefono. Questa pagina mostra il risultato da sola.',
  'page.qr': 'Codice che apre questa pagina su un telefono',
  'page.calendar': 'Aggiungi al calendario',
  'page.calendar_event': 'Richiesta di pagamento di {merchant}',
  'page.offline':
    'Manca la connessione. Non è andato perso nulla: questa pagina riprende da sola appena la connessione torna.',
  'page.problem':
    'Il servizio di pagamento non è raggiungibile. Non è stato addebitato nulla. Controlli la connessione e riprovi.',

  'state.paid.title': 'Pagato',
  'state.paid.lead': 'Grazie. {merchant} ha ricevuto {amount}.',
  'state.paid.parts': 'Pagato in più parti',
  'state.paid.so_far': 'Pagato finora',
  'state.paid.given_back': 'Rimborsato',
  'state.paid.refunded_title': 'Rimborsato',
  'state.paid.refunded_lead':
    '{merchant} ha rimborsato {amount}. La Sua banca può impiegare qualche giorno a mostrarlo.',
  'state.paid.date': 'Data del pagamento',
  'state.paid.card': 'Carta',
  'state.paid.card_value': '{brand} che termina con {last4}',
  'state.paid.number': 'Numero della ricevuta',
  'state.paid.keep': 'Questa pagina è la Sua ricevuta. Conservi il link: riapre la ricevuta.',
  'state.paid.print': 'Stampa',
  'state.processing.title': 'Pagamento in corso',
  'state.processing.lead':
    'Qualcuno sta pagando questa richiesta in questo momento, forse Lei in un’altra scheda o su un altro dispositivo. Non paghi di nuovo. Questa pagina mostra il risultato da sola.',
  'state.processing.telephone':
    '{merchant} sta ricevendo questo pagamento al telefono in questo momento. Non paghi di nuovo. Questa pagina mostra il risultato da sola.',
  'state.confirming.title': 'Conferma del pagamento in corso',
  'state.confirming.lead':
    'Stiamo confermando il pagamento con la banca. Non paghi di nuovo. Questa pagina mostra il risultato da sola; può anche chiuderla e aprire il link più tardi.',
  'state.challenge.title': 'La Sua banca Le chiede conferma',
  'state.challenge.lead':
    'La verifica della banca per questo pagamento è ancora aperta. La concluda nella finestra in cui ha iniziato, oppure la prosegua qui. Questa pagina mostra da sola com’è finita. Nel frattempo non paghi di nuovo.',
  'challenge.continue': 'Vai alla verifica della banca',
  'challenge.stop_hint':
    'La verifica non si può concludere? La interrompa: non viene addebitato nulla e può pagare qui.',
  'challenge.stop': 'Interrompi e paga di nuovo',
  'state.verification.title': 'Prima, ci mostri che è Lei',
  'state.verification.lead':
    '{merchant} ha inviato questa richiesta a una sola persona. I dettagli compaiono appena ha risposto.',
  'verify.postcode': 'Il Suo codice postale',
  'verify.postcode_hint': 'Quello che risulta a {merchant}.',
  'verify.phone_ending': 'Le ultime {count} cifre del Suo numero di telefono',
  'verify.phone_ending_hint': 'Del numero che risulta a {merchant}.',
  'verify.reference': 'Il riferimento del pagamento',
  'verify.reference_phone_ending': 'Le ultime {count} cifre del numero di telefono del cliente',
  'verify.reference_phone_ending_hint':
    'Qualcuno Le ha chiesto di pagare al suo posto? Può dirle entrambi, oppure {merchant} può dirli a quella persona.',
  'verify.passcode': 'Il Suo codice',
  'verify.passcode_sent':
    'Un codice di {count} cifre viene inviato a: {to}. Può impiegare un minuto e vale 10 minuti. Funziona solo il codice più recente.',
  'verify.passcode_offer': 'Può ricevere un codice a: {to}.',
  'verify.send': 'Invia il codice',
  'verify.send_again': 'Invia un altro codice',
  'verify.none_left': 'Non si possono inviare altri codici. {merchant} può aiutarLa: {contact}.',
  'verify.too_soon': 'Un codice è appena stato inviato. Aspetti mezzo minuto prima di chiederne un altro.',
  'verify.button': 'Continua',
  'verify.wait': 'Un momento…',
  'verify.empty': 'Inserisca la Sua risposta.',
  'verify.over': 'Questo codice è scaduto. Ne faccia inviare un altro.',
  'verify.problem': 'La risposta non ci è arrivata. Controlli la connessione e riprovi.',
  'verify.wrong':
    'La risposta non è corretta. {count, plural, one {Resta # tentativo} other {Restano # tentativi}}.',
  'state.expired.title': 'Questa richiesta è scaduta',
  'state.expired.lead': 'Il termine per pagarla era: {deadline}.',
  'state.canceled.title': 'Questa richiesta è stata annullata',
  'state.canceled.lead': '{merchant} l’ha annullata. Non deve pagare. Domande? {contact}',
  'state.authorized.title': 'Il Suo pagamento è prenotato',
  'state.authorized.lead':
    'La Sua banca ha prenotato {amount} per {merchant}, che incasserà l’importo. Non deve fare nulla. Non paghi di nuovo.',
  'state.authorized.canceled':
    '{merchant} ha annullato la richiesta. L’importo prenotato dalla Sua banca viene liberato. Non deve fare nulla.',
  'state.replaced.title': 'C’è un link più recente',
  'state.replaced.lead':
    'Questo link è stato sostituito. Usi il messaggio più recente di {merchant}. Non lo trova? {contact}',
  'state.locked.title': 'Sospeso per la Sua sicurezza',
  'state.locked.lead':
    'Ci sono stati troppi tentativi con questo link. {merchant} può riaprirlo per Lei: {contact}.',
  'state.replaced.sent':
    'Questo link è stato sostituito. Quello nuovo viene inviato a: {to}. Non lo trova? {contact}',
  'details.offer': 'Quando continua, i dettagli di questo pagamento vengono chiesti a {merchant}.',
  'details.button': 'Continua',
  'details.under_way': 'I dettagli vengono chiesti a {merchant}…',
  'details.failed':
    'Non è stato possibile ottenere i dettagli da {merchant}. L’importo è giusto e può pagarlo qui.',
  'details.failed_open': 'Non è stato possibile ottenere i dettagli da {merchant}. Può comunque pagare qui.',
  'ask.offer': 'Può ricevere un nuovo link a: {to}.',
  'ask.offer_approval': '{merchant} può inviarLe un nuovo link a: {to}.',
  'ask.button': 'Chiedi un nuovo link',
  'ask.pending': 'Ha chiesto un nuovo link. Appena {merchant} accetta, viene inviato a: {to}.',
  'ask.contact': 'Chieda un nuovo link a {merchant}: {contact}.',
  'ask.phone': 'il numero di telefono che termina con {digits}',
  'ask.phone_on_file': 'il numero di telefono registrato',
  'ask.email': 'l’indirizzo e-mail {address}',
  'state.invalid.title': 'Questo link non è valido',
  'state.invalid.lead':
    'Controlli di aver copiato l’intero indirizzo dal messaggio. Se è così, ne chieda uno nuovo all’azienda che lo ha inviato.',
  'state.throttled.title': 'Riprovi più tardi',
  'state.throttled.lead':
    'Dalla Sua rete sono stati aperti troppi link non validi. Aspetti un minuto, poi riapra il link.',
  'state.unavailable.title': 'Riprovi tra un momento',
  'state.unavailable.lead':
    'Al momento non possiamo mostrare questa richiesta. Se ha appena pagato, non paghi di nuovo: questa pagina ricontrolla da sola e mostra com’è andata.',

  'unsubscribe.ask': 'Interrompere i promemoria?',
  'unsubscribe.ask_lead': '{merchant} invia a {address} promemoria di richieste di pagamento non pagate.',
  'unsubscribe.stop': 'Interrompi i promemoria',
  'unsubscribe.stopped': 'I promemoria sono interrotti',
  'unsubscribe.stopped_lead':
    '{merchant} non invia più promemoria a {address}. Ciò che Le è stato chiesto di pagare resta com’è, e una nuova richiesta può ancora arrivare via e-mail.',
  'unsubscribe.again': 'Ha cambiato idea? Ricevi di nuovo i promemoria',
  'check.title': 'Verifica una richiesta di pagamento',
  'check.lead': 'Le hanno chiesto un pagamento e ha un dubbio? Veda se la richiesta è stata fatta qui.',
  'check.reference': 'Riferimento',
  'check.reference_hint': 'Come compare nella richiesta, per esempio A2041.',
  'check.phone': 'Le ultime {count} cifre del Suo numero di telefono',
  'check.phone_hint': 'Del numero che risulta all’azienda.',
  'check.button': 'Verifica',
  'check.empty': 'Inserisca il riferimento e le ultime {count} cifre del Suo numero di telefono.',
  'check.genuine': 'Questa richiesta è autentica',
  'check.genuine_lead':
    'È stata fatta qui, per un numero di telefono che termina come il Suo. Paghi solo su una pagina il cui indirizzo comincia con {address}',
  'check.unknown': 'Qui non è stata fatta nessuna richiesta simile',
  'check.unknown_lead':
    'Controlli i dati inseriti. Se sono giusti, non paghi. Chieda all’azienda, a un numero che conosce già.',
  'check.again': 'Verifica un’altra richiesta',
  'check.throttled': 'Sono state verificate troppe richieste. Aspetti un po’, poi riprovi.',
  'check.unavailable': 'Al momento non possiamo verificarlo. Riprovi tra un momento e non paghi prima.',

  'frame.number': 'Numero della carta',
  'frame.name': 'Nome sulla carta',
  'frame.expiry': 'Data di scadenza',
  'frame.expiry_hint': 'MM / AA',
  'frame.csc': 'Codice CVV',
  'frame.csc_help': '3 cifre sul retro della carta',
  'frame.csc_help_amex': '4 cifre sul fronte della carta',
  'frame.pay': 'Paga',
  'frame.paying': 'Pagamento in corso…',
  'frame.checking': 'La Sua banca vuole verificare che sia Lei.',
  'frame.challenge_title': 'Verifica della banca',
  'frame.challenge_whole': 'Non si vede nulla? Apri la verifica a tutta finestra.',
  'frame.done': 'Fatto',
  'frame.error.number': 'Inserisca il numero completo della carta.',
  'frame.error.number_wrong': 'Questo numero di carta non è giusto. Controlli le cifre.',
  'frame.error.name': 'Inserisca il nome che compare sulla carta.',
  'frame.error.expiry': 'Inserisca il mese e l’anno di scadenza della carta.',
  'frame.error.expired': 'Questa carta è scaduta. Usi un’altra carta.',
  'frame.error.csc': 'Inserisca il codice CVV.',
  'frame.error.summary': 'Corregga i campi segnalati.',
  'frame.not_embedded': 'Questo modulo funziona solo dentro una pagina di pagamento.',

  'result.declined':
    'La carta è stata rifiutata. Non è stato addebitato nulla. Controlli i dati, usi un’altra carta o chieda alla Sua banca.',
  'result.challenge_failed':
    'La Sua banca non ha confermato che era Lei. Non è stato addebitato nulla. Riprovi o usi un’altra carta.',
  'result.failed': 'Il pagamento non è riuscito. Non è stato addebitato nulla. Riprovi.',
  'result.superseded': 'Questo pagamento è stato ricominciato altrove. Qui non è stato addebitato nulla.',
  'result.taken_over':
    'La verifica della banca è stata interrotta da un’altra finestra. Qui non è stato addebitato nulla.',
  'result.being_paid': 'Questa richiesta viene pagata altrove in questo momento. Non paghi di nuovo.',
  'result.too_soon': 'Aspetti qualche secondo e riprovi.',
  'result.try_later':
    'Al momento non si possono fare pagamenti. Non è stato addebitato nulla. Riprovi più tardi o contatti {merchant}.',
  'result.too_many_attempts': 'Ci sono stati troppi tentativi. Contatti {merchant} per proseguire.',
  'result.too_many_cards': 'Sono state provate troppe carte diverse. Contatti {merchant} per proseguire.',
  'result.confirming': 'Stiamo confermando il pagamento. Non paghi di nuovo.',
  'result.unavailable':
    'Il servizio di pagamento non è raggiungibile. Non è stato addebitato nulla. Riprovi tra un minuto.',
};
