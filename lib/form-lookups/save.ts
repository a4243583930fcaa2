import type * as z from 'zod';
import { type Outcome, ok, refuse } from '@/core/outcome';
import type { Executor } from '@/db/client';
import {
  changeFormLookup,
  type FormLookupRow,
  findFormLookup,
  insertFormLookup,
} from '@/db/queries/form-lookups';
import { authorizeVerified } from '../authorize';
import type { Ctx } from '../context';
import { type FormLookup, saveFormLookupInput } from '../contracts/form-lookups';
import { checkCredentials, keepCredentials } from '../crm/credentials';
import { checkAddress } from '../egress/check-address';
import type { Resolve } from '../egress/guard';
import { audit } from '../events/audit';
import { parseInput } from '../parse';
import { type Act, perform, transact } from '../transact';
import { checkSecret } from '../webhooks/internal';
import { newWebhookSecret } from '../webhooks/sign';
import { formLookupView, loadProfile, sealLookupSecret } from './internal';

type Parsed = z.output<typeof saveFormLookupInput>;
/** `secret` is the new signing secret, this once; null where the one that is kept still signs. */
export type SavedLookup = FormLookup & { secret: string | null };

/** Secrets and paths are not free text. */
const EXEMPT = ['profile', 'secret', 'credentials.clientSecret', 'credentials.value'];

/** Judges where the form of a profile is to be filled from; what it gives sets that up, or changes it. */
export async function prepareFormLookup(
  ctx: Ctx,
  raw: unknown,
  resolve?: Resolve,
): Promise<Outcome<Act<SavedLookup>>> {
  const allowed = authorizeVerified(ctx, 'payment_profiles:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(saveFormLookupInput, raw, EXEMPT);
  if (!parsed.ok) return parsed;
  const input = parsed.value;
  const usable = checkSecret(input.secret);
  if (!usable.ok) return usable;
  const url = await checkAddress(ctx, 'url', input.url, resolve);
  if (!url.ok) return url;
  const proven = await checkCredentials(ctx, input.credentials, resolve);
  if (!proven.ok) return proven;
  return ok((inner) => save(inner, { ...input, url: url.value }));
}

/**
 * Sets up where the form of a profile is filled from, or changes it. The addresses are judged now and again at each lookup.
 * The answer holds a signing secret where one was made.
 */
export const saveFormLookup = (
  ctx: Ctx,
  ...wish: [raw: unknown, resolve?: Resolve]
): Promise<Outcome<SavedLookup>> => perform(ctx, (outer) => prepareFormLookup(outer, ...wish));

const save = (ctx: Ctx, input: Parsed): Promise<Outcome<SavedLookup>> =>
  transact(ctx, async (tx) => {
    const profile = await loadProfile(ctx, tx, input.profile);
    if (!profile.ok) return profile;
    const before = await findFormLookup(tx, { merchantId: ctx.merchantId, profileId: input.profile });
    return write(ctx, tx, input, before);
  });

const CHANGED = 'Somebody else has changed the form lookup meanwhile. Read it again.';

async function write(
  ctx: Ctx,
  tx: Executor,
  input: Parsed,
  before: FormLookupRow | undefined,
): Promise<Outcome<SavedLookup>> {
  const owner = { merchantId: ctx.merchantId, profileId: input.profile };
  const { dataKey } = ctx.config;
  const credentialOwner = { merchantId: ctx.merchantId, of: 'form_lookup', id: input.profile } as const;
  const wish = { input: input.credentials, url: input.url };
  const credentials = keepCredentials(dataKey, credentialOwner, wish, before ?? null);
  if (!credentials.ok) return credentials;
  const isNew = !before || input.newSecret === true || input.secret !== undefined;
  const secret = isNew ? (input.secret ?? newWebhookSecret()) : null;
  const { url, mapping = null, enabled, payerAsks } = input;
  const sealed = secret === null ? {} : { secret: sealLookupSecret(dataKey, owner, secret) };
  const values = { url, mapping, enabled, payerAsks, ...credentials.value, ...sealed };
  const row =
    before && input.version !== null
      ? await changeFormLookup(tx, { ...owner, version: input.version }, values)
      : before || secret === null
        ? undefined
        : await insertFormLookup(tx, {
            ...owner,
            ...values,
            secret: sealLookupSecret(dataKey, owner, secret),
          });
  if (!row) return refuse('version_mismatch', CHANGED);
  await audit(ctx, tx, 'form_lookup.save', input.profile, {
    url,
    credentials: input.credentials.kind,
    enabled,
    payerAsks,
    ...(before && before.url !== url && { previousUrl: before.url }),
    ...(before && isNew && { newSecret: true }),
  });
  return ok({ ...formLookupView(row), secret });
}
