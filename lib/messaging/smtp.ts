import { createTransport } from 'nodemailer';
import type { MailTransport, SendResult } from './port';

/** A mail server by SMTP (RFC 5321). `from` is the sender's address, with or without a name around it. */
export function smtpTransport(url: string, from: string): MailTransport & { close: () => void } {
  const address = /<([^>]+)>/.exec(from)?.[1] ?? from.trim();
  const transport = createTransport({
    url,
    disableFileAccess: true,
    disableUrlAccess: true,
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    dnsTimeout: 3_000,
    socketTimeout: 15_000,
  });
  return {
    async send(mail): Promise<SendResult> {
      try {
        await transport.sendMail({
          from: { name: mail.fromName, address },
          to: { name: '', address: mail.to },
          replyTo: mail.replyTo,
          subject: mail.subject,
          html: mail.html,
          text: mail.text,
          date: mail.at,
          messageId: `<${mail.reference}@${address.split('@')[1] ?? 'localhost'}>`,
          headers: {
            'X-Counterfoil-Message': mail.reference,
            'Auto-Submitted': 'auto-generated',
            ...(mail.unsubscribeUrl && {
              'List-Unsubscribe': `<${mail.unsubscribeUrl}>`,
              'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
            }),
          },
        });
        return { kind: 'accepted' };
      } catch (error) {
        return resultOf(error);
      }
    },
    close: () => transport.close(),
  };
}

/** A 5xx about the recipient or the message is final (RFC 5321, 4.2.1); anything else may pass. */
function resultOf(error: unknown): SendResult {
  const known = error as { responseCode?: unknown; command?: unknown; code?: unknown };
  const status = typeof known.responseCode === 'number' ? known.responseCode : 0;
  const aboutIt = known.command === 'RCPT TO' || known.command === 'DATA';
  if (status >= 500 && aboutIt)
    return { kind: 'rejected', reason: `the mail server refused it with ${status}` };
  const why = status || (typeof known.code === 'string' ? known.code : 'no answer');
  return { kind: 'retry', reason: `the mail server did not take it (${why})` };
}
