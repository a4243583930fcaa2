import 'server-only';
import { signTicket } from '@/lib/card-calls';
import { configFrom, type Services } from '@/lib/context';
import { openDatabase, openSignal } from '@/lib/database';
import { portalEnv } from '@/lib/env';
import { newId } from '@/lib/ids';
import { keypadLine } from '@/lib/keypad-calls';
import { createLogger } from '@/lib/log';
import { counted } from '@/lib/metrics';
import { cardKeys } from './keys';

const holder = globalThis as typeof globalThis & { counterfoilServices?: Services };

/** The portal's services, made once per process, at the first request. */
export function services(): Services {
  holder.counterfoilServices ??= make();
  return holder.counterfoilServices;
}

function make(): Services {
  const env = portalEnv();
  const { ticket, card } = cardKeys();
  return {
    db: openDatabase(env).db,
    config: configFrom(env),
    log: counted(createLogger('portal', env.LOG_LEVEL)),
    wake: openSignal(env).notify,
    keypad: keypadLine(env.CARD_INTERNAL_URL ?? env.CARD_URL, { portal: ticket, card }),
    signTicket: (given) => signTicket(ticket, given),
  };
}

/** The id that joins log lines, audit entries and problem answers of one request. Always our own. */
export const newRequestId = (): string => newId('request');

/** The address a request came from: the socket's is not known here, so the last trusted proxy's word, else none. */
export function clientAddress(headers: Pick<Headers, 'get'>): string {
  const hops = portalEnv().TRUSTED_PROXY_HOPS;
  const chain = (headers.get('x-forwarded-for') ?? '').split(',').map((part) => part.trim());
  return chain[chain.length - Math.max(hops, 1)] || 'unknown';
}

/** The token of `Authorization: Bearer …`; undefined where there is none. */
export const bearerOf = (headers: Headers): string | undefined =>
  /^Bearer (\S+)$/i.exec(headers.get('authorization') ?? '')?.[1];
