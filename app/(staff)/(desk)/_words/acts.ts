import { type ActState, LINK_ACTS, type LinkAct } from '@/core/link-acts';
import { PERMISSIONS, type Role } from '@/core/permissions';
import type { LinkHistory } from '@/lib/payment-links';

/** What each act is called where it cannot be done now. */
const NAMES: Record<LinkAct, string> = {
  send: 'Send',
  change: 'Edit, move pay-by time',
  reissue: 'Issue anew',
  unlock: 'Unlock',
  decide: 'Decide on a new link',
  cancel: 'Cancel',
  capture: 'Take the held money',
  void: 'Release the hold',
  settle: 'Decide what became of it',
  refund: 'Refund',
  erase: 'Erase the customer’s data',
};

/** Not worth telling those who may not. */
const RARE: readonly LinkAct[] = ['erase'];

const WHILE_PAID = 'not while it is being paid. Wait until that has ended.';
/** Reasons worth telling; whatever else a verb would refuse for means that the act does not concern this link now. */
const REASONS: Partial<Record<LinkAct, Partial<Record<NonNullable<ActState['refusal']>, string>>>> = {
  send: { no_address: 'no phone number or e-mail address is on file. Copy the link instead.' },
  change: { being_paid: WHILE_PAID },
  reissue: { being_paid: WHILE_PAID },
};

const PEOPLE: Record<Role, string> = { owner: 'owners', admin: 'admins', agent: 'agents', viewer: 'viewers' };
const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });
/** "Owners and admins". */
function whoMay(act: LinkAct): string {
  const people = list.format(PERMISSIONS[LINK_ACTS[act]].map((role) => PEOPLE[role]));
  return people.charAt(0).toUpperCase() + people.slice(1);
}

export type ActWords = { kind: 'possible' } | { kind: 'elsewhere' } | { kind: 'refused'; reason: string };

/** Whether an act goes now, why not, or that it does not concern this link. `settled`: money came in and none is left. */
export function actInWords(act: LinkAct, { refusal, permitted }: ActState, settled: boolean): ActWords {
  const reason = refusal && REASONS[act]?.[refusal];
  const nothingLeft = act === 'refund' && refusal !== null && settled;
  if (refusal && !reason && !nothingLeft) return { kind: 'elsewhere' };
  if (!permitted && RARE.includes(act)) return { kind: 'elsewhere' };
  if (!permitted) return { kind: 'refused', reason: `your role does not include this. ${whoMay(act)} can.` };
  if (reason) return { kind: 'refused', reason };
  if (nothingLeft) return { kind: 'refused', reason: 'nothing of the money is left to give back.' };
  return { kind: 'possible' };
}

/** What can be done with a link as it stands, in words, and whether an act goes. */
export function linkActsInWords({ acts, link }: Pick<LinkHistory, 'acts' | 'link'>) {
  const words = (Object.keys(acts) as LinkAct[]).map((act): [LinkAct, ActWords] => [
    act,
    actInWords(act, acts[act], link.capturedMinor > 0),
  ]);
  const goes = (wanted: LinkAct): boolean =>
    words.some(([act, { kind }]) => act === wanted && kind === 'possible');
  return { words, goes };
}

const either = new Intl.ListFormat('en-GB', { type: 'disjunction' });

/** What cannot be done now and why, acts of one reason together: "Edit, unlock or cancel: your role does not include this." */
export function refusalsInWords(words: [LinkAct, ActWords][]): string[] {
  const reasons = new Map<string, string[]>();
  for (const [act, one] of words)
    if (one.kind === 'refused') reasons.set(one.reason, [...(reasons.get(one.reason) ?? []), NAMES[act]]);
  return [...reasons].map(([reason, [first = '', ...rest]]) => {
    const names = [first, ...rest.map((name) => name.charAt(0).toLowerCase() + name.slice(1))];
    return `${either.format(names)}: ${reason}`;
  });
}
