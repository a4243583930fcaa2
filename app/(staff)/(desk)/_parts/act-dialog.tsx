'use client';
import type { QueryKey } from '@tanstack/react-query';
import { type FormEvent, type ReactNode, useEffect, useRef, useState } from 'react';
import { Button } from '@/app/_components/button';
import { Dialog } from '@/app/_components/dialog';
import { Notice } from '@/app/_components/notice';
import type { AppError, Outcome } from '@/core/outcome';
import { type Confirm, Proof, prove } from './proof';
import { type Undo, useAct } from './use-act';

export type ActDialogProps = {
  open: boolean;
  onClose: () => void;
  title: string;
  wide?: boolean;
  /** What the button says, and while it works. */
  label: string;
  working: string;
  danger?: boolean;
  /** What is told once it is done. */
  done: string;
  queryKey: QueryKey;
  /** Does it; what is typed is in the form. A refusal leaves everything as it was typed. */
  onSubmit: (form: FormData) => Promise<Outcome<unknown>>;
  /** Confirms with what they have that it is them, for acts that need a fresh proof. */
  confirm?: Confirm;
  undo?: Undo;
  /** What is told of a refusal, where not its own sentence. */
  explain?: (error: AppError) => ReactNode;
  children: ReactNode;
};

/** Asks before something is done, and stays open with everything typed until it is. */
export function ActDialog(props: ActDialogProps) {
  return (
    <Dialog open={props.open} onClose={props.onClose} title={props.title} wide={props.wide ?? false}>
      {props.open && <Form {...props} />}
    </Dialog>
  );
}

function Form({
  onClose,
  label,
  working,
  danger,
  done,
  queryKey,
  onSubmit,
  confirm,
  undo,
  explain,
  children,
}: ActDialogProps) {
  const { pending, act } = useAct(queryKey);
  const [problem, setProblem] = useState<AppError | null>(null);
  const [proving, setProving] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (!problem || pending) return;
    const inForm = (one: string) => form.current?.querySelector<HTMLElement>(one);
    (inForm('[name="password"], [name="code"]') ?? inForm('[data-problem]'))?.focus();
  }, [problem, pending]);
  const send = (typed: FormData, isProved: boolean) => {
    const work = async () => {
      const proved = proving && !isProved ? await prove(confirm, typed) : null;
      return proved && !proved.ok ? proved : onSubmit(typed);
    };
    const refused = (error: AppError) => {
      setProving((before) => before || error.code === 'step_up_required');
      setProblem(error);
    };
    act(work, done, onClose, refused, undo);
  };
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    send(new FormData(event.currentTarget), false);
  };
  return (
    <form ref={form} onSubmit={submit} aria-busy={pending} className="mt-3 space-y-4">
      {children}
      {problem && !pending && <Problem error={problem} explain={explain} />}
      {proving && <Proof onProved={() => form.current && send(new FormData(form.current), true)} />}
      <div className="flex flex-wrap justify-end gap-3 pt-2">
        <Button kind="secondary" onClick={onClose} className="max-sm:w-full max-sm:order-last">
          Leave it
        </Button>
        <Button
          type="submit"
          kind={danger ? 'danger' : 'primary'}
          disabled={pending}
          className="max-sm:w-full"
        >
          {pending ? working : label}
        </Button>
      </div>
    </form>
  );
}

const Problem = ({ error, explain }: { error: AppError; explain: ActDialogProps['explain'] }) => (
  <div data-problem="" tabIndex={-1}>
    <Notice tone={error.code === 'step_up_required' ? 'warn' : 'bad'}>
      {explain?.(error) ?? error.message}
      {error.code === 'unauthenticated' && (
        <a href="/sign-in" target="_blank" rel="noreferrer" className="ms-1 font-semibold underline">
          Sign in in a new tab
        </a>
      )}
    </Notice>
  </div>
);
