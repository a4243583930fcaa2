'use client';
import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { Button } from '@/app/_components/button';
import { Card } from '@/app/_components/card';
import type { OwnDomain } from '@/lib/merchants';
import { ActDialog } from '../../_parts/act-dialog';
import { RadioChoice } from '../../_parts/radio-choice';
import { confirmIdentity } from '../links/[id]/actions';
import { setDomain } from './actions';

const hostOf = (origin: string): string => new URL(origin).host;

/** Where customers see their pages: at a domain that they know, if this installation serves one. */
export function DomainCard({ domain, maySet }: { domain: OwnDomain; maySet: boolean }) {
  const router = useRouter();
  const { payOrigin, free, portalOrigin } = domain;
  const now = payOrigin ?? portalOrigin;
  const [asked, setAsked] = useState(false);
  const [wanted, setWanted] = useState(now);
  const options = [portalOrigin, ...free].map((origin) => ({
    value: origin,
    label: hostOf(origin),
    what:
      origin === portalOrigin
        ? 'The address of this installation.'
        : 'Nothing but payers’ pages is shown there.',
  }));
  return (
    <Card id="domain" title="Domain" className="mt-5 max-w-3xl">
      <div className="flex flex-wrap items-start justify-between gap-3">
        <div className="min-w-0 max-w-prose flex-1 basis-60">
          <p>
            New links lead customers to <b className="break-words">{hostOf(now)}</b>.
          </p>
          <p className="mt-1 text-sm text-muted">
            {free.length === 0
              ? 'Whoever runs this installation can serve a domain of yours (PAY_ORIGINS).'
              : maySet
                ? 'Links that are out lead where they did.'
                : 'Only an owner can change this.'}
          </p>
        </div>
        {maySet && free.length > 0 && (
          <Button kind="secondary" onClick={() => setAsked(true)}>
            Choose another
          </Button>
        )}
      </div>
      <ActDialog
        open={asked}
        onClose={() => setAsked(false)}
        title="Where do customers see their pages?"
        label="Save"
        working="Saving…"
        done={`New links lead to ${hostOf(wanted)}.`}
        queryKey={['branding']}
        confirm={confirmIdentity}
        onSubmit={async () => {
          const outcome = await setDomain({ payOrigin: wanted === portalOrigin ? null : wanted });
          if (outcome.ok) router.refresh();
          return outcome;
        }}
      >
        <RadioChoice
          legend="Domain"
          isHidden
          options={options}
          chosen={wanted}
          disabled={false}
          onChoose={({ value }) => setWanted(value)}
        />
      </ActDialog>
    </Card>
  );
}
