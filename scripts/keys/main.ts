/** What `npm run keys` does, called by scripts/keys.mjs in its own process. See docs/operations.md, "Rotating keys". */
import { readKeysElsewhere } from '@/db/queries/keys';
import { KeysMissing, reencrypt } from '@/lib/operations/data-key';
import { Halt } from '../launcher/halt';
import { type Installation, onInstallation } from '../launcher/installation';
import { readVariable } from '../launcher/variables';
import { changedAt, linesOf, writeVariable } from './env-file';
import { type Key, KIND_NAMES, KINDS, type KindName, keysOf, prepared, rotated, textOf } from './kinds';
import { type Standing, standingOf } from './standing';

/** `envFile`: where the installation's variables are read from. `write`: the file to change, else lines are printed. */
export type Wish = {
  root: string;
  command: string;
  name: string | undefined;
  envFile: string;
  write: string | undefined;
  isPrepared: boolean;
  anyway: boolean;
};

const say = (line: string): void => console.log(line);
const commandFor = (verb: string, name: KindName): string => `npm run keys -- ${verb} ${name}`;

export async function run(wish: Wish): Promise<void> {
  if (wish.command === 'status') return onInstallation(wish.root, (open) => showStatus(open, wish));
  if (wish.command === 'reencrypt') return onInstallation(wish.root, renewData);
  const name = KIND_NAMES.find((one) => one === wish.name);
  if (!name || !['rotate', 'prepare', 'finish'].includes(wish.command))
    throw new Halt(
      `Say what: npm run keys -- status | reencrypt | prepare KEY | rotate KEY | finish KEY. KEY is one of ${KIND_NAMES.join(', ')}.`,
    );
  await onInstallation(wish.root, async (open) => {
    if (wish.command === 'finish') await finish(open, wish, name);
    else turn(open, wish, name);
  });
}

const standing = (open: Installation, wish: Wish, name: KindName): Promise<Standing> =>
  standingOf(open, name, (variable) => changedAt(wish.write ?? wish.envFile, variable));

async function showStatus(open: Installation, wish: Wish): Promise<void> {
  for (const name of KIND_NAMES) {
    const { keys, uses, holds, loses, changedAt: at } = await standing(open, wish, name);
    const kind = KINDS[name];
    say(`${name}: ${kind.does} (${kind.variable}${at ? `, changed ${at}` : ''})`);
    for (const [place, { id }] of keys.entries())
      say(
        `  ${id}  ${place === 0 ? 'in use' : 'older, or prepared'}${uses.has(id) ? `: ${uses.get(id)}` : ''}`,
      );
    for (const [id, use] of uses) if (!keys.some((one) => one.id === id)) say(`  ${id}  IS MISSING: ${use}`);
    if (keys.length > 1) say(`  ${holds ?? `May be taken out: ${commandFor('finish', name)}`}`);
    if (keys.length > 1 && holds === null && loses !== null) say(`  ${loses}`);
  }
  const { gateways, oldestGatewayKey, overlapping } = await readKeysElsewhere(open.services.db);
  say(`On screens: keys of ${gateways} gateway accounts, the oldest set ${oldestGatewayKey ?? 'never'};`);
  say(`  ${overlapping} webhook endpoints sign with two secrets at the moment.`);
  say(
    `The payer's page: ${readVariable('PAGE_BASELINE_PUBLIC_KEY') ? 'its signature is looked at' : 'not signed'}.`,
  );
}

async function renewData({ services }: Installation): Promise<void> {
  let parts = 0;
  const { rows, unreadable } = await reencrypt(services, async () => {
    parts += 1;
    if (parts % 50 === 0) say(`… ${parts} parts`);
  }).catch((error) => {
    throw error instanceof KeysMissing ? new Halt(error.message) : error;
  });
  say(
    `${rows} values are under key ${services.config.dataKey.first} now, and every one was opened with it once more.`,
  );
  if (unreadable.length > 0)
    throw new Halt(
      `These open with no key that is here, or were written meanwhile by a process that was not started anew: ${unreadable.join(', ')}.`,
    );
}

function turn(open: Installation, wish: Wish, name: KindName): void {
  const kind = KINDS[name];
  const value = open.secrets[kind.variable];
  const keys = keysOf(kind, value);
  if (wish.command === 'prepare') {
    put(wish, value, name, prepared(kind, keys));
    say(`Start every process anew, on every machine; then ${commandFor('rotate', name)} --prepared`);
    return;
  }
  put(wish, value, name, rotated(kind, keys, wish.isPrepared));
  for (const [index, step] of [...kind.steps, `When it may go: ${commandFor('finish', name)}`].entries())
    say(`${index + 1}. ${step}`);
}

async function finish(open: Installation, wish: Wish, name: KindName): Promise<void> {
  const { keys, holds, loses } = await standing(open, wish, name);
  if (keys.length < 2) throw new Halt(`${KINDS[name].variable} has one key: there is nothing to take out.`);
  if (holds !== null) throw new Halt(holds);
  if (loses !== null && !wish.anyway) throw new Halt(`${loses} If that may be, say --anyway.`);
  put(wish, open.secrets[KINDS[name].variable], name, keys.slice(0, 1));
  const { holders, keep } = KINDS[name];
  say(`Start ${holders} anew.`);
  if (keep) say(keep);
}

/** Into the file, or onto the screen. */
function put({ write }: Wish, from: string, name: KindName, keys: readonly Key[]): void {
  const { variable } = KINDS[name];
  const [to, at] = [textOf(keys), new Date()];
  if (write === undefined) {
    say('Put these lines in the place of the old ones, where your variables are kept:');
    say(linesOf(variable, to, at));
    return;
  }
  const copy = writeVariable(write, { name: variable, from, to }, at);
  say(`${variable} is changed in ${write}.`);
  if (copy !== null)
    say(`As it was it is ${copy}: delete that once the change is finished, it holds the old keys.`);
}
