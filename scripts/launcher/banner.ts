import { relative } from 'node:path';
import type { Config } from './config';
import { type Credentials, firstRunPath } from './first-run';

type Row = [label: string, ...cells: string[]];

/** Aligned columns, each as wide as its widest cell. */
function table(rows: Row[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')}`.trimEnd(),
  );
}

function short(config: Config, path: string): string {
  const inside = relative(config.root, path);
  return inside.startsWith('..') ? path : `./${inside}`;
}

/** What a person needs to go on: addresses, sign-ins, where things lie. Production prints no secret. */
export function banner(
  config: Config,
  credentials: Credentials | null,
  ownerLink: string | null,
  unready: readonly string[],
): string {
  const { urls, mode, dataDir } = config;
  const demo = mode === 'demo';
  const addresses: Row[] = [
    ['Portal', urls.portal],
    ['Card form', urls.card],
    ...(demo
      ? ([['Sandbox', `${urls.sandbox}/inbox`, 'e-mail and SMS, test cards, webhooks']] as Row[])
      : []),
  ];
  const lines = [
    '',
    `Counterfoil is ready${demo ? ' (demo: no real money moves)' : ''}.`,
    '',
    ...table(addresses),
  ];
  if (demo) lines.push('', ...signIns(credentials));
  if (ownerLink) lines.push('', '  The owner sets a password here, once, within 24 hours:', `  ${ownerLink}`);
  if (unready.length > 0)
    lines.push('', ...unready.map((reason) => `  Payments cannot be taken yet: ${reason}.`));
  const kept: Row[] = demo && credentials ? [['All of this', short(config, firstRunPath(dataDir))]] : [];
  lines.push('', ...table([...kept, ['Logs', short(config, `${dataDir}/logs`)]]));
  lines.push('', '  Ctrl-C stops everything.', '');
  return lines.join('\n');
}

function signIns(credentials: Credentials | null): string[] {
  if (!credentials)
    return ['  first-run.json is missing; "npm start -- --reset" begins anew with new sign-ins.'];
  const rows: Row[] = [];
  for (const role of ['owner', 'admin', 'agent', 'viewer'] as const) {
    const signIn = credentials[role];
    if (signIn) rows.push([role[0]?.toUpperCase() + role.slice(1), signIn.email, signIn.password]);
  }
  const access: Row[] = [];
  if (credentials.apiKey) access.push(['API key', credentials.apiKey]);
  const { oauth } = credentials;
  if (oauth) access.push(['OAuth client', oauth.clientId], ['OAuth secret', oauth.clientSecret]);
  return [...table(rows), ...table(access)];
}
