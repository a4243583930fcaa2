import type { Metadata } from 'next';
import Link from 'next/link';
import { buttonClass } from '@/app/_components/button';
import { Card } from '@/app/_components/card';
import { Empty, Notice } from '@/app/_components/notice';
import { staffCtx } from '@/app/_server/staff';
import { roleMay, SCOPES } from '@/core/permissions';
import { listApiKeys, listOAuthClients } from '@/lib/api-clients';
import { NoPermission } from '../../_parts/no-permission';
import { ClientList } from './_parts/client-list';
import { NewClient } from './_parts/new-client';

export const metadata: Metadata = { title: 'Developers' };

export default async function DevelopersPage() {
  const { ctx, session } = await staffCtx();
  const [keys, clients] = await Promise.all([listApiKeys(ctx), listOAuthClients(ctx)]);
  for (const listed of [keys, clients])
    if (!listed.ok)
      return listed.error.code === 'forbidden' ? (
        <NoPermission what="seeing API keys" />
      ) : (
        <Notice tone="bad">{listed.error.message}</Notice>
      );
  if (!keys.ok || !clients.ok) return null;
  const { role } = session.user;
  const zone = session.timeZone;
  const scopes = SCOPES.filter((scope) => roleMay(role, scope));
  const mayWrite = roleMay(role, 'api_clients:write');
  return (
    <>
      <header className="mb-5 max-w-3xl">
        <h1 className="text-2xl font-semibold tracking-tight">Developers</h1>
        <p className="mt-1 text-muted">
          What your systems use to issue links and to follow them. A key is like a password: give each system
          one of its own, with no more than it needs.
        </p>
        <p className="mt-3 flex flex-wrap gap-2">
          <a href="/developers" className={buttonClass('secondary')}>
            Guide and reference
          </a>
          <Link href="/admin/developers/requests" prefetch={false} className={buttonClass('secondary')}>
            Requests
          </Link>
        </p>
      </header>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Card id="keys" title="API keys">
          {mayWrite && <NewClient kind="key" scopes={scopes} />}
          {keys.value.length > 0 ? (
            <ClientList label="API keys" all={keys.value} zone={zone} />
          ) : (
            <div className="mt-4">
              <Empty title="No key yet">
                <p>Make one for each of your systems.</p>
              </Empty>
            </div>
          )}
        </Card>
        <Card id="clients" title="OAuth clients">
          {mayWrite && <NewClient kind="client" scopes={scopes} />}
          {clients.value.length > 0 ? (
            <ClientList label="OAuth clients" all={clients.value} zone={zone} />
          ) : (
            <div className="mt-4">
              <Empty title="No client yet">
                <p>For systems that ask for an access token each hour instead of keeping a key.</p>
              </Empty>
            </div>
          )}
        </Card>
      </div>
    </>
  );
}
