/** What every telephony adapter must keep, whoever the provider is: clauses that are run on an adapter and its provider. */
import { expect } from 'vitest';
import type { Telephony, TelephonyNotificationReader } from '../port';

/** A call at the provider's test account, and what truly is there. */
export type CallThere = {
  id: string;
  agent: string;
  /** All recordings of it, as the provider knows them. */
  recordings: () => Promise<string[]>;
  secured: () => Promise<boolean>;
  /** The caller presses a key; what the card process was sent of it. */
  press: (key: string) => Promise<string[]>;
  hangUp: () => Promise<void>;
};
export type Subject = {
  adapter: Telephony;
  read: TelephonyNotificationReader;
  dial: (options?: { recorded?: boolean; confirms?: 'answer' | 'event' }) => Promise<CallThere>;
  /** Where keys are to be sent. */
  callback: string;
  /** The same adapter at a provider that answers every request so; `cut` breaks the connection off. */
  at: (answer: { status: number; body: string } | 'cut') => Telephony;
  /** A notification that the provider has signed, `seconds` ago. */
  signed: (seconds?: number) => { secret: string; headers: Record<string, string>; body: string };
  url: string;
};
export type Clause = { name: string; holds: (subject: Subject) => Promise<void> };

const all = (adapter: Telephony, callback: string) => ({
  find: () => adapter.find({ call: 'call_x' }),
  suspendRecording: () => adapter.suspendRecording('call_x'),
  resumeRecording: () => adapter.resumeRecording('call_x'),
  secure: () => adapter.secure('call_x', { callback, source: adapter.source() }),
  release: () => adapter.release('call_x'),
});

export const CLAUSES: readonly Clause[] = [
  {
    name: 'a call is found by its id and by its agent, and one that is not there is none',
    holds: async ({ adapter, dial }) => {
      const { id, agent } = await dial();
      for (const which of [{ call: id }, { agent }])
        expect(await adapter.find(which)).toMatchObject({
          kind: 'found',
          call: { id, state: 'active', agent },
        });
      for (const which of [{ call: 'call_nobodys' }, { agent: 'nobody at all' }])
        expect(await adapter.find(which)).toEqual({ kind: 'none' });
    },
  },
  {
    name: 'suspended means that every recording is off, and resumed that every one is on; again it is the same',
    holds: async ({ adapter, dial }) => {
      const { id, recordings } = await dial();
      for (let i = 0; i < 2; i++) expect(await adapter.suspendRecording(id)).toEqual({ kind: 'suspended' });
      expect(new Set(await recordings())).toEqual(new Set(['suspended']));
      for (let i = 0; i < 2; i++) expect(await adapter.resumeRecording(id)).toEqual({ kind: 'resumed' });
      expect(new Set(await recordings())).toEqual(new Set(['recording']));
    },
  },
  {
    name: 'a call without a recording is told as that, and what is only promised is pending',
    holds: async ({ adapter, dial }) => {
      expect(await adapter.suspendRecording((await dial({ recorded: false })).id)).toEqual({ kind: 'none' });
      expect(await adapter.suspendRecording((await dial({ confirms: 'event' })).id)).toEqual({
        kind: 'pending',
      });
    },
  },
  {
    name: 'once it is secured keys go to the card process, and once it is released they do not; again it is the same',
    holds: async ({ adapter, dial, callback }) => {
      const { id, press, secured } = await dial();
      const source = adapter.source();
      const isHow = expect.stringMatching(/^(masked|secured_leg)$/);
      for (let i = 0; i < 2; i++)
        expect(await adapter.secure(id, { callback, source })).toMatchObject({ kind: 'secured', how: isHow });
      expect(await secured()).toBe(true);
      expect(await press('7')).toContain('7');
      for (let i = 0; i < 2; i++) expect(await adapter.release(id)).toEqual({ kind: 'released' });
      expect(await secured()).toBe(false);
      expect(await press('8')).not.toContain('8');
    },
  },
  {
    name: 'each source is a secret of its own',
    holds: async ({ adapter }) => {
      expect(adapter.source()).not.toEqual(adapter.source());
    },
  },
  {
    name: 'a call that is over is told as that',
    holds: async ({ adapter, dial, callback }) => {
      const { id, hangUp } = await dial();
      await hangUp();
      expect(await adapter.find({ call: id })).toMatchObject({ kind: 'found', call: { state: 'ended' } });
      expect(await adapter.resumeRecording(id)).toEqual({ kind: 'over' });
      expect(await adapter.release(id)).toEqual({ kind: 'over' });
      expect(await adapter.secure(id, { callback, source: adapter.source() })).toEqual({ kind: 'over' });
    },
  },
  {
    name: 'an answer that says nothing proves nothing, and nothing is thrown for it',
    holds: async ({ at, callback }) => {
      for (const answer of [{ status: 503, body: '{}' }, { status: 200, body: '{"recor' }, 'cut'] as const)
        for (const act of Object.values(all(at(answer), callback)))
          expect(await act()).toMatchObject({ kind: 'unreachable' });
    },
  },
  {
    name: 'a refusal in so many words is a refusal: nothing happened',
    holds: async ({ at, callback }) => {
      const { find: _find, ...acts } = all(at({ status: 403, body: '{"code":"not_allowed"}' }), callback);
      for (const act of Object.values(acts)) expect(await act()).toMatchObject({ kind: 'refused' });
    },
  },
  {
    name: 'a notification is heard when the provider signed these bytes within five minutes, and else by nobody',
    holds: async ({ read, signed, url }) => {
      const { secret, headers, body } = signed();
      const now = new Date();
      expect(read(secret, headers, body, now, url)?.fact.kind).toBe('call_ended');
      expect(read(secret, headers, `${body} `, now, url)).toBeNull();
      expect(read(secret, {}, body, now, url)).toBeNull();
      for (const seconds of [400, -400]) {
        const late = signed(seconds);
        expect(read(late.secret, late.headers, late.body, now, url)).toBeNull();
      }
    },
  },
];
