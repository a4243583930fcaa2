import { type Outcome, ok } from '@/core/outcome';
import { listProfiles } from '@/db/queries/merchants';
import { authorize } from '../authorize';
import type { Ctx } from '../context';
import { isAdmitted } from '../gateways';
import { executor } from '../transact';

export { previewReminder } from './preview-reminder';
export {
  changeNewLinkRule,
  changeProfileBasics,
  changeProfileButton,
  changeProfileChallenge,
  changeProfileMoto,
  changeReceipts,
  changeReminders,
  listProfileSettings,
  makeDefaultProfile,
  NAME_TAKEN,
  type ProfileSettings,
  readProfileSettings,
} from './settings';

export type ProfileChoice = { id: string; name: string; isDefault: boolean };

/** The payment profiles that a link may be issued on here, the default first. Nothing of their gateways. */
export async function listPaymentProfiles(ctx: Ctx): Promise<Outcome<ProfileChoice[]>> {
  const allowed = authorize(ctx, 'payment_links:create');
  if (!allowed.ok) return allowed;
  const profiles = await listProfiles(executor(ctx), ctx.merchantId);
  const usable = profiles.filter(({ gateway }) => isAdmitted(ctx.config, gateway));
  return ok(usable.map(({ id, name, isDefault }) => ({ id, name, isDefault })));
}
