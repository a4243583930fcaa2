import type { Metadata } from 'next';
import { IssuePage } from '../../_issue/issue-page';

export const metadata: Metadata = { title: 'New payment' };

type Props = { searchParams: Promise<{ reference?: string | string[] }> };

/** `?reference=`, from a merchant's own system, stands in the field and is looked up only once somebody presses the button. */
export default async function AgentPaymentPage({ searchParams }: Props) {
  const { reference } = await searchParams;
  const known = typeof reference === 'string' ? { reference: reference.slice(0, 64) } : {};
  return <IssuePage title="Payment" back="/agent" {...known} />;
}
