import { randomUUID } from 'node:crypto';
import { PASSWORD } from '../house';
import { action, BROWSERS, EVERYBODY_ON_STAFF, type Row, staff } from '../rows';
import type { Cell, Kind } from '../things';

const ADMINS = staff('owner admin');
const VERIFIED = staff('owner admin', 'verified');
const ISSUERS = staff('owner admin agent');
const REASON = 'seen and understood';
const SIGNATURE = { kind: 'signature' };

const idOf = async (cell: Cell, kind: Kind): Promise<string> => ((await cell.one(kind)) as { id: string }).id;
const attemptOf = async (cell: Cell, kind: 'held' | 'unknown'): Promise<string> =>
  (await cell.one(kind)).attempt;
const profileIn =
  (more: object) =>
  async (cell: Cell): Promise<unknown[]> => [{ profile: await idOf(cell, 'profile'), ...more }];
const formOf = (fields: Record<string, string>): FormData => {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return form;
};
const receiver = ({ house }: Cell, name: string): string =>
  `${house.plan.config.urls.sandbox}/receiver/${name}`;

const ISSUE: Row[] = [
  action('_issue/actions issueLink', ISSUERS, () => [
    { round: 0, lookupRound: 0, values: {}, errors: {}, problem: null },
    formOf({ formId: randomUUID(), amountType: 'fixed', amount: '12.40', currency: 'GBP' }),
  ]),
  action(
    '_issue/look-up lookUp',
    ISSUERS,
    async (cell) => [
      { round: 0, reference: '', profile: '', result: null, values: {}, problem: null },
      formOf({ lookupReference: 'INV-1', lookupProfile: await idOf(cell, 'lookup') }),
    ],
    { misses: 'invalid' },
  ),
];

const LINKS: Row[] = [
  action('admin/links/[id]/actions sendLink', ISSUERS, async (cell) => [await idOf(cell, 'link'), 'email']),
  action('admin/links/[id]/actions cancelLink', ISSUERS, async (cell) => [await idOf(cell, 'link')]),
  action('admin/links/[id]/actions changeLink', ISSUERS, async (cell) => [
    await idOf(cell, 'link'),
    1,
    { description: 'Another word' },
  ]),
  action('admin/links/[id]/actions reissueLink', ISSUERS, async (cell) => [
    await idOf(cell, 'link'),
    randomUUID(),
    [],
  ]),
  action('admin/links/[id]/actions unlockLink', ISSUERS, async (cell) => [await idOf(cell, 'lockedLink')]),
  action('admin/links/[id]/actions decideRequest', ISSUERS, async (cell) => [
    await idOf(cell, 'linkRequest'),
    'approve',
  ]),
  action('admin/links/[id]/actions refundPayment', VERIFIED, async (cell) => [
    randomUUID(),
    { paymentLink: await idOf(cell, 'paid') },
  ]),
  action('admin/links/[id]/actions takeHeld', ADMINS, async (cell) => [await attemptOf(cell, 'held')]),
  action('admin/links/[id]/actions releaseHeld', ADMINS, async (cell) => [await attemptOf(cell, 'held')]),
  action('admin/links/[id]/actions settleAttempt', VERIFIED, async (cell) => [
    await attemptOf(cell, 'unknown'),
    { decision: 'not_charged', reason: REASON, gatewayWord: 'told by letter' },
  ]),
  action('admin/links/[id]/actions eraseData', VERIFIED, async (cell) => [await idOf(cell, 'paid'), 'link']),
  action('admin/links/[id]/actions noteOptOut', ISSUERS, async (cell) => [
    { paymentLink: await idOf(cell, 'link'), channel: 'email' },
  ]),
  action('admin/links/[id]/actions liftOptOut', ADMINS, async (cell) => [
    { paymentLink: await idOf(cell, 'link'), channel: 'email' },
  ]),
  action('admin/links/[id]/actions confirmIdentity', staff(EVERYBODY_ON_STAFF), () => [
    { password: PASSWORD },
  ]),
];

const BULK: Row[] = [
  action('admin/bulk/actions prepareBulk', ISSUERS, async (cell) => [
    { act: 'cancel', links: [await idOf(cell, 'link')] },
  ]),
  action('admin/bulk/actions startBulk', ISSUERS, async (cell) => [
    await idOf(cell, 'bulkPrepared'),
    { reason: REASON },
  ]),
  action('admin/bulk/actions stopBulk', ISSUERS, async (cell) => [await idOf(cell, 'bulkAct')]),
  action('admin/bulk/actions askForLinkExport', staff(EVERYBODY_ON_STAFF, 'verified'), () => []),
];

const MONEY: Row[] = [
  action('admin/money/alerts/actions putAway', ADMINS, async (cell) => [
    { kind: 'mismatch', subject: (await cell.one('alert')).subject, reason: REASON },
  ]),
  ...(['pausePayments', 'takePayments'] as const).map((name) =>
    action(
      `admin/money/alerts/actions ${name}`,
      ADMINS,
      async (cell) => {
        await cell.before(name === 'pausePayments' ? 'takingPayments' : 'pausedPayments');
        return [{ reason: REASON }];
      },
      { isAlone: true },
    ),
  ),
  action('admin/money/balance/actions balanceDay', ADMINS, async (cell) => [
    { profile: await idOf(cell, 'standard'), day: '2026-01-02' },
  ]),
  action('admin/money/notices/actions applyAgain', ADMINS, async (cell) => [await cell.one('notice')]),
  action('admin/money/notices/actions dismiss', ADMINS, async (cell) => [
    { ...(await cell.one('notice')), reason: REASON },
  ]),
  action('admin/money/requests/actions decide', ISSUERS, async (cell) => [
    await idOf(cell, 'linkRequest'),
    { decision: 'refuse' },
  ]),
  action('admin/money/requests/actions setRule', ADMINS, profileIn({ newLinkRule: 'approval' })),
  action('admin/money/unknown/actions askGateway', ADMINS, async (cell) => [
    await attemptOf(cell, 'unknown'),
  ]),
];

