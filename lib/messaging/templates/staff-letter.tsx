import { Button, Hr, Section, Text } from '@react-email/components';
import { render } from '@react-email/render';
import type { Role } from '@/core/permissions';
import type { StaffLetter, StaffNews } from '../staff-letter';
import { buttonStyle, type Letter, LetterPaper, styles } from './letter';

const A_ROLE: Record<Role, string> = {
  owner: 'an owner',
  admin: 'an admin',
  agent: 'an agent',
  viewer: 'a viewer',
};

type Words = { subject: string; lead: string; button: string; small: string };

const NOT_ME = 'If it was you, do nothing. Else set a new password now, and tell an owner of your account.';

/** A letter that tells of something that was done to an account. */
const told =
  (subject: string, what: string) =>
  ({ email, merchant }: StaffNews): Words => ({
    subject,
    lead: `${what} your sign-in ${email} at ${merchant}.`,
    button: 'It was not me',
    small: NOT_ME,
  });

const WORDS: Record<StaffLetter, (news: StaffNews) => Words> = {
  invitation: ({ merchant, role, email }) => ({
    subject: `Join ${merchant} on Counterfoil`,
    lead: `You are invited to take part as ${A_ROLE[role]} in the payments of ${merchant}. Set a password to begin; then you sign in with ${email}.`,
    button: 'Join',
    small: 'The link works once, for 72 hours. If you expected no invitation, do nothing.',
  }),
  reset: ({ email }) => ({
    subject: 'Set a new password',
    lead: `Somebody asked for a new password for ${email}. Until you set one, the old one works on.`,
    button: 'Set a new password',
    small: 'The link works once, for 24 hours. If it was not you, do nothing.',
  }),
  password_changed: ({ email }) => ({
    subject: 'Your password was changed',
    lead: `The password for ${email} was just changed, and everything else that was signed in with it is signed out.`,
    button: 'It was not me',
    small: NOT_ME,
  }),
  factor_added: told('A second factor was added', 'An authenticator app or a passkey was just added to'),
  factor_removed: told(
    'A second factor was removed',
    'An authenticator app or a passkey was just removed from',
  ),
  recovery_codes_made: told(
    'New recovery codes were made',
    'New recovery codes, in the place of earlier ones, were just made for',
  ),
  recovery_code_used: told('A recovery code was used', 'A recovery code was just used with'),
  factors_reset: told(
    'Your second factors were taken away',
    'An owner has just taken away the second factors, and ended the sessions, of',
  ),
};

/** A letter to a member of staff, in English as their screens are. */
export async function staffLetterMail(letter: StaffLetter, news: StaffNews): Promise<Letter> {
  const { subject, lead, button, small } = WORDS[letter](news);
  const hello = `Hello ${news.name},`;
  const sender = { locale: 'en', merchant: news.merchant, accent: null, footer: null } as const;
  const html = await render(
    <LetterPaper sender={sender} subject={subject} preview={lead}>
      <Text style={styles.text}>{hello}</Text>
      <Text style={styles.text}>{lead}</Text>
      <Section style={{ padding: '12px 0 4px' }}>
        <Button href={news.url} style={buttonStyle(null)}>
          {button}
        </Button>
      </Section>
      <Hr style={styles.rule} />
      <Text style={styles.small}>{small}</Text>
    </LetterPaper>,
  );
  return { subject, html, text: [hello, lead, `${button}:\n${news.url}`, small].join('\n\n') };
}
