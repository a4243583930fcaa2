'use client';
import { type ReactNode, useState } from 'react';
import { Button } from '@/app/_components/button';
import { PlusIcon } from '@/app/_components/icons';
import { ActDialog } from '../../_parts/act-dialog';
import { AddressField } from '../../_parts/address-field';
import { SecretNotice } from '../../_parts/secret-notice';
import { confirmIdentity } from '../links/[id]/actions';
import { DescriptionField } from './_parts/endpoint-fields';
import { EventTypes, explainTypes, typesOf } from './_parts/event-types';
import { headersOf, OwnHeaders } from './_parts/own-headers';
import { createEndpoint } from './actions';

/** Asks for a new endpoint, and shows its secret once it is there. */
export function NewEndpoint({ beside }: { beside: ReactNode }) {
  const [open, setOpen] = useState(false);
  const [secret, setSecret] = useState<string | null>(null);
  const submit = async (form: FormData) => {
    const text = (name: string) => String(form.get(name) ?? '').trim();
    const headers = headersOf(form);
    if (!headers.ok) return headers;
    const outcome = await createEndpoint({
      url: text('url'),
      types: typesOf(form),
      ...(text('description') && { description: text('description') }),
      ...(headers.value && { headers: headers.value }),
    });
    if (outcome.ok) setSecret(outcome.value.secret);
    return outcome;
  };
  return (
    <div className="space-y-4">
      <div className="flex flex-wrap gap-2">
        <Button onClick={() => setOpen(true)}>
          <PlusIcon /> New endpoint
        </Button>
        {beside}
      </div>
      {secret && <SecretNotice what="signing secret" secret={secret} />}
      <ActDialog
        open={open}
        onClose={() => setOpen(false)}
        title="New webhook endpoint"
        wide
        label="Create"
        working="Creating…"
        done="The endpoint is there."
        queryKey={['webhooks']}
        onSubmit={submit}
        confirm={confirmIdentity}
        explain={explainTypes}
      >
        <AddressField />
        <DescriptionField />
        <EventTypes all="All events" />
        <OwnHeaders names={[]} />
      </ActDialog>
    </div>
  );
}
