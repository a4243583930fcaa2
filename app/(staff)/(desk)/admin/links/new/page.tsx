import type { Metadata } from 'next';
import { IssuePage } from '../../../_issue/issue-page';

export const metadata: Metadata = { title: 'New payment link' };

export default function NewLinkPage() {
  return <IssuePage title="New payment link" back="/admin" />;
}
