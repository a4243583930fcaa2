import { cx } from '@/app/_components/cx';
import { CheckIcon } from '@/app/_components/icons';
import { Notice } from '@/app/_components/notice';
import { FORM_FIELDS } from '@/core/form-progress';
import type { AgentDesk } from '@/lib/payment-sessions';
import {
  FORM_FIELD_NAMES,
  hintOf,
  linkSteps,
  type Step,
  type StepState,
  sayLink,
  TICKS,
} from '../../_words/session-steps';
import { situationOf } from '../../_words/situation';
import { SayBox } from './say-box';

/** The link on its way to the money: where the customer is, and what to say. */
export function LinkPanel({ desk, zone }: { desk: AgentDesk; zone: string }) {
  const steps = linkSteps(desk);
  const say = sayLink(desk);
  const hint = hintOf(desk);
  const [main] = situationOf(desk.history, zone);
  return (
    <section aria-label="The link’s way" className="space-y-3">
      {say && <SayBox say={say} />}
      {main && (main.tone === 'warn' || main.tone === 'bad') && (
        <Notice tone={main.tone}>
          <strong className="font-semibold">{main.title}.</strong> {main.text}
        </Notice>
      )}
      <ol className="rounded-xl border border-line bg-surface p-3 sm:p-4">
        {steps.map((step) => (
          <StepLine key={step.name} step={step}>
            {step.name === 'Card' && step.state !== 'done' && <Ticks desk={desk} />}
          </StepLine>
        ))}
      </ol>
      {hint && <Notice tone="info">{hint}</Notice>}
    </section>
  );
}

const DOTS: Record<StepState, string> = {
  done: 'bg-ok-soft text-ok',
  now: 'bg-accent text-on-accent',
  todo: 'border-2 border-line-strong',
  bad: 'bg-bad-strong text-on-bad',
  skipped: 'bg-sunken text-muted',
};
const SAID: Record<StepState, string> = {
  done: 'done',
  now: 'now',
  todo: 'not yet',
  bad: 'problem',
  skipped: 'not told',
};

const StepLine = ({ step, children }: { step: Step; children: React.ReactNode }) => (
  <li className="flex items-start gap-3 py-1.5" aria-current={step.state === 'now' ? 'step' : undefined}>
    <span
      aria-hidden="true"
      className={cx(
        'mt-0.5 grid size-5 shrink-0 place-content-center rounded-full text-xs',
        DOTS[step.state],
      )}
    >
      {step.state === 'done' ? <CheckIcon className="size-3.5" /> : step.state === 'bad' ? '!' : ''}
    </span>
    <div className="min-w-0 flex-1">
      <p className="break-words">
        <span className={cx('font-medium', step.state === 'todo' && 'text-muted')}>{step.name}</span>
        <span className="sr-only"> ({SAID[step.state]})</span>
        {step.text && (
          <span className={step.state === 'bad' ? 'text-bad' : 'text-muted'}> · {step.text}</span>
        )}
      </p>
      {children}
    </div>
  </li>
);

/** How far each field of the form is; never what stands in it. */
function Ticks({ desk: { session } }: { desk: AgentDesk }) {
  if (!session.progress) return null;
  const { form } = session.progress;
  return (
    <ul aria-label="Fields of the card form" className="mt-1 flex flex-wrap gap-2 text-sm">
      {FORM_FIELDS.map((field) => {
        const [label, state] = TICKS[form[field]];
        return (
          <li
            key={field}
            className={cx(
              'inline-flex items-center gap-1 rounded-full border px-2.5 py-0.5',
              state === 'done' && 'border-ok text-ok',
              state === 'bad' && 'border-bad text-bad',
              state === 'now' && 'border-accent text-accent',
              state === 'todo' && 'border-line-strong text-muted',
            )}
          >
            {state === 'done' && <CheckIcon className="size-3.5" />}
            {FORM_FIELD_NAMES[field]}: {label}
          </li>
        );
      })}
    </ul>
  );
}
