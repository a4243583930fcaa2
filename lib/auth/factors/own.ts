import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import * as z from 'zod';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { readNow } from '@/db/clock';
import {
  countFactors,
  deletePasskey,
  dropApp,
  findApp,
  insertPasskey,
  listPasskeys,
  lockUser,
  renamePasskey as rename,
  storeApp,
} from '@/db/queries/second-factors';
import type { Ctx } from '../../context';
import { seal, unseal } from '../../crypto';
import { audit } from '../../events/audit';
import { parseInput, parseReport } from '../../parse';
import { queueStaffLetter } from '../../staff-letters/queue';
import { executor } from '../../transact';
import { needsFactor } from '../second-step';
import { type Added, type First, noteAdded, noteRemoved, onOwner, ownerOf } from './internal';
import { type AskingNew, askNewPasskey, hasPasskeys, verifyNewPasskey } from './passkey';
import { makeRecoveryCodes } from './recovery';
import { newTotpSecret, sealTotp, totpStep, totpUri } from './totp';

export type OwnPasskey = { id: string; name: string; createdAt: string; usedAt: string | null };
export type OwnFactors = {
  app: { createdAt: string } | null;
  passkeys: OwnPasskey[];
  recoveryCodes: number;
  /** Nobody can do without one here. */
  isRequired: boolean;
  /** This address can have passkeys. */
  hasPasskeys: boolean;
};

/** What a person proves themselves with beside their password. */
export async function readFactors(ctx: Ctx): Promise<Outcome<OwnFactors>> {
  const owner = ownerOf(ctx, 'read');
  if (!owner.ok) return owner;
  const tx = executor(ctx);
  const [app, keys, { recoveryCodes }] = await Promise.all([
    findApp(tx, owner.value),
    listPasskeys(tx, owner.value),
    countFactors(tx, owner.value),
  ]);
  return ok({
    app: app ? { createdAt: app.createdAt.toISOString() } : null,
    passkeys: keys.map(({ id, name, createdAt, usedAt }) => ({
      ...{ id, name, createdAt: createdAt.toISOString(), usedAt: usedAt?.toISOString() ?? null },
    })),
    recoveryCodes,
    isRequired: needsFactor(ctx.config),
    hasPasskeys: hasPasskeys(ctx.config),
  });
}

export type NewApp = { secret: string; uri: string; state: string };
const SET_UP_MS = 900_000;
const setUpContext = (ctx: Ctx, id: string): string => `totp_set_up:${ctx.merchantId}:${id}`;

/** A fresh secret for an authenticator app. It waits with the person, sealed, until a code shows that the app has it. */
export async function askApp(ctx: Ctx): Promise<Outcome<NewApp>> {
  const owner = ownerOf(ctx, 'change');
  if (!owner.ok) return owner;
  const user = await lockUser(executor(ctx), owner.value);
  if (!user) return refuse('not_found', 'There is no such user any more.');
  const secret = newTotpSecret();
  const at = (await readNow(executor(ctx))).getTime();
  const state = seal(ctx.config.dataKey, `${at}.${secret}`, setUpContext(ctx, user.id));
  return ok({ secret, uri: totpUri(secret, user.email), state });
}

function readSetUp(ctx: Ctx, id: string, state: string, now: Date): string | null {
  try {
    const [at, secret] = unseal(ctx.config.dataKey, state, setUpContext(ctx, id)).split('.');
    return Number(at) + SET_UP_MS > now.getTime() ? (secret ?? null) : null;
  } catch {
    return null;
  }
}

const appInput = z.strictObject({ state: z.string().max(500), code: z.string().max(40) });

/** Sets the authenticator app up, in the place of an earlier one, once it has shown a right code. That code is spent. */
export async function addApp(ctx: Ctx, raw: unknown, first?: First): Promise<Outcome<Added>> {
  const owner = ownerOf(ctx, 'change');
  if (!owner.ok) return owner;
  const parsed = parseReport(appInput, raw);
  if (!parsed.ok) return parsed;
  const now = await readNow(executor(ctx));
  const secret = readSetUp(ctx, owner.value.id, parsed.value.state, now);
  if (!secret) return refuse('conflict', 'That took too long. Begin again with a new QR code.');
  const lastStep = totpStep(secret, parsed.value.code, now);
  if (lastStep === null)
    return refuse('invalid', 'That code is not right. Type the one that the app shows now.', {
      errors: [{ path: 'code', message: 'is not right' }],
    });
  return onOwner(ctx, owner.value, async (tx) => {
    await storeApp(tx, owner.value, { secret: sealTotp(ctx.config, owner.value, secret), lastStep });
    return noteAdded(ctx, tx, owner.value, 'authenticator_app', { first });
  });
}

