/** Holds the audit trail of an installation against its chain. Called by scripts/verify-audit.mjs in its own process. */
import { verifyAudit } from '@/lib/audit';
import { Halt } from '../../launcher/halt';
import { onInstallation } from '../../launcher/installation';

/** `roots`: `2026-11-28=<hex>` each, as the log has them. `isStopped`: nothing runs, so that the end may be old. */
type Wish = { root: string; roots: readonly string[]; isStopped: boolean };

function rootsOf(texts: readonly string[]): Map<string, string> {
  const pairs = texts.map((text): [string, string] => {
    const [, day, mac] = /^(\d{4}-\d\d-\d\d)=([0-9a-f]{64})$/.exec(text) ?? [];
    if (!day || !mac)
      throw new Halt(`"${text}" is no root: write it as the log has it, like 2026-11-28=<64 hex digits>.`);
    return [day, mac];
  });
  return new Map(pairs);
}

/** Prints what it found; true where the whole trail is as it was written. */
export const verify = ({ root, roots, isStopped }: Wish): Promise<boolean> =>
  onInstallation(root, async ({ services }) => {
    const { entries, through, faults } = await verifyAudit(services, { roots: rootsOf(roots), isStopped });
    for (const fault of faults) console.log(fault);
    console.log(`${entries} entries were held against their chain, sealed up to ${through ?? 'never'}.`);
    console.log(
      faults.length === 0 ? 'The audit trail is whole.' : 'The audit trail is NOT as it was written.',
    );
    return faults.length === 0;
  });
