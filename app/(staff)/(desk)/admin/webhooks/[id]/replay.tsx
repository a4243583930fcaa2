'use client';
import Link from 'next/link';
import { useState } from 'react';
import { SelectField, TextField } from '@/app/_components/field';
import { timeText } from '@/app/_components/format';
import { Notice } from '@/app/_components/notice';
import { dayOf, nextDay, startOfDay } from '@/core/days';
import { REPLAY_DAYS } from '@/core/events';
import type { WebhookReplay } from '@/lib/contracts/webhooks';
import { ActDialog } from '../../../_parts/act-dialog';
import { EventTypes, explainTypes, typesOf } from '../_parts/event-types';
import { replayEvents } from '../actions';
import { logAddress } from '../deliveries/filter';
import type { DialogProps } from './props';

const HOUR_MS = 3_600_000;
const HOURS = { hour: 1, day: 24, week: 168 };
/** The moment of the screen is a little old when the dialog is sent. */
const MARGIN_MS = 120_000;

/** The range that is chosen, as the verb takes it: days of the merchant's zone, both included. */
function rangeOf(form: FormData, now: Date, zone: string): { since: string; until?: string } {
  const oldest = now.getTime() - REPLAY_DAYS * 24 * HOUR_MS + MARGIN_MS;
  const range = String(form.get('range'));
  if (range !== 'days') {
    const hours = HOURS[range as keyof typeof HOURS];
    return { since: new Date(hours ? now.getTime() - hours * HOUR_MS : oldest).toISOString() };
  }
  const day = (name: string) => String(form.get(name));
  const since = Math.max(startOfDay(day('from'), zone).getTime(), oldest);
  const until = startOfDay(nextDay(day('to')), zone);
  return { since: new Date(since).toISOString(), ...(until < now && { until: until.toISOString() }) };
}

type Props = DialogProps & { onQueued: (replay: WebhookReplay) => void };

/** Sends the events of a range again. */
export function ReplayDialog({ screen, zone, queryKey, open, onClose, onQueued }: Props) {
  const { endpoint, now } = screen;
  const submit = async (form: FormData) => {
    const types = typesOf(form);
    const outcome = await replayEvents(endpoint.id, {
      ...rangeOf(form, new Date(now), zone),
      ...(types && { types }),
    });
    if (outcome.ok) onQueued(outcome.value);
    return outcome;
  };
  return (
    <ActDialog
      open={open}
      onClose={onClose}
      title="Send past events again?"
      wide
      label="Replay"
      working="Asking…"
      done="The replay is written down."
      queryKey={queryKey}
      onSubmit={submit}
      explain={explainTypes}
    >
      <p className="text-muted">
        Events of the last {REPLAY_DAYS} days can be sent again, with the same ids: a receiver drops what it
        has seen. What is still on its way is not sent twice, and what is new goes first.
      </p>
      <Range now={new Date(now)} zone={zone} />
      <EventTypes all={endpoint.types === null ? 'All events' : 'All that the endpoint wants'} />
    </ActDialog>
  );
}

function Range({ now, zone }: { now: Date; zone: string }) {
  const [range, setRange] = useState('day');
  const [today] = useState(() => dayOf(now, zone));
  const [first] = useState(() => dayOf(new Date(now.getTime() - REPLAY_DAYS * 24 * HOUR_MS), zone));
  const [from, setFrom] = useState(today);
  return (
    <>
      <SelectField
        name="range"
        label="What happened within"
        value={range}
        onChange={(event) => setRange(event.target.value)}
      >
        <option value="hour">the last hour</option>
        <option value="day">the last day</option>
        <option value="week">the last week</option>
        <option value="all">the last {REPLAY_DAYS} days</option>
        <option value="days">days that I choose</option>
      </SelectField>
      {range === 'days' && (
        <div className="grid gap-4 sm:grid-cols-2">
          <TextField
            name="from"
            label="From"
            type="date"
            required
            min={first}
            max={today}
            value={from}
            onChange={(event) => setFrom(event.target.value)}
          />
          <TextField
            name="to"
            label="Up to"
            type="date"
            required
            min={from}
            max={today}
            defaultValue={today}
          />
        </div>
      )}
    </>
  );
}

/** What a replay has put on its way. */
export function Queued({ replay, zone }: { replay: WebhookReplay; zone: string }) {
  const range = `from ${timeText(replay.since, zone)} to ${timeText(replay.until, zone)}`;
  if (replay.queued === 0)
    return (
      <Notice tone="info">
        Nothing to send again {range}: no such event happened, or all of them are on their way.
      </Notice>
    );
  return (
    <Notice tone="ok">
      {replay.queued === 1 ? '1 event' : `${replay.queued} events`} {range}{' '}
      {replay.queued === 1 ? 'is' : 'are'} on the way again.{' '}
      <Link
        href={logAddress({ endpoint: replay.webhookEndpoint })}
        prefetch={false}
        className="font-semibold underline underline-offset-2"
      >
        See them
      </Link>
    </Notice>
  );
}
