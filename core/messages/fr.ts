import type { Catalogue } from './en';

export const fr: Catalogue = {
  'amount.open': 'un montant de votre choix',
  'amount.choose': 'Vous choisissez le montant',
  'amount.remaining': 'Reste à payer',
  'amount.paid_of': '{paid} sur {total} sont payés.',
  'amount.label': 'Montant à payer maintenant',
  'amount.between': 'De {min} à {max}.',
  'amount.at_least': '{min} ou plus.',
  'amount.up_to': 'Jusqu’à {max}.',
  'amount.like': 'En {currency}, par exemple {sample}.',
  'amount.error': 'Saisissez un montant, par exemple {sample}.',
  'amount.error_min': 'Saisissez {min} ou plus.',
  'amount.error_max': 'Saisissez {max} ou moins.',
  'amount.check': 'Vérifiez le montant à payer, au-dessus de la carte.',

  'sms.payment_request': '{merchant}\u00a0: {amount} à payer avant le {deadline}\u00a0: {url}',
  'sms.closed_request': '{merchant}\u00a0: demande de paiement, avant le {deadline}\u00a0: {url}',
  'sms.payment_reminder': 'Rappel de {merchant}\u00a0: {amount} avant le {deadline}\u00a0: {url}',
  'sms.closed_reminder': 'Rappel de {merchant}\u00a0: paiement avant le {deadline}\u00a0: {url}',
  'sms.passcode':
    '{code} est votre code pour la demande de paiement de {merchant}. Ne le communiquez à personne.',
  'mail.subject': 'Demande de paiement de {merchant}\u00a0: {amount}',
  'mail.reminder_subject': 'Rappel\u00a0: {subject}',
  'mail.preview': '{merchant} vous demande de payer {amount}.',
  'mail.greeting': 'Bonjour {name},',
  'mail.greeting_plain': 'Bonjour,',
  'mail.body': '{merchant} vous demande de payer {amount}.',
  'mail.for': 'Objet',
  'mail.reference': 'Référence',
  'mail.pay_by': 'À payer avant le',
  'mail.button': 'Vérifier et payer',
  'mail.phrase': 'La page affiche ces deux mots, pour que vous sachiez qu’elle est la nôtre\u00a0: {phrase}.',
  'mail.ignore':
    'Vous n’attendiez pas ce message\u00a0? Ne payez pas et contactez {merchant}\u00a0: {contact}.',
  'mail.unsubscribe': 'Arrêter les rappels par e-mail',
  'mail.closed_subject': 'Demande de paiement de {merchant}',
  'mail.closed_body':
    '{merchant} vous demande un paiement. Son objet s’affiche dès que vous avez répondu à une question sur la page.',
  'mail.passcode_subject': 'Votre code pour la demande de paiement de {merchant}',
  'mail.passcode_body':
    'Saisissez ce code sur la page de la demande de paiement de {merchant}. Il est valable 10 minutes. Seul le code le plus récent fonctionne.',
  'mail.passcode_ignore':
    'Ne communiquez ce code à personne. Vous n’en avez pas demandé\u00a0? Contactez {merchant}\u00a0: {contact}.',

  'page.title': 'Demande de paiement',
  'page.for': 'Objet',
  'page.reference': 'Référence',
  'page.pay_by': 'À payer avant le {deadline}',
  'page.days_left': 'il reste {count, plural, one {# jour} other {# jours}}',
  'page.hours_left': 'il reste {count, plural, one {# heure} other {# heures}}',
  'page.minutes_left': 'il reste {count, plural, =0 {moins d’une minute} one {# minute} other {# minutes}}',
  'page.phrase': 'Mots à vérifier',
  'page.phrase_help':
    'Si une personne de {merchant} vous a demandé de payer, elle peut vous lire ces deux mots.',
  'page.card_title': 'Données de la carte',
  'page.frame_title': 'Données de la carte, formulaire sécurisé',
  'page.pay': 'Payer {amount}',
  'page.secure':
    'Les données de votre carte vont directement au service de paiement. {merchant} ne les voit jamais.',
  'page.who': 'Qui demande ce paiement\u00a0?',
  'page.who_body': 'Cette demande vient de {merchant}. Des questions\u00a0? Contact\u00a0: {contact}.',
  'page.language': 'Langue',
  'page.accessible': 'Accessibilité',
  'page.accessible_body':
    'Cette page est conçue selon les WCAG 2.2, niveau AA\u00a0: elle s’utilise au clavier, avec un lecteur d’écran, agrandie, en mode clair ou sombre. Si quelque chose vous gêne, {merchant} peut vous aider\u00a0: {contact}.',
  'page.script_off':
    'Le paiement par carte nécessite JavaScript. Activez-le pour ce site ou contactez {merchant} pour payer autrement.',
  'page.test_mode': 'Mode test\u00a0: aucun argent réel n’est transféré.',
  'page.grace': 'Un paiement commencé maintenant peut se terminer après l’échéance.',
  'page.grace_until':
    'L’échéance est passée. Un paiement commencé à temps peut encore se terminer jusqu’à {time}.',
  'page.nothing_charged': 'Rien n’a été débité.',
  'page.frame_slow':
    'Le formulaire sécurisé n’est pas chargé. Vérifiez votre connexion et rechargez cette page.',
  'page.in_app':
    'Cette page est ouverte dans une application. Si quelque chose ne fonctionne pas ici, ouvrez-la dans votre navigateur.',
  'page.open_browser': 'Ouvrir dans mon navigateur',
  'page.copy': 'Copier l’adresse',
  'page.copied': 'Copiée',
  'page.on_phone': 'Payer sur votre téléphone',
  'page.on_phone_body':
    'Dirigez l’appareil photo de votre téléphone vers ce code. Cette page affiche le résultat d’elle-même.',
  'page.qr': 'Code qui ouvre cette page sur un téléphone',
  'page.calendar': 'Ajouter au calendrier',
  'page.calendar_event': 'Demande de paiement de {merchant}',
  'page.offline':
    'Vous êtes hors ligne. Rien n’est perdu\u00a0: cette page reprend d’elle-même dès que la connexion revient.',
  'page.problem':
    'Le service de paiement est injoignable. Rien n’a été débité. Vérifiez votre connexion et réessayez.',

  'state.paid.title': 'Payé',
  'state.paid.lead': 'Merci. {merchant} a reçu {amount}.',
  'state.paid.parts': 'Payé en plusieurs fois',
  'state.paid.so_far': 'Déjà payé',
  'state.paid.given_back': 'Remboursé',
  'state.paid.refunded_title': 'Remboursé',
  'state.paid.refunded_lead':
    '{merchant} a remboursé {amount}. Il peut s’écouler quelques jours avant que votre banque ne l’affiche.',
  'state.paid.date': 'Payé le',
  'state.paid.card': 'Carte',
  'state.paid.card_value': '{brand} se terminant par {last4}',
  'state.paid.number': 'Numéro du reçu',
  'state.paid.keep': 'Cette page est votre reçu. Gardez le lien\u00a0: il ouvre de nouveau le reçu.',
  'state.paid.print': 'Imprimer',
  'receipt.title': 'Reçu',
  'receipt.items': 'Détail',
  'receipt.tax': 'Taxe',
  'receipt.tax_total': 'Taxe incluse',
  'receipt.total': 'Montant total',
  'receipt.tax_number': 'Numéro fiscal',
  'receipt.pdf': 'Enregistrer en PDF',
  'receipt.no_pdf':
    'Pour le garder en PDF, imprimez cette page et choisissez «\u00a0Enregistrer au format PDF\u00a0».',
  'receipt.send': 'Envoyer à\u00a0: {to}',
  'receipt.sent': 'Le reçu est envoyé à\u00a0: {to}.',
  'receipt.mail_subject': 'Reçu de {merchant}\u00a0: {amount}',
  'receipt.mail_closed_subject': 'Reçu de {merchant}',
  'receipt.mail_closed_body':
    '{merchant} a reçu votre paiement. Le reçu s’affiche dès que vous avez répondu à une question sur sa page.',
  'receipt.mail_button': 'Afficher le reçu',
  'receipt.mail_ignore': 'Vous n’avez pas fait ce paiement\u00a0? Contactez {merchant}\u00a0: {contact}.',
  'state.processing.title': 'Paiement en cours',
  'state.processing.lead':
    'Quelqu’un paie cette demande en ce moment, peut-être vous-même dans un autre onglet ou sur un autre appareil. Ne payez pas une deuxième fois. Cette page affiche le résultat d’elle-même.',
  'state.processing.telephone':
    '{merchant} prend ce paiement par téléphone en ce moment. Ne payez pas une deuxième fois. Cette page affiche le résultat d’elle-même.',
  'state.confirming.title': 'Confirmation de votre paiement',
  'state.confirming.lead':
    'Nous confirmons votre paiement avec la banque. Ne payez pas une deuxième fois. Cette page affiche le résultat d’elle-même\u00a0; vous pouvez aussi la fermer et ouvrir votre lien plus tard.',
  'state.challenge.title': 'Votre banque vous interroge',
  'state.challenge.lead':
    'La vérification bancaire de ce paiement est encore ouverte. Terminez-la dans la fenêtre où vous avez commencé, ou poursuivez-la ici. Cette page affiche d’elle-même le résultat. En attendant, ne payez pas une deuxième fois.',
  'challenge.continue': 'Poursuivre la vérification bancaire',
  'challenge.stop_hint':
    'La vérification ne peut pas aboutir\u00a0? Arrêtez-la\u00a0: rien ne sera débité, et vous pourrez payer ici.',
  'challenge.stop': 'Arrêter et payer à nouveau',
  'state.verification.title': 'D’abord, montrez-nous que c’est bien vous',
  'state.verification.lead':
    '{merchant} a envoyé cette demande à une seule personne. Les détails s’affichent dès que vous avez répondu.',
  'verify.postcode': 'Votre code postal',
  'verify.postcode_hint': 'Celui que {merchant} connaît de vous.',
  'verify.phone_ending': 'Les {count} derniers chiffres de votre numéro de téléphone',
  'verify.phone_ending_hint': 'Du numéro que {merchant} connaît de vous.',
  'verify.reference': 'La référence du paiement',
  'verify.reference_phone_ending': 'Les {count} derniers chiffres du numéro de téléphone du client',
  'verify.reference_phone_ending_hint':
    'Quelqu’un vous a demandé de payer pour lui\u00a0? Il peut vous donner les deux, ou {merchant} peut les lui donner.',
  'verify.passcode': 'Votre code',
  'verify.passcode_sent':
    'Un code de {count} chiffres est envoyé à\u00a0: {to}. Il peut mettre une minute à arriver et reste valable 10 minutes. Seul le code le plus récent fonctionne.',
  'verify.passcode_offer': 'Vous pouvez recevoir un code à\u00a0: {to}.',
  'verify.send': 'Envoyer le code',
  'verify.send_again': 'Envoyer un autre code',
  'verify.none_left': 'Plus aucun code ne peut être envoyé. {merchant} peut vous aider\u00a0: {contact}.',
  'verify.too_soon': 'Un code vient d’être envoyé. Attendez une demi-minute avant d’en demander un autre.',
  'verify.button': 'Continuer',
  'verify.wait': 'Un instant…',
  'verify.empty': 'Saisissez votre réponse.',
  'verify.over': 'Ce code n’est plus valable. Faites-vous en envoyer un autre.',
  'verify.problem': 'Votre réponse ne nous est pas parvenue. Vérifiez votre connexion et réessayez.',
  'verify.wrong': 'Ce n’est pas la bonne réponse. Il reste {count, plural, one {# essai} other {# essais}}.',
  'state.expired.title': 'Cette demande a expiré',
  'state.expired.lead': 'Elle pouvait être payée jusqu’à cette échéance\u00a0: {deadline}.',
  'state.canceled.title': 'Cette demande a été annulée',
  'state.canceled.lead': '{merchant} l’a annulée. Vous n’avez rien à payer. Des questions\u00a0? {contact}',
  'state.authorized.title': 'Votre paiement est réservé',
  'state.authorized.lead':
    'Votre banque a réservé {amount} pour {merchant}, qui l’encaissera. Vous n’avez rien à faire. Ne payez pas une deuxième fois.',
  'state.authorized.canceled':
    '{merchant} a annulé la demande. Le montant réservé par votre banque est en cours de libération. Vous n’avez rien à faire.',
  'state.replaced.title': 'Il existe un lien plus récent',
  'state.replaced.lead':
    'Ce lien a été remplacé. Utilisez le message le plus récent de {merchant}. Vous ne le trouvez pas\u00a0? {contact}',
  'state.locked.title': 'Suspendu pour votre sécurité',
  'state.locked.lead':
    'Il y a eu trop d’essais avec ce lien. {merchant} peut le rouvrir pour vous\u00a0: {contact}.',
  'state.replaced.sent':
    'Ce lien a été remplacé. Le nouveau est envoyé à\u00a0: {to}. Vous ne le trouvez pas\u00a0? {contact}',
  'details.offer': 'Quand vous continuez, les détails de ce paiement sont demandés à {merchant}.',
  'details.button': 'Continuer',
  'details.under_way': 'Les détails sont demandés à {merchant}…',
  'details.failed':
    'Les détails n’ont pas pu être obtenus de {merchant}. Le montant est exact et vous pouvez le payer ici.',
  'details.failed_open':
    'Les détails n’ont pas pu être obtenus de {merchant}. Vous pouvez tout de même payer ici.',
  'ask.offer': 'Vous pouvez recevoir un nouveau lien à\u00a0: {to}.',
  'ask.offer_approval': '{merchant} peut vous envoyer un nouveau lien à\u00a0: {to}.',
  'ask.button': 'Demander un nouveau lien',
  'ask.pending':
    'Vous avez demandé un nouveau lien. Dès que {merchant} l’accepte, il est envoyé à\u00a0: {to}.',
  'ask.contact': 'Demandez un nouveau lien à {merchant}\u00a0: {contact}.',
  'ask.phone': 'le numéro de téléphone se terminant par {digits}',
  'ask.phone_on_file': 'le numéro de téléphone connu',
  'ask.email': 'l’adresse e-mail {address}',
  'state.invalid.title': 'Ce lien n’est pas valable',
  'state.invalid.lead':
    'Vérifiez que l’adresse entière a été copiée de votre message. Si c’est le cas, demandez-en une nouvelle à l’entreprise qui l’a envoyée.',
  'state.throttled.title': 'Veuillez réessayer plus tard',
  'state.throttled.lead':
    'Trop de liens non valables ont été ouverts depuis votre réseau. Attendez une minute, puis ouvrez de nouveau votre lien.',
  'state.unavailable.title': 'Veuillez réessayer dans un instant',
  'state.unavailable.lead':
    'Nous ne pouvons pas afficher cette demande pour l’instant. Si vous venez de payer, ne payez pas une deuxième fois\u00a0: cette page vérifie d’elle-même et affiche ce qu’il en est.',

  'unsubscribe.ask': 'Arrêter les rappels\u00a0?',
  'unsubscribe.ask_lead': '{merchant} envoie à {address} des rappels de demandes de paiement impayées.',
  'unsubscribe.stop': 'Arrêter les rappels',
  'unsubscribe.stopped': 'Les rappels sont arrêtés',
  'unsubscribe.stopped_lead':
    '{merchant} n’envoie plus de rappels à {address}. Ce qui vous a été demandé reste inchangé, et une nouvelle demande peut encore arriver par e-mail.',
  'unsubscribe.again': 'Vous avez changé d’avis\u00a0? Recevoir à nouveau les rappels',
  'check.title': 'Vérifier une demande de paiement',
  'check.lead':
    'On vous a demandé de payer et vous avez un doute\u00a0? Voyez si la demande a été faite ici.',
  'check.reference': 'Référence',
  'check.reference_hint': 'Telle qu’elle figure dans la demande, par exemple A2041.',
  'check.phone': 'Les {count} derniers chiffres de votre numéro de téléphone',
  'check.phone_hint': 'Du numéro que l’entreprise connaît de vous.',
  'check.button': 'Vérifier',
  'check.empty': 'Saisissez la référence et les {count} derniers chiffres de votre numéro de téléphone.',
  'check.genuine': 'Cette demande est authentique',
  'check.genuine_lead':
    'Elle a été faite ici, pour un numéro de téléphone qui se termine comme le vôtre. Ne payez que sur une page dont l’adresse commence par {address}',
  'check.unknown': 'Aucune demande de ce genre n’a été faite ici',
  'check.unknown_lead':
    'Vérifiez votre saisie. Si elle est exacte, ne payez pas. Interrogez l’entreprise à un numéro que vous connaissez déjà.',
  'check.again': 'Vérifier une autre demande',
  'check.throttled': 'Trop de demandes ont été vérifiées. Patientez un peu, puis réessayez.',
  'check.unavailable':
    'Nous ne pouvons pas vérifier cela pour l’instant. Réessayez dans un instant et ne payez pas avant.',

  'frame.number': 'Numéro de carte',
  'frame.name': 'Nom sur la carte',
  'frame.expiry': 'Date d’expiration',
  'frame.expiry_hint': 'MM / AA',
  'frame.csc': 'Code de sécurité',
  'frame.csc_help': '3 chiffres au dos de la carte',
  'frame.csc_help_amex': '4 chiffres au recto de la carte',
  'frame.pay': 'Payer',
  'frame.paying': 'Paiement en cours…',
  'frame.checking': 'Votre banque veut vérifier que c’est bien vous.',
  'frame.challenge_title': 'Vérification bancaire',
  'frame.challenge_whole': 'Rien ne s’affiche\u00a0? Ouvrir la vérification dans toute la fenêtre.',
  'frame.done': 'Terminé',
  'frame.error.number': 'Saisissez le numéro de carte complet.',
  'frame.error.number_wrong': 'Ce numéro de carte n’est pas correct. Vérifiez les chiffres.',
  'frame.error.name': 'Saisissez le nom qui figure sur la carte.',
  'frame.error.expiry': 'Saisissez le mois et l’année d’expiration de la carte.',
  'frame.error.expired': 'Cette carte a expiré. Utilisez une autre carte.',
  'frame.error.csc': 'Saisissez le code de sécurité.',
  'frame.error.summary': 'Veuillez corriger les champs signalés.',
  'frame.not_embedded': 'Ce formulaire ne fonctionne que dans une page de paiement.',

  'result.declined':
    'La carte a été refusée. Rien n’a été débité. Vérifiez les données, utilisez une autre carte ou interrogez votre banque.',
  'result.challenge_failed':
    'Votre banque n’a pas confirmé que c’était vous. Rien n’a été débité. Réessayez ou utilisez une autre carte.',
  'result.failed': 'Le paiement n’a pas pu être effectué. Rien n’a été débité. Veuillez réessayer.',
  'result.superseded': 'Ce paiement a été recommencé ailleurs. Rien n’a été débité ici.',
  'result.taken_over':
    'La vérification bancaire a été arrêtée depuis une autre fenêtre. Rien n’a été débité ici.',
  'result.being_paid': 'Cette demande est en train d’être payée ailleurs. Ne payez pas une deuxième fois.',
  'result.too_soon': 'Veuillez attendre quelques secondes et réessayer.',
  'result.try_later':
    'Les paiements ne sont pas possibles pour l’instant. Rien n’a été débité. Réessayez plus tard ou contactez {merchant}.',
  'result.too_many_attempts': 'Il y a eu trop d’essais. Contactez {merchant} pour continuer.',
  'result.too_many_cards':
    'Trop de cartes différentes ont été essayées. Contactez {merchant} pour continuer.',
  'result.confirming': 'Nous confirmons votre paiement. Ne payez pas une deuxième fois.',
  'result.unavailable':
    'Le service de paiement est injoignable. Rien n’a été débité. Réessayez dans une minute.',
};
