import { Button, Hr, Section, Text } from '@react-email/components';
import { render } from '@react-email/render';
import { isolated, translator } from '../../i18n';
import type { ReceiptNews } from '../request';
import { buttonStyle, Fact, type Letter, LetterPaper, OwnSentence, styles } from './letter';

/** The receipt as an e-mail: what was paid, and the page that shows all of it. */
export async function receiptMail(news: ReceiptNews): Promise<Letter> {
  const { locale, merchant, contact, url, accent, footer, isClosed, note, amount, facts } = news;
  const t = translator(locale);
  const [subject, lead, button, ignore] = [
    isClosed
      ? t('receipt.mail_closed_subject', { merchant })
      : t('receipt.mail_subject', { merchant, amount }),
    isClosed ? t('receipt.mail_closed_body', { merchant }) : news.lead,
    t('receipt.mail_button'),
    t('receipt.mail_ignore', { merchant, contact }),
  ];
  const html = await render(
    <LetterPaper sender={news} subject={subject} preview={lead}>
      <Text style={styles.text}>{lead}</Text>
      {note && <OwnSentence text={note} />}
      {!isClosed && <Text style={styles.amount}>{amount}</Text>}
      {facts.map((fact) => (
        <Fact key={fact.label} {...fact} />
      ))}
      <Section style={{ padding: '12px 0 4px' }}>
        <Button href={url} style={buttonStyle(accent)}>
          {button}
        </Button>
      </Section>
      <Hr style={styles.rule} />
      <Text style={styles.small}>{ignore}</Text>
    </LetterPaper>,
  );
  const told = facts.map(({ label, value }) => `${label}: ${isolated(value, locale)}`).join('\n');
  return {
    subject,
    html,
    text: [
      lead,
      ...(note ? [isolated(note, locale)] : []),
      told,
      `${button}:\n${url}`,
      ignore,
      ...(footer ? [footer] : []),
    ].join('\n\n'),
  };
}
