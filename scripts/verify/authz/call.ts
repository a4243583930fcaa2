/** One cell called: who, with what in their hands, and what came of it. */

import { encode } from './actions';
import type { Actor, Actors } from './actors';
import { type Answer, ask, verdictOf, verdictOfAction, verdictOfPage } from './ask';
import type { Row, Sent } from './rows';
import type { Cell } from './things';
import type { Action } from './ways';

export type Caller = {
  actors: Actors;
  actions: ReadonlyMap<string, Action>;
  /** Where portal, card process and worker listen. */
  origins: { portal: string; card: string; worker: string };
};
export type Called = Answer & { verdict: string };

type Wire = {
  origin: string;
  method: string;
  path: string;
  headers: Record<string, string>;
  body?: string | Buffer;
};

/** What goes over the wire, but for who sends it. */
async function wireOf({ actions, origins }: Caller, { way }: Row, sent: Sent): Promise<Wire> {
  const [kind = '', ...words] = way.split(' ');
  if (kind === 'action') {
    const { id, page } = actions.get(way) ?? { id: 'none', page: '/' };
    const { type, body } = await encode(sent.args ?? []);
    const headers = { accept: 'text/x-component', 'next-action': id, 'content-type': type };
    return { origin: origins.portal, method: 'POST', path: page, headers, body };
  }
  const [method = 'GET', path = '/'] =
    kind === 'page' ? ['GET', ...words] : kind in origins ? words : [kind, ...words];
  const origin = kind === 'card' || kind === 'worker' ? origins[kind] : origins.portal;
  const wire = { origin, method, path: sent.path ?? path };
  if (sent.json !== undefined)
    return { ...wire, headers: { 'content-type': 'application/json' }, body: JSON.stringify(sent.json) };
  if (sent.form) {
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return { ...wire, headers, body: new URLSearchParams(sent.form).toString() };
  }
  return { ...wire, headers: {}, ...(sent.text !== undefined && { body: sent.text }) };
}

/** What an actor brings along besides what they send. */
async function broughtBy(actor: Actor, caller: Caller, row: Row, cell: Cell, sent: Sent, wire: Wire) {
  const session = actor === 'session' ? (await cell.own('session')).id : '';
  const about = { body: String(wire.body ?? ''), session, site: sent.site ?? caller.origins.portal };
  const headers = await caller.actors.headersOf(actor, row, about, row.isSpent);
  const token =
    actor === 'payer' && !row.isPayers ? (await cell.store.shared('link', 'own')).token : undefined;
  const cookie = [headers.cookie, sent.cookie].filter(Boolean).join('; ');
  return { ...headers, ...(token && { authorization: `Bearer ${token}` }), ...(cookie && { cookie }) };
}

/** Makes all that a call needs; what it gives sends it. */
export async function prepare(caller: Caller, row: Row, cell: Cell): Promise<() => Promise<Called>> {
  const sent = await row.send(cell);
  const wire = await wireOf(caller, row, sent);
  const brought = await broughtBy(cell.actor, caller, row, cell, sent, wire);
  const kind = row.way.split(' ')[0] ?? '';
  const judge = { action: verdictOfAction, page: verdictOfPage }[kind] ?? verdictOf;
  return async () => {
    const answer = await ask({ ...wire, headers: { ...wire.headers, ...brought, ...sent.headers } });
    return { ...answer, verdict: judge(answer) };
  };
}

const LATE = /\$RX\("B:(\d+)","([^"]*)"/g;

/**
 * A page that ends in an error, as one that is not there, in one form: React writes the error in its place where it was ready with
 * the page, else a place for it, and the error at the end.
 */
function settled(body: string): string {
  let text = body;
  for (const [, place, digest] of body.matchAll(LATE))
    text = text
      .replace(
        `<!--$?--><template id="B:${place}"></template>`,
        `<!--$!--><template data-dgst="${digest}"></template>`,
      )
      .replace(
        new RegExp(
          `<div hidden id="S:${place}"><template id="P:\\d+"></template><!--\\$--><!--/\\$--></div>`,
        ),
        '',
      );
  return text;
}

/** What is in an answer but for the ids that were asked with and those of the request itself. */
export function plain({ status, body }: Called, asked: ReadonlySet<string>): string {
  let text = settled(body).replace(/<script[^>]*>.*?<\/script>/gs, '');
  for (const id of asked) if (id) text = text.replaceAll(id, '·');
  text = text.replace(/\b(req_)?[0-9a-hjkmnp-tv-z]{26}\b|nonce="[^"]*"/g, '·');
  // Parts of a page come in the order in which they are ready.
  return `${status} ${text.split('<').sort().join('<')}`;
}

/** The first parts that only one of two such answers has. */
export function difference(told: string, usual: string): string {
  const [here, there] = [told.split('<'), usual.split('<')];
  const only = (parts: string[], others: string[]) =>
    parts.filter((part) => !others.includes(part)).slice(0, 3);
  return JSON.stringify({
    only: only(here, there),
    lacks: only(there, here),
    parts: here.length - there.length,
  });
}
