import type { Metadata } from 'next';
import { Card } from '@/app/_components/card';
import { Empty, Notice } from '@/app/_components/notice';
import { services } from '@/app/_server/services';
import { staffCtx } from '@/app/_server/staff';
import { CALLBACK_PATH, type SingleSignOn } from '@/lib/contracts/single-sign-on';
import { readSingleSignOn, readTried } from '@/lib/single-sign-on';
import { NoPermission } from '../../_parts/no-permission';
import { ROLE_NAMES } from '../../_words/roles';
import { ProviderActs } from './provider-acts';
import { TriedCard } from './tried-card';

export const metadata: Metadata = { title: 'Single sign-on' };

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export default async function SingleSignOnPage({ searchParams }: Props) {
  const { ctx, session } = await staffCtx();
  const [read, tried] = await Promise.all([readSingleSignOn(ctx), readTried(ctx, session.id)]);
  if (!read.ok)
    return read.error.code === 'forbidden' ? (
      <NoPermission what="setting up single sign-on" />
    ) : (
      <Notice tone="bad">{read.error.message}</Notice>
    );
  const settings = read.value;
  const { portalUrl } = services().config;
  return (
    <>
      <header className="mb-5 max-w-3xl">
        <h1 className="text-2xl font-semibold tracking-tight">Single sign-on</h1>
        <p className="mt-1 text-muted">
          Your people sign in with the account of your organisation: at Entra, Okta, Keycloak or another
          provider that speaks OpenID Connect.
        </p>
      </header>
      <div className="grid items-start gap-5 lg:grid-cols-2">
        <Card id="provider" title="Your provider">
          {settings ? <Settings settings={settings} /> : <NotYet />}
          <ProviderActs settings={settings} />
        </Card>
        <div className="space-y-5">
          {(await searchParams).tried && tried.ok && tried.value && <TriedCard tried={tried.value} />}
          <Card id="addresses" title="What your provider asks for">
            <dl className="space-y-3">
              <Address name="Redirect address" value={`${portalUrl}${CALLBACK_PATH}`} />
              {settings && (
                <Address
                  name="Where sign-in begins"
                  value={`${portalUrl}/api/auth/sso/start?domain=${settings.domains[0]}`}
                />
              )}
            </dl>
          </Card>
          <Card id="rules" title="Good to know">
            <ul className="list-disc space-y-1.5 ps-5">
              <li>An owner can always sign in with a password, also when your provider is down.</li>
              <li>
                The second factor is asked for by your provider. Whoever comes in from there is not asked for
                another one here.
              </li>
              <li>The role is read again at each sign-in. A change is in the audit log.</li>
            </ul>
          </Card>
        </div>
      </div>
    </>
  );
}

const NotYet = () => (
  <div className="mb-4">
    <Empty title="Not set up">
      <p>Everybody signs in with a password.</p>
    </Empty>
  </div>
);

const Address = ({ name, value }: { name: string; value: string }) => (
  <div>
    <dt className="text-sm text-muted">{name}</dt>
    <dd className="font-mono text-sm break-all">{value}</dd>
  </div>
);

const rolesOf = ({ roleClaim, roleValues, defaultRole }: SingleSignOn) => (
  <>
    {roleClaim !== null &&
      roleValues.map(({ value, role }) => (
        <span key={value} className="block">
          <span className="font-mono">{value}</span> in <span className="font-mono">{roleClaim}</span>:{' '}
          {ROLE_NAMES[role]}
        </span>
      ))}
    <span className="block">Everybody else: {defaultRole ? ROLE_NAMES[defaultRole] : 'refused'}</span>
  </>
);

function Settings({ settings }: { settings: SingleSignOn }) {
  const rows = {
    'Switched on': settings.enabled ? 'Yes' : 'No',
    Provider: settings.issuer,
    'Client ID': settings.clientId,
    'E-mail domains': settings.domains.join(', '),
    Roles: rolesOf(settings),
    'New people': settings.createsPeople ? 'Get an account at their first sign-in' : 'Must be invited',
    Passwords: settings.passwordAllowed ? 'Work too' : 'Work for owners only',
    'Second factor': settings.needsSecondFactor
      ? 'The provider must say that it asked'
      : 'Left to the provider',
  };
  return (
    <dl className="mb-4 space-y-2">
      {Object.entries(rows).map(([name, value]) => (
        <div key={name} className="sm:grid sm:grid-cols-[8rem_minmax(0,1fr)] sm:gap-3">
          <dt className="text-muted">{name}</dt>
          <dd className="wrap-anywhere">{value}</dd>
        </div>
      ))}
    </dl>
  );
}
