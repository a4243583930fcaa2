import type { Metadata } from 'next';
import { Empty, Notice } from '@/app/_components/notice';
import { staffCtx } from '@/app/_server/staff';
import { roleMay } from '@/core/permissions';
import { listGatewayProfiles } from '@/lib/gateway-accounts';
import { NoPermission } from '../../_parts/no-permission';
import { PageHead } from '../money/_parts/page-head';
import { NewProfile } from './new-profile';
import { ProfileCard } from './profile-card';

export const metadata: Metadata = { title: 'Gateways' };

export default async function GatewaysPage() {
  const { ctx, session } = await staffCtx();
  const listed = await listGatewayProfiles(ctx);
  if (!listed.ok) return <NoPermission what="seeing gateways" />;
  const { gateways, profiles } = listed.value;
  const maySet = roleMay(session.user.role, 'gateways:write');
  return (
    <>
      <PageHead title="Gateways">
        <p>
          Where each payment profile takes its money. A payment stays with the account that it began at, so
          earlier accounts stay here.
        </p>
      </PageHead>
      <div className="space-y-5">
        {gateways.length === 0 && (
          <Notice tone="warn">
            This version knows the sandbox gateway only. It moves no money, so production does not use it.
          </Notice>
        )}
        {!maySet && <p className="text-muted">Only an owner can change accounts and their keys.</p>}
        {maySet && gateways.length > 0 && <NewProfile gateways={gateways} />}
        {profiles.length === 0 ? (
          <Empty title="No payment profile yet" />
        ) : (
          profiles.map((profile) => (
            <ProfileCard
              key={profile.id}
              profile={profile}
              gateways={gateways}
              zone={session.merchant.timeZone}
              maySet={maySet}
            />
          ))
        )}
      </div>
    </>
  );
}
