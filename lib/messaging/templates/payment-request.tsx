import { Button, Hr, Link, Section, Text } from '@react-email/components';
import { render } from '@react-email/render';
import { amountInWords, formatDeadline, isolated, translator } from '../../i18n';
import type { PaymentRequest } from '../request';
import { buttonStyle, Fact, type Letter, LetterPaper, OwnSentence, styles } from './letter';

/** All words of a request, in the customer's language. Of one that asks a question first, nothing of what it is for. */
function wordsOf(request: PaymentRequest) {
  const t = translator(request.locale);
  const { isClosed, merchant, contact, description, reference, customerName, phrase, locale } = request;
  const amount = amountInWords(request, locale);
  const subject = isClosed ? t('mail.closed_subject', { merchant }) : t('mail.subject', { merchant, amount });
  return {
    subject: request.isReminder ? t('mail.reminder_subject', { subject }) : subject,
    preview: isClosed ? t('mail.closed_body', { merchant }) : t('mail.preview', { merchant, amount }),
    greeting: customerName ? t('mail.greeting', { name: customerName }) : t('mail.greeting_plain'),
    body: isClosed ? t('mail.closed_body', { merchant }) : t('mail.body', { merchant, amount }),
    amount: isClosed ? null : amount,
    note: request.note,
    facts: [
      { label: t('mail.for'), value: description },
      { label: t('mail.reference'), value: reference },
      { label: t('mail.pay_by'), value: formatDeadline(request.payBy, locale, request.timeZone) },
    ].flatMap(({ label, value }) => (value ? [{ label, value }] : [])),
    button: t('mail.button'),
    phrase: t('mail.phrase', { phrase }),
    ignore: t('mail.ignore', { merchant, contact }),
    unsubscribe: t('mail.unsubscribe'),
  };
}
type Words = ReturnType<typeof wordsOf>;

const PaymentRequestMail = ({ request, words }: { request: PaymentRequest; words: Words }) => (
  <LetterPaper sender={request} subject={words.subject} preview={words.preview}>
    <Text style={styles.text}>{words.greeting}</Text>
    <Text style={styles.text}>{words.body}</Text>
    {words.note && <OwnSentence text={words.note} />}
    {words.amount && <Text style={styles.amount}>{words.amount}</Text>}
    {words.facts.map((fact) => (
      <Fact key={fact.label} {...fact} />
    ))}
    <Section style={{ padding: '12px 0 4px' }}>
      <Button href={request.url} style={buttonStyle(request.accent)}>
        {words.button}
      </Button>
    </Section>
    <Hr style={styles.rule} />
    <Text style={styles.small}>{words.phrase}</Text>
    <Text style={styles.small}>{words.ignore}</Text>
    {request.unsubscribeUrl && (
      <Text style={styles.small}>
        <Link href={request.unsubscribeUrl} style={styles.link}>
          {words.unsubscribe}
        </Link>
      </Text>
    )}
  </LetterPaper>
);

/** The same for programs that show no HTML, and for people who prefer it: the address on a line of its own. */
const plainText = (words: Words, { url, locale, footer, unsubscribeUrl }: PaymentRequest): string =>
  [
    words.greeting,
    words.body,
    ...(words.note ? [isolated(words.note, locale)] : []),
    words.facts.map(({ label, value }) => `${label}: ${isolated(value, locale)}`).join('\n'),
    `${words.button}:\n${url}`,
    words.phrase,
    words.ignore,
    ...(unsubscribeUrl ? [`${words.unsubscribe}:\n${unsubscribeUrl}`] : []),
    ...(footer ? [footer] : []),
  ].join('\n\n');

/** The payment request as an e-mail: subject, HTML without images or tracking, and the same in plain text. */
export async function paymentRequestMail(request: PaymentRequest): Promise<Letter> {
  const words = wordsOf(request);
  const html = await render(<PaymentRequestMail request={request} words={words} />);
  const { unsubscribeUrl } = request;
  return {
    subject: words.subject,
    html,
    text: plainText(words, request),
    ...(unsubscribeUrl && { unsubscribeUrl }),
  };
}
