import Link from 'next/link';
import type { LinkName } from '@/lib/payment-links';

/** What people know a payment link by. */
export const nameOf = (name: LinkName | undefined): string =>
  name?.reference ?? name?.customerName ?? name?.description ?? 'Payment link';

/** The way to a payment link, under the name that people know it by, and who is to pay it. */
export function LinkRef({ id, name }: { id: string; name: LinkName | undefined }) {
  const who = name?.reference ? name.customerName : null;
  return (
    <>
      <Link
        href={`/admin/links/${id}`}
        prefetch={false}
        className="font-medium text-accent underline underline-offset-2"
      >
        {nameOf(name)}
      </Link>
      {who && <span className="text-muted"> · {who}</span>}
    </>
  );
}
