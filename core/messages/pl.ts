import type { Catalogue } from './en';

export const pl: Catalogue = {
  'amount.open': 'dowolną kwotę',
  'amount.choose': 'Kwota do wyboru',
  'amount.remaining': 'Pozostało do zapłaty',
  'amount.paid_of': 'Zapłacono {paid} z {total}.',
  'amount.label': 'Kwota do zapłaty teraz',
  'amount.between': 'Od {min} do {max}.',
  'amount.at_least': '{min} lub więcej.',
  'amount.up_to': 'Do {max}.',
  'amount.like': 'W walucie {currency}, na przykład {sample}.',
  'amount.error': 'Proszę wpisać kwotę, na przykład {sample}.',
  'amount.error_min': 'Proszę wpisać {min} lub więcej.',
  'amount.error_max': 'Proszę wpisać {max} lub mniej.',
  'amount.check': 'Proszę sprawdzić kwotę do zapłaty, nad danymi karty.',

  'sms.payment_request': '{merchant}: prosimy zapłacić {amount} do {deadline}: {url}',
  'sms.closed_request': '{merchant}: prośba o płatność, do {deadline}: {url}',
  'sms.payment_reminder': 'Przypomnienie od {merchant}: {amount} do {deadline}: {url}',
  'sms.closed_reminder': 'Przypomnienie od {merchant}: płatność do {deadline}: {url}',
  'sms.passcode': '{code} to kod do prośby o płatność od {merchant}. Prosimy nikomu go nie podawać.',
  'mail.subject': 'Prośba o płatność od {merchant}: {amount}',
  'mail.reminder_subject': 'Przypomnienie: {subject}',
  'mail.preview': '{merchant} prosi, aby zapłacić {amount}.',
  'mail.greeting': 'Dzień dobry, {name}!',
  'mail.greeting_plain': 'Dzień dobry!',
  'mail.body': '{merchant} prosi, aby zapłacić {amount}.',
  'mail.for': 'Tytułem',
  'mail.reference': 'Numer referencyjny',
  'mail.pay_by': 'Termin płatności',
  'mail.button': 'Sprawdź i zapłać',
  'mail.phrase': 'Strona pokazuje te dwa słowa, aby było wiadomo, że jest nasza: {phrase}.',
  'mail.ignore':
    'Ta wiadomość jest nieoczekiwana? Prosimy nie płacić i skontaktować się z {merchant}: {contact}.',
  'mail.unsubscribe': 'Wyłącz przypomnienia e-mail',
  'mail.closed_subject': 'Prośba o płatność od {merchant}',
  'mail.closed_body':
    '{merchant} prosi o płatność. Za co, strona pokaże po udzieleniu odpowiedzi na pytanie.',
  'mail.passcode_subject': 'Kod do prośby o płatność od {merchant}',
  'mail.passcode_body':
    'Ten kod należy wpisać na stronie prośby o płatność od {merchant}. Jest ważny 10 minut. Działa tylko najnowszy kod.',
  'mail.passcode_ignore':
    'Prosimy nikomu nie podawać tego kodu. Nikt o niego nie prosił? Kontakt do {merchant}: {contact}.',

  'page.title': 'Prośba o płatność',
  'page.for': 'Tytułem',
  'page.reference': 'Numer referencyjny',
  'page.pay_by': 'Termin płatności: {deadline}',
  'page.days_left':
    '{count, plural, one {pozostał # dzień} few {pozostały # dni} many {pozostało # dni} other {pozostało # dnia}}',
  'page.hours_left':
    '{count, plural, one {pozostała # godzina} few {pozostały # godziny} many {pozostało # godzin} other {pozostało # godziny}}',
  'page.minutes_left':
    '{count, plural, =0 {pozostała mniej niż minuta} one {pozostała # minuta} few {pozostały # minuty} many {pozostało # minut} other {pozostało # minuty}}',
  'page.phrase': 'Słowa do sprawdzenia',
  'page.phrase_help': 'Jeśli o zapłatę poprosiła osoba z {merchant}, może ona odczytać te dwa słowa.',
  'page.card_title': 'Dane karty',
  'page.frame_title': 'Dane karty, bezpieczny formularz',
  'page.pay': 'Zapłać {amount}',
  'page.secure': 'Dane karty trafiają prosto do operatora płatności. {merchant} nigdy ich nie widzi.',
  'page.who': 'Kto prosi o płatność?',
  'page.who_body': 'Tę prośbę wysłała firma {merchant}. Pytania? Kontakt: {contact}.',
  'page.language': 'Język',
  'page.accessible': 'Dostępność',
  'page.accessible_body':
    'Ta strona jest zgodna z WCAG 2.2 na poziomie AA: działa z klawiaturą, z czytnikiem ekranu, powiększona, w jasnych i ciemnych barwach. Jeśli coś przeszkadza, {merchant} może pomóc: {contact}.',
  'page.script_off':
    'Płatność kartą wymaga JavaScript. Proszę włączyć go dla tej strony lub skontaktować się z {merchant}, aby zapłacić inaczej.',
  'page.test_mode': 'Tryb testowy: bez prawdziwych pieniędzy.',
  'page.grace': 'Płatność rozpoczęta teraz może zakończyć się po terminie.',
  'page.grace_until':
    'Termin płatności minął. Płatność rozpoczętą na czas można jeszcze dokończyć do {time}.',
  'page.nothing_charged': 'Nic nie zostało pobrane.',
  'page.frame_slow':
    'Bezpieczny formularz karty nie został wczytany. Proszę sprawdzić połączenie i wczytać tę stronę ponownie.',
  'page.in_app':
    'Ta strona jest otwarta w aplikacji. Jeśli coś tu nie działa, proszę otworzyć ją w przeglądarce.',
  'page.open_browser': 'Otwórz w przeglądarce',
  'page.copy': 'Kopiuj adres',
  'page.copied': 'Skopiowano',
  'page.on_phone': 'Zapłać telefonem',
  'page.on_phone_body': 'Proszę skierować aparat telefonu na ten kod. Ta strona sama pokaże wynik.',
  'page.qr': 'Kod, który otwiera tę stronę w telefonie',
  'page.calendar': 'Dodaj do kalendarza',
  'page.calendar_event': 'Prośba o płatność od {merchant}',
  'page.offline': 'Brak połączenia. Nic nie przepadło: ta strona sama ruszy dalej, gdy połączenie wróci.',
  'page.problem':
    'Operator płatności jest nieosiągalny. Nic nie zostało pobrane. Proszę sprawdzić połączenie i spróbować ponownie.',

  'state.paid.title': 'Zapłacono',
  'state.paid.lead': 'Dziękujemy. {merchant} ma już {amount}.',
  'state.paid.parts': 'Zapłacono w częściach',
  'state.paid.so_far': 'Zapłacono dotychczas',
  'state.paid.given_back': 'Zwrot',
  'state.paid.refunded_title': 'Zwrócono',
  'state.paid.refunded_lead': '{merchant} zwraca {amount}. Bank może pokazać zwrot dopiero po kilku dniach.',
  'state.paid.date': 'Data płatności',
  'state.paid.card': 'Karta',
  'state.paid.card_value': '{brand} z końcówką {last4}',
  'state.paid.number': 'Numer potwierdzenia',
  'state.paid.keep':
    'Ta strona jest potwierdzeniem płatności. Prosimy zachować link: otwiera potwierdzenie ponownie.',
  'state.paid.print': 'Drukuj',
  'state.processing.title': 'Płatność właśnie trwa',
  'state.processing.lead':
    'Ktoś właśnie płaci, być może w innej karcie przeglądarki lub na innym urządzeniu. Prosimy nie płacić drugi raz. Ta strona sama pokaże wynik.',
  'state.processing.telephone':
    '{merchant} przyjmuje właśnie tę płatność przez telefon. Prosimy nie płacić drugi raz. Ta strona sama pokaże wynik.',
  'state.confirming.title': 'Potwierdzamy płatność',
  'state.confirming.lead':
    'Potwierdzamy płatność w banku. Prosimy nie płacić drugi raz. Ta strona sama pokaże wynik; można ją też zamknąć i otworzyć link później.',
  'state.challenge.title': 'Bank prosi o potwierdzenie',
  'state.challenge.lead':
    'Weryfikacja bankowa tej płatności wciąż trwa. Proszę dokończyć ją w oknie, w którym się zaczęła, albo kontynuować tutaj. Ta strona sama pokaże wynik. W tym czasie prosimy nie płacić drugi raz.',
  'challenge.continue': 'Przejdź do weryfikacji bankowej',
  'challenge.stop_hint':
    'Nie można dokończyć weryfikacji? Można ją przerwać: nic nie zostanie za nią pobrane i będzie można zapłacić tutaj.',
  'challenge.stop': 'Przerwij i zapłać od nowa',
  'state.verification.title': 'Najpierw prosimy o potwierdzenie tożsamości',
  'state.verification.lead':
    '{merchant} kieruje tę prośbę do jednej osoby. Szczegóły pojawią się po udzieleniu odpowiedzi.',
  'verify.postcode': 'Kod pocztowy',
  'verify.postcode_hint': 'Ten, który zna {merchant}.',
  'verify.phone_ending': 'Ostatnie cyfry numeru telefonu ({count})',
  'verify.phone_ending_hint': 'Numeru, który zna {merchant}.',
  'verify.reference': 'Numer referencyjny płatności',
  'verify.reference_phone_ending': 'Ostatnie cyfry numeru telefonu klienta ({count})',
  'verify.reference_phone_ending_hint':
    'Ktoś prosi o zapłatę w jego imieniu? Ta osoba może podać oba numery; otrzyma je od {merchant}.',
  'verify.passcode': 'Kod',
  'verify.passcode_sent':
    'Kod (liczba cyfr: {count}) zostanie wysłany na {to}. Może to potrwać minutę; kod jest ważny 10 minut. Działa tylko najnowszy kod.',
  'verify.passcode_offer': 'Kod można otrzymać na {to}.',
  'verify.send': 'Wyślij kod',
  'verify.send_again': 'Wyślij kolejny kod',
  'verify.none_left': 'Nie można wysłać kolejnych kodów. {merchant} może pomóc: {contact}.',
  'verify.too_soon': 'Kod został właśnie wysłany. Proszę poczekać pół minuty przed poproszeniem o kolejny.',
  'verify.button': 'Dalej',
  'verify.wait': 'Chwileczkę…',
  'verify.empty': 'Proszę wpisać odpowiedź.',
  'verify.over': 'Ten kod stracił ważność. Proszę poprosić o kolejny.',
  'verify.problem': 'Odpowiedź do nas nie dotarła. Proszę sprawdzić połączenie i spróbować ponownie.',
  'verify.wrong':
    'To nie jest prawidłowa odpowiedź. {count, plural, one {Pozostała # próba} few {Pozostały # próby} many {Pozostało # prób} other {Pozostało # próby}}.',
  'state.expired.title': 'Ta prośba wygasła',
  'state.expired.lead': 'Termin płatności minął: {deadline}.',
  'state.canceled.title': 'Ta prośba została anulowana',
  'state.canceled.lead': 'Anulowała ją firma {merchant}. Nie trzeba płacić. Pytania? {contact}',
  'state.authorized.title': 'Kwota jest zablokowana na koncie',
  'state.authorized.lead':
    'Bank zablokował {amount} na rzecz {merchant} i kwota zostanie pobrana. Nie trzeba nic robić. Prosimy nie płacić drugi raz.',
  'state.authorized.canceled':
    'Firma {merchant} anulowała prośbę. Kwota zablokowana przez bank jest zwalniana. Nie trzeba nic robić.',
  'state.replaced.title': 'Jest nowszy link',
  'state.replaced.lead':
    'Ten link został zastąpiony. Prosimy użyć najnowszej wiadomości od {merchant}. Nie można jej znaleźć? {contact}',
  'state.locked.title': 'Wstrzymano dla bezpieczeństwa',
  'state.locked.lead': 'Było zbyt wiele prób z tym linkiem. {merchant} może otworzyć go ponownie: {contact}.',
  'state.replaced.sent':
    'Ten link został zastąpiony. Nowy zostanie wysłany na {to}. Nie można go znaleźć? {contact}',
  'details.offer': 'Po przejściu dalej szczegóły tej płatności zostaną pobrane z {merchant}.',
  'details.button': 'Dalej',
  'details.under_way': 'Pobieramy szczegóły z {merchant}…',
  'details.failed':
    'Nie udało się pobrać szczegółów z {merchant}. Kwota jest prawidłowa i można ją tu zapłacić.',
  'details.failed_open': 'Nie udało się pobrać szczegółów z {merchant}. Mimo to można tu zapłacić.',
  'ask.offer': 'Nowy link można otrzymać na {to}.',
  'ask.offer_approval': '{merchant} może wysłać nowy link na {to}.',
  'ask.button': 'Poproś o nowy link',
  'ask.pending':
    'Prośba o nowy link została wysłana. Gdy {merchant} się zgodzi, link zostanie wysłany na {to}.',
  'ask.contact': 'O nowy link można poprosić {merchant}: {contact}.',
  'ask.phone': 'numer telefonu z końcówką {digits}',
  'ask.phone_on_file': 'znany numer telefonu',
  'ask.email': 'adres e-mail {address}',
  'state.invalid.title': 'Ten link jest nieprawidłowy',
  'state.invalid.lead':
    'Proszę sprawdzić, czy z wiadomości skopiowano cały adres. Jeśli tak, proszę poprosić firmę, która go wysłała, o nowy.',
  'state.throttled.title': 'Proszę spróbować później',
  'state.throttled.lead':
    'Z tej sieci otwarto zbyt wiele nieprawidłowych linków. Proszę poczekać minutę i otworzyć link ponownie.',
  'state.unavailable.title': 'Proszę spróbować za chwilę',
  'state.unavailable.lead':
    'Nie możemy teraz pokazać tej prośby. Jeśli płatność była przed chwilą, prosimy nie płacić drugi raz: ta strona sama sprawdzi ponownie i pokaże, co się z nią stało.',

  'unsubscribe.ask': 'Wyłączyć przypomnienia?',
  'unsubscribe.ask_lead':
    '{merchant} wysyła na adres {address} przypomnienia o niezapłaconych prośbach o płatność.',
  'unsubscribe.stop': 'Wyłącz przypomnienia',
  'unsubscribe.stopped': 'Przypomnienia są wyłączone',
  'unsubscribe.stopped_lead':
    '{merchant} nie wysyła już przypomnień na adres {address}. To, o co poproszono, pozostaje bez zmian, a nowa prośba może nadal przyjść e-mailem.',
  'unsubscribe.again': 'Zmiana zdania? Włącz przypomnienia ponownie',
  'check.title': 'Sprawdź prośbę o płatność',
  'check.lead': 'Ktoś poprosił o płatność i są wątpliwości? Tu można sprawdzić, czy prośba powstała u nas.',
  'check.reference': 'Numer referencyjny',
  'check.reference_hint': 'Tak jak w prośbie, na przykład A2041.',
  'check.phone': 'Ostatnie cyfry numeru telefonu ({count})',
  'check.phone_hint': 'Numeru, który zna firma.',
  'check.button': 'Sprawdź',
  'check.empty': 'Proszę wpisać numer referencyjny i ostatnie cyfry numeru telefonu ({count}).',
  'check.genuine': 'Ta prośba jest prawdziwa',
  'check.genuine_lead':
    'Powstała tutaj, dla numeru telefonu o takich samych ostatnich cyfrach. Prosimy płacić tylko na stronie, której adres zaczyna się od {address}',
  'check.unknown': 'Taka prośba tu nie powstała',
  'check.unknown_lead':
    'Proszę sprawdzić wpisane dane. Jeśli są prawidłowe, prosimy nie płacić. Proszę zapytać firmę pod numerem, który jest już znany.',
  'check.again': 'Sprawdź inną prośbę',
  'check.throttled': 'Sprawdzono zbyt wiele próśb. Proszę chwilę poczekać i spróbować ponownie.',
  'check.unavailable': 'Nie możemy teraz tego sprawdzić. Proszę spróbować za chwilę i nie płacić wcześniej.',

  'frame.number': 'Numer karty',
  'frame.name': 'Imię i nazwisko na karcie',
  'frame.expiry': 'Data ważności',
  'frame.expiry_hint': 'MM / RR',
  'frame.csc': 'Kod CVV',
  'frame.csc_help': '3 cyfry na odwrocie karty',
  'frame.csc_help_amex': '4 cyfry na przodzie karty',
  'frame.pay': 'Zapłać',
  'frame.paying': 'Płatność trwa…',
  'frame.checking': 'Bank chce potwierdzić tożsamość.',
  'frame.challenge_title': 'Weryfikacja bankowa',
  'frame.challenge_whole': 'Nic tu nie widać? Otwórz weryfikację w całym oknie.',
  'frame.done': 'Gotowe',
  'frame.error.number': 'Proszę wpisać cały numer karty.',
  'frame.error.number_wrong': 'Ten numer karty jest nieprawidłowy. Proszę sprawdzić cyfry.',
  'frame.error.name': 'Proszę wpisać imię i nazwisko z karty.',
  'frame.error.expiry': 'Proszę wpisać miesiąc i rok ważności karty.',
  'frame.error.expired': 'Ta karta straciła ważność. Proszę użyć innej karty.',
  'frame.error.csc': 'Proszę wpisać kod CVV.',
  'frame.error.summary': 'Proszę poprawić zaznaczone pola.',
  'frame.not_embedded': 'Ten formularz działa tylko na stronie płatności.',

  'result.declined':
    'Karta została odrzucona. Nic nie zostało pobrane. Proszę sprawdzić dane, użyć innej karty lub zapytać bank.',
  'result.challenge_failed':
    'Bank nie potwierdził tożsamości. Nic nie zostało pobrane. Proszę spróbować ponownie lub użyć innej karty.',
  'result.failed': 'Płatność nie powiodła się. Nic nie zostało pobrane. Proszę spróbować ponownie.',
  'result.superseded': 'Ta płatność została rozpoczęta od nowa gdzie indziej. Tutaj nic nie zostało pobrane.',
  'result.taken_over': 'Weryfikacja bankowa została przerwana w innym oknie. Tutaj nic nie zostało pobrane.',
  'result.being_paid': 'Ta płatność właśnie trwa gdzie indziej. Prosimy nie płacić drugi raz.',
  'result.too_soon': 'Proszę poczekać kilka sekund i spróbować ponownie.',
  'result.try_later':
    'Płatności są teraz niemożliwe. Nic nie zostało pobrane. Proszę spróbować później lub skontaktować się z {merchant}.',
  'result.too_many_attempts': 'Było zbyt wiele prób. Proszę skontaktować się z {merchant}.',
  'result.too_many_cards': 'Użyto zbyt wielu różnych kart. Proszę skontaktować się z {merchant}.',
  'result.confirming': 'Potwierdzamy płatność. Prosimy nie płacić drugi raz.',
  'result.unavailable':
    'Operator płatności jest nieosiągalny. Nic nie zostało pobrane. Proszę spróbować za minutę.',
};
