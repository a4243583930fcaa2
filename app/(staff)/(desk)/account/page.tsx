import type { Metadata } from 'next';
import { Card } from '@/app/_components/card';
import { staffCtx } from '@/app/_server/staff';
import { MIN_CHARACTERS } from '@/lib/auth';
import { ROLE_NAMES } from '../_words/roles';
import { Facts } from '../admin/money/_parts/facts';
import { PasswordCard } from './password-card';
import { ZoneCard } from './zone-card';

export const metadata: Metadata = { title: 'Your account' };

export default async function AccountPage() {
  const { session } = await staffCtx();
  const { user, merchant } = session;
  return (
    <div className="space-y-5">
      <Card id="who" title="You">
        <Facts
          rows={[
            ['Name', user.name],
            ['E-mail', user.email],
            ['Role', `${ROLE_NAMES[user.role]} at ${merchant.name}`],
          ]}
        />
      </Card>
      <ZoneCard
        chosen={user.timeZone}
        merchantZone={merchant.timeZone}
        zones={['UTC', ...Intl.supportedValuesOf('timeZone').filter((zone) => zone !== 'UTC')]}
      />
      <PasswordCard minCharacters={MIN_CHARACTERS} />
    </div>
  );
}
