'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/app/_components/button';
import { Card } from '@/app/_components/card';
import { SelectField } from '@/app/_components/field';
import { isSetWithProfile } from '@/core/crm';
import type { Outcome } from '@/core/outcome';
import type { WebhookEndpoint, WebhookReplay } from '@/lib/contracts/webhooks';
import { ActDialog } from '../../../_parts/act-dialog';
import { SecretNotice } from '../../../_parts/secret-notice';
import { useAct } from '../../../_parts/use-act';
import { confirmIdentity } from '../../links/[id]/actions';
import {
  changeEndpoint,
  deleteEndpoint,
  disableEndpoint,
  enableEndpoint,
  pingEndpoint,
  rotateSecret,
} from '../actions';
import type { EndpointScreen } from '../read';
import { EditDialog } from './edit';
import type { DialogProps } from './props';
import { Queued, ReplayDialog } from './replay';

const KEY = ['webhooks'];
type Plain = 'rotate' | 'pause' | 'resume' | 'enable' | 'disable' | 'delete';
type Asked = Plain | 'edit' | 'replay';
type Words = { label: string; title: string; working: string; done: string; text: string; danger?: boolean };

const WORDS: Record<Plain, Words> = {
  rotate: {
    label: 'New secret',
    title: 'Make a new signing secret?',
    working: 'Making…',
    done: 'The new secret is there.',
    text: 'Every webhook is signed with both secrets until the old one ends, so that you can change over without a gap.',
  },
  pause: {
    label: 'Pause',
    title: 'Pause this endpoint?',
    working: 'Pausing…',
    done: 'The endpoint is paused.',
    text: 'Its events wait, and are sent when it goes on.',
  },
  resume: {
    label: 'Go on',
    title: 'Send again?',
    working: 'Going on…',
    done: 'The endpoint goes on.',
    text: 'What has waited is sent now.',
  },
  enable: {
    label: 'Switch on',
    title: 'Switch this endpoint on?',
    working: 'Switching on…',
    done: 'The endpoint is on.',
    text: 'What happens from now on is sent. What happened while it was off is sent by a replay.',
  },
  disable: {
    label: 'Switch off',
    title: 'Switch this endpoint off?',
    working: 'Switching off…',
    done: 'The endpoint is off.',
    text: 'What waits for it ends. Its events can be replayed for 30 days.',
    danger: true,
  },
  delete: {
    label: 'Delete',
    title: 'Delete this endpoint?',
    working: 'Deleting…',
    done: 'The endpoint is deleted.',
    text: 'Nothing is sent to it any more, and its secret is gone. The log of its deliveries stays. This cannot be undone.',
    danger: true,
  },
};

const labelOf = (asked: Asked): string =>
  asked === 'edit' ? 'Edit' : asked === 'replay' ? 'Replay' : WORDS[asked].label;

function askable({ kind, state, url }: WebhookEndpoint): Asked[] {
  const isOff = state === 'disabled';
  return [
    ...(isSetWithProfile(kind) ? [] : (['edit'] as const)),
    ...(isOff ? (['enable'] as const) : []),
    ...(state === 'paused' ? (['resume'] as const) : []),
    ...(!isOff && url ? (['replay'] as const) : []),
    'rotate',
    ...(!isOff && state !== 'paused' ? (['pause'] as const) : []),
    ...(isOff ? [] : (['disable'] as const)),
    'delete',
  ];
}

/** What can be done with an endpoint as it stands. */
export function EndpointActs({ screen, zone }: { screen: EndpointScreen; zone: string }) {
  const { endpoint } = screen;
  const { pending, act } = useAct(KEY);
  const [asked, setAsked] = useState<{ act: Asked; open: boolean; round: number } | null>(null);
  const [secret, setSecret] = useState<string | null>(null);
  const [queued, setQueued] = useState<WebhookReplay | null>(null);
  const ping = () => act(() => pingEndpoint(endpoint.id), 'A test event is on its way.');
  const pingable = endpoint.url !== null && ['enabled', 'failing'].includes(endpoint.state);
  const props = asked && {
    screen,
    zone,
    queryKey: KEY,
    open: asked.open,
    onClose: () => setAsked({ ...asked, open: false }),
  };
  return (
    <Card id="acts" title="What you can do">
      <div className="flex flex-wrap gap-2">
        {pingable && (
          <Button disabled={pending} onClick={ping}>
            Send a test event
          </Button>
        )}
        {askable(endpoint).map((one) => (
          <Button
            key={one}
            kind="secondary"
            className={one === 'disable' || one === 'delete' ? 'text-bad!' : undefined}
            onClick={() => setAsked({ act: one, open: true, round: (asked?.round ?? 0) + 1 })}
          >
            {labelOf(one)}
          </Button>
        ))}
      </div>
      <div className="space-y-4 empty:hidden [&>*]:mt-4">
        {secret && <SecretNotice what="signing secret" secret={secret} />}
        {queued && <Queued replay={queued} zone={zone} />}
      </div>
      {asked && props && asked.act === 'edit' && <EditDialog key={asked.round} {...props} />}
      {asked && props && asked.act === 'replay' && (
        <ReplayDialog key={asked.round} {...props} onQueued={setQueued} />
      )}
      {asked && props && asked.act !== 'edit' && asked.act !== 'replay' && (
        <PlainDialog key={asked.round} {...props} asked={asked.act} onSecret={setSecret} />
      )}
    </Card>
  );
}

type PlainProps = DialogProps & { asked: Plain; onSecret: (secret: string) => void };

/** An act that is told in a sentence. */
function PlainDialog({ screen: { endpoint }, queryKey, open, onClose, asked, onSecret }: PlainProps) {
  const router = useRouter();
  const { text, danger = false, ...words } = WORDS[asked];
  // What is deleted is not read again.
  const reread = asked === 'delete' ? [...queryKey, 'endpoints'] : queryKey;
  const submit = async (form: FormData): Promise<Outcome<unknown>> => {
    const outcome = await perform(asked, endpoint, form);
    if (!outcome.ok) return outcome;
    if (asked === 'rotate') onSecret((outcome.value as { secret: string }).secret);
    if (asked === 'delete') router.push('/admin/webhooks');
    return outcome;
  };
  return (
    <ActDialog
      {...words}
      open={open}
      onClose={onClose}
      danger={danger}
      queryKey={reread}
      onSubmit={submit}
      confirm={confirmIdentity}
    >
      <p className="text-muted">{text}</p>
      {asked === 'rotate' && <Overlap />}
    </ActDialog>
  );
}

const perform = (
  asked: Plain,
  { id, version }: WebhookEndpoint,
  form: FormData,
): Promise<Outcome<unknown>> => {
  const number = (name: string) => Number(form.get(name));
  switch (asked) {
    case 'rotate':
      return rotateSecret(id, number('overlap'));
    case 'pause':
      return changeEndpoint(id, version, { paused: true });
    case 'resume':
      return changeEndpoint(id, version, { paused: false });
    case 'enable':
      return enableEndpoint(id);
    case 'disable':
      return disableEndpoint(id);
    case 'delete':
      return deleteEndpoint(id);
  }
};

const Overlap = () => (
  <SelectField name="overlap" label="The old secret ends" defaultValue="86400">
    <option value="0">at once</option>
    <option value="3600">in an hour</option>
    <option value="86400">in a day</option>
    <option value="604800">in a week</option>
  </SelectField>
);
