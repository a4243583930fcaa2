import 'server-only';
import { openApiDocument } from '@/lib/openapi';
import { refuseQuery } from './api';
import { problemOf, respondProblem } from './problem';
import { newRequestId, services } from './services';

let document: string | undefined;

/** The API's document, for everybody: it tells nothing of any merchant. */
export function answerOpenApi(request: Request): Response {
  const asked = refuseQuery(request);
  if (!asked.ok) return respondProblem(problemOf(asked.error), newRequestId());
  document ??= JSON.stringify(openApiDocument(services().config.portalUrl));
  return new Response(document, {
    headers: {
      'content-type': 'application/json',
      'cache-control': 'public, max-age=300',
      'x-content-type-options': 'nosniff',
      'access-control-allow-origin': '*',
    },
  });
}
