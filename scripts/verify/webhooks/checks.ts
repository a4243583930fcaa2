/** What must hold once everything has come to rest: the database says what happened, the receivers what they heard. */
import { idFromUuid } from '@/core/ids';
import { median } from '@/scripts/bench/rounds';
import type { House, Memory } from './house';
import type { Heard } from './receiver';

export type Check = { id: string; name: string; breaches: string[] };
export type Stored = { id: string; link: string | null; sequence: number | null };
type Evidence = { stored: Stored[]; heard: ReadonlyMap<string, Heard>; house: House; open: number };

/** In megabytes: a worker at rest needs about 150. */
const MOST_MEGABYTES = 450;
/** How much more a worker may hold late than early, past the first quarter of its life: in parts, and in megabytes. */
const MOST_GROWTH = { times: 1.25, megabytes: 40 };
/** Shorter than this, in samples of a second, no life shows a slope. */
const LONG_LIFE = 20;

export async function readStored({ sql }: House): Promise<Stored[]> {
  const rows = await sql<{ id: string; payment_link_id: string | null; sequence: number | null }[]>`
    select e.id, e.payment_link_id, e.sequence from events e`;
  return rows.map((row) => ({
    id: idFromUuid('event', row.id),
    link: row.payment_link_id && idFromUuid('paymentLink', row.payment_link_id),
    sequence: row.sequence,
  }));
}

const lost = ({ stored, heard }: Evidence): string[] =>
  stored.filter(({ id }) => !heard.get(id)?.taken).map(({ id }) => `${id} was committed and never received`);

function unknown({ stored, heard }: Evidence): string[] {
  const known = new Set(stored.map(({ id }) => id));
  return [...heard.keys()]
    .filter((id) => !known.has(id))
    .map((id) => `${id} was received and never committed`);
}

const changed = ({ heard }: Evidence): string[] =>
  [...heard]
    .filter(([, { hashes }]) => hashes.size > 1)
    .map(([id, { hashes }]) => `${id} came in ${hashes.size} versions`);

const forged = ({ heard }: Evidence): string[] =>
  [...heard]
    .filter(([, { unverified }]) => unverified > 0)
    .map(([id, { unverified, times }]) => `${id} did not verify ${unverified} of ${times} times`);

/** What a receiver can put in order: every link's numbers, from 1, without a gap and as they were stored. */
function disordered({ stored, heard }: Evidence): string[] {
  const byLink = new Map<string, Set<number>>();
  for (const { link, sequence } of heard.values())
    if (link !== null && sequence !== null) byLink.set(link, (byLink.get(link) ?? new Set()).add(sequence));
  const expected = new Map<string, number>();
  for (const { link, sequence } of stored)
    if (link !== null) expected.set(link, Math.max(expected.get(link) ?? 0, sequence ?? 0));
  return [...expected]
    .filter(([link, most]) => {
      const numbers = byLink.get(link);
      return numbers?.size !== most || Array.from({ length: most }).some((_, i) => !numbers.has(i + 1));
    })
    .map(
      ([link, most]) => `${link} has ${most} events; ${byLink.get(link)?.size ?? 0} numbers were received`,
    );
}

const unsettled = ({ open }: Evidence): string[] =>
  open > 0 ? [`${open} deliveries did not come to their end`] : [];

function swollen({ house: { memory } }: Evidence): string[] {
  const most = mostHeld(memory);
  return [...(most > MOST_MEGABYTES ? [`a worker held ${Math.round(most)} MB`] : []), ...grown(memory)];
}

export const mostHeld = (memory: Memory): number => Math.max(0, ...[...memory.values()].flat());

/** The workers that held more late in their life than early, when they had warmed up. */
export function grown(memory: Memory): string[] {
  const lives = [...memory.values()].filter(({ length }) => length >= LONG_LIFE);
  if (lives.length === 0) return ['no worker lived long enough to show whether its memory grows'];
  return lives.flatMap((life) => {
    const quarter = Math.floor(life.length / 4);
    const held = (from: number): number => median(life.slice(from, from + quarter));
    const [early, late] = [held(quarter), held(life.length - quarter)];
    const isFlat = late <= early * MOST_GROWTH.times || late - early <= MOST_GROWTH.megabytes;
    return isFlat ? [] : [`a worker held ${Math.round(early)} MB early and ${Math.round(late)} MB late`];
  });
}

export const CHECKS: readonly { id: string; name: string; breaches: (evidence: Evidence) => string[] }[] = [
  { id: 'W1', name: 'every committed event was received and acknowledged', breaches: lost },
  { id: 'W2', name: 'nothing was received that was not committed', breaches: unknown },
  { id: 'W3', name: 'the same id always came with the same bytes', breaches: changed },
  { id: 'W4', name: 'every request verified with standardwebhooks and with svix', breaches: forged },
  { id: 'W5', name: 'the order of every link can be restored from its numbers', breaches: disordered },
  { id: 'W6', name: 'every delivery came to its end', breaches: unsettled },
  { id: 'W7', name: 'the memory of the workers stayed flat', breaches: swollen },
];

export const checkAll = (evidence: Evidence): Check[] =>
  CHECKS.map(({ breaches, ...check }) => ({ ...check, breaches: breaches(evidence) }));
