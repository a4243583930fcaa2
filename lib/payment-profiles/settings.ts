import * as z from 'zod';
import { PROFILE_CHALLENGES, type ProfileChallenge } from '@/core/challenge';
import { isId } from '@/core/ids';
import { type Outcome, ok, refuse } from '@/core/outcome';
import { NEW_LINK_RULES, type NewLinkRule } from '@/core/payment-link';
import { quietHours, reminderTimes } from '@/core/reminders';
import {
  changeProfile,
  findProfile,
  listAllProfiles,
  lockProfiles,
  type ProfileChange,
  type ProfileRow,
  pointProfile,
} from '@/db/queries/merchants';
import { authorize, authorizeVerified } from '../authorize';
import type { Ctx } from '../context';
import { plain } from '../contracts/text';
import { audit } from '../events/audit';
import { parseInput } from '../parse';
import { executor, transact } from '../transact';

/** A payment profile as staff see it; nothing of its gateway's secrets. */
export type ProfileSettings = {
  id: string;
  object: 'payment_profile';
  name: string;
  isDefault: boolean;
  enabled: boolean;
  /** False: money is held first, and captured by hand. */
  captureAtOnce: boolean;
  newLinkRule: NewLinkRule;
  /** What its links ask before they show what they are for, where the request says nothing. */
  challenge: ProfileChallenge | null;
  /** Payers are sent the receipt by itself. */
  receiptMail: boolean;
  /** On receipts: in lines. */
  postalAddress: string | null;
  taxNumber: string | null;
  /** Offered at the payment button. */
  buttonEnabled: boolean;
  /** Takes telephone orders: cards that are keyed. */
  moto: boolean;
  /** When the customer of an unpaid link is reminded, in minutes. */
  reminders: z.output<typeof reminderTimes>;
  /** `21:00-08:00` by the customer's clock. */
  quietHours: string | null;
  /** The last day (UTC) that was balanced. */
  balancedThrough: string | null;
};

export const settingsView = (row: ProfileRow): ProfileSettings => ({
  id: row.id,
  object: 'payment_profile',
  name: row.name,
  isDefault: row.isDefault,
  enabled: row.enabled,
  captureAtOnce: row.captureAtOnce,
  newLinkRule: row.newLinkRule,
  challenge: row.challenge,
  receiptMail: row.receiptMail,
  postalAddress: row.postalAddress,
  taxNumber: row.taxNumber,
  buttonEnabled: row.buttonEnabled,
  moto: row.moto,
  reminders: { afterIssue: row.remindAfterIssue, beforeExpiry: row.remindBeforeExpiry },
  quietHours: row.quietHours,
  balancedThrough: row.balancedThrough,
});

/** Every payment profile of this merchant, switched off ones too, the default first. */
export async function listProfileSettings(ctx: Ctx): Promise<Outcome<ProfileSettings[]>> {
  const allowed = authorize(ctx, 'payment_profiles:read');
  if (!allowed.ok) return allowed;
  return ok((await listAllProfiles(executor(ctx), ctx.merchantId)).map(settingsView));
}

/** One payment profile of this merchant. */
export async function readProfileSettings(ctx: Ctx, id: string): Promise<Outcome<ProfileSettings>> {
  const allowed = authorize(ctx, 'payment_profiles:read');
  if (!allowed.ok) return allowed;
  const row = isId('profile', id) ? await findProfile(executor(ctx), ctx.merchantId, id) : undefined;
  return row ? ok(settingsView(row)) : refuse('not_found', 'There is no such payment profile.');
}

const changeNewLinkRuleInput = z.strictObject({
  profile: z.string().max(64),
  newLinkRule: z.enum(NEW_LINK_RULES),
});

