import * as z from 'zod';
import { answerChallenge } from '@/lib/challenges';
import type { Ctx } from '@/lib/context';
import { type PayPage, passFor } from '@/lib/pay-page';
import { readText } from '../../../_server/body';
import { type FormAnswer, payerForm } from '../../../_server/pay';

const MOST_BYTES = 1024;
const text = z.string().trim().min(1).max(64);
/** `reference`: where the question is for both. */
const input = z.strictObject({ answer: text, reference: text.optional() });

/** What was typed: as JSON by the page's script, or as a plain form; null where it is neither. */
function parse(text: string | null, isForm: boolean): string | null {
  try {
    const fields = isForm ? Object.fromEntries(new URLSearchParams(text ?? '')) : JSON.parse(text ?? '');
    const { answer, reference = '' } = input.parse(fields);
    return reference + answer;
  } catch {
    return null;
  }
}

/** The answer to the question that stands before a page. A right one opens it, in the address that this gives. */
export async function POST(
  request: Request,
  { params }: RouteContext<'/pay/[token]/verify'>,
): Promise<Response> {
  const { token } = await params;
  const answering = async (page: PayPage, ctx: Ctx): Promise<FormAnswer> => {
    if (!page.question) return {};
    const isForm = request.headers.get('content-type') !== 'application/json';
    const answer = parse(await readText(request, MOST_BYTES), isForm);
    if (answer === null) return { reason: 'empty' };
    const answered = await answerChallenge(ctx, page.link.id, answer);
    if (!answered.ok) return {};
    if (answered.value.result === 'right') return { pass: passFor(ctx, page, token) };
    // A page whose last answer was wrong, or that is locked, says that itself.
    if (answered.value.result === 'gone') return page.question.kind === 'passcode' ? { reason: 'over' } : {};
    const { answersLeft } = answered.value;
    return answersLeft > 0 ? { reason: 'wrong', answersLeft } : {};
  };
  return payerForm(request, token, answering, { isOpen: true });
}
