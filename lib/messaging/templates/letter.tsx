import { Body, Container, Head, Heading, Html, Preview, Text } from '@react-email/components';
import type { ReactNode } from 'react';
import { directionOf, type Locale } from '@/core/messages';

const font = { fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif' };
export const styles = {
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
  link: { color: '#5c5c57', textDecoration: 'underline' },
  small: { color: '#5c5c57', fontSize: '14px', lineHeight: '20px', margin: '0 0 8px' },
} as const;

/** An e-mail to a customer: nothing but text that is in it. */
export type Letter = { subject: string; html: string; text: string; unsubscribeUrl?: string };

type Paper = { locale: Locale; merchant: string; subject: string; preview: string; children: ReactNode };

/** What stands around every letter: language, subject, who writes. */
export const LetterPaper = ({ locale, merchant, subject, preview, children }: Paper) => (
  <Html lang={locale} dir={directionOf(locale)}>
    <Head>
      <title>{subject}</title>
    </Head>
    <Preview>{preview}</Preview>
    <Body style={styles.body}>
      {/* Mail programs that show a letter inside their own page drop the outermost element. */}
      <Container style={styles.card} dir={directionOf(locale)} lang={locale}>
        <Heading as="h1" style={styles.merchant}>
          <bdi>{merchant}</bdi>
        </Heading>
        {children}
      </Container>
    </Body>
  </Html>
);

export function Fact({ label, value }: { label: string; value: string }) {
  return (
    <>
      <Text style={styles.label}>{label}</Text>
      <Text style={styles.fact}>
        <bdi>{value}</bdi>
      </Text>
    </>
  );
}
