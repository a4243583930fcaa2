import { LOCALE_CODES } from '@/core/messages';
import { portalEnv } from '@/lib/env';

export const dynamic = 'force-dynamic';

const DAYS = 180;

/** Whom to tell of a weakness, for who looks for it. Source: RFC 9116. */
export function GET(): Response {
  const { SECURITY_CONTACT: contact, PORTAL_URL: portal } = portalEnv();
  if (!contact) return new Response(null, { status: 404 });
  const expires = new Date(Date.now() + DAYS * 86_400_000);
  expires.setUTCHours(0, 0, 0, 0);
  const lines = [
    `Contact: ${contact}`,
    `Expires: ${expires.toISOString()}`,
    `Preferred-Languages: ${LOCALE_CODES.join(', ')}`,
    `Canonical: ${portal}/.well-known/security.txt`,
  ];
  return new Response(`${lines.join('\n')}\n`, { headers: { 'content-type': 'text/plain; charset=utf-8' } });
}
