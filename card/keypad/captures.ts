import type { OpenCapture } from '@/core/keypad';
import { CAPTURE_SECONDS, FIELD_SECONDS, HEARTBEAT_SECONDS } from '@/core/payment-session';
import type { Signals } from '../authorize';
import type { CardConfig } from '../env';
import { Capture, type Times } from './capture';

export type KeypadLimits = Times & { mostOpen: number };
const LIMITS: KeypadLimits = {
  fieldMs: FIELD_SECONDS * 1_000,
  captureMs: CAPTURE_SECONDS * 1_000,
  pauseMs: 1_500,
  wrongPauseMs: 5_000,
  beatMs: HEARTBEAT_SECONDS * 1_000,
  gapMs: 100,
  mostOpen: 500,
};

/** All captures that this process holds. */
export type Captures = {
  /** `there`: this very capture is open already. `taken`: its name is that of another, or of one that has ended. */
  open: (asked: OpenCapture) => 'opened' | 'there' | 'taken' | 'full';
  /** One that is not over. */
  find: (id: string) => Capture | null;
  /** Ends all of them, the process stops. Resolves when cards on their way are there and the portal was told. */
  stop: () => Promise<void>;
  /** Wipes what is left and tells nobody. */
  drop: () => void;
};

export function makeCaptures(
  config: CardConfig,
  signals: Signals,
  limits: Partial<KeypadLimits> = {},
): Captures {
  const { mostOpen, ...times } = { ...LIMITS, ...limits };
  const held = new Map<string, Capture>();
  const isSame = (one: Capture, asked: OpenCapture): boolean =>
    !one.isOver && one.session === asked.session && one.source.secret === asked.source.secret;
  const openOnes = () => [...held.values()].filter((one) => !one.isOver);
  return {
    open(asked) {
      const known = held.get(asked.capture);
      if (known) return isSame(known, asked) ? 'there' : 'taken';
      if (held.size >= mostOpen && openOnes().length >= mostOpen) return 'full';
      const capture = new Capture({ config, signals, times }, asked);
      held.set(capture.id, capture);
      void capture.done.then(() => held.delete(capture.id));
      return 'opened';
    },
    find(id) {
      const one = held.get(id);
      return one && !one.isOver ? one : null;
    },
    async stop() {
      for (const one of held.values()) one.end('stopping');
      await Promise.all([...held.values()].map(({ done }) => done));
    },
    drop() {
      for (const one of held.values()) one.drop();
    },
  };
}
