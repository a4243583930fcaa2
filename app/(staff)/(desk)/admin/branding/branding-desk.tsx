'use client';
import { useRouter } from 'next/navigation';
import { type FormEvent, useEffect, useRef, useState } from 'react';
import { Button } from '@/app/_components/button';
import { Card } from '@/app/_components/card';
import { Notice } from '@/app/_components/notice';
import type { AppError } from '@/core/outcome';
import type { Branding } from '@/lib/contracts/branding';
import { useAct } from '../../_parts/use-act';
import { useUnsaved } from '../../_parts/use-unsaved';
import { save } from './actions';
import { type Draft, draftOf, inputOf, isChanged, problemsOf } from './draft';
import { BrandingFields } from './fields';
import { Preview } from './preview';

/** The form and what payers would see of it. Somebody else's change is told and never overwritten unseen. */
export function BrandingDesk({ branding: now }: { branding: Branding }) {
  const router = useRouter();
  const { pending, act } = useAct(['branding']);
  const [seen, setSeen] = useState(now);
  const [draft, setDraft] = useState<Draft>(draftOf(now));
  const [refused, setRefused] = useState<AppError | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const problems = refused ? problemsOf(refused) : {};
  const isConflict = refused?.code === 'version_mismatch';
  const changed = isChanged(draft, seen);
  useUnsaved(changed);
  useEffect(() => {
    if (refused) form.current?.querySelector<HTMLElement>('[aria-invalid], [data-problem]')?.focus();
  }, [refused]);
  const set = (part: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...part }));
    if (!isConflict) setRefused(null);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const version = isConflict ? now.version : seen.version;
    const work = async () => {
      const saved = await save(inputOf(draft, version), draft.file);
      if (!saved.ok) return saved;
      setSeen(saved.value);
      setDraft(draftOf(saved.value));
      setRefused(null);
      return saved;
    };
    act(work, 'The branding is saved. New pages and e-mails have it at once.', router.refresh, (error) => {
      setRefused(error);
      if (error.code === 'version_mismatch') router.refresh();
    });
  };
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-5 xl:grid-cols-[minmax(0,1fr)_38rem]">
      <Card id="look" title="Your look" className="xl:sticky xl:top-5">
        <form ref={form} onSubmit={submit} noValidate aria-busy={pending} className="space-y-4">
          <BrandingFields draft={draft} set={set} problems={problems} />
          {refused && Object.keys(problems).length === 0 && (
            <div data-problem="" tabIndex={-1}>
              <Notice tone="bad">{isConflict ? <Theirs now={now} /> : refused.message}</Notice>
            </div>
          )}
          <div className="flex flex-wrap items-center gap-3 pt-1">
            <Button type="submit" disabled={pending || !changed} className="max-sm:w-full">
              {pending ? 'Saving…' : isConflict ? 'Save mine' : 'Save'}
            </Button>
            <Button
              kind="secondary"
              className="max-sm:w-full"
              onClick={() => set({ accent: '', footer: '', logo: null, file: null })}
            >
              Use the defaults
            </Button>
            {changed && <p className="text-sm text-muted">Not saved yet.</p>}
          </div>
        </form>
      </Card>
      <Preview draft={draft} />
    </div>
  );
}

const Theirs = ({ now }: { now: Branding }) => (
  <>
    Somebody else has saved the branding meanwhile: {now.name}, colour {now.accent ?? 'ours'},{' '}
    {now.logo ? 'with' : 'without'} a logo, footer “{now.footer ?? 'none'}”. Save mine puts yours in its
    place.
  </>
);
