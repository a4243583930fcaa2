/** Workers that are broken on purpose: the trial is worth something only if it finds each of them. */
import type { buildVariant } from '../faults/control-build';

export type Control = {
  name: string;
  breaks: string;
  /** Checks of which at least one must fail. */
  mustBreach: readonly string[];
  patches: Parameters<typeof buildVariant>[2]['patches'];
};

export const CONTROLS: readonly Control[] = [
  {
    name: 'done-before-sent',
    breaks: 'a delivery counts as succeeded when it is claimed: what is killed on the way is lost',
    mustBreach: ['W1'],
    patches: [
      {
        file: 'db/queries/webhook-claims.ts',
        find: 'update webhook_deliveries d set fence = d.fence + 1,',
        put: "update webhook_deliveries d set fence = d.fence + 1, state = 'succeeded', ended_at = cf_now(),",
      },
    ],
  },
  {
    name: 'fresh-bytes',
    breaks: 'the body is written anew for each try',
    mustBreach: ['W3'],
    patches: [
      {
        file: 'lib/webhooks/deliver.ts',
        find: 'const { merchantId, id, fence } = claim;',
        put: `claim = { ...claim, payload: claim.payload.replace(/}$/, ',"try":' + claim.tries + '}') };
  const { merchantId, id, fence } = claim;`,
      },
    ],
  },
  {
    name: 'wrong-secret',
    breaks: 'one signature in fifty is made over other bytes',
    mustBreach: ['W4'],
    patches: [
      {
        file: 'lib/webhooks/deliver.ts',
        find: '...signedHeaders(signers, claim.messageId, claim.payload, claim.claimedAt),',
        put: "...signedHeaders(signers, claim.messageId, claim.payload + (Math.random() < 0.02 ? ' ' : ''), claim.claimedAt),",
      },
    ],
  },
  {
    name: 'kept-in-memory',
    breaks: 'every try leaves something behind',
    mustBreach: ['W7'],
    patches: [
      {
        file: 'lib/webhooks/deliver.ts',
        find: 'const { merchantId, id, fence } = claim;',
        put: `((globalThis as unknown as { kept?: Buffer[] }).kept ??= []).push(Buffer.alloc(300_000, 1));
  const { merchantId, id, fence } = claim;`,
      },
    ],
  },
];
