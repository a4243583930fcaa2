'use client';
import { Button } from '@/app/_components/button';
import { useAct } from '../../../../_parts/use-act';
import { redeliver } from '../../actions';

/** Sends the event again, with its id and bytes. */
export function Redeliver({ event, endpoint }: { event: string; endpoint: string }) {
  const { pending, act } = useAct(['webhooks']);
  return (
    <Button
      disabled={pending}
      onClick={() => act(() => redeliver(event, endpoint), 'It is on its way again.')}
    >
      Send again
    </Button>
  );
}
