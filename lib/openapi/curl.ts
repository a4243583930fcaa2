import { ID_PREFIXES } from '@/core/ids';
import { API_ROOT, type Operation } from '../contracts/operations';

/** What an example names that must be the reader's own: shell variables stand for it. */
const OWN: Record<string, string> = { paymentLink: '$LINK', url: '$HOOK', since: '$SINCE' };

function withOwn(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withOwn);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => [
      name,
      typeof inner === 'string' ? (OWN[name] ?? inner) : withOwn(inner),
    ]),
  );
}

/** A command line, one option a line. */
const joined = (parts: readonly string[]): string => parts.join(' \\\n  ');

function tokenCommand(address: string, request: Record<string, string>): string {
  const fields = Object.entries(request).map(([name, value]) => `-d ${name}=${value}`);
  return joined([`curl -sS "${address}"`, '-u "$CLIENT"', ...fields]);
}

/**
 * A call of an operation for a shell, with the request that the document shows. `$API` is the address of the API, `$KEY` the
 * key, `$ID` the id in the path; `$LINK`, `$HOOK` and `$SINCE` stand for values of the reader's own.
 */
export function curlOf(operation: Operation, portalUrl: string): string {
  const { method, path, scope, ids, ifMatch, query, body, example, oauth } = operation;
  if (oauth) return tokenCommand(portalUrl + path, example?.request as Record<string, string>);
  const limited = query && 'limit' in query.shape ? '?limit=10' : '';
  const verb = method === 'GET' || (method === 'POST' && body) ? '' : `-X ${method} `;
  const sent = body && example?.request !== undefined;
  const isText = typeof example?.request === 'string';
  const command = joined([
    `curl -sS ${verb}"$API${path.replace('{id}', '$ID')}${limited}"`,
    ...(scope === null ? [] : ['-H "Authorization: Bearer $KEY"']),
    ...(ifMatch ? [`-H 'If-Match: "1"'`] : []),
    ...(sent
      ? [`-H 'Content-Type: ${isText ? 'text/csv' : 'application/json'}' --data-binary @- <<BODY`]
      : []),
  ]);
  const note = ids ? `# $ID: ${ID_PREFIXES[ids]}_…\n` : '';
  if (!sent) return note + command;
  const text = isText ? example?.request : JSON.stringify(withOwn(example?.request), null, 2);
  return `${note}${command}\n${text}\nBODY`;
}

/** The address of the API at a portal. */
export const apiAddress = (portalUrl: string): string => portalUrl + API_ROOT;
