import type { Catalogue } from './en';

export const de: Catalogue = {
  'amount.open': 'einen Betrag Ihrer Wahl',
  'amount.choose': 'Sie bestimmen den Betrag',
  'amount.remaining': 'Offener Betrag',
  'amount.paid_of': '{paid} von {total} sind bezahlt.',
  'amount.label': 'Jetzt zu zahlender Betrag',
  'amount.between': 'Von {min} bis {max}.',
  'amount.at_least': 'Mindestens {min}.',
  'amount.up_to': 'Höchstens {max}.',
  'amount.like': 'In {currency}, zum Beispiel {sample}.',
  'amount.error': 'Geben Sie einen Betrag ein, zum Beispiel {sample}.',
  'amount.error_min': 'Geben Sie mindestens {min} ein.',
  'amount.error_max': 'Geben Sie höchstens {max} ein.',
  'amount.check': 'Prüfen Sie den Betrag oberhalb der Kartendaten.',

  'sms.payment_request': '{merchant}: bitte {amount} bis {deadline} zahlen: {url}',
  'sms.closed_request': '{merchant}: Zahlungsanforderung, bis {deadline}: {url}',
  'sms.payment_reminder': '{merchant} erinnert: {amount} bis {deadline} zahlen: {url}',
  'sms.closed_reminder': '{merchant} erinnert an eine Zahlung, bis {deadline}: {url}',
  'sms.passcode': '{code} ist Ihr Code für die Zahlungsanforderung von {merchant}. Sagen Sie ihn niemandem.',
  'mail.subject': 'Zahlungsanforderung von {merchant}: {amount}',
  'mail.reminder_subject': 'Erinnerung: {subject}',
  'mail.preview': '{merchant} bittet Sie um die Zahlung von {amount}.',
  'mail.greeting': 'Guten Tag {name},',
  'mail.greeting_plain': 'Guten Tag,',
  'mail.body': '{merchant} bittet Sie um die Zahlung von {amount}.',
  'mail.for': 'Für',
  'mail.reference': 'Referenz',
  'mail.pay_by': 'Zahlbar bis',
  'mail.button': 'Ansehen und zahlen',
  'mail.phrase': 'Die Seite zeigt diese zwei Wörter, damit Sie uns erkennen: {phrase}.',
  'mail.ignore': 'Sie erwarten das nicht? Zahlen Sie nicht und fragen Sie {merchant}: {contact}.',
  'mail.closed_subject': 'Zahlungsanforderung von {merchant}',
  'mail.closed_body':
    '{merchant} bittet Sie um eine Zahlung. Wofür, zeigt die Seite, sobald Sie dort eine Frage beantwortet haben.',
  'mail.passcode_subject': 'Ihr Code für die Zahlungsanforderung von {merchant}',
  'mail.passcode_body':
    'Geben Sie diesen Code auf der Seite der Zahlungsanforderung von {merchant} ein. Er gilt 10 Minuten. Nur der neueste Code gilt.',
  'mail.passcode_ignore':
    'Sagen Sie diesen Code niemandem. Sie haben keinen angefordert? Fragen Sie {merchant}: {contact}.',

  'page.title': 'Zahlungsanforderung',
  'page.for': 'Für',
  'page.reference': 'Referenz',
  'page.pay_by': 'Zahlbar bis {deadline}',
  'page.days_left': 'noch {count, plural, one {# Tag} other {# Tage}}',
  'page.hours_left': 'noch {count, plural, one {# Stunde} other {# Stunden}}',
  'page.minutes_left': 'noch {count, plural, =0 {weniger als eine Minute} one {# Minute} other {# Minuten}}',
  'page.phrase': 'Prüfwörter',
  'page.phrase_help':
    'Wer Sie für {merchant} um die Zahlung gebeten hat, kann Ihnen diese zwei Wörter nennen.',
  'page.card_title': 'Kartendaten',
  'page.frame_title': 'Kartendaten, sicheres Formular',
  'page.pay': '{amount} zahlen',
  'page.secure': 'Ihre Kartendaten gehen direkt an den Zahlungsdienst. {merchant} sieht sie nie.',
  'page.who': 'Wer ist das?',
  'page.who_body': 'Diese Anforderung stammt von {merchant}. Fragen? Wenden Sie sich an {contact}.',
  'page.language': 'Sprache',
  'page.accessible': 'Barrierefreiheit',
  'page.accessible_body':
    'Diese Seite ist nach WCAG 2.2, Stufe AA, gemacht: Sie lässt sich mit der Tastatur, mit Screenreader, vergrößert, hell und dunkel nutzen. Wenn Sie etwas hindert, hilft {merchant}: {contact}.',
  'page.script_off':
    'Die Kartenzahlung braucht JavaScript. Schalten Sie es für diese Seite ein oder fragen Sie {merchant} nach einem anderen Weg.',
  'page.test_mode': 'Testmodus: Es fließt kein echtes Geld.',
  'page.grace': 'Eine Zahlung, die Sie jetzt beginnen, kann auch nach der Frist noch abgeschlossen werden.',
  'page.grace_until':
    'Die Frist ist abgelaufen. Eine rechtzeitig begonnene Zahlung kann noch bis {time} abgeschlossen werden.',
  'page.nothing_charged': 'Es wurde nichts abgebucht.',
  'page.frame_slow':
    'Das sichere Kartenformular wurde nicht geladen. Prüfen Sie die Verbindung und laden Sie die Seite neu.',
  'page.in_app':
    'Diese Seite ist in einer App geöffnet. Wenn hier etwas nicht geht, öffnen Sie sie in Ihrem eigenen Browser.',
  'page.open_browser': 'In meinem Browser öffnen',
  'page.copy': 'Adresse kopieren',
  'page.copied': 'Kopiert',
  'page.on_phone': 'Auf dem Telefon bezahlen',
  'page.on_phone_body':
    'Richten Sie die Kamera Ihres Telefons auf diesen Code. Diese Seite zeigt das Ergebnis von selbst.',
  'page.qr': 'Code, der diese Seite auf einem Telefon öffnet',
  'page.calendar': 'In den Kalender eintragen',
  'page.calendar_event': 'Zahlungsanforderung von {merchant}',
  'page.offline':
    'Sie sind offline. Es geht nichts verloren: Diese Seite macht von selbst weiter, sobald Sie wieder verbunden sind.',
  'page.problem':
    'Der Zahlungsdienst ist nicht erreichbar. Es wurde nichts abgebucht. Prüfen Sie die Verbindung und versuchen Sie es erneut.',

  'state.paid.title': 'Bezahlt',
  'state.paid.lead': 'Vielen Dank. {merchant} hat {amount} erhalten.',
  'state.paid.parts': 'In Teilen bezahlt',
  'state.paid.so_far': 'Bisher bezahlt',
  'state.paid.given_back': 'Erstattet',
  'state.paid.refunded_title': 'Erstattet',
  'state.paid.refunded_lead':
    '{merchant} hat {amount} erstattet. Bis Ihre Bank es anzeigt, können einige Tage vergehen.',
  'state.paid.date': 'Bezahlt am',
  'state.paid.card': 'Karte',
  'state.paid.card_value': '{brand} mit der Endung {last4}',
  'state.paid.number': 'Belegnummer',
  'state.paid.keep': 'Diese Seite ist Ihr Beleg. Bewahren Sie den Link auf: Er öffnet den Beleg wieder.',
  'state.paid.print': 'Drucken',
  'receipt.title': 'Beleg',
  'receipt.items': 'Posten',
  'receipt.tax': 'Steuer',
  'receipt.tax_total': 'Enthaltene Steuer',
  'receipt.total': 'Summe',
  'receipt.tax_number': 'Steuernummer',
  'receipt.pdf': 'Als PDF speichern',
  'receipt.no_pdf': 'Für ein PDF drucken Sie diese Seite und wählen dabei „Als PDF speichern“.',
  'receipt.send': 'Senden an {to}',
  'receipt.sent': 'Der Beleg geht an {to}.',
  'receipt.mail_subject': 'Beleg von {merchant}: {amount}',
  'receipt.mail_closed_subject': 'Beleg von {merchant}',
  'receipt.mail_closed_body':
    '{merchant} hat Ihre Zahlung erhalten. Der Beleg wird gezeigt, sobald Sie auf seiner Seite eine Frage beantwortet haben.',
  'receipt.mail_button': 'Beleg zeigen',
  'receipt.mail_ignore': 'Sie haben das nicht bezahlt? Wenden Sie sich an {merchant}: {contact}.',
  'state.processing.title': 'Wird gerade bezahlt',
  'state.processing.lead':
    'Jemand bezahlt diese Anforderung in diesem Moment, vielleicht Sie selbst in einem anderen Tab oder auf einem anderen Gerät. Zahlen Sie nicht noch einmal. Diese Seite zeigt das Ergebnis von selbst.',
  'state.processing.telephone':
    '{merchant} nimmt diese Zahlung in diesem Moment am Telefon entgegen. Zahlen Sie nicht noch einmal. Diese Seite zeigt das Ergebnis von selbst.',
  'state.confirming.title': 'Ihre Zahlung wird geklärt',
  'state.confirming.lead':
    'Wir klären Ihre Zahlung mit der Bank. Zahlen Sie nicht noch einmal. Diese Seite zeigt das Ergebnis von selbst; Sie können sie auch schließen und den Link später öffnen.',
  'state.challenge.title': 'Ihre Bank fragt nach',
  'state.challenge.lead':
    'Die Prüfung Ihrer Bank zu dieser Zahlung ist noch offen. Schließen Sie sie in dem Fenster ab, in dem Sie begonnen haben, oder führen Sie sie hier fort. Diese Seite zeigt von selbst, wie es ausgegangen ist. Zahlen Sie inzwischen nicht noch einmal.',
  'challenge.continue': 'Weiter zur Prüfung der Bank',
  'challenge.stop_hint':
    'Die Prüfung lässt sich nicht abschließen? Brechen Sie sie ab: Dafür wird nichts abgebucht, und Sie können hier zahlen.',
  'challenge.stop': 'Abbrechen und neu zahlen',
  'state.verification.title': 'Zeigen Sie bitte zuerst, dass Sie es sind',
  'state.verification.lead':
    '{merchant} hat diese Anforderung an eine bestimmte Person geschickt. Die Angaben sehen Sie, sobald Sie geantwortet haben.',
  'verify.postcode': 'Ihre Postleitzahl',
  'verify.postcode_hint': 'Die, die {merchant} von Ihnen kennt.',
  'verify.phone_ending': 'Die letzten {count} Ziffern Ihrer Telefonnummer',
  'verify.phone_ending_hint': 'Der Nummer, die {merchant} von Ihnen kennt.',
  'verify.reference': 'Die Referenz der Zahlung',
  'verify.reference_phone_ending': 'Die letzten {count} Ziffern der Telefonnummer des Kunden',
  'verify.reference_phone_ending_hint':
    'Hat Sie jemand gebeten, für ihn zu zahlen? Er kann Ihnen beides sagen, oder {merchant} kann es ihm sagen.',
  'verify.passcode': 'Ihr Code',
  'verify.passcode_sent':
    'Ein Code mit {count} Ziffern geht an {to}. Das kann eine Minute dauern; er gilt 10 Minuten. Nur der neueste Code gilt.',
  'verify.passcode_offer': 'Sie können sich einen Code schicken lassen, an {to}.',
  'verify.send': 'Code senden',
  'verify.send_again': 'Neuen Code senden',
  'verify.none_left': 'Es kann kein weiterer Code geschickt werden. {merchant} hilft Ihnen: {contact}.',
  'verify.too_soon':
    'Es wurde gerade ein Code geschickt. Warten Sie eine halbe Minute, bevor Sie einen neuen anfordern.',
  'verify.button': 'Weiter',
  'verify.wait': 'Einen Moment…',
  'verify.empty': 'Geben Sie Ihre Antwort ein.',
  'verify.over': 'Dieser Code ist abgelaufen. Lassen Sie sich einen neuen schicken.',
  'verify.problem':
    'Das ist nicht bei uns angekommen. Prüfen Sie Ihre Verbindung und versuchen Sie es noch einmal.',
  'verify.wrong': 'Das stimmt nicht. {count, plural, one {Noch # Versuch} other {Noch # Versuche}}.',
  'state.expired.title': 'Diese Anforderung ist abgelaufen',
  'state.expired.lead': 'Sie war bis {deadline} zahlbar.',
  'state.canceled.title': 'Diese Anforderung wurde storniert',
  'state.canceled.lead': '{merchant} hat sie storniert. Sie müssen nicht zahlen. Fragen? {contact}',
  'state.authorized.title': 'Ihre Zahlung ist vorgemerkt',
  'state.authorized.lead':
    'Ihre Bank hat {amount} vorgemerkt; {merchant} zieht den Betrag ein. Sie müssen nichts tun. Zahlen Sie nicht noch einmal.',
  'state.authorized.canceled':
    '{merchant} hat die Anforderung storniert. Der von Ihrer Bank vorgemerkte Betrag wird freigegeben. Sie müssen nichts tun.',
  'state.replaced.title': 'Es gibt einen neueren Link',
  'state.replaced.lead':
    'Dieser Link wurde ersetzt. Bitte nutzen Sie die neueste Nachricht von {merchant}. Nicht gefunden? {contact}',
  'state.locked.title': 'Zu Ihrer Sicherheit angehalten',
  'state.locked.lead':
    'Mit diesem Link gab es zu viele Versuche. {merchant} kann ihn wieder für Sie freigeben: {contact}.',
  'state.replaced.sent': 'Dieser Link wurde ersetzt. Der neue geht an {to}. Nicht gefunden? {contact}',
  'details.offer': 'Wenn Sie fortfahren, werden die Angaben zu dieser Zahlung bei {merchant} abgerufen.',
  'details.button': 'Weiter',
  'details.under_way': 'Die Angaben werden bei {merchant} abgerufen…',
  'details.failed':
    'Die Angaben konnten bei {merchant} nicht abgerufen werden. Der Betrag stimmt, und Sie können ihn hier zahlen.',
  'details.failed_open':
    'Die Angaben konnten bei {merchant} nicht abgerufen werden. Sie können trotzdem hier zahlen.',
  'ask.offer': 'Sie können sich einen neuen Link schicken lassen, an {to}.',
  'ask.offer_approval': '{merchant} kann Ihnen einen neuen Link schicken, an {to}.',
  'ask.button': 'Neuen Link anfordern',
  'ask.pending': 'Sie haben einen neuen Link angefordert. Sobald {merchant} zustimmt, geht er an {to}.',
  'ask.contact': 'Bitten Sie {merchant} um einen neuen Link: {contact}.',
  'ask.phone': 'die Telefonnummer mit der Endung {digits}',
  'ask.phone_on_file': 'die hinterlegte Telefonnummer',
  'ask.email': 'die E-Mail-Adresse {address}',
  'state.invalid.title': 'Dieser Link ist nicht gültig',
  'state.invalid.lead':
    'Prüfen Sie, ob die ganze Adresse aus Ihrer Nachricht kopiert wurde. Wenn ja, bitten Sie den Absender um einen neuen Link.',
  'state.throttled.title': 'Bitte versuchen Sie es später noch einmal',
  'state.throttled.lead':
    'Aus Ihrem Netz wurden zu viele ungültige Links geöffnet. Warten Sie eine Minute und öffnen Sie dann Ihren Link erneut.',
  'state.unavailable.title': 'Bitte versuchen Sie es gleich noch einmal',
  'state.unavailable.lead':
    'Wir können diese Anforderung gerade nicht anzeigen. Falls Sie eben bezahlt haben, zahlen Sie nicht noch einmal: Diese Seite sieht von selbst wieder nach und zeigt, was daraus geworden ist.',

  'mail.unsubscribe': 'Keine Erinnerungen mehr per E-Mail',
  'unsubscribe.ask': 'Keine Erinnerungen mehr?',
  'unsubscribe.ask_lead': '{merchant} sendet Erinnerungen an offene Zahlungsanforderungen an {address}.',
  'unsubscribe.stop': 'Erinnerungen abbestellen',
  'unsubscribe.stopped': 'Die Erinnerungen sind abbestellt',
  'unsubscribe.stopped_lead':
    '{merchant} sendet keine Erinnerungen mehr an {address}. An dem, was Sie zahlen sollen, ändert das nichts, und eine neue Anforderung kann weiterhin per E-Mail kommen.',
  'unsubscribe.again': 'Doch wieder Erinnerungen bekommen',

  'check.title': 'Zahlungsanforderung prüfen',
  'check.lead':
    'Jemand bittet Sie um eine Zahlung, und Sie sind nicht sicher? Sehen Sie nach, ob die Anforderung von hier stammt.',
  'check.reference': 'Referenz',
  'check.reference_hint': 'So, wie sie in der Anforderung steht, zum Beispiel A2041.',
  'check.phone': 'Die letzten {count} Ziffern Ihrer Telefonnummer',
  'check.phone_hint': 'Der Nummer, die das Unternehmen von Ihnen kennt.',
  'check.button': 'Prüfen',
  'check.empty': 'Geben Sie die Referenz und die letzten {count} Ziffern Ihrer Telefonnummer ein.',
  'check.genuine': 'Diese Anforderung ist echt',
  'check.genuine_lead':
    'Sie stammt von hier, für eine Telefonnummer mit denselben letzten Ziffern wie Ihre. Zahlen Sie nur auf einer Seite, deren Adresse so beginnt: {address}',
  'check.unknown': 'Eine solche Anforderung stammt nicht von hier',
  'check.unknown_lead':
    'Prüfen Sie Ihre Eingabe. Stimmt sie, dann zahlen Sie nicht. Fragen Sie das Unternehmen unter einer Nummer, die Sie schon kennen.',
  'check.again': 'Andere Anforderung prüfen',
  'check.throttled':
    'Es wurden zu viele Anforderungen geprüft. Warten Sie eine Weile und versuchen Sie es dann erneut.',
  'check.unavailable':
    'Wir können das gerade nicht prüfen. Versuchen Sie es gleich noch einmal, und zahlen Sie nicht vorher.',

  'frame.number': 'Kartennummer',
  'frame.name': 'Name auf der Karte',
  'frame.expiry': 'Gültig bis',
  'frame.expiry_hint': 'MM / JJ',
  'frame.csc': 'Prüfnummer',
  'frame.csc_help': '3 Ziffern auf der Rückseite der Karte',
  'frame.csc_help_amex': '4 Ziffern auf der Vorderseite der Karte',
  'frame.pay': 'Zahlen',
  'frame.paying': 'Zahlung läuft…',
  'frame.checking': 'Ihre Bank möchte prüfen, dass Sie es sind.',
  'frame.challenge_title': 'Prüfung der Bank',
  'frame.challenge_whole': 'Hier ist nichts zu sehen? Die Prüfung im ganzen Fenster öffnen.',
  'frame.done': 'Fertig',
  'frame.error.number': 'Geben Sie die ganze Kartennummer ein.',
  'frame.error.number_wrong': 'Diese Kartennummer stimmt nicht. Prüfen Sie die Ziffern.',
  'frame.error.name': 'Geben Sie den Namen auf der Karte ein.',
  'frame.error.expiry': 'Geben Sie Monat und Jahr ein, bis zu denen die Karte gültig ist.',
  'frame.error.expired': 'Diese Karte ist abgelaufen. Nutzen Sie eine andere.',
  'frame.error.csc': 'Geben Sie die Prüfnummer ein.',
  'frame.error.summary': 'Bitte berichtigen Sie die markierten Felder.',
  'frame.not_embedded': 'Dieses Formular funktioniert nur auf einer Zahlungsseite.',

  'result.declined':
    'Die Karte wurde abgelehnt. Es wurde nichts abgebucht. Prüfen Sie die Angaben, nutzen Sie eine andere Karte oder fragen Sie Ihre Bank.',
  'result.challenge_failed':
    'Ihre Bank hat nicht bestätigt, dass Sie es waren. Es wurde nichts abgebucht. Versuchen Sie es erneut oder nutzen Sie eine andere Karte.',
  'result.failed':
    'Die Zahlung kam nicht zustande. Es wurde nichts abgebucht. Bitte versuchen Sie es erneut.',
  'result.superseded': 'Diese Zahlung wurde anderswo neu begonnen. Hier wurde nichts abgebucht.',
  'result.taken_over':
    'Die Prüfung der Bank wurde in einem anderen Fenster abgebrochen. Hier wurde nichts abgebucht.',
  'result.being_paid': 'Diese Anforderung wird gerade anderswo bezahlt. Zahlen Sie nicht noch einmal.',
  'result.too_soon': 'Bitte warten Sie ein paar Sekunden und versuchen Sie es erneut.',
  'result.try_later':
    'Zahlungen sind gerade nicht möglich. Es wurde nichts abgebucht. Versuchen Sie es später erneut oder wenden Sie sich an {merchant}.',
  'result.too_many_attempts': 'Es gab zu viele Versuche. Wenden Sie sich an {merchant}.',
  'result.too_many_cards': 'Es wurden zu viele verschiedene Karten versucht. Wenden Sie sich an {merchant}.',
  'result.confirming': 'Wir klären Ihre Zahlung mit der Bank. Zahlen Sie nicht noch einmal.',
  'result.unavailable':
    'Der Zahlungsdienst ist nicht erreichbar. Es wurde nichts abgebucht. Versuchen Sie es in einer Minute erneut.',
};
