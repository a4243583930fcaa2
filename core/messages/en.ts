/** The one catalogue for SMS, mail, page, frame and receipt. ICU MessageFormat; the other languages must have the same keys. */
export const en = {
  'sms.payment_request': '{merchant}: please pay {amount} by {deadline}: {url}',
  'mail.subject': 'Payment request from {merchant}: {amount}',
  'mail.preview': '{merchant} asks you to pay {amount}.',
  'mail.greeting': 'Hello {name},',
  'mail.greeting_plain': 'Hello,',
  'mail.body': '{merchant} asks you to pay {amount}.',
  'mail.for': 'For',
  'mail.reference': 'Reference',
  'mail.pay_by': 'Pay by',
  'mail.button': 'Review and pay',
  'mail.phrase': 'The page shows these two words, so you know it is ours: {phrase}.',
  'mail.ignore': 'Not expecting this? Do not pay; contact {merchant} at {contact}.',

  'page.title': 'Payment request',
  'page.for': 'For',
  'page.reference': 'Reference',
  'page.pay_by': 'Pay by {deadline}',
  'page.phrase': 'Words to check',
  'page.phrase_help': 'If someone from {merchant} asked you to pay, they can read you these two words.',
  'page.card_title': 'Card details',
  'page.frame_title': 'Card details, secure form',
  'page.pay': 'Pay {amount}',
  'page.secure': 'Your card details go straight to the payment process. {merchant} never sees them.',
  'page.who': 'Who is this?',
  'page.who_body': 'This request was made by {merchant}. Questions? Contact them at {contact}.',
  'page.script_off':
    'Paying by card needs JavaScript. Switch it on for this site, or contact {merchant} to pay another way.',
  'page.test_mode': 'Test mode: no real money moves.',
  'page.grace': 'A payment you start now may finish after the deadline.',
  'page.loading': 'Loading the secure card form…',
  'page.frame_slow': 'The secure card form has not loaded. Check your connection and reload this page.',
  'page.problem':
    'We could not reach the payment service. Nothing was charged. Check your connection and try again.',

  'state.paid.title': 'Paid',
  'state.paid.lead': 'Thank you. {merchant} has received {amount}.',
  'state.paid.receipt': 'Receipt',
  'state.paid.date': 'Paid on',
  'state.paid.card': 'Card',
  'state.paid.card_value': '{brand} ending in {last4}',
  'state.paid.number': 'Receipt number',
  'state.paid.keep': 'This page is your receipt. You can open the same link again at any time.',
  'state.paid.print': 'Print',
  'state.processing.title': 'Being paid right now',
  'state.processing.lead':
    'Somebody is paying this request at this moment, perhaps you in another tab or on another device. Do not pay again. This page shows the result by itself.',
  'state.confirming.title': 'Confirming your payment',
  'state.confirming.lead':
    'We are confirming your payment with the bank. Do not pay again. This page shows the result by itself; you may also close it and open your link later.',
  'state.challenge.title': 'Your bank is checking',
  'state.challenge.lead':
    'A bank check is open for this payment. Finish it where you started. Do not pay again.',
  'state.expired.title': 'This request has expired',
  'state.expired.lead':
    'It could be paid until {deadline}. Nothing was charged. Ask {merchant} for a new link: {contact}.',
  'state.canceled.title': 'This request was canceled',
  'state.canceled.lead': '{merchant} has canceled it. You do not need to pay. Questions? {contact}',
  'state.replaced.title': 'There is a newer link',
  'state.replaced.lead': 'This link was replaced. Please use the newest message from {merchant}.',
  'state.locked.title': 'Paused for your safety',
  'state.locked.lead': 'There were too many tries with this link. Contact {merchant} to go on: {contact}.',
  'state.invalid.title': 'This is not a valid link',
  'state.invalid.lead':
    'Check that the whole address was copied from your message. If it was, ask the business that sent it for a new one.',
  'state.throttled.title': 'Please try again later',
  'state.throttled.lead':
    'There were too many wrong addresses from your network. Wait a minute, then open your link again.',
  'state.unavailable.title': 'Please try again in a moment',
  'state.unavailable.lead':
    'We cannot show this request right now. Nothing was charged. Open your link again in a minute.',

  'frame.number': 'Card number',
  'frame.name': 'Name on card',
  'frame.expiry': 'Expiry date',
  'frame.expiry_hint': 'MM / YY',
  'frame.csc': 'Security code',
  'frame.csc_help': '3 digits on the back of the card',
  'frame.csc_help_amex': '4 digits on the front of the card',
  'frame.pay': 'Pay',
  'frame.paying': 'Paying…',
  'frame.checking': 'Your bank wants to check that it is you.',
  'frame.challenge_title': 'Bank check',
  'frame.done': 'Done',
  'frame.error.number': 'Enter the full card number.',
  'frame.error.number_wrong': 'This card number is not right. Check the digits.',
  'frame.error.name': 'Enter the name on the card.',
  'frame.error.expiry': 'Enter the month and year the card expires.',
  'frame.error.expired': 'This card has expired. Use another card.',
  'frame.error.csc': 'Enter the security code.',
  'frame.error.summary': 'Please correct the marked fields.',
  'frame.error.offline':
    'We could not send your card. Nothing was charged. Check your connection and try again.',
  'frame.not_embedded': 'This form works only inside a payment page.',

  'result.declined':
    'The card was declined. Nothing was charged. Check the details, use another card, or ask your bank.',
  'result.challenge_failed':
    'Your bank did not confirm that it was you. Nothing was charged. Try again or use another card.',
  'result.failed': 'The payment could not be made. Nothing was charged. Please try again.',
  'result.superseded': 'This payment was started again somewhere else. Nothing was charged here.',
  'result.being_paid': 'This request is being paid elsewhere right now. Do not pay again.',
  'result.too_soon': 'Please wait a few seconds and try again.',
  'result.too_many_attempts': 'There were too many tries. Contact {merchant} to go on.',
  'result.too_many_cards': 'Too many different cards were tried. Contact {merchant} to go on.',
  'result.confirming': 'We are confirming your payment. Do not pay again.',
  'result.unavailable': 'The payment service cannot be reached. Nothing was charged. Try again in a minute.',
} as const;

export type MessageKey = keyof typeof en;
export type Catalogue = Record<MessageKey, string>;
