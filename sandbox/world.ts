/** What the parts of the sandbox share. `now` is data, so that tests can move it. */
import type { SandboxEnv } from './env';
import type { Faults } from './faults';
import type { Inbox } from './inbox';
import type { Ledger } from './ledger';
import type { Log } from './log';
import type { Receivers } from './receiver';

export const DEFAULT_SETTINGS = { challengeSeconds: 300 };

export type World = {
  env: SandboxEnv;
  /** The sandbox's own public address, without a slash at the end. */
  url: string;
  now: () => Date;
  log: Log;
  ledger: Ledger;
  inbox: Inbox;
  receivers: Receivers;
  faults: Faults;
  settings: { challengeSeconds: number };
};
