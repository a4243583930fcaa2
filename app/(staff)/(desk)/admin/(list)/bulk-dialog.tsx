'use client';
import { useRouter } from 'next/navigation';
import { useEffect, useState } from 'react';
import { TextField } from '@/app/_components/field';
import { countOf, moneyText } from '@/app/_components/format';
import { Notice } from '@/app/_components/notice';
import type { BulkActKind } from '@/core/bulk-act';
import { BULK_LIMITS } from '@/core/bulk-act';
import { type Outcome, refuse } from '@/core/outcome';
import type { PreparedBulkAct } from '@/lib/contracts/bulk-acts';
import { ActDialog } from '../../_parts/act-dialog';
import { prepareBulk, startBulk } from '../bulk/actions';
import { linksText } from '../import/words';
import { Choice } from '../links/[id]/_acts/choice';
import { confirmIdentity } from '../links/[id]/actions';
import type { LinkFilter } from './filter';

export type Which = { filter: LinkFilter } | { links: string[] };
type Prepared = Outcome<PreparedBulkAct> | null;
type Props = { act: BulkActKind; which: Which; open: boolean; onClose: () => void };

const WORDS = {
  send: { label: 'Send again', danger: false },
  cancel: { label: 'Cancel links', danger: true },
};

/** Asks before many links are sent again or canceled: how many, and how much they ask for. What it told is what is done. */
export function BulkDialog({ act, which, open, onClose }: Props) {
  const router = useRouter();
  const [prepared, setPrepared] = useState<Prepared>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, for what was chosen when it opened
  useEffect(() => {
    prepareBulk({ act, ...which })
      .then(setPrepared)
      .catch(() =>
        setPrepared(refuse('unavailable', 'The portal does not answer. Close this and try again.')),
      );
  }, []);
  const words = WORDS[act];
  const submit = async (form: FormData): Promise<Outcome<unknown>> => {
    if (!prepared) return refuse('too_soon', 'One moment: the links are being counted.');
    if (!prepared.ok) return prepared;
    const { id } = prepared.value;
    const [channel, reason] = [form.get('channel'), form.get('reason')];
    const begun = await startBulk(id, { ...(channel && { channel }), ...(reason && { reason }) });
    if (begun.ok) router.push(`/admin/bulk/${id}`);
    return begun;
  };
  return (
    <ActDialog
      open={open}
      onClose={onClose}
      title={titleOf(act, prepared)}
      label={words.label}
      working="One moment…"
      danger={words.danger}
      done={`It begins in ${BULK_LIMITS.graceSeconds} seconds.`}
      queryKey={['payment-links']}
      confirm={confirmIdentity}
      onSubmit={submit}
    >
      <div aria-live="polite" className="space-y-3">
        {prepared === null && <p className="text-muted">Counting…</p>}
        {prepared?.ok === false && <Notice tone="bad">{prepared.error.message}</Notice>}
        {prepared?.ok && <Asked prepared={prepared.value} />}
      </div>
      {act === 'cancel' ? <Cancel /> : <Send />}
    </ActDialog>
  );
}

function titleOf(act: BulkActKind, prepared: Prepared): string {
  const links = prepared?.ok ? linksText(prepared.value.links) : 'these links';
  return act === 'cancel' ? `Cancel ${links}?` : `Send ${links} again?`;
}

function Asked({ prepared: { act, links, doable, asked } }: { prepared: PreparedBulkAct }) {
  const deed = act === 'cancel' ? 'canceled' : 'sent';
  return (
    <>
      {doable < links && (
        <p>
          {doable === 0 ? 'None' : countOf(doable)} of them can be {deed} as they stand; the others are left
          and listed.
        </p>
      )}
      {asked.length > 0 && (
        <ul aria-label="What they ask for">
          {asked.map((sum) => (
            <li key={sum.currency} className="flex justify-between gap-4 tabular-nums">
              <span>
                {linksText(sum.links)} in {sum.currency}
              </span>
              <span className="font-semibold">{moneyText(sum)}</span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

function Send() {
  const [channel, setChannel] = useState('email');
  return (
    <>
      <fieldset className="space-y-2">
        <legend className="mb-1 font-medium">Send by</legend>
        <Choice name="channel" value="email" checked={channel === 'email'} onChoose={setChannel}>
          E-mail
        </Choice>
        <Choice name="channel" value="sms" checked={channel === 'sms'} onChoose={setChannel}>
          SMS
        </Choice>
      </fieldset>
      <p className="text-muted">
        Links that cannot be paid, or have no such address, are left and listed. It begins after{' '}
        {BULK_LIMITS.graceSeconds} seconds; until then you can undo it.
      </p>
    </>
  );
}

const Cancel = () => (
  <>
    <TextField
      name="reason"
      label="Why"
      hint="For the audit log. Customers do not see it."
      required
      minLength={3}
      maxLength={200}
      autoComplete="off"
    />
    <p className="text-muted">
      Customers can no longer pay with these links; the page will say that they were canceled. Links that are
      being paid right now are left and listed, and what was paid stays paid. It begins after{' '}
      {BULK_LIMITS.graceSeconds} seconds; until then you can undo it.
    </p>
  </>
);
