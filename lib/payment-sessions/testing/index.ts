/** A house whose agents are on the telephone: a scripted provider, a scripted card process, and the sandbox's gateway. */
import { idFromUuid, uuidFromId } from '@/core/ids';
import type { SessionKind } from '@/core/payment-session';
import { findPaymentSession, type PaymentSessionRow } from '@/db/queries/payment-sessions';
import { insertTelephonyAccount } from '@/db/queries/telephony-accounts';
import type { Ctx, Services } from '../../context';
import { type MoneyHouse, moneyHouse, unwrap } from '../../gateways/testing';
import { newId } from '../../ids';
import { systemCtx } from '../../system';
import { sealTelephonySecrets } from '../../telephony';
import { createPaymentSession, driveSession, receiveCallNews, submitSession } from '..';
import { Card } from './card';
import { type PhoneCall, startPhone } from './phone';

export { CARDS, type Capture, Card, type LineTrouble } from './card';
export { type PhoneAct, PhoneCall, type Trouble } from './phone';
export { unwrap };

export type CallHouse = Awaited<ReturnType<typeof callHouse>>;

async function connectTelephony(house: MoneyHouse, url: string, notificationSecret: string): Promise<string> {
  const account = { merchantId: house.merchantId, id: newId('telephonyAccount') };
  const secrets = { secret: 'phone-key', notificationSecret };
  const sealed = sealTelephonySecrets(house.services.config, account, secrets);
  await insertTelephonyAccount(house.services.db, { ...account, kind: 'sandbox', url, ...sealed });
  return account.id;
}

export async function callHouse() {
  const house = await moneyHouse();
  house.switches.keep = true;
  const phone = await startPhone();
  const account = await connectTelephony(house, phone.url, phone.notificationSecret);
  const { sql } = house.database;
  await sql`update payment_profiles set moto = true where merchant_id = ${house.merchantId}`;
  const card = new Card(house.services);
  /** What the portal has beside the workers: the line to the card process, and the right to sign. */
  const services: Services = { ...house.services, keypad: card.line, signTicket: JSON.stringify };
  const portal = systemCtx(services, house.merchantId, 'req_portal');
  const key = (id: string) => ({ merchantId: house.merchantId, id });
  const read = async (id: string): Promise<PaymentSessionRow> => {
    const row = await findPaymentSession(house.services.db, key(id));
    if (!row) throw new Error('there is no such session');
    return row;
  };
  return {
    ...house,
    phone,
    account,
    card,
    portal,
    read,
    attemptId: (uuid: string) => idFromUuid('paymentAttempt', uuid),
    desk: (who: Parameters<MoneyHouse['as']>[0]): Ctx => ({ ...house.as(who), ...services }),
    drive: async (id: string, ctx: Ctx = portal) => unwrap(await driveSession(ctx, id)),
    /** The five seconds after a fault are over, in which a caller may still key: what is left is driven. */
    async quiet(id: string): Promise<void> {
      await this.pass(id, 6);
      await this.drive(id);
    },
    news: async (call: PhoneCall, type: string, more: object = {}) =>
      unwrap(await receiveCallNews(services, 'req_news', phone.news(account, call, type, more))),
    /** For this session so much time passes: all that is counted from is so much longer ago. */
    async pass(id: string, seconds: number): Promise<void> {
      const back = sql`make_interval(secs => ${seconds})`;
      const { paymentLinkId } = await read(id);
      await sql`update payment_sessions set state_at = state_at - ${back}, recording_at = recording_at - ${back},
        capture_at = capture_at - ${back}, heard_at = heard_at - ${back}, ended_at = ended_at - ${back}
        where id = ${uuidFromId('paymentSession', id)}`;
      await sql`update payment_attempts set created_at = created_at - ${back},
        submitted_at = submitted_at - ${back}, send_before = send_before - ${back}
        where payment_link_id = ${uuidFromId('paymentLink', paymentLinkId)}`;
    },
    eventsOf: async (id: string): Promise<string[]> =>
      (
        await sql`select type from events where payment_link_id = ${uuidFromId('paymentLink', (await read(id)).paymentLinkId)}
        and type like 'payment_session.%' order by sequence`
      ).map(({ type }) => String(type).slice('payment_session.'.length)),
    close: async () => {
      phone.close();
      await house.close();
    },
  };
}

/** A new session on a call of its own, by an API client that names its agent; `log` is told all that is asked of telephone and card. */
export async function begin(house: CallHouse, kind: SessionKind = 'agent_assist', input: object = {}) {
  const log: string[] = [];
  const call = house.phone.call(log);
  const body = { kind, amountMinor: 1240, currency: 'GBP', customer: { phone: '+447700900123' } };
  const wish = { ...body, agent: call.agent, call: { id: call.id }, ...input };
  const { id, paymentLink } = unwrap(await createPaymentSession(house.desk('api'), wish));
  house.card.logs.set(id, log);
  return { id, link: paymentLink, call, log };
}

/** The caller keys what is asked, until so many fields are there. */
export async function keyed(house: CallHouse, fields = 3, input: object = {}) {
  const begun = await begin(house, 'agent_assist', input);
  await house.drive(begun.id);
  for (let n = 0; n < fields; n++) {
    await house.card.key(house.card.newest(begun.id));
    await house.drive(begun.id);
  }
  return { ...begun, capture: house.card.newest(begun.id) };
}

/** Keyed, submitted, and handed over to the card process. */
export async function submitted(house: CallHouse) {
  const one = await keyed(house);
  unwrap(await submitSession(house.desk('owner'), one.id));
  await house.drive(one.id);
  return one;
}

/** The code of a refusal; `ok` where it was none. */
/** How alarms stand about a recording that is off for too long. */
export const recordingAlerts = async ({ database: { sql } }: CallHouse, id: string) =>
  (await sql`select settled_at from alerts where kind = 'recording_off' and subject = ${id}`).map(
    ({ settled_at }) => (settled_at ? 'settled' : 'open'),
  );

export const codeOf = (outcome: { ok: true } | { ok: false; error: { code: string } }): string =>
  outcome.ok ? 'ok' : outcome.error.code;
