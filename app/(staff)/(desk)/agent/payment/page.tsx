import type { Metadata } from 'next';
import { IssuePage } from '../../_issue/issue-page';

export const metadata: Metadata = { title: 'New payment' };

export default function AgentPaymentPage() {
  return <IssuePage title="Payment" back="/agent" />;
}
