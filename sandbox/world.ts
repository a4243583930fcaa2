/** What the parts of the sandbox share. `now` is data, so that tests can move it. */
import type { Crm } from './crm';
import type { Distortions } from './distortions';
import type { SandboxEnv } from './env';
import type { Faults } from './faults';
import type { Inbox } from './inbox';
import type { Ledger } from './ledger';
import type { Log } from './log';
import type { Receivers } from './receiver';

/** How long things take, and `holdDays`, which may be a fraction. */
export type Settings = {
  challengeSeconds: number;
  disputeAfterMs: number;
  refundAfterMs: number;
  holdDays: number;
};
export const DEFAULT_SETTINGS: Settings = {
  challengeSeconds: 300,
  disputeAfterMs: 1_000,
  refundAfterMs: 500,
  holdDays: 7,
};

export type World = {
  env: SandboxEnv;
  /** The sandbox's own public address, without a slash at the end. */
  url: string;
  now: () => Date;
  log: Log;
  ledger: Ledger;
  inbox: Inbox;
  receivers: Receivers;
  crm: Crm;
  faults: Faults;
  distortions: Distortions;
  settings: Settings;
};
