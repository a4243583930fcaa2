/** The settlement report: money that moved between two times, in order, in pages. */
import * as z from 'zod';
import { underFault } from './faults';
import type { Gateway } from './gateway-books';
import { type Call, HttpError, json, type Reply, type Route } from './http';
import { isBefore, type Movement, type Place } from './movements';

const PAGE = 500;
const time = z.iso.datetime({ offset: true }).transform((text) => new Date(text).toISOString());
const place = z.strictObject({ at: time, id: z.string() });

const cursorOf = ({ at, id }: Place): string => Buffer.from(JSON.stringify({ at, id })).toString('base64url');

/** The place right after the row that a cursor names. */
function after(cursor: string): Place {
  try {
    const { at, id } = place.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8')));
    return { at, id: `${id}\0` };
  } catch {
    throw new HttpError(400, 'invalid', 'cursor: not one of ours');
  }
}

/** One row more than a page, so that the page knows whether another follows. */
function rows(gateway: Gateway, from: Place, to: Place): Movement[] {
  const { ledger, distortions } = gateway;
  const found = distortions.extras().filter((row) => !isBefore(row, from) && isBefore(row, to));
  let taken = 0;
  for (const movement of ledger.movements.between(from, to)) {
    const row = distortions.reported(movement);
    if (!row) continue;
    found.push(row);
    taken += 1;
    if (taken > PAGE) break;
  }
  return found.sort((a, b) => (isBefore(a, b) ? -1 : 1)).slice(0, PAGE + 1);
}

function timeAsked(call: Call, name: 'from' | 'to'): Place {
  const parsed = time.safeParse(call.url.searchParams.get(name));
  if (!parsed.success) throw new HttpError(400, 'invalid', `${name}: an ISO 8601 time with its offset`);
  return { at: parsed.data, id: '' };
}

export function reportRoutes(gateway: Gateway): Route[] {
  const report = (call: Call): Promise<Reply> => {
    const [from, to] = [timeAsked(call, 'from'), timeAsked(call, 'to')];
    const cursor = call.url.searchParams.get('cursor');
    const start = cursor === null ? from : after(cursor);
    return underFault(gateway.faults.pick('gateway', 'report', {}), async () => {
      const found = rows(gateway, isBefore(start, from) ? from : start, to);
      await gateway.ledger.settled();
      const data = found.slice(0, PAGE);
      const last = data.at(-1);
      return json(200, { data, nextCursor: last && found.length > PAGE ? cursorOf(last) : null });
    });
  };
  return [{ method: 'GET', path: '/gateway/report', handler: report }];
}
