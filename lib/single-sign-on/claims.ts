import { ROLES, type Role } from '@/core/permissions';
import type { SingleSignOnRow } from '@/db/queries/single-sign-on';

export type Claims = Record<string, unknown> & { iss: string; sub: string };

/** The claim of this name; else the one that a dotted name leads to, as in `realm_access.roles`. */
function claimNamed(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  let found: unknown = claims;
  for (const part of name.split('.')) {
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, part)) return undefined;
    found = (found as Record<string, unknown>)[part];
  }
  return found;
}

/** The values of a claim that is a text or a list of them. */
const valuesOf = (claim: unknown): string[] =>
  (Array.isArray(claim) ? claim : [claim]).filter((one) => typeof one === 'string');

/** The highest role that the claims give; the default where they give none; null: refused. */
export function roleFrom(
  { roleClaim, roleValues, defaultRole }: Pick<SingleSignOnRow, 'roleClaim' | 'roleValues' | 'defaultRole'>,
  claims: Claims,
): Role | null {
  const held = roleClaim === null ? [] : valuesOf(claimNamed(claims, roleClaim));
  const given = roleValues.filter(({ value }) => held.includes(value)).map(({ role }) => role);
  return ROLES.find((role) => given.includes(role)) ?? defaultRole;
}

/**
 * The e-mail address, where the provider says that it is verified and its domain is one of the merchant's. Entra does not
 * say `email_verified`: its `xms_edov` says that the domain's owner is known.
 */
export function verifiedEmail({ email, email_verified, xms_edov }: Claims, domains: string[]): string | null {
  if (typeof email !== 'string' || email.length > 254) return null;
  const isVerified =
    email_verified === undefined ? ['true', '1'].includes(String(xms_edov)) : email_verified === true;
  const parts = email.trim().toLowerCase().split('@');
  const [name, domain] = parts;
  return isVerified && parts.length === 2 && name && domain && domains.includes(domain)
    ? `${name}@${domain}`
    : null;
}

/** The provider says that it asked for several factors (RFC 8176), or for what cannot be phished. */
export const provesSecondFactor = ({ amr, acr }: Claims): boolean =>
  valuesOf(amr).includes('mfa') || ['phr', 'phrh'].includes(String(acr));

/** What the person is called, or else the part of their e-mail before the @. */
export function nameFrom({ name }: Claims, email: string): string {
  const plain = typeof name === 'string' ? name.replace(/[\p{Cc}\p{Cf}]/gu, '').trim() : '';
  return (plain || email.split('@')[0] || email).slice(0, 100);
}
