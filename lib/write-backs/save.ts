import type * as z from 'zod';
import { ORDINARY_ENDS } from '@/core/crm';
import { type Outcome, ok, refuse } from '@/core/outcome';
import type { Executor } from '@/db/client';
import {
  changeEndpoint,
  type EndpointRow,
  findWriteBack,
  insertEndpoint,
} from '@/db/queries/webhook-endpoints';
import { authorizeVerified } from '../authorize';
import type { Ctx } from '../context';
import { STANDARD_TEMPLATE, saveWriteBackInput, type WriteBack } from '../contracts/write-backs';
import { checkCredentials, keepCredentials } from '../crm/credentials';
import { checkAddress } from '../egress/check-address';
import type { Resolve } from '../egress/guard';
import { audit } from '../events/audit';
import { loadProfile } from '../form-lookups/internal';
import { newId } from '../ids';
import { parseInput } from '../parse';
import { type Act, perform, transact } from '../transact';
import { checkSecret, JUDGED_ANEW, newSigner } from '../webhooks/internal';
import { newWebhookSecret } from '../webhooks/sign';
import { writeBackView } from './read';
import { checkTemplate } from './template';

type Parsed = z.output<typeof saveWriteBackInput>;
/** `secret` is the new signing secret, this once; null where there was a write-back already. */
export type SavedWriteBack = WriteBack & { secret: string | null };

/** Secrets are not free text. */
const EXEMPT = ['profile', 'secret', 'credentials.clientSecret', 'credentials.value'];

/** Judges where the ends of a profile's payments are to be written back to; what it gives sets that up, or changes it. */
export async function prepareWriteBack(
  ctx: Ctx,
  raw: unknown,
  resolve?: Resolve,
): Promise<Outcome<Act<SavedWriteBack>>> {
  const allowed = authorizeVerified(ctx, 'payment_profiles:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(saveWriteBackInput, raw, EXEMPT);
  if (!parsed.ok) return parsed;
  const input = parsed.value;
  const usable = checkSecret(input.secret);
  if (!usable.ok) return usable;
  const template = input.template === undefined ? ok(true) : checkTemplate(input.template);
  if (!template.ok) return template;
  const url = await checkAddress(ctx, 'url', input.url, resolve);
  if (!url.ok) return url;
  const proven = await checkCredentials(ctx, input.credentials, resolve);
  if (!proven.ok) return proven;
  return ok((inner) => save(inner, { ...input, url: url.value }));
}

/**
 * Sets up where the ends of a profile's payments are written back to, or changes it. It is a webhook endpoint of a kind of
 * its own: switched off and on, rotated, logged and sent again like every other.
 */
export const saveWriteBack = (
  ctx: Ctx,
  ...wish: [raw: unknown, resolve?: Resolve]
): Promise<Outcome<SavedWriteBack>> => perform(ctx, (outer) => prepareWriteBack(outer, ...wish));

const save = (ctx: Ctx, input: Parsed): Promise<Outcome<SavedWriteBack>> =>
  transact(ctx, async (tx) => {
    const profile = await loadProfile(ctx, tx, input.profile);
    if (!profile.ok) return profile;
    const before = await findWriteBack(tx, ctx.merchantId, input.profile, 'lock');
    if ((before?.version ?? null) !== input.version)
      return refuse('version_mismatch', 'Somebody else has changed the write-back meanwhile. Read it again.');
    return write(ctx, tx, input, before);
  });

async function write(
  ctx: Ctx,
  tx: Executor,
  input: Parsed,
  before: EndpointRow | undefined,
): Promise<Outcome<SavedWriteBack>> {
  const { merchantId, config } = ctx;
  const key = { merchantId, id: before?.id ?? newId('webhookEndpoint') };
  const old = before?.credentials && before.url !== null ? { ...before, url: before.url } : null;
  const kept = keepCredentials(
    config.dataKey,
    { merchantId, of: 'write_back', id: key.id },
    { input: input.credentials, url: input.url },
    old && {
      url: old.url,
      credentials: old.credentials ?? { kind: 'signature' },
      credentialSecret: old.credentialSecret,
    },
  );
  if (!kept.ok) return kept;
  const { url, method, ends = [...ORDINARY_ENDS], template = STANDARD_TEMPLATE } = input;
  const values = { url, method, types: ends, template, ...kept.value };
  const secret = before ? (input.secret ?? null) : (input.secret ?? newWebhookSecret());
  const signer = secret === null ? {} : newSigner(config.dataKey, key, secret);
  const moved = before && before.url !== url ? { ...JUDGED_ANEW, isSlow: false } : {};
  const row = before
    ? await changeEndpoint(tx, key, { ...values, ...signer, ...moved })
    : await insertEndpoint(tx, {
        ...key,
        kind: 'write_back',
        profileId: input.profile,
        ...values,
        ...newSigner(config.dataKey, key, secret ?? newWebhookSecret()),
      });
  if (!row) throw new Error('the write-back is held and yet not there');
  await audit(ctx, tx, 'write_back.save', input.profile, {
    endpoint: key.id,
    url,
    method,
    ends,
    credentials: input.credentials.kind,
    ...(before && before.url !== url && { previousUrl: before.url }),
  });
  return ok({ ...writeBackView(config, row), secret });
}
