import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import type { Outcome } from '@/core/outcome';
import type { SignedIn } from './sign-in';

/** The session of a sign-in that had no second step. */
export function sessionOf(outcome: Outcome<SignedIn>): string {
  if (!outcome.ok) throw new Error(outcome.error.message);
  if (!('session' in outcome.value)) throw new Error('the sign-in waits for its second step');
  return outcome.value.session;
}

const digest = (data: string | Buffer): Buffer => createHash('sha256').update(data).digest();
const [USER_PRESENT, USER_VERIFIED, HAS_KEY] = [0x01, 0x04, 0x40];
type Asked = { challenge: string };

/** An authenticator in software, that makes one passkey and signs with it as WebAuthn says. `verifies`: it asks who uses it. */
export function softwarePasskey(portalUrl: string, { verifies = true, origin = portalUrl } = {}) {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  const [rawId, rp] = [randomBytes(32), digest(new URL(portalUrl).hostname)];
  const id = rawId.toString('base64url');
  const said = (type: string, { challenge }: Asked) =>
    Buffer.from(JSON.stringify({ type, challenge, origin }));
  const data = (flags: number, counter: number): Buffer => {
    const rest = Buffer.alloc(5);
    rest.writeUInt8(flags | USER_PRESENT | (verifies ? USER_VERIFIED : 0));
    rest.writeUInt32BE(counter, 1);
    return Buffer.concat([rp, rest]);
  };
  const answer = { id, rawId: id, type: 'public-key', clientExtensionResults: {} } as const;
  return {
    id,
    make(asked: Asked) {
      const cose = isoCBOR.encode(
        new Map<number, number | Uint8Array>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, new Uint8Array(Buffer.from(x, 'base64url'))],
          [-3, new Uint8Array(Buffer.from(y, 'base64url'))],
        ]),
      );
      const head = [data(HAS_KEY, 0), Buffer.alloc(16), Buffer.from([0, rawId.length]), rawId];
      const authData = new Uint8Array(Buffer.concat([...head, cose]));
      const attestation = new Map<string, string | Uint8Array | Map<string, string>>([
        ['fmt', 'none'],
        ['attStmt', new Map<string, string>()],
        ['authData', authData],
      ]);
      const attestationObject = Buffer.from(isoCBOR.encode(attestation)).toString('base64url');
      const clientDataJSON = said('webauthn.create', asked).toString('base64url');
      return { ...answer, response: { clientDataJSON, attestationObject } };
    },
    sign(asked: Asked, counter = 0) {
      const [authData, client] = [data(0, counter), said('webauthn.get', asked)];
      const signature = sign('sha256', Buffer.concat([authData, digest(client)]), privateKey);
      return {
        ...answer,
        response: {
          clientDataJSON: client.toString('base64url'),
          authenticatorData: authData.toString('base64url'),
          signature: signature.toString('base64url'),
        },
      };
    },
  };
}
