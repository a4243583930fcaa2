/** The mail server: takes whatever is sent, to whomever, and puts it into the inbox. */
import { type ParsedMail, simpleParser } from 'mailparser';
import { SMTPServer, type SMTPServerDataStream, type SMTPServerSession } from 'smtp-server';
import { type Fault, SILENCE_MS, sleep } from './faults';
import { linksIn } from './inbox';
import { messageOf } from './log';
import { arrived, type OutcomeReports } from './outcome-reports';
import type { World } from './world';

const MAX_BYTES = 1_048_576;

export type MailServer = { port: number; close: () => Promise<void> };

/** An SMTP refusal with its reply code. */
class Refusal extends Error {
  constructor(
    readonly responseCode: number,
    message: string,
  ) {
    super(message);
  }
}

async function store(
  world: World,
  reports: OutcomeReports,
  mail: ParsedMail,
  to: readonly string[],
): Promise<void> {
  const text = mail.text ?? '';
  const html = typeof mail.html === 'string' ? mail.html : null;
  const header = mail.headers.get('x-counterfoil-message');
  const messages = to.map((address) =>
    arrived(world, {
      channel: 'email',
      to: address,
      from: mail.from?.text ?? '',
      subject: mail.subject ?? '(no subject)',
      text,
      html,
      links: linksIn(text, html),
      reference: typeof header === 'string' ? header : null,
    }),
  );
  await Promise.all(messages.map((message) => world.inbox.add(message)));
  for (const message of messages) reports.follow(message);
}

/** Does the work under a fault. Throws a Refusal to refuse; `reset` tears the connection down. */
async function underSmtpFault(
  fault: Fault | null,
  work: () => Promise<void>,
  reset: () => void,
): Promise<void> {
  if (fault?.kind === 'refuse') throw new Refusal(fault.status ?? 451, 'Refused on purpose');
  if (fault?.kind === 'reset_before') return reset();
  if (fault?.kind === 'delay') await sleep(fault.delayMs ?? 0);
  await work();
  if (fault?.kind === 'reset_after') reset();
  if (fault?.kind === 'drop_answer') {
    await sleep(fault.delayMs ?? SILENCE_MS);
    reset();
  }
  if (fault?.kind === 'error_after')
    throw new Refusal(fault.status ?? 451, 'Taken, but said otherwise on purpose');
}

export async function startMailServer(world: World, reports: OutcomeReports): Promise<MailServer> {
  const resetOf = (session: SMTPServerSession) => () => {
    for (const connection of server.connections)
      if (connection.id === session.id) connection._socket.destroy();
  };
  const receive = async (stream: SMTPServerDataStream, session: SMTPServerSession): Promise<void> => {
    const mail = await simpleParser(stream, { skipTextToHtml: true });
    if (stream.sizeExceeded) throw new Refusal(552, 'The message is larger than 1 MB');
    const to = session.envelope.rcptTo.map((recipient) => recipient.address);
    const header = mail.headers.get('x-counterfoil-message');
    const reference = typeof header === 'string' ? header : null;
    const fault = to
      .map((one) => world.faults.pick('smtp', 'send', { to: one, reference }))
      .find((hit) => hit);
    await underSmtpFault(fault ?? null, () => store(world, reports, mail, to), resetOf(session));
  };
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['AUTH', 'STARTTLS'],
    disableReverseLookup: true,
    size: MAX_BYTES,
    logger: false,
    closeTimeout: 2_000,
    onData: (stream, session, done) => {
      receive(stream, session).then(
        () => done(null, 'taken'),
        (error: unknown) => {
          world.log('mail_refused', { reason: messageOf(error) });
          done(error instanceof Error ? error : new Error(String(error)));
        },
      );
    },
  });
  server.on('error', (error: unknown) => world.log('smtp_error', { reason: messageOf(error) }));
  await new Promise<void>((resolve, reject) => {
    server.server.once('error', reject);
    server.listen(world.env.smtpPort, world.env.host, resolve);
  });
  const address = server.server.address();
  return {
    port: typeof address === 'object' && address ? address.port : world.env.smtpPort,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
