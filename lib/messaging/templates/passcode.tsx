import { Hr, Text } from '@react-email/components';
import { render } from '@react-email/render';
import { smsText } from '@/core/gsm7';
import { translator } from '../../i18n';
import type { Passcode } from '../request';
import { type Letter, LetterPaper, styles } from './letter';

/**
 * A passcode as an SMS. Its last line binds it to the page that asked, so that a telephone offers it there and nowhere else.
 * Source: Origin-bound one-time codes delivered via SMS (WICG).
 */
export function passcodeSms({ locale, merchant, code, url }: Passcode): string {
  const text = smsText(translator(locale)('sms.passcode', { merchant, code }));
  return `${text}\n\n@${new URL(url).hostname} #${code}`;
}

/** A passcode as an e-mail. The subject keeps it from a screen that others see. */
export async function passcodeMail(passcode: Passcode): Promise<Letter> {
  const { locale, merchant, contact, footer, code } = passcode;
  const t = translator(locale);
  const [subject, body, ignore] = [
    t('mail.passcode_subject', { merchant }),
    t('mail.passcode_body', { merchant }),
    t('mail.passcode_ignore', { merchant, contact }),
  ];
  const html = await render(
    <LetterPaper sender={passcode} subject={subject} preview={body}>
      <Text style={styles.text}>{body}</Text>
      <Text style={styles.amount}>{code}</Text>
      <Hr style={styles.rule} />
      <Text style={styles.small}>{ignore}</Text>
    </LetterPaper>,
  );
  return { subject, html, text: [body, code, ignore, ...(footer ? [footer] : [])].join('\n\n') };
}
