'use server';
import { keepRound, roundSecret } from '@/app/_server/single-sign-on';
import { staffAction } from '@/app/_server/staff';
import { ok } from '@/core/outcome';
import { beginTry, saveSingleSignOn } from '@/lib/single-sign-on';

export const save = staffAction('save_single_sign_on', ({ ctx }, input: object) =>
  saveSingleSignOn(ctx, input),
);

/** Where the browser goes for a try. */
export const tryIt = staffAction('try_single_sign_on', async ({ ctx, session }) => {
  const begun = await beginTry(ctx, session.id, await roundSecret());
  if (!begun.ok) return begun;
  await keepRound(begun.value);
  return ok({ url: begun.value.url });
});
