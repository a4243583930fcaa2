import 'server-only';
import { cookies, headers } from 'next/headers';
import { redirect, unstable_rethrow } from 'next/navigation';
import { cache } from 'react';
import { type Outcome, refuse } from '@/core/outcome';
import type { Role } from '@/core/permissions';
import { type AuthParts, type LiveSession, liveSession, sessionIdFrom, staffCookies } from '@/lib/auth';
import type { Actor, Ctx } from '@/lib/context';
import { STATUS_OF } from '@/lib/contracts/problem';
import { portalEnv } from '@/lib/env';
import { errorText } from '@/lib/log';
import { pathAsked } from './page-headers';
import { clientAddress, newRequestId, services } from './services';

export type Staff = { ctx: Ctx; session: LiveSession };

/** Set by a page's own refreshes when a person did something since the last: only that keeps a session from idling out. */
const ACTIVE_HEADER = 'x-counterfoil-active';

export const authParts = (): AuthParts => ({
  services: services(),
  secret: portalEnv().NEXTAUTH_SECRET,
  origin: (from) => ({
    address: clientAddress(from),
    userAgent: from.get('user-agent'),
    requestId: newRequestId(),
  }),
});

export const homeOf = (role: Role): string => (role === 'agent' ? '/agent' : '/admin/home');

/** A path of this portal to go on to, or null: never another origin, never a scheme, never a control character. */
export function safeNext(next: string | null | undefined): string | null {
  if (!next || !/^\/(?![/\\])[\x21-\x7e]*$/.test(next) || next.includes('\\')) return null;
  const { portalUrl } = services().config;
  return new URL(next, portalUrl).origin === new URL(portalUrl).origin ? next : null;
}

/** The session id in this request's cookie; the row decides whether it lives. */
export async function cookieSessionId(): Promise<string | null> {
  const { sessionToken } = staffCookies(services().config.portalUrl);
  return sessionIdFrom(portalEnv().NEXTAUTH_SECRET, (await cookies()).get(sessionToken.name)?.value);
}

/** Whose session it is, as who acts. */
export const userOf = ({ user: { id, name, role }, verified }: LiveSession): Actor => ({
  ...{ kind: 'user', id, name, role, verified },
});

async function readStaff(active: boolean): Promise<Staff | null> {
  const session = await liveSession(services(), await cookieSessionId(), active);
  if (!session) return null;
  const ctx: Ctx = {
    ...services(),
    merchantId: session.merchant.id,
    actor: userOf(session),
    requestId: newRequestId(),
    address: clientAddress(await headers()),
  };
  return { ctx, session };
}

/** Who is signed in, for a page that also serves others. Read once per request. */
export const currentStaff = cache(() => readStaff(true));

/** The path that a page of staff was asked for; throws where it is without its headers. */
export const askedPath = async (): Promise<string> => pathAsked(await headers());

/** Who acts on this page; sends to the sign-in page when nobody is signed in. */
export async function staffCtx(): Promise<Staff> {
  const asked = await askedPath();
  const staff = await currentStaff();
  if (staff) return staff;
  const path = safeNext(asked);
  redirect(path && path !== '/' ? `/sign-in?next=${encodeURIComponent(path)}` : '/sign-in');
}

/** Refuses what a browser sent from anywhere but our own pages. Origin is required; it is not guessed from Host. */
export async function sameOrigin(): Promise<Outcome<true>> {
  const sent = await headers();
  const site = sent.get('sec-fetch-site');
  const { portalUrl } = services().config;
  if (sent.get('origin') === portalUrl && (site === null || site === 'same-origin'))
    return { ok: true, value: true };
  return refuse('forbidden', `This must be done on Counterfoil's own address: ${portalUrl}`);
}

export const SIGNED_OUT = refuse(
  'unauthenticated',
  'You are signed out. Sign in again; what you typed stays here.',
);
const broken = (requestId: string) =>
  refuse('internal', `Something went wrong on our side. Try again, and name ${requestId} if it stays.`);

/**
 * A server action of a member of staff. Every action is a public address: it checks where the request came from and reads
 * the session anew each time; roles are judged by the verb. An unexpected error becomes one sentence and a request id.
 */
export const staffAction =
  <A extends unknown[], T>(name: string, work: (staff: Staff, ...input: A) => Promise<Outcome<T>>) =>
  async (...input: A): Promise<Outcome<T>> => {
    const requestId = newRequestId();
    try {
      const origin = await sameOrigin();
      if (!origin.ok) return origin;
      const staff = await readStaff(true);
      if (!staff) return SIGNED_OUT;
      const outcome = await work({ ...staff, ctx: { ...staff.ctx, requestId } }, ...input);
      const code = outcome.ok ? 'ok' : outcome.error.code;
      services().log.info('staff_action', { requestId, route: name, actor: staff.session.user.id, code });
      return outcome;
    } catch (error) {
      unstable_rethrow(error);
      services().log.error('staff_action', { requestId, route: name, error: errorText(error) });
      return broken(requestId);
    }
  };

/** Who is signed in, for a call of a page's own script: only what a person did keeps the session from idling out. */
export const currentStaffFor = (request: Request): Promise<Staff | null> =>
  readStaff(request.method !== 'GET' || request.headers.get(ACTIVE_HEADER) === '1');

/** Whether somebody whose screen stays open longer than a request still may be there, and what they may by then. */
export const stillThere =
  ({ ctx, session: { id } }: Staff, requestId: string) =>
  async (): Promise<Outcome<Ctx>> => {
    const now = await liveSession(services(), id, false);
    return now ? { ok: true, value: { ...ctx, requestId, actor: userOf(now) } } : SIGNED_OUT;
  };

/** A JSON read for the staff screens: the verb's value, or its refusal with the status of the code. */
export async function staffRoute(
  request: Request,
  work: (ctx: Ctx, session: LiveSession) => Promise<Outcome<unknown>>,
): Promise<Response> {
  const requestId = newRequestId();
  try {
    const staff = await currentStaffFor(request);
    if (!staff) return json(STATUS_OF.unauthenticated, { error: SIGNED_OUT.error });
    const outcome = await work({ ...staff.ctx, requestId }, staff.session);
    if (outcome.ok) return json(200, outcome.value);
    return json(STATUS_OF[outcome.error.code], { error: outcome.error });
  } catch (error) {
    services().log.error('staff_read', { requestId, error: errorText(error) });
    return json(500, { error: broken(requestId).error });
  }
}

/** The same for what a page of ours sends, whose body the work reads as it comes. */
export async function staffUpload(
  request: Request,
  work: (ctx: Ctx, body: AsyncIterable<Uint8Array>, session: LiveSession) => Promise<Outcome<unknown>>,
): Promise<Response> {
  const origin = await sameOrigin();
  if (!origin.ok) return json(STATUS_OF[origin.error.code], { error: origin.error });
  return staffRoute(request, (ctx, session) => work(ctx, request.body ?? nothing(), session));
}

async function* nothing(): AsyncGenerator<Uint8Array> {}

/** What an address asks for, each name once. */
export const queryOf = (request: Request): Record<string, string> =>
  Object.fromEntries(new URL(request.url).searchParams);

const json = (status: number, body: unknown): Response =>
  new Response(JSON.stringify(body), {
    status,
    headers: {
      'content-type': 'application/json',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'cross-origin-resource-policy': 'same-origin',
    },
  });
