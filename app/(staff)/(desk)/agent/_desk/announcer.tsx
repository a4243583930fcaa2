import { SESSION_FIELDS } from '@/core/payment-session';
import type { AgentDesk } from '@/lib/payment-sessions';
import { FIELD_NAMES, fieldWords, sessionWords } from '../../_words/session';
import { resultOf } from '../../_words/session-result';
import { linkSteps } from '../../_words/session-steps';

/** What has changed, for whoever does not see the screen. Single digits are not told: they would drown the caller. */
export function told({ session, ...rest }: AgentDesk): { news: string; trouble: string } {
  const desk = { session, ...rest };
  const [label] = sessionWords(session);
  const result = resultOf(desk);
  if (result) return { news: result.title, trouble: '' };
  if (session.kind === 'digital') {
    const steps = linkSteps(desk);
    const at = steps.findLast(({ state }) => state === 'now' || state === 'done');
    const bad = steps.findLast(({ state }) => state === 'bad');
    const text = (step: typeof at) => (step ? `${step.name}: ${step.text || 'done'}` : '');
    return { news: `${label}. ${text(at)}`, trouble: text(bad) };
  }
  const words = SESSION_FIELDS.map((field) => {
    const facts = session.fields[field];
    return { state: facts.state, text: `${FIELD_NAMES[field]}: ${fieldWords(field, facts)[0]}` };
  });
  const said = words.filter(({ state }) => state === 'captured' || state === 'requested');
  return {
    news: [label, ...said.map(({ text }) => text)].join('. '),
    trouble: words
      .filter(({ state }) => state === 'error')
      .map(({ text }) => text)
      .join('. '),
  };
}

export function Announcer({ desk }: { desk: AgentDesk }) {
  const { news, trouble } = told(desk);
  return (
    <>
      <p role="status" aria-atomic="true" className="sr-only">
        {news}
      </p>
      <p role="alert" className="sr-only">
        {trouble}
      </p>
    </>
  );
}
