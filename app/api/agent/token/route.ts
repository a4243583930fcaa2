import { exchangeAgentToken } from '@/lib/agent-tokens';
import { readJson } from '../../../_server/api-body';
import { problemOf, respond, respondProblem } from '../../../_server/problem';
import { clientAddress, newRequestId, services } from '../../../_server/services';

/** A launch or a refresh, each good once, for tokens: what is given proves who asks. */
export async function POST(request: Request): Promise<Response> {
  const requestId = newRequestId();
  const read = await readJson(request);
  if ('code' in read) return respondProblem(read, requestId);
  const from = { requestId, address: clientAddress(request.headers) };
  const tokens = await exchangeAgentToken(services(), read.input, from);
  return tokens.ok
    ? respond({ status: 200, body: JSON.stringify(tokens.value) }, requestId)
    : respondProblem(problemOf(tokens.error), requestId);
}
