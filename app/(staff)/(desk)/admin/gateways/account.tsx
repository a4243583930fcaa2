'use client';
import { useRouter } from 'next/navigation';
import { type ReactNode, useState } from 'react';
import { Badge } from '@/app/_components/badge';
import { Button } from '@/app/_components/button';
import { CheckField } from '@/app/_components/field';
import { Time } from '@/app/_components/time';
import type { Outcome } from '@/core/outcome';
import type { GatewayAccount } from '@/lib/gateway-accounts';
import { ActDialog } from '../../_parts/act-dialog';
import { useAct } from '../../_parts/use-act';
import { confirmIdentity } from '../links/[id]/actions';
import { Facts } from '../money/_parts/facts';
import { replaceKey, setSecret, switchAccount, testAccount } from './actions';
import { gatewayText, KeyField, NotificationField } from './fields';

type Props = { account: GatewayAccount; zone: string; maySet: boolean };
type Asked = 'key' | 'secret' | 'drop' | 'switch';
const KEY = ['gateways'];
const SECRETS = ['None: its notices are not taken', 'One', 'Two, until you drop the old one'] as const;

/** One account at a gateway: how it stands, and what can be done. */
export function Account({ account, zone, maySet }: Props) {
  const router = useRouter();
  const { pending, act } = useAct(KEY);
  const [asked, setAsked] = useState<{ act: Asked; open: boolean } | null>(null);
  const ask = (one: Asked) => setAsked({ act: one, open: true });
  const { id, isCurrent, notificationSecrets, testedAt, testFault } = account;
  const at = (time: string | null) => (time ? <Time at={time} zone={zone} style="long" /> : 'Never');
  return (
    <li className="rounded-lg border border-line p-4" data-account={id}>
      <div className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <h3 className="min-w-0 font-medium break-all">{account.url}</h3>
        <Badge tone={isCurrent ? 'accent' : 'plain'}>
          {isCurrent ? 'Takes new payments' : 'Earlier account'}
        </Badge>
      </div>
      <Facts
        rows={[
          ['Gateway', gatewayText(account.gateway)],
          ['Last used', at(account.lastUsedAt)],
          ['Open payments', String(account.open)],
          ['Key set', <KeySet key="key" account={account} zone={zone} />],
          ['Notification secret', SECRETS[notificationSecrets] ?? String(notificationSecrets)],
          [
            'Last test',
            testedAt ? (
              <span key="test">
                {testFault ?? 'It answers.'} ({at(testedAt)})
              </span>
            ) : (
              'Not tested'
            ),
          ],
        ]}
      />
      <div className="mt-4 flex flex-wrap gap-2">
        <Button
          kind="secondary"
          disabled={pending}
          onClick={() =>
            act(
              () => testAccount(id),
              'The gateway was asked.',
              () => router.refresh(),
            )
          }
        >
          Test
        </Button>
        {maySet && (
          <>
            <Button kind="secondary" onClick={() => ask('key')}>
              Replace key
            </Button>
            <Button kind="secondary" onClick={() => ask('secret')}>
              Notification secret
            </Button>
            {notificationSecrets > 1 && (
              <Button kind="secondary" onClick={() => ask('drop')}>
                Drop old secret
              </Button>
            )}
            {!isCurrent && (
              <Button kind="secondary" onClick={() => ask('switch')}>
                Use for new payments
              </Button>
            )}
          </>
        )}
      </div>
      {asked && (
        <AccountDialog
          account={account}
          asked={asked.act}
          open={asked.open}
          onClose={() => setAsked({ ...asked, open: false })}
        />
      )}
    </li>
  );
}

const KeySet = ({ account: { keySetAt, keySetBy }, zone }: Omit<Props, 'maySet'>) => (
  <span>
    <Time at={keySetAt} zone={zone} style="long" />
    {keySetBy && ` by ${keySetBy}`}
  </span>
);

type Words = { title: string; label: string; done: string; text: string; fields?: ReactNode };
const WORDS: Record<Asked, Words> = {
  key: {
    title: 'Replace the key?',
    label: 'Replace',
    done: 'The key is replaced.',
    text: 'From now on it is used for everything at this account, also for payments that began before. It must be a key of the same account.',
    fields: <KeyField />,
  },
  secret: {
    title: 'Set the notification secret?',
    label: 'Set',
    done: 'The notification secret is set.',
    text: 'It proves that a notice comes from this gateway.',
    fields: (
      <>
        <NotificationField />
        <CheckField name="keepOld" label="Take notices with the old secret too, for now" defaultChecked />
      </>
    ),
  },
  drop: {
    title: 'Drop the old secret?',
    label: 'Drop it',
    done: 'The old secret is gone.',
    text: 'Notices that your gateway still signs with it are no longer taken.',
  },
  switch: {
    title: 'Use this account for new payments?',
    label: 'Use it',
    done: 'New payments go to this account.',
    text: 'Payments that began elsewhere stay there: they are captured, refunded and watched at their own account.',
  },
};

function perform(asked: Asked, account: string, form: FormData): Promise<Outcome<unknown>> {
  const text = (name: string) => String(form.get(name) ?? '').trim();
  switch (asked) {
    case 'key':
      return replaceKey({ account, apiKey: text('apiKey') });
    case 'secret':
      return setSecret({
        account,
        secret: text('notificationSecret'),
        keepOld: form.get('keepOld') !== null,
      });
    case 'drop':
      return setSecret({ account, secret: '', keepOld: false });
    case 'switch':
      return switchAccount(account);
  }
}

type DialogProps = { account: GatewayAccount; asked: Asked; open: boolean; onClose: () => void };

function AccountDialog({ account, asked, open, onClose }: DialogProps) {
  const router = useRouter();
  const { text, fields, ...words } = WORDS[asked];
  return (
    <ActDialog
      {...words}
      open={open}
      onClose={onClose}
      working="Saving…"
      queryKey={KEY}
      confirm={confirmIdentity}
      onSubmit={async (form) => {
        const outcome = await perform(asked, account.id, form);
        if (outcome.ok) router.refresh();
        return outcome;
      }}
    >
      <p className="text-muted">{text}</p>
      {fields}
    </ActDialog>
  );
}
