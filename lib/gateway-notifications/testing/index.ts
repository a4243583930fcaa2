/** What tests of notifications share: what was told, what became of it, and a gateway that says what it is told to say. */
import { uuidFromId } from '@/core/ids';
import { listOpenAlerts } from '@/db/queries/alerts';
import { GATEWAY_WHSEC, type Json } from '@/sandbox/testing';
import { type MoneyHouse, unwrap } from '../../gateways/testing';
import { newId } from '../../ids';
import { webhookHeaders } from '../../webhooks/sign';
import { applyNotification, receiveNotification } from '..';

type Note = Record<'type' | 'state' | 'reason', string>;

/** The notifications about an attempt, in order of their coming. */
export async function notesOf(house: MoneyHouse, attempt: string): Promise<Note[]> {
  const rows = await house.database.sql`select type, state, reason from gateway_notifications
    where payment_attempt_id = ${uuidFromId('paymentAttempt', attempt)} order by received_at, type`;
  return rows.map((row) => ({ ...row })) as Note[];
}

/** Waits until the gateway has told something of an attempt. */
export async function told(house: MoneyHouse, attempt: string, type: string): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if ((await notesOf(house, attempt)).some((note) => note.type === type)) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`no ${type}`);
}

export const isSettled = async (house: MoneyHouse, attempt: string): Promise<boolean> =>
  (await notesOf(house, attempt)).every(({ state }) => state === 'applied' || state === 'ignored');

/** The kinds of the open alerts about something. */
export async function alertsOf(house: MoneyHouse, subject: string): Promise<string[]> {
  const all = await listOpenAlerts(house.services.db, house.merchantId, 500);
  return all.filter((alert) => alert.subject === subject).map(({ kind }) => kind);
}

/** Stores a notification of our own making, signed as the gateway signs; its id. */
export async function say(
  house: MoneyHouse,
  type: string,
  data: Json,
  profile = house.profile,
): Promise<string> {
  const id = newId('notification');
  const body = JSON.stringify({ id, type, createdAt: new Date().toISOString(), data });
  const headers = webhookHeaders(GATEWAY_WHSEC, id, body, new Date());
  unwrap(await receiveNotification(house.services, 'req_test', { profile, headers, body }));
  return id;
}

export async function apply(house: MoneyHouse, gatewayId: string) {
  const { merchantId, profile: profileId } = house;
  return unwrap(await applyNotification(house.as('system'), { merchantId, profileId, gatewayId }));
}

/** A payment as the gateway would tell it. */
export const paymentData = (reference: string, status: string, more: Json = {}): Json => ({
  ...{ id: `gw_${reference.slice(-8)}`, reference, amountMinor: 1240, currency: 'GBP', status },
  ...{ brand: 'visa', last4: '4242', expMonth: 12, expYear: 2034, ...more },
});
