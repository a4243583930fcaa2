'use client';
import { timeText } from '@/app/_components/format';
import { type Outcome, ok } from '@/core/outcome';
import type { WebhookEndpoint } from '@/lib/contracts/webhooks';
import { ActDialog } from '../../../_parts/act-dialog';
import { AddressField } from '../../../_parts/address-field';
import { useVersion } from '../../../_parts/use-version';
import { confirmIdentity } from '../../links/[id]/actions';
import { DescriptionField } from '../_parts/endpoint-fields';
import { EventTypes, explainTypes, typesOf } from '../_parts/event-types';
import { headersOf, OwnHeaders } from '../_parts/own-headers';
import { changeEndpoint } from '../actions';
import type { DialogProps } from './props';

const same = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What is typed and is not as it was seen, as the verb takes it: the rest is left to whoever changes it. */
function changeOf(seen: WebhookEndpoint, form: FormData): Outcome<object> {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  const headers = headersOf(form);
  if (!headers.ok) return headers;
  const typed = {
    ...(form.has('url') && { url: text('url') }),
    description: text('description') || null,
    types: typesOf(form),
  };
  const before: Record<string, unknown> = { ...seen, types: seen.types && [...seen.types].sort() };
  const changed = Object.entries(typed).filter(
    ([name, value]) => !same(Array.isArray(value) ? value.toSorted() : value, before[name]),
  );
  return ok({
    ...Object.fromEntries(changed),
    ...(headers.value !== undefined && { headers: headers.value }),
  });
}

/** What an endpoint is and wants. Somebody else's change is told and never overwritten unseen; what was typed stays. */
export function EditDialog({ screen, zone, queryKey, open, onClose }: DialogProps) {
  const { endpoint } = screen;
  const { seen, conflict, change } = useVersion(endpoint);
  const submit = async (form: FormData) => {
    const typed = changeOf(seen, form);
    if (!typed.ok) return typed;
    return change((version) => changeEndpoint(endpoint.id, version, typed.value));
  };
  return (
    <ActDialog
      open={open}
      onClose={onClose}
      title="Edit the endpoint"
      wide
      label={conflict ? 'Save mine' : 'Save'}
      working="Saving…"
      done="Saved."
      queryKey={queryKey}
      onSubmit={submit}
      confirm={confirmIdentity}
      explain={(error) =>
        error.code === 'version_mismatch' ? (
          <Theirs seen={seen} now={endpoint} zone={zone} />
        ) : (
          explainTypes(error)
        )
      }
    >
      {seen.url !== null && <AddressField url={seen.url} />}
      <DescriptionField description={seen.description} />
      <EventTypes all="All events" initial={seen.types} />
      <OwnHeaders names={seen.headerNames} />
    </ActDialog>
  );
}

type TheirsProps = { seen: WebhookEndpoint; now: WebhookEndpoint; zone: string };

/** What somebody else has changed while this was open. New values of headers do not show. */
function Theirs({ seen, now, zone }: TheirsProps) {
  const rows: (readonly [string, string] | false)[] = [
    now.url !== seen.url && ['Address', now.url ?? '–'],
    now.description !== seen.description && ['What it is for', now.description ?? 'nothing'],
    !same(now.types, seen.types) && ['Event types', now.types?.join(', ') ?? 'all'],
    !same(now.headerNames, seen.headerNames) && ['Own headers', now.headerNames.join(', ') || 'none'],
    now.pausedAt !== seen.pausedAt && ['Paused', now.pausedAt ? timeText(now.pausedAt, zone) : 'no more'],
    now.disabledAt !== seen.disabledAt && [
      'Off',
      now.disabledAt ? timeText(now.disabledAt, zone) : 'no more',
    ],
    now.publicKey !== seen.publicKey && ['Secret', 'a new one'],
  ];
  const changed = rows.filter((row) => row !== false);
  return (
    <>
      <p>Somebody else has changed this endpoint while you were typing. It is now:</p>
      <dl className="my-2">
        {changed.map(([name, value]) => (
          <div key={name} className="break-words">
            <dt className="inline font-semibold">{name}: </dt>
            <dd className="inline">{value}</dd>
          </div>
        ))}
        {changed.length === 0 && (
          <div>
            <dt className="inline font-semibold">Own headers: </dt>
            <dd className="inline">perhaps with other values, which are not shown</dd>
          </div>
        )}
      </dl>
      <p>Your words are kept above. Save mine writes only what you have changed; leave it to keep theirs.</p>
    </>
  );
}
