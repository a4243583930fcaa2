import { Body, Container, Head, Heading, Html, Preview, Text } from '@react-email/components';
import type { ReactNode } from 'react';
import { facesOf, GROUNDS } from '@/core/accent';
import { directionOf } from '@/core/messages';
import type { Sender } from '../request';

const font = { fontFamily: 'system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif' };
export const styles = {
  body: { ...font, backgroundColor: '#f4f4f1', color: '#1d1d1b', margin: 0, padding: '24px 0' },
  card: { backgroundColor: GROUNDS.light.card, borderRadius: '12px', maxWidth: '520px', padding: '32px' },
  merchant: { fontSize: '16px', fontWeight: 600, lineHeight: '24px', margin: '0 0 24px' },
  amount: { fontSize: '34px', fontWeight: 700, lineHeight: '40px', margin: '8px 0 16px' },
  text: { fontSize: '16px', lineHeight: '24px', margin: '0 0 12px' },
  label: { color: '#5c5c57', fontSize: '14px', lineHeight: '20px', margin: '0' },
  fact: { fontSize: '16px', lineHeight: '24px', margin: '0 0 12px' },
  button: {
    borderRadius: '8px',
    fontSize: '16px',
    fontWeight: 600,
    padding: '14px 24px',
  },
  rule: { borderColor: '#e4e4df', margin: '24px 0' },
  link: { color: '#5c5c57', textDecoration: 'underline' },
  small: { color: '#5c5c57', fontSize: '14px', lineHeight: '20px', margin: '0 0 8px' },
} as const;

/** A button in the merchant's colour. */
export function buttonStyle(accent: string | null) {
  const { light } = facesOf(accent);
  return { ...styles.button, backgroundColor: light.accent, color: light.on };
}

/** An e-mail to a customer: nothing but text that is in it. */
export type Letter = { subject: string; html: string; text: string; unsubscribeUrl?: string };

type Paper = {
  sender: Pick<Sender, 'locale' | 'merchant' | 'accent' | 'footer'>;
  subject: string;
  preview: string;
  children: ReactNode;
};

/** What stands around every letter: language, subject, who writes, in their colour and with their footer. */
export const LetterPaper = ({
  sender: { locale, merchant, accent, footer },
  subject,
  preview,
  children,
}: Paper) => (
  <Html lang={locale} dir={directionOf(locale)}>
    <Head>
      <title>{subject}</title>
    </Head>
    <Preview>{preview}</Preview>
    <Body style={styles.body}>
      {/* Mail programs that show a letter inside their own page drop the outermost element. */}
      <Container
        style={{ ...styles.card, borderTop: `4px solid ${facesOf(accent).light.accent}` }}
        dir={directionOf(locale)}
        lang={locale}
      >
        <Heading as="h1" style={styles.merchant}>
          <bdi>{merchant}</bdi>
        </Heading>
        {children}
        {footer && <Text style={styles.small}>{footer}</Text>}
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

/** What the merchant adds, which may be in another script than the rest. */
export const OwnSentence = ({ text }: { text: string }) => (
  <Text style={styles.text}>
    <bdi>{text}</bdi>
  </Text>
);