const SETTINGS: Row[] = [
  action(
    'admin/branding/actions save',
    ADMINS,
    async (cell) => [
      { version: Number((await cell.own('branding')).version), name: 'alder', accent: null, footer: null },
    ],
    { isAlone: true },
  ),
  action('admin/branding/actions setDomain', staff('owner', 'verified'), () => [{ payOrigin: null }]),
  // The file is none: who is let in is told so.
  action('admin/branding/actions readPicture', ADMINS, () => [new Blob(['no picture'])], {
    stopsAt: 'invalid',
  }),
  action('admin/developers/actions createKey', VERIFIED, () => [
    { name: 'till', scopes: ['ledger:read'] },
    0,
  ]),
  action('admin/developers/actions createClient', VERIFIED, () => [
    { name: 'till', scopes: ['ledger:read'] },
  ]),
  action('admin/developers/actions replaceKey', VERIFIED, async (cell) => [await idOf(cell, 'key'), 60]),
  action('admin/developers/actions replaceSecret', VERIFIED, async (cell) => [
    await idOf(cell, 'client'),
    60,
  ]),
  action('admin/developers/actions revokeKey', ADMINS, async (cell) => [await idOf(cell, 'key')]),
  action('admin/developers/actions revokeClient', ADMINS, async (cell) => [await idOf(cell, 'client')]),
  action('admin/profiles/[id]/actions saveLookup', VERIFIED, async (cell) =>
    profileIn({ version: null, url: receiver(cell, 'lookup'), credentials: SIGNATURE })(cell),
  ),
  action('admin/profiles/[id]/actions removeLookup', VERIFIED, async (cell) => [await idOf(cell, 'lookup')]),
  action('admin/profiles/[id]/actions tryLookup', ADMINS, async (cell) => [
    await idOf(cell, 'lookup'),
    'INV-1',
  ]),
  action('admin/profiles/[id]/actions saveBack', VERIFIED, async (cell) =>
    profileIn({ version: null, url: receiver(cell, 'back'), credentials: SIGNATURE })(cell),
  ),
  action('admin/profiles/[id]/actions setButton', ADMINS, profileIn({ buttonEnabled: false })),
  action('admin/profiles/[id]/actions setChallenge', ADMINS, profileIn({ challenge: 'passcode' })),
  action(
    'admin/profiles/[id]/actions setReceipts',
    ADMINS,
    profileIn({ receiptMail: true, postalAddress: 'x', taxNumber: '' }),
  ),
  action('admin/profiles/[id]/actions setMoto', staff('owner', 'verified'), profileIn({ moto: true })),
  action(
    'admin/profiles/[id]/actions setReminders',
    ADMINS,
    profileIn({ reminders: { afterIssue: [60], beforeExpiry: [] }, quietHours: null }),
  ),
  action('admin/profiles/[id]/actions setCompatible', VERIFIED, profileIn({ enabled: true }), {
    isAlone: true,
  }),
  action('admin/profiles/[id]/actions saveCompatible', VERIFIED, async (cell) =>
    profileIn({ version: null, url: receiver(cell, 'compatible'), credentials: SIGNATURE })(cell),
  ),
];

const WEBHOOKS: Row[] = [
  action('admin/webhooks/actions createEndpoint', VERIFIED, async (cell) => [
    { url: receiver(cell, 'made') },
  ]),
  action('admin/webhooks/actions changeEndpoint', VERIFIED, async (cell) => [
    await idOf(cell, 'endpoint'),
    1,
    { description: 'Another word' },
  ]),
  action('admin/webhooks/actions rotateSecret', VERIFIED, async (cell) => [await idOf(cell, 'endpoint'), 60]),
  action('admin/webhooks/actions pingEndpoint', ADMINS, async (cell) => [await idOf(cell, 'endpoint')]),
  action('admin/webhooks/actions enableEndpoint', VERIFIED, async (cell) => [
    await idOf(cell, 'disabledEndpoint'),
  ]),
  action('admin/webhooks/actions disableEndpoint', VERIFIED, async (cell) => [await idOf(cell, 'endpoint')]),
  action('admin/webhooks/actions deleteEndpoint', VERIFIED, async (cell) => [await idOf(cell, 'endpoint')]),
  action('admin/webhooks/actions replayEvents', ADMINS, async (cell) => [
    await idOf(cell, 'endpoint'),
    { since: new Date(Date.now() - 3_600_000).toISOString() },
  ]),
  action('admin/webhooks/actions redeliver', ADMINS, async (cell) => {
    const { event, endpoint } = await cell.one('told');
    return [event, endpoint];
  }),
];

const SIGN_IN: Row[] = [
  action(
    'sign-in/actions signInAction',
    BROWSERS,
    () => [{ email: '', error: null }, formOf({ email: 'spare@alder.example', password: PASSWORD })],
    { isSpent: true },
  ),
  action('sign-in/actions signOutAction', staff(EVERYBODY_ON_STAFF), () => [], { isSpent: true }),
  action(
    'set-password/actions setPasswordAction',
    BROWSERS,
    async (cell) => [{}, formOf({ secret: (await cell.one('passwordLink')).secret, password: PASSWORD })],
    { reach: 'any', isSpent: true, isAlone: true },
  ),
];

export const ACTIONS: Row[] = [...ISSUE, ...LINKS, ...BULK, ...MONEY, ...SETTINGS, ...WEBHOOKS, ...SIGN_IN];
