import 'server-only';
import { type Outcome, ok } from '@/core/outcome';
import type { LiveSession } from '@/lib/auth';
import type { Ctx } from '@/lib/context';
import { staffRoute, staffUpload } from './staff';

/** A CSV file that is made while it is sent, as fast as it is taken. One that cannot be finished breaks off. */
export function csvFile(name: string, pieces: AsyncGenerator<string>, requestId: string): Response {
  const encoder = new TextEncoder();
  const stream = new ReadableStream<Uint8Array>({
    async pull(controller) {
      const { done, value } = await pieces.next();
      if (done) controller.close();
      else controller.enqueue(encoder.encode(value));
    },
    cancel: () => void pieces.return(undefined),
  });
  return new Response(stream, {
    headers: {
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
      'request-id': requestId,
    },
  });
}

/** Such a file for a member of staff, or the verb's refusal. One that is asked for by POST, by a page of ours alone. */
export async function staffFile(
  request: Request,
  name: string,
  verb: (ctx: Ctx, session: LiveSession) => Promise<Outcome<AsyncGenerator<string>>>,
): Promise<Response> {
  let file: Response | undefined;
  const work = async (ctx: Ctx, session: LiveSession) => {
    const outcome = await verb(ctx, session);
    if (outcome.ok) file = csvFile(name, outcome.value, ctx.requestId);
    return outcome.ok ? ok(true) : outcome;
  };
  const refused =
    request.method === 'GET'
      ? await staffRoute(request, work)
      : await staffUpload(request, (ctx, _body, session) => work(ctx, session));
  return file ?? refused;
}