/** What happens when the payer of an expired link asks for a new one: sent at once, decided by staff, or not offered. */
export async function changeNewLinkRule(ctx: Ctx, raw: unknown): Promise<Outcome<ProfileSettings>> {
  const allowed = authorize(ctx, 'payment_profiles:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(changeNewLinkRuleInput, raw);
  if (!parsed.ok) return parsed;
  const { profile, newLinkRule } = parsed.value;
  return change(ctx, profile, { newLinkRule });
}

const changeChallengeInput = z.strictObject({
  profile: z.string().max(64),
  challenge: z.enum(PROFILE_CHALLENGES).nullable(),
});

/** What links of this profile ask from now on before they show what they are for; those that are out stay as they are. */
export async function changeProfileChallenge(ctx: Ctx, raw: unknown): Promise<Outcome<ProfileSettings>> {
  const allowed = authorize(ctx, 'payment_profiles:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(changeChallengeInput, raw);
  if (!parsed.ok) return parsed;
  const { profile, challenge } = parsed.value;
  return change(ctx, profile, { challenge });
}

const changeButtonInput = z.strictObject({ profile: z.string().max(64), buttonEnabled: z.boolean() });

/** Whether agents are offered this profile at the payment button. */
export async function changeProfileButton(ctx: Ctx, raw: unknown): Promise<Outcome<ProfileSettings>> {
  const allowed = authorize(ctx, 'payment_profiles:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(changeButtonInput, raw);
  if (!parsed.ok) return parsed;
  const { profile, buttonEnabled } = parsed.value;
  return change(ctx, profile, { buttonEnabled });
}

const changeReceiptsInput = z.strictObject({
  profile: z.string().max(64),
  receiptMail: z.boolean(),
  postalAddress: z
    .string()
    .max(500)
    .transform((text) => text.split('\n').filter((line) => line.trim()))
    .pipe(z.array(plain(80)).max(6, { error: 'has at most 6 lines' }))
    .transform((lines) => lines.join('\n') || null),
  taxNumber: z.union([z.literal('').transform(() => null), plain(40)]),
});

/** What receipts of this profile say of the merchant, and whether payers with an e-mail address on file are sent them. */
export async function changeReceipts(ctx: Ctx, raw: unknown): Promise<Outcome<ProfileSettings>> {
  const allowed = authorize(ctx, 'payment_profiles:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(changeReceiptsInput, raw);
  if (!parsed.ok) return parsed;
  const { profile, ...receipts } = parsed.value;
  return change(ctx, profile, receipts);
}

const changeMotoInput = z.strictObject({ profile: z.string().max(64), moto: z.boolean() });

/** Whether this profile takes telephone orders. An owner's word, freshly proved. */
export async function changeProfileMoto(ctx: Ctx, raw: unknown): Promise<Outcome<ProfileSettings>> {
  const allowed = authorizeVerified(ctx, 'payment_profiles:moto');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(changeMotoInput, raw);
  if (!parsed.ok) return parsed;
  const { profile, moto } = parsed.value;
  return change(ctx, profile, { moto });
}

const changeRemindersInput = z.strictObject({
  profile: z.string().max(64),
  reminders: reminderTimes,
  quietHours: quietHours.nullable(),
});

/** When customers of unpaid links are reminded, and when they are left in peace. */
export async function changeReminders(ctx: Ctx, raw: unknown): Promise<Outcome<ProfileSettings>> {
  const allowed = authorize(ctx, 'payment_profiles:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(changeRemindersInput, raw);
  if (!parsed.ok) return parsed;
  const { profile, reminders, quietHours: quiet } = parsed.value;
  const { afterIssue: remindAfterIssue, beforeExpiry: remindBeforeExpiry } = reminders;
  return change(ctx, profile, { remindAfterIssue, remindBeforeExpiry, quietHours: quiet });
}

const changeBasicsInput = z.strictObject({
  profile: z.string().max(64),
  name: plain(60),
  enabled: z.boolean(),
  captureAtOnce: z.boolean(),
});

/** Its name, whether new links may be issued on it, and whether money is captured at once. The default stays on. */
export async function changeProfileBasics(ctx: Ctx, raw: unknown): Promise<Outcome<ProfileSettings>> {
  const allowed = authorize(ctx, 'payment_profiles:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(changeBasicsInput, raw);
  if (!parsed.ok) return parsed;
  const { profile, ...basics } = parsed.value;
  return transact(ctx, async (tx) => {
    await lockProfiles(tx, ctx.merchantId);
    const all = await listAllProfiles(tx, ctx.merchantId);
    if (all.some(({ id, name }) => id !== profile && name === basics.name)) return NAME_TAKEN;
    if (!basics.enabled && all.some(({ id, isDefault }) => id === profile && isDefault))
      return refuse('conflict', 'This is the default profile. Make another the default first.');
    return change({ ...ctx, tx }, profile, basics);
  });
}

/** Links that name no profile are issued on this one from now on. */
export async function makeDefaultProfile(ctx: Ctx, id: string): Promise<Outcome<true>> {
  const allowed = authorize(ctx, 'payment_profiles:write');
  if (!allowed.ok) return allowed;
  if (!isId('profile', id)) return MISSING;
  return transact(ctx, async (tx) => {
    await lockProfiles(tx, ctx.merchantId);
    const profile = await findProfile(tx, ctx.merchantId, id);
    if (!profile) return MISSING;
    if (!profile.enabled) return refuse('conflict', 'This profile is off. Switch it on first.');
    if (profile.isDefault) return ok(true);
    await pointProfile(tx, profile, { isDefault: true });
    await audit(ctx, tx, 'payment_profile.make_default', id);
    return ok(true);
  });
}

const MISSING = refuse('not_found', 'There is no such payment profile.');
export const NAME_TAKEN = refuse('conflict', 'Another payment profile has this name.');

async function change(ctx: Ctx, id: string, to: ProfileChange): Promise<Outcome<ProfileSettings>> {
  if (!isId('profile', id)) return MISSING;
  return transact(ctx, async (tx) => {
    const before = await findProfile(tx, ctx.merchantId, id);
    if (!before) return MISSING;
    const changed = (Object.keys(to) as (keyof ProfileChange)[]).filter(
      (name) => JSON.stringify(before[name]) !== JSON.stringify(to[name]),
    );
    if (changed.length === 0) return ok(settingsView(before));
    const after = await changeProfile(tx, before, to);
    if (!after) return refuse('conflict', 'Somebody else has just changed this. Look at it anew.');
    const noted = changed.map((name) => [name, { from: before[name], to: to[name] }]);
    await audit(ctx, tx, 'payment_profile.update', id, Object.fromEntries(noted));
    return ok(settingsView(after));
  });
}