/** Takes the authenticator app away. */
export async function removeApp(ctx: Ctx): Promise<Outcome<true>> {
  const owner = ownerOf(ctx, 'change');
  if (!owner.ok) return owner;
  return onOwner(ctx, owner.value, async (tx) => {
    if (!(await dropApp(tx, owner.value)))
      return refuse('not_found', 'There is no authenticator app any more.');
    return noteRemoved(ctx, tx, owner.value, 'authenticator_app');
  });
}

const newPurpose = (ctx: Ctx, id: string): string => `new:${ctx.merchantId}:${id}`;

/** What to ask an authenticator for a new passkey. */
export async function askOwnPasskey(ctx: Ctx): Promise<Outcome<AskingNew>> {
  const owner = ownerOf(ctx, 'change');
  if (!owner.ok) return owner;
  if (!hasPasskeys(ctx.config))
    return refuse(
      'conflict',
      'Browsers have no passkeys for an address of numbers. Open Counterfoil by its name.',
    );
  const tx = executor(ctx);
  const [user, has] = await Promise.all([lockUser(tx, owner.value), listPasskeys(tx, owner.value)]);
  if (!user) return refuse('not_found', 'There is no such user any more.');
  return ok(await askNewPasskey(ctx, newPurpose(ctx, user.id), user, has));
}

const name = z.string().trim().min(1, 'must not be empty').max(60, 'must have at most 60 characters');
const passkeyInput = z.strictObject({
  name,
  state: z.string().max(500),
  response: z.custom<RegistrationResponseJSON>((value) => typeof value === 'object' && value !== null),
});

/** Adds the passkey that the authenticator made. */
export async function addPasskey(ctx: Ctx, raw: unknown, first?: First): Promise<Outcome<Added>> {
  const owner = ownerOf(ctx, 'change');
  if (!owner.ok) return owner;
  const parsed = parseReport(passkeyInput, raw);
  if (!parsed.ok) return parsed;
  const { name: called, ...answer } = parsed.value;
  const { merchantId, id: userId } = owner.value;
  return onOwner(ctx, owner.value, async (tx) => {
    const made = await verifyNewPasskey(ctx, tx, newPurpose(ctx, userId), answer);
    if (!made) return refuse('invalid', 'The passkey was not made, or that took too long. Try again.');
    const { id, publicKey, counter, transports = [] } = made;
    const row = { merchantId, id, userId, name: called, publicKey, counter, transports };
    if (!(await insertPasskey(tx, row))) return refuse('conflict', 'This passkey is here already.');
    return noteAdded(ctx, tx, owner.value, 'passkey', { name: called, first });
  });
}

const renameInput = z.strictObject({ id: z.string().max(1400), name });

/** Gives a passkey another name. */
export async function renamePasskey(ctx: Ctx, raw: unknown): Promise<Outcome<true>> {
  const owner = ownerOf(ctx, 'change');
  if (!owner.ok) return owner;
  const parsed = parseInput(renameInput, raw, ['id']);
  if (!parsed.ok) return parsed;
  const { id, name: called } = parsed.value;
  return onOwner(ctx, owner.value, async (tx) => {
    if (!(await rename(tx, owner.value, id, called))) return NO_PASSKEY;
    await audit(ctx, tx, 'second_factor.rename', owner.value.id, { factor: 'passkey', name: called });
    return ok(true);
  });
}
const NO_PASSKEY = refuse('not_found', 'There is no such passkey any more.');

/** Takes a passkey away. */
export async function removePasskey(ctx: Ctx, id: string): Promise<Outcome<true>> {
  const owner = ownerOf(ctx, 'change');
  if (!owner.ok) return owner;
  return onOwner(ctx, owner.value, async (tx) => {
    const called = await deletePasskey(tx, owner.value, id);
    return called === undefined ? NO_PASSKEY : noteRemoved(ctx, tx, owner.value, 'passkey', called);
  });
}

/** Ten new recovery codes; those before work no more. */
export async function newRecoveryCodes(ctx: Ctx): Promise<Outcome<string[]>> {
  const owner = ownerOf(ctx, 'change');
  if (!owner.ok) return owner;
  return onOwner(ctx, owner.value, async (tx) => {
    const { app, passkeys } = await countFactors(tx, owner.value);
    if (!app && passkeys === 0)
      return refuse('conflict', 'Recovery codes stand in for a second factor. Set one up first.');
    const codes = await makeRecoveryCodes(tx, owner.value);
    await audit(ctx, tx, 'recovery_codes.make', owner.value.id);
    await queueStaffLetter(ctx, tx, owner.value.id, 'recovery_codes_made');
    return ok(codes);
  });
}
