import { type Outcome, ok } from '@/core/outcome';
import { accountUse, type GatewayAccountRow, listGatewayAccounts } from '@/db/queries/gateway-accounts';
import { listAllProfiles, type ProfileRow } from '@/db/queries/merchants';
import { GATEWAYS, type GatewayKind } from '@/db/schema';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { isAdmitted, notificationSecrets } from '../gateways';
import { executor } from '../transact';

/** An account at a gateway as staff see it: of its secrets only when and by whom they were set, and how many. */
export type GatewayAccount = {
  id: string;
  gateway: GatewayKind;
  url: string;
  /** New payments go here. */
  isCurrent: boolean;
  keySetAt: string;
  keySetBy: string | null;
  notificationSecrets: number;
  lastUsedAt: string | null;
  /** Payments begun there whose end is not known, or whose money is only held. */
  open: number;
  testedAt: string | null;
  /** What was wrong at the last test. */
  testFault: string | null;
};
export type GatewayProfile = {
  id: string;
  name: string;
  isDefault: boolean;
  enabled: boolean;
  captureAtOnce: boolean;
  accounts: GatewayAccount[];
};
/** `gateways`: the kinds that this installation may use. */
export type Gateways = { gateways: GatewayKind[]; profiles: GatewayProfile[] };

async function accountView(ctx: Ctx, profile: ProfileRow, row: GatewayAccountRow): Promise<GatewayAccount> {
  const { lastUsedAt, open } = await accountUse(executor(ctx), row);
  return {
    id: row.id,
    gateway: row.gateway,
    url: row.gatewayUrl,
    isCurrent: row.id === profile.gatewayAccountId,
    keySetAt: row.keySetAt.toISOString(),
    keySetBy: row.keySetBy,
    notificationSecrets: notificationSecrets(ctx.config, row).length,
    lastUsedAt: lastUsedAt?.toISOString() ?? null,
    open,
    testedAt: row.testedAt?.toISOString() ?? null,
    testFault: row.testFault,
  };
}

/** Every payment profile with the accounts it uses or has used, and the gateways that may be used here. */
export async function listGatewayProfiles(ctx: Ctx): Promise<Outcome<Gateways>> {
  const allowed = authorize(ctx, 'gateways:read');
  if (!allowed.ok) return allowed;
  const rows = await listAllProfiles(executor(ctx), ctx.merchantId);
  const profiles = rows.map(async (row): Promise<GatewayProfile> => {
    const accounts = await listGatewayAccounts(executor(ctx), row);
    const { id, name, isDefault, enabled, captureAtOnce } = row;
    const views = await Promise.all(accounts.map((one) => accountView(ctx, row, one)));
    const currentFirst = views.sort((one, other) => Number(other.isCurrent) - Number(one.isCurrent));
    return { id, name, isDefault, enabled, captureAtOnce, accounts: currentFirst };
  });
  const gateways = GATEWAYS.filter((kind) => isAdmitted(ctx.config, kind));
  return ok({ gateways, profiles: await Promise.all(profiles) });
}
