import type { Tone } from '@/app/_components/badge';
import type { UserState } from '@/core/permissions';
import type { Invitation } from '@/lib/contracts/team';

export const STATES: Record<UserState, { label: string; tone: Tone }> = {
  invited: { label: 'Invited', tone: 'info' },
  active: { label: 'Active', tone: 'ok' },
  disabled: { label: 'Disabled', tone: 'plain' },
};

/** How an invitation stands, in a line. */
export function letterText({ letter, failure, isOver }: Invitation): string {
  if (isOver) return 'The link has ended. Send it again.';
  if (letter === 'failed') return `The e-mail did not arrive: ${failure}.`;
  return letter === 'sent' ? 'The e-mail is sent.' : 'The e-mail is on its way.';
}

export type Act = 'role' | 'sign_out' | 'button' | 'factors' | 'disable' | 'enable' | 'again' | 'withdraw';
type ActWords = { label: string; title: string; send: string; working: string; done: string; text: string };

export const ACTS: Record<Act, ActWords> = {
  role: {
    label: 'Change role',
    title: 'Change the role?',
    send: 'Change role',
    working: 'Changing…',
    done: 'The role is changed.',
    text: 'The new role counts from their next click on.',
  },
  sign_out: {
    label: 'Sign out',
    title: 'Sign out everywhere?',
    send: 'Sign out',
    working: 'Signing out…',
    done: 'They are signed out everywhere.',
    text: 'Everything they have open ends now. They can sign in again.',
  },
  button: {
    label: 'Payment button',
    title: 'The payment button',
    send: 'Save',
    working: 'Saving…',
    done: 'The payment button is set.',
    text: 'Without the button they take no payments during calls. The rest of their role stays.',
  },
  factors: {
    label: 'Reset second factors',
    title: 'Take away their second factors?',
    send: 'Take away',
    working: 'Taking away…',
    done: 'Their second factors are gone.',
    text: 'For somebody who has lost them. Everything they have open ends now; they sign in with their password and set up new ones. Make sure that it is them who asks.',
  },
  disable: {
    label: 'Disable',
    title: 'Disable this person?',
    send: 'Disable',
    working: 'Disabling…',
    done: 'They are disabled.',
    text: 'Everything they have open ends now, and they cannot sign in. What they did stays on record.',
  },
  enable: {
    label: 'Enable',
    title: 'Enable this person?',
    send: 'Enable',
    working: 'Enabling…',
    done: 'They are enabled.',
    text: 'They can sign in again with the password they had, in the role they had.',
  },
  again: {
    label: 'Send again',
    title: 'Send the invitation again?',
    send: 'Send again',
    working: 'Sending…',
    done: 'The e-mail is on its way.',
    text: 'They get a new link, for 72 hours. The link before it stops working.',
  },
  withdraw: {
    label: 'Withdraw',
    title: 'Withdraw the invitation?',
    send: 'Withdraw',
    working: 'Withdrawing…',
    done: 'The invitation is withdrawn.',
    text: 'The link stops working now. You can invite them again.',
  },
};
