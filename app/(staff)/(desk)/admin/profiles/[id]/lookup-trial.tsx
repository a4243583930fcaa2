'use client';
import { useRouter } from 'next/navigation';
import { type FormEvent, useState } from 'react';
import { Badge } from '@/app/_components/badge';
import { Button } from '@/app/_components/button';
import { TextField } from '@/app/_components/field';
import { refuseCard } from '@/app/_components/no-card';
import { Notice } from '@/app/_components/notice';
import type { LookupTrial } from '@/lib/contracts/form-lookups';
import { useAct } from '../../../_parts/use-act';
import { fieldLabel, lookupBadge, lookupSentence, proposalLines } from '../../../_words/lookup';
import { tryLookup } from './actions';

/** Asks the merchant's system once, and says in words what came back and what becomes of it. */
export function LookupTrialForm({ profile }: { profile: string }) {
  const router = useRouter();
  const { pending, act } = useAct(['profiles']);
  const [trial, setTrial] = useState<LookupTrial | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const reference = String(new FormData(event.currentTarget).get('trial') ?? '').trim();
    const work = async () => {
      const outcome = await tryLookup(profile, reference);
      if (outcome.ok) setTrial(outcome.value);
      return outcome;
    };
    setProblem(null);
    const refused = ({ message }: { message: string }) => {
      setTrial(null);
      setProblem(message);
    };
    act(work, 'Your system was asked.', () => router.refresh(), refused);
  };
  return (
    <section aria-labelledby="trial-title" className="mt-5 border-t border-line pt-4">
      <h3 id="trial-title" className="font-semibold">
        Try it
      </h3>
      <form onSubmit={submit} aria-busy={pending} className="mt-2 flex flex-wrap items-end gap-3">
        <div className="min-w-40 flex-1">
          <TextField
            name="trial"
            label="A reference that your system knows"
            required
            maxLength={64}
            autoComplete="off"
            onInput={refuseCard}
          />
        </div>
        <Button type="submit" disabled={pending}>
          {pending ? 'Asking…' : 'Ask your system'}
        </Button>
      </form>
      <div aria-live="polite" className="mt-4">
        {problem && <Notice tone="bad">{problem}</Notice>}
        {trial && <Trial trial={trial} />}
      </div>
    </section>
  );
}

function Trial({ trial }: { trial: LookupTrial }) {
  const [label, tone] = lookupBadge(trial.outcome);
  const lines = proposalLines(trial.proposals);
  return (
    <section aria-label="What came back" className="rounded-lg bg-sunken p-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="font-medium">{lookupSentence(trial)}</p>
        <Badge tone={tone}>{label}</Badge>
      </div>
      <p className="text-sm text-muted">
        {trial.status !== null && `Status ${trial.status}, `}after {trial.durationMs} ms
      </p>
      {lines.length > 0 && <Lines title="The form is filled with" lines={lines} />}
      {trial.notes.length > 0 && (
        <Lines
          title="Left out"
          lines={trial.notes.map(({ field, path, message }) => [field, `${path}: ${message}`])}
        />
      )}
      {trial.answer && (
        <details className="mt-3">
          <summary className="min-h-8 cursor-pointer text-sm font-medium text-accent">
            The answer as it came
          </summary>
          <pre className="mt-1 max-h-72 overflow-auto rounded-lg border border-line bg-surface p-3 font-mono text-xs break-all whitespace-pre-wrap">
            {trial.answer}
          </pre>
        </details>
      )}
    </section>
  );
}

const Lines = ({ title, lines }: { title: string; lines: [string, string][] }) => (
  <>
    <p className="mt-3 text-sm font-medium">{title}</p>
    <dl className="mt-1 grid grid-cols-[minmax(0,2fr)_minmax(0,3fr)] gap-x-3 gap-y-0.5 text-sm">
      {lines.map(([field, text]) => (
        <div key={`${field} ${text}`} className="contents">
          <dt className="text-muted">{fieldLabel(field)}</dt>
          <dd className="break-words">{text}</dd>
        </div>
      ))}
    </dl>
  </>
);
