'use client';
import { useState } from 'react';
import { Card } from '@/app/_components/card';
import { Notice } from '@/app/_components/notice';
import { Ago, Time } from '@/app/_components/time';
import type { Added } from '@/app/(staff)/_parts/new-passkey';
import { RecoveryCodes } from '@/app/(staff)/_parts/recovery-codes';
import type { OwnFactors } from '@/lib/auth';
import { AppCard } from './app-card';
import { MakeCodes } from './code-acts';
import { DropKey, NameKey, NewKey } from './key-acts';

type Props = { factors: OwnFactors; zone: string };

/** The second factors of whoever is signed in. */
export function SecurityDesk({ factors, zone }: Props) {
  const [codes, setCodes] = useState<string[] | null>(null);
  const { app, passkeys, recoveryCodes, isRequired, hasPasskeys } = factors;
  const hasAny = app !== null || passkeys.length > 0;
  const added = ({ recoveryCodes: made }: Added) => made && setCodes(made);
  return (
    <div className="space-y-5">
      {!hasAny && !isRequired && (
        <Notice tone="info">
          This is a demo: a second factor is offered, not required. With one, nobody gets in with your
          password alone.
        </Notice>
      )}
      {codes && <RecoveryCodes codes={codes} />}
      <AppCard app={app} zone={zone} onAdded={added} />
      <Card id="passkeys" title="Passkeys">
        <p className="text-muted">
          {hasPasskeys
            ? 'Sign in with your fingerprint, face or PIN, or a security key, without a password.'
            : 'Browsers have no passkeys for an address of numbers. Open Counterfoil by its name.'}
        </p>
        {passkeys.length > 0 && (
          <ul className="mt-3 divide-y divide-line border-y border-line">
            {passkeys.map(({ id, name, createdAt, usedAt }) => (
              <li key={id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2.5">
                <span className="min-w-0">
                  <span className="block truncate font-medium">{name}</span>
                  <span className="text-sm text-muted">
                    Added <Time at={createdAt} zone={zone} /> ·{' '}
                    {usedAt ? (
                      <>
                        used <Ago at={usedAt} />
                      </>
                    ) : (
                      'not used yet'
                    )}
                  </span>
                </span>
                <span className="flex flex-wrap gap-2">
                  <NameKey id={id} name={name} />
                  <DropKey id={id} name={name} />
                </span>
              </li>
            ))}
          </ul>
        )}
        {hasPasskeys && (
          <div className="mt-3">
            <NewKey onAdded={added} />
          </div>
        )}
      </Card>
      {hasAny && (
        <Card id="recovery" title="Recovery codes">
          <p className="text-muted">
            {recoveryCodes} of 10 are left. Each signs you in once, when you do not have your second factor
            with you.
          </p>
          <div className="mt-3">
            <MakeCodes onMade={setCodes} />
          </div>
        </Card>
      )}
    </div>
  );
}
