/** What the page was when an operator looked at it and signed. The key that signs is on no machine that serves the page. */
import { createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import * as z from 'zod';
import type { Seen } from './look';
import { NotLooked } from './not-looked';

/** What is signed for one purpose is worth nothing for another. */
const PURPOSE = 'counterfoil/page-baseline/v1\n';

const schema = z.strictObject({
  signature: z.string(),
  page: z.strictObject({
    signedAt: z.iso.datetime(),
    asked: z.array(z.string()),
    documents: z.record(z.string(), z.array(z.string())),
  }),
});
export type Baseline = z.infer<typeof schema>['page'];

const bytesOf = ({ signedAt, asked, documents }: Baseline): Buffer =>
  Buffer.from(PURPOSE + JSON.stringify([signedAt, asked, documents]));

function readKey(read: () => KeyObject, what: string): KeyObject {
  try {
    const key = read();
    if (key.asymmetricKeyType === 'ed25519') return key;
  } catch {}
  throw new NotLooked(`${what} is no Ed25519 key.`);
}

/** A private key as openssl writes it (PEM), or as PKCS8 DER in base64url. */
const privateKeyOf = (text: string): KeyObject =>
  readKey(
    () =>
      createPrivateKey(
        text.includes('-----BEGIN')
          ? text
          : { key: Buffer.from(text.trim(), 'base64url'), format: 'der', type: 'pkcs8' },
      ),
    'The key to sign with',
  );

const publicKeyOf = (text: string): KeyObject =>
  readKey(
    () => createPublicKey({ key: Buffer.from(text, 'base64url'), format: 'der', type: 'spki' }),
    'PAGE_BASELINE_PUBLIC_KEY',
  );

/** Writes the baseline; gives the public half of the key, SPKI DER in base64url. */
export function writeBaseline(path: string, seen: Seen, key: string, now: Date): string {
  const privateKey = privateKeyOf(key);
  const page = { ...seen, signedAt: now.toISOString() };
  const signature = sign(null, bytesOf(page), privateKey).toString('base64url');
  writeFileSync(path, `${JSON.stringify({ signature, page }, null, 2)}\n`);
  return createPublicKey(privateKey).export({ format: 'der', type: 'spki' }).toString('base64url');
}

/** The baseline in a file; null where this key has not signed what stands in it. */
export function readBaseline(path: string, publicKey: string): Baseline | null {
  const key = publicKeyOf(publicKey);
  const read = schema.safeParse(readJson(path));
  if (!read.success) return null;
  const { page, signature } = read.data;
  return verify(null, bytesOf(page), key, Buffer.from(signature, 'base64url')) ? page : null;
}

function readJson(path: string): unknown {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new NotLooked(`There is no baseline at ${path}: make one with "npm run verify:page -- --sign".`);
  }
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** What differs, a sentence each. */
export function differences(baseline: Pick<Baseline, 'asked' | 'documents'>, seen: Seen): string[] {
  const names = [...new Set([...Object.keys(baseline.documents), ...Object.keys(seen.documents)])].sort();
  return [
    ...linesApart('the page asks', baseline.asked, seen.asked),
    ...names.flatMap((name) => linesApart(name, baseline.documents[name] ?? [], seen.documents[name] ?? [])),
  ];
}

function linesApart(name: string, before: readonly string[], now: readonly string[]): string[] {
  if (now.length === 0) return [`${name}: is no longer there`];
  const gone = before.filter((line) => !now.includes(line)).map((line) => `${name}: no longer ${line}`);
  return [...gone, ...now.filter((line) => !before.includes(line)).map((line) => `${name}: new ${line}`)];
}

/** The scripts of a page that the manifest does not list. */
export function unlistedScripts(seen: Seen, manifest: readonly { sha256: string }[]): string[] {
  const listed = manifest.map((one) => `script sha256-${one.sha256}`);
  return Object.entries(seen.documents).flatMap(([name, lines]) =>
    lines
      .filter((line) => line.startsWith('script ') && !listed.some((one) => line.startsWith(`${one} `)))
      .map((line) => `${name}: ${line}`),
  );
}
