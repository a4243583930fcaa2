import {
  Body,
  Button,
  Container,
  Head,
  Heading,
  Hr,
  Html,
  Preview,
  Section,
  Text,
} from '@react-email/components';
import { render } from '@react-email/render';
import { amountInWords, formatDeadline, type Translate, translator } from '../../i18n';
import type { PaymentRequest } from '../request';

const RIGHT_TO_LEFT = new Set(['ar', 'fa', 'he', 'ur']);

const font = { fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif' };
const styles = {
  body: { ...font, backgroundColor: '#f4f4f1', color: '#1d1d1b', margin: 0, padding: '24px 0' },
  card: { backgroundColor: '#ffffff', borderRadius: '12px', maxWidth: '520px', padding: '32px' },
  merchant: { fontSize: '16px', fontWeight: 600, lineHeight: '24px', margin: '0 0 24px' },
  amount: { fontSize: '34px', fontWeight: 700, lineHeight: '40px', margin: '8px 0 16px' },
  text: { fontSize: '16px', lineHeight: '24px', margin: '0 0 12px' },
  label: { color: '#5c5c57', fontSize: '14px', lineHeight: '20px', margin: '0' },
  fact: { fontSize: '16px', lineHeight: '24px', margin: '0 0 12px' },
  button: {
    backgroundColor: '#14532d',
    borderRadius: '8px',
    color: '#ffffff',
    fontSize: '16px',
    fontWeight: 600,
    padding: '14px 24px',
  },
  rule: { borderColor: '#e4e4df', margin: '24px 0' },
  small: { color: '#5c5c57', fontSize: '14px', lineHeight: '20px', margin: '0 0 8px' },
} as const;

function Fact({ label, value }: { label: string; value: string }) {
  return (
    <>
      <Text style={styles.label}>{label}</Text>
      <Text style={styles.fact}>{value}</Text>
    </>
  );
}

function PaymentRequestMail({ request, t }: { request: PaymentRequest; t: Translate }) {
  const { locale, merchant, contact, description, reference, customerName, phrase, url } = request;
  const amount = amountInWords(request, locale);
  const greeting = customerName ? t('mail.greeting', { name: customerName }) : t('mail.greeting_plain');
  return (
    <Html lang={locale} dir={RIGHT_TO_LEFT.has(locale) ? 'rtl' : 'ltr'}>
      <Head>
        <title>{t('mail.subject', { merchant, amount })}</title>
      </Head>
      <Preview>{t('mail.preview', { merchant, amount })}</Preview>
      <Body style={styles.body}>
        <Container style={styles.card}>
          <Heading as="h1" style={styles.merchant}>
            {merchant}
          </Heading>
          <Text style={styles.text}>{greeting}</Text>
          <Text style={styles.text}>{t('mail.body', { merchant, amount })}</Text>
          <Text style={styles.amount}>{amount}</Text>
          {description && <Fact label={t('mail.for')} value={description} />}
          {reference && <Fact label={t('mail.reference')} value={reference} />}
          <Fact label={t('mail.pay_by')} value={formatDeadline(request.payBy, locale, request.timeZone)} />
          <Section style={{ padding: '12px 0 4px' }}>
            <Button href={url} style={styles.button}>
              {t('mail.button')}
            </Button>
          </Section>
          <Hr style={styles.rule} />
          <Text style={styles.small}>{t('mail.phrase', { phrase })}</Text>
          <Text style={styles.small}>{t('mail.ignore', { merchant, contact })}</Text>
        </Container>
      </Body>
    </Html>
  );
}

/** The same for programs that show no HTML, and for people who prefer it: the address on a line of its own. */
function plainText(request: PaymentRequest, t: Translate): string {
  const { locale, merchant, contact, description, reference, customerName, phrase, url } = request;
  const amount = amountInWords(request, locale);
  const facts = [
    description && `${t('mail.for')}: ${description}`,
    reference && `${t('mail.reference')}: ${reference}`,
    `${t('mail.pay_by')}: ${formatDeadline(request.payBy, locale, request.timeZone)}`,
  ];
  return [
    customerName ? t('mail.greeting', { name: customerName }) : t('mail.greeting_plain'),
    t('mail.body', { merchant, amount }),
    facts.filter(Boolean).join('\n'),
    `${t('mail.button')}:\n${url}`,
    t('mail.phrase', { phrase }),
    t('mail.ignore', { merchant, contact }),
  ].join('\n\n');
}

/** The payment request as an e-mail: subject, HTML without images or tracking, and the same in plain text. */
export async function paymentRequestMail(
  request: PaymentRequest,
): Promise<{ subject: string; html: string; text: string }> {
  const t = translator(request.locale);
  const html = await render(<PaymentRequestMail request={request} t={t} />);
  const amount = amountInWords(request, request.locale);
  return {
    subject: t('mail.subject', { merchant: request.merchant, amount }),
    html,
    text: plainText(request, t),
  };
}
