import { isDeepStrictEqual } from 'node:util';
import { type Outcome, ok, refuse } from '@/core/outcome';
import {
  findSingleSignOn,
  findTakenDomain,
  findTried,
  lockPasswordOwners,
  putDomains,
  putSingleSignOn,
  type SingleSignOnRow,
} from '@/db/queries/single-sign-on';
import { authorize, authorizeVerified } from '../authorize';
import type { Ctx } from '../context';
import { type SingleSignOn, saveSingleSignOnInput, type Tried } from '../contracts/single-sign-on';
import { checkAddress } from '../egress/check-address';
import { audit } from '../events/audit';
import { parseInput, refuseField } from '../parse';
import { executor, transact } from '../transact';
import { discover, ProviderAway, sealClientSecret } from './provider';

/** The settings of this merchant, without the secret; null where there are none yet. */
export async function readSingleSignOn(ctx: Ctx): Promise<Outcome<SingleSignOn | null>> {
  const allowed = authorize(ctx, 'single_sign_on:write');
  if (!allowed.ok) return allowed;
  const row = await findSingleSignOn(executor(ctx), ctx.merchantId);
  return ok(row ? viewOf(row) : null);
}

function viewOf({ clientSecret: _secret, merchantId: _merchant, ...seen }: SingleSignOnRow): SingleSignOn {
  const { defaultRole } = seen;
  return { ...seen, defaultRole: defaultRole === 'owner' ? null : defaultRole };
}

/** What the last try of this session showed. */
export async function readTried(ctx: Ctx, sessionId: string): Promise<Outcome<Tried | null>> {
  const allowed = authorize(ctx, 'single_sign_on:write');
  if (!allowed.ok) return allowed;
  return ok(((await findTried(executor(ctx), ctx.merchantId, sessionId)) as Tried | undefined) ?? null);
}

/** Says at which provider the merchant's people sign in. The provider is asked what it says of itself before it is taken. */
export async function saveSingleSignOn(ctx: Ctx, raw: unknown): Promise<Outcome<SingleSignOn>> {
  const allowed = authorizeVerified(ctx, 'single_sign_on:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(saveSingleSignOnInput, raw, ['clientId', 'clientSecret']);
  if (!parsed.ok) return parsed;
  const { version, clientSecret: given, domains, ...wanted } = parsed.value;
  if (wanted.roleClaim === null && wanted.defaultRole === null)
    return refuseField('roleClaim', 'is needed, or a role for everybody');
  const before = await findSingleSignOn(ctx.db, ctx.merchantId);
  const isSame = before?.issuer === wanted.issuer;
  // A secret is never sent to another address than the one that it was given for.
  if (!given && !isSame) return refuseField('clientSecret', 'is needed for this provider');
  const issuer = isSame ? ok(wanted.issuer) : await askIssuer(ctx, { ...wanted, clientSecret: given ?? '' });
  if (!issuer.ok) return issuer;
  const clientSecret = given
    ? sealClientSecret(ctx.config, ctx.merchantId, given)
    : (before?.clientSecret ?? '');
  const row = { ...wanted, issuer: issuer.value, clientSecret, merchantId: ctx.merchantId };
  return transact(ctx, async (tx) => {
    const taken = await findTakenDomain(tx, ctx.merchantId, domains);
    if (taken) return refuseField('domains', `${taken} is of another merchant of this installation`);
    const owners = await lockPasswordOwners(tx, ctx.merchantId);
    if (!wanted.passwordAllowed && owners.length === 0)
      return refuseField(
        'passwordAllowed',
        'stays on until an owner has a password: somebody needs a way in',
      );
    const saved = await putSingleSignOn(tx, version, row);
    if (saved === undefined)
      return refuse('version_mismatch', 'Somebody else has changed this meanwhile. Load the page again.');
    if (!(await putDomains(tx, ctx.merchantId, domains)))
      return refuseField('domains', 'are of another merchant');
    const after = { ...row, domains, version: saved };
    await audit(ctx, tx, 'single_sign_on.update', String(ctx.merchantId), changes(before, after, !!given));
    return ok(viewOf(after));
  });
}

/** Such a provider signs in the people of whatever organisation. */
const EVERYBODY = refuseField('issuer', 'must name your own organisation, not all of them');

type Asked = { issuer: string; clientId: string; clientSecret: string };

/** The issuer as the provider spells it itself. */
async function askIssuer(ctx: Ctx, asked: Asked): Promise<Outcome<string>> {
  if (/\/(common|organizations|consumers)(\/|$)/.test(asked.issuer)) return EVERYBODY;
  const address = await checkAddress(ctx, 'issuer', asked.issuer);
  if (!address.ok) return address;
  try {
    const { issuer } = (await discover(ctx.config, asked)).serverMetadata();
    if (issuer.includes('{')) return EVERYBODY;
    return ok(issuer);
  } catch (error) {
    if (error instanceof ProviderAway)
      return refuseField('issuer', `does not lead to a provider that can be used (${error.message})`);
    throw error;
  }
}

const SEEN = [
  'enabled',
  'issuer',
  'clientId',
  'domains',
  'roleClaim',
  'roleValues',
  'defaultRole',
  'createsPeople',
  'passwordAllowed',
  'needsSecondFactor',
] as const;

/** What is another than before, with both, for the record; of the secret only that it is another. */
const changes = (
  before: SingleSignOnRow | undefined,
  after: SingleSignOnRow,
  isNewSecret: boolean,
): Record<string, unknown> => ({
  ...Object.fromEntries(
    SEEN.filter((field) => !isDeepStrictEqual(before?.[field], after[field])).map((field) => [
      field,
      { from: before?.[field] ?? null, to: after[field] },
    ]),
  ),
  ...(isNewSecret && { clientSecret: 'replaced' }),
});
