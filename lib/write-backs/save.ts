import type * as z from 'zod';
import { ORDINARY_ENDS } from '@/core/crm';
import { type Outcome, ok } from '@/core/outcome';
import { authorizeVerified } from '../authorize';
import type { Ctx } from '../context';
import { STANDARD_TEMPLATE, saveWriteBackInput, type WriteBack } from '../contracts/write-backs';
import type { Resolve } from '../egress/guard';
import { parseInput } from '../parse';
import { type Act, perform } from '../transact';
import { EXEMPT_OF_PROFILE, judgeProfileEndpoint, saveProfileEndpoint } from '../webhooks/of-profile';
import { writeBackView } from './read';
import { checkTemplate } from './template';

type Parsed = z.output<typeof saveWriteBackInput>;
/** `secret` is the new signing secret, this once; null where there was a write-back already. */
export type SavedWriteBack = WriteBack & { secret: string | null };

/** Judges where the ends of a profile's payments are to be written back to; what it gives sets that up, or changes it. */
export async function prepareWriteBack(
  ctx: Ctx,
  raw: unknown,
  resolve?: Resolve,
): Promise<Outcome<Act<SavedWriteBack>>> {
  const allowed = authorizeVerified(ctx, 'payment_profiles:write');
  if (!allowed.ok) return allowed;
  const parsed = parseInput(saveWriteBackInput, raw, EXEMPT_OF_PROFILE);
  if (!parsed.ok) return parsed;
  const input = parsed.value;
  const template = input.template === undefined ? ok(true) : checkTemplate(input.template);
  if (!template.ok) return template;
  const url = await judgeProfileEndpoint(ctx, input, resolve);
  if (!url.ok) return url;
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

async function save(ctx: Ctx, input: Parsed): Promise<Outcome<SavedWriteBack>> {
  const { ends = [...ORDINARY_ENDS], template = STANDARD_TEMPLATE, secret, ...rest } = input;
  const saved = await saveProfileEndpoint(ctx, {
    ...rest,
    ...{ kind: 'write_back', types: ends, template, secret },
  });
  if (!saved.ok) return saved;
  return ok({ ...writeBackView(ctx.config, saved.value.row), secret: saved.value.secret });
}
