import { PROBLEM_CODES, type ProblemCode, STATUS_OF, TITLES } from '@/lib/contracts/problem';
import { PROBLEM_WORDS } from '@/lib/contracts/problem-words';
import { html } from '../../_server/html';
import { problemBody } from '../../_server/problem';
import { GUIDE } from './contents';
import { developerPage } from './document';
import { operations } from './openapi';
import { addressOf } from './reference';
import { code, inline, json, table } from './text';

const REQUEST_ID = 'req_01kb1v3q5sezqv4x0c9w6y2m8n';
const pageOf = (name: ProblemCode): string => `${GUIDE.problems.path}/${name}`;
const shown = (name: ProblemCode): unknown =>
  JSON.parse(problemBody({ code: name, detail: PROBLEM_WORDS[name].when }, REQUEST_ID));

/** What went wrong and what to do: the page that a problem's `type` names; null for a code that there is not. */
export function problemPage(name: string): Response | null {
  const known = PROBLEM_CODES.find((one) => one === name);
  if (!known) return null;
  const { when, act } = PROBLEM_WORDS[known];
  const status = STATUS_OF[known];
  const from = operations().filter(({ operation }) =>
    operation.responses[status]?.description.includes(`\`${known}\``),
  );
  return developerPage({
    path: pageOf(known),
    title: known,
    body: html`<p class="lead">${status} ${TITLES[status]}</p>
<h2>When</h2><p>${inline(when)}</p>
<h2>What to do</h2><p>${inline(act)}</p>
<h2>The answer</h2>${json('application/problem+json', shown(known))}
${
  from.length > 0 &&
  html`<h2>Where</h2><ul>${from.map(({ operation }) => html`<li><a href="${addressOf(operation)}">${operation.summary}</a></li>`)}</ul>`
}
<p><a href="${GUIDE.problems.path}">All errors</a></p>`,
  });
}

const SAMPLE = `const response = await fetch(url, options);
if (!response.ok) {
  const problem = await response.json(); // application/problem+json
  if (problem.code === 'link_paid') return 'paid already';
  if (response.status === 429 || response.status >= 500) return tryAgainAfter(response.headers.get('retry-after'));
  throw new Error(\`\${problem.code}: \${problem.detail} (\${problem.requestId})\`);
}`;

/** How refusals look, and all of them. */
export const problemsPage = (): Response =>
  developerPage({
    ...GUIDE.problems,
    body: html`<p class="lead">A refusal is RFC 9457 <code>application/problem+json</code>. Decide by <code>code</code>; <code>detail</code> is for people and may change.</p>
${json('application/problem+json', { ...(shown('invalid') as object), errors: [{ path: 'surprise', message: 'is not a known field' }] })}
<p><code>type</code> is the address of a page like those below. <code>errors</code> names the fields that were refused and is empty where none is to blame. <code>requestId</code>, also the <code>Request-Id</code> header of every answer, is what to name when you ask for help.</p>
<p>The token endpoint alone answers in the words of RFC 6749: <code>error</code> and <code>error_description</code>.</p>
${code('JavaScript', SAMPLE)}
<h2>All errors</h2>
${table(
  ['Code', 'Status', 'When'],
  PROBLEM_CODES.map((name) => [
    html`<a href="${pageOf(name)}">${name}</a>`,
    html`${STATUS_OF[name]}`,
    inline(PROBLEM_WORDS[name].when),
  ]),
)}`,
  });
