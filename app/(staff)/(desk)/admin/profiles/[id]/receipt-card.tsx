'use client';
import { useRouter } from 'next/navigation';
import { Button } from '@/app/_components/button';
import { Card } from '@/app/_components/card';
import { AreaField, CheckField, TextField } from '@/app/_components/field';
import type { ProfileSettings } from '@/lib/payment-profiles';
import { useAct } from '../../../_parts/use-act';
import { setReceipts } from './actions';

/** What receipts of a profile say of the merchant, and whether payers are sent them without asking. */
export function ReceiptCard({ profile, maySet }: { profile: ProfileSettings; maySet: boolean }) {
  const router = useRouter();
  const { pending, act } = useAct(['profiles']);
  const save = (form: FormData) =>
    act(
      () =>
        setReceipts({
          profile: profile.id,
          receiptMail: form.get('receiptMail') === 'on',
          postalAddress: form.get('postalAddress'),
          taxNumber: form.get('taxNumber'),
        }),
      'Receipts say this from now on, those of before as well.',
      () => router.refresh(),
    );
  return (
    <Card id="receipts" title="Receipts">
      <form
        className="space-y-4"
        onSubmit={(event) => {
          event.preventDefault();
          save(new FormData(event.currentTarget));
        }}
      >
        <fieldset disabled={!maySet || pending} className="space-y-4">
          <legend className="sr-only">Receipts</legend>
          <CheckField
            name="receiptMail"
            label="Send it by e-mail after each payment"
            defaultChecked={profile.receiptMail}
          />
          <p className="text-sm text-muted">
            To the customer’s address on file. Without it, customers can have it sent there from the page.
          </p>
          <AreaField
            name="postalAddress"
            label="Your postal address"
            hint="At most six lines."
            optional
            maxLength={500}
            defaultValue={profile.postalAddress ?? ''}
          />
          <TextField
            name="taxNumber"
            label="Your tax number"
            optional
            maxLength={40}
            defaultValue={profile.taxNumber ?? ''}
          />
        </fieldset>
        {maySet ? (
          <Button kind="secondary" type="submit" disabled={pending}>
            Save
          </Button>
        ) : (
          <p className="text-sm text-muted">An owner or admin can change this.</p>
        )}
      </form>
    </Card>
  );
}
