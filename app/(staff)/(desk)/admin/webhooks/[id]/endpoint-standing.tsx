import type { ReactNode } from 'react';
import { Notice } from '@/app/_components/notice';
import { Time } from '@/app/_components/time';
import type { EndpointScreen } from '../read';

const URGENT_PERCENT = 90;

/** Why an endpoint is not simply on: that it fails and when that ends, that it waits, or that it is off. */
export function EndpointStanding({ screen, zone }: { screen: EndpointScreen; zone: string }) {
  const { endpoint, failing } = screen;
  const time = (at: string) => <Time at={at} zone={zone} style="long" />;
  if (endpoint.disabledAt)
    return (
      <Notice tone="warn">
        <p>
          Off since {time(endpoint.disabledAt)}: {endpoint.disabledReason}.
        </p>
        <p className="mt-1">
          Nothing is sent to it. Once it is on again, a replay sends what happened meanwhile.
        </p>
      </Notice>
    );
  return (
    <>
      {endpoint.pausedAt && (
        <Notice tone="info">Paused since {time(endpoint.pausedAt)}. Its events wait until it goes on.</Notice>
      )}
      {failing && endpoint.pausedAt && (
        <Notice tone="warn">
          Every try had failed since {time(failing.since)}. Mend the receiver; once it goes on, it is judged
          anew.
        </Notice>
      )}
      {failing && !endpoint.pausedAt && <Failing {...failing} time={time} />}
    </>
  );
}

type FailingProps = NonNullable<EndpointScreen['failing']> & { time: (at: string) => ReactNode };

const Failing = ({ since, disablesAt, percent, time }: FailingProps) => (
  <Notice tone={percent >= URGENT_PERCENT ? 'bad' : 'warn'}>
    <p>
      <strong className="font-semibold">Every try has failed since {time(since)}.</strong> If that goes on, it
      is switched off {percent < 100 ? time(disablesAt) : 'at the next failure'}: {percent} % of the way is
      gone. Mend the receiver, or pause the endpoint.
    </p>
    <progress
      aria-label="On the way to being switched off"
      value={percent}
      max={100}
      className="mt-2 block h-1.5 w-full accent-current"
    />
  </Notice>
);
