'use server';
import type { AuthenticationResponseJSON } from '@simplewebauthn/browser';
import { headers } from 'next/headers';
import { authParts, staffAction } from '@/app/_server/staff';
import { ok } from '@/core/outcome';
import { askStepUp, proofWays, stepUpWithPasskey } from '@/lib/auth';

/** With what this person can confirm that it is them. */
export const waysToProve = staffAction('step_up', async ({ ctx, session }) =>
  ok(await proofWays(ctx, session)),
);

export const askProof = staffAction('step_up', ({ ctx, session }) => askStepUp(ctx, session));

/** The person confirms with a passkey that it is them. */
export const provePasskey = staffAction(
  'step_up',
  async ({ session }, answer: { state: string; response: AuthenticationResponseJSON }) => {
    const { services, origin } = authParts();
    return stepUpWithPasskey(services, session, { ...origin(await headers()), answer });
  },
);
