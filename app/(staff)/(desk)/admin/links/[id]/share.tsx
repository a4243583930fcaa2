import { Card } from '@/app/_components/card';
import { QrCode } from '@/app/(staff)/_parts/qr-code';
import type { PaymentLink } from '@/lib/contracts/payment-links';
import { CopyAddress } from '../../../_parts/copy-address';

/** What staff give the customer: the address to copy or to scan from the screen, and the two words to read out. */
export const Share = ({ link }: { link: PaymentLink }) => (
  <Card id="share" title="For the customer">
    <CopyAddress url={link.url} />
    <details>
      <summary className="inline-flex min-h-10 cursor-pointer items-center text-sm font-medium text-accent">
        Show as a QR code
      </summary>
      <p className="mb-2 text-sm text-muted">A customer who is with you points their phone’s camera at it.</p>
      <QrCode text={link.url} label="QR code of the payment link" />
    </details>
    <div className="mt-2 border-t border-line pt-4">
      <p className="text-sm font-medium">Words to read out</p>
      <p className="mt-1 text-2xl font-semibold tracking-wide">{link.phrase}</p>
      <p className="mt-1 text-sm text-muted">
        The customer’s page shows the same two words, so they know the request is yours.
      </p>
    </div>
  </Card>
);
