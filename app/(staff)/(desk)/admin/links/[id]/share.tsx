import { Card } from '@/app/_components/card';
import type { PaymentLink } from '@/lib/contracts/payment-links';
import { CopyAddress } from '../../../_parts/copy-address';

/** What staff give the customer: the address to copy and the two words to read out. */
export const Share = ({ link }: { link: PaymentLink }) => (
  <Card id="share" title="For the customer">
    <CopyAddress url={link.url} />
    <div className="mt-2 border-t border-line pt-4">
      <p className="text-sm font-medium">Words to read out</p>
      <p className="mt-1 text-2xl font-semibold tracking-wide">{link.phrase}</p>
      <p className="mt-1 text-sm text-muted">
        The customer’s page shows the same two words, so they know the request is yours.
      </p>
    </div>
  </Card>
);
