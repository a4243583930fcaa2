import { redirect } from 'next/navigation';
import { type StartParams, startOf } from '../_desk/start';

/** Where the desk was once opened with a reference: addresses in other systems live long. */
export default async function AgentPaymentPage({
  searchParams,
}: {
  searchParams: StartParams;
}): Promise<never> {
  const { reference } = await startOf(searchParams);
  redirect(reference ? `/agent?${new URLSearchParams({ reference })}` : '/agent');
}
