import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import type { KeyRing } from '../../key-ring';

const MAGIC = Buffer.from('counterfoil-backup/2\n');
/** The form before: it does not say which key it is under. */
const MAGIC_1 = Buffer.from('counterfoil-backup/1\n');
const SALT_BYTES = 32;
const TAG_BYTES = 16;
const CHUNK_BYTES = 64 * 1024;

/** The file is not ours, was changed or cut, or is of an installation with another DATA_ENCRYPTION_KEY. */
export class BackupUnreadable extends Error {}

const keyOf = (secret: Buffer, salt: Buffer): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, salt, 'counterfoil/backup/v1', 32));

/** Twelve bytes that no chunk of a file shares with another; the last chunk says that it is. Source: STREAM, Hoang et al. 2015. */
function nonceOf(chunk: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUIntBE(chunk, 5, 6);
  nonce.writeUInt8(isLast ? 1 : 0, 11);
  return nonce;
}

type Bytes = AsyncIterable<Buffer>;
type Stage = (source: Bytes) => AsyncGenerator<Buffer>;
type Chunk = { bytes: Buffer; isLast: boolean };

/** Bytes in chunks of one size; the last, which may be shorter or empty, says that it is. */
async function* chunksOf(source: Bytes, size: number): AsyncGenerator<Chunk> {
  let kept: Buffer[] = [];
  let length = 0;
  for await (const bytes of source) {
    kept.push(bytes);
    length += bytes.length;
    if (length <= size) continue;
    const all = Buffer.concat(kept);
    let from = 0;
    for (; all.length - from > size; from += size)
      yield { bytes: all.subarray(from, from + size), isLast: false };
    kept = [all.subarray(from)];
    length = all.length - from;
  }
  yield { bytes: Buffer.concat(kept), isLast: true };
}

/** The first bytes of a source, and the source of all that follows. */
async function split(source: Bytes, bytes: number): Promise<[head: Buffer, rest: Bytes]> {
  const iterator = source[Symbol.asyncIterator]();
  let head = Buffer.alloc(0);
  while (head.length < bytes) {
    const { value, done } = await iterator.next();
    if (done) break;
    head = Buffer.concat([head, value]);
  }
  async function* rest(): AsyncGenerator<Buffer> {
    yield head.subarray(bytes);
    yield* { [Symbol.asyncIterator]: () => iterator };
  }
  return [head.subarray(0, bytes), rest()];
}

/** What goes through it comes out encrypted, under a key of this file alone, made from the ring's first. */
export const seal = ({ first, byId }: KeyRing): Stage =>
  async function* (source) {
    const salt = randomBytes(SALT_BYTES);
    const secret = byId.get(first);
    if (!secret) throw new Error(`DATA_ENCRYPTION_KEY has no key ${first}`);
    const key = keyOf(secret, salt);
    yield Buffer.concat([MAGIC, Buffer.from([first]), salt]);
    let count = 0;
    for await (const { bytes, isLast } of chunksOf(source, CHUNK_BYTES)) {
      const cipher = createCipheriv('aes-256-gcm', key, nonceOf(count++, isLast));
      yield Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
    }
  };

/** The way back. Fails with `BackupUnreadable` before it gives a byte that was not sealed in that place. */
export const unseal = ({ byId }: KeyRing): Stage =>
  async function* (source) {
    const [magic, sealed] = await split(source, MAGIC.length);
    const isOld = magic.equals(MAGIC_1);
    if (!isOld && !magic.equals(MAGIC)) throw new BackupUnreadable('This file is no backup of Counterfoil.');
    const [head, rest] = await split(sealed, (isOld ? 0 : 1) + SALT_BYTES);
    const secrets = isOld ? [...byId.values()] : [keyOfFile(byId, head[0] ?? 0)];
    let keys = secrets.map((secret) => keyOf(secret, head.subarray(-SALT_BYTES)));
    let count = 0;
    for await (const { bytes, isLast } of chunksOf(rest, CHUNK_BYTES + TAG_BYTES)) {
      const nonce = nonceOf(count++, isLast);
      const fits = keys.map((key) => ({ key, plain: opened(key, nonce, bytes) })).find(({ plain }) => plain);
      if (!fits?.plain) throw new BackupUnreadable(CHANGED);
      keys = [fits.key];
      yield fits.plain;
    }
  };

const CHANGED =
  'This backup cannot be read: it was changed or cut short, or it is of an installation with another DATA_ENCRYPTION_KEY.';

function keyOfFile(byId: KeyRing['byId'], id: number): Buffer {
  const secret = byId.get(id);
  if (!secret)
    throw new BackupUnreadable(
      `This backup is under key ${id} of DATA_ENCRYPTION_KEY, which is not here: put ${id}: and that key behind what stands there, with a comma.`,
    );
  return secret;
}

function opened(key: Buffer, nonce: Buffer, bytes: Buffer): Buffer | null {
  try {
    const cipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
    cipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    return Buffer.concat([cipher.update(bytes.subarray(0, -TAG_BYTES)), cipher.final()]);
  } catch {
    return null;
  }
}
