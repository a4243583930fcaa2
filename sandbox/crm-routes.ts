/** The addresses of the merchant's own system: look up, in two ways of answering; write back; a token for either. */
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Webhook } from 'standardwebhooks';
import * as z from 'zod';
import { toDecimal } from '@/core/money';
import { type Proof, referenceOf } from './crm';
import { crmPage } from './crm-page';
import { underFault } from './faults';
import { type Answer, type Call, failure, type Guard, json, type Reply, type Route } from './http';
import type { World } from './world';

/** What the two other ways of proving oneself take: they guard nothing. */
export const CRM_CLIENT = { id: 'counterfoil', secret: 'crm-client-secret' } as const;
export const CRM_HEADER = { name: 'x-crm-key', value: 'crm-header-key' } as const;

const TOKEN_SECONDS = 3600;
const question = z.object({
  reference: z.string().nullable().catch(null),
  customerKey: z.string().nullable().catch(null),
  agent: z.object({ name: z.string() }).nullable().catch(null),
});

const headersOf = ({ headers }: IncomingMessage): Record<string, string> =>
  Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? value.join(', ') : (value ?? ''),
    ]),
  );

function isSigned(secret: string | null, call: Call): boolean {
  if (secret === null) return false;
  try {
    new Webhook(secret).verify(call.body, headersOf(call.req), { jsonParse: false });
    return true;
  } catch {
    return false;
  }
}

export class CrmDoor {
  readonly #tokens = new Set<string>();

  constructor(private readonly world: World) {}

  /** How a caller has proved who it is: any one of the three will do. */
  proofOf(call: Call): Proof | null {
    const { authorization = '', [CRM_HEADER.name]: key } = call.req.headers;
    if (this.#tokens.has(authorization.replace(/^Bearer /, ''))) return 'oauth';
    if (key === CRM_HEADER.value) return 'header';
    return isSigned(this.world.env.receiverSecret, call) ? 'signature' : null;
  }

  /** RFC 6749, client credentials. */
  token(call: Call): Reply {
    const form = new URLSearchParams(call.body.toString('utf8'));
    const known = form.get('client_id') === CRM_CLIENT.id && form.get('client_secret') === CRM_CLIENT.secret;
    if (form.get('grant_type') !== 'client_credentials')
      return json(400, { error: 'unsupported_grant_type' });
    if (!known) return json(401, { error: 'invalid_client' });
    const token = randomBytes(24).toString('base64url');
    this.#tokens.add(token);
    return json(200, { access_token: token, token_type: 'Bearer', expires_in: TOKEN_SECONDS });
  }
}

const unproved = (): Answer => failure(401, 'unverified', 'Neither signature, token nor header verifies.');
const statusOf = (reply: Reply): number | null => ('act' in reply ? null : reply.status);

type Style = 'ours' | 'own';

/** In the words of the form, or in words of its own: for the mapping. */
function found(world: World, reference: string | null, customerKey: string | null, style: Style): Answer {
  const known = world.crm.find(reference, customerKey);
  if (!known) return failure(404, 'not_found', 'Nobody is known under this.');
  const { customer, invoice } = known;
  const { key, ...person } = customer;
  if (style === 'own')
    return json(200, {
      record: {
        person: {
          no: key,
          fullName: person.name,
          mail: person.email,
          mobile: person.phone,
          tongue: person.locale,
        },
        invoice: invoice && {
          no: invoice.number,
          total: toDecimal(invoice),
          cur: invoice.currency,
          text: invoice.description,
        },
      },
    });
  const { amountMinor, currency, description, lineItems, number } = invoice ?? {};
  const fields = { customerKey: key, ...(number && { invoice: number }) };
  return json(200, {
    customer: person,
    amountMinor,
    currency,
    description,
    lineItems,
    reference: number,
    fields,
  });
}

async function lookUp(world: World, door: CrmDoor, call: Call, style: Style): Promise<Reply> {
  const { reference, customerKey, agent } = question
    .catch({ reference: null, customerKey: null, agent: null })
    .parse(parsed(call.body));
  const proof = door.proofOf(call);
  const reply = await underFault(world.faults.pick('crm', 'lookup', { reference }), async () =>
    proof === null ? unproved() : found(world, reference, customerKey, style),
  );
  const at = world.now().toISOString();
  const entry = { at, reference: reference ?? customerKey, agent: agent?.name ?? null, proof };
  await world.crm.addLookup({ ...entry, answered: statusOf(reply) });
  return reply;
}

function parsed(body: Buffer): unknown {
  const text = body.toString('utf8');
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}

/** Keeps what is told, once under each key: what comes again is answered the same and marked. */
async function writeBack(world: World, door: CrmDoor, call: Call): Promise<Reply> {
  const body = parsed(call.body);
  const headers = headersOf(call.req);
  const key = headers['idempotency-key'] ?? '';
  const proof = door.proofOf(call);
  const repeated = key !== '' && world.crm.hasSeen(key);
  const kept = async (): Promise<Reply> =>
    proof === null ? unproved() : json(200, { received: true, repeated });
  const reply = await underFault(
    world.faults.pick('crm', 'write_back', { reference: referenceOf(body) }),
    kept,
  );
  await world.crm.addWritten({
    at: world.now().toISOString(),
    method: call.req.method ?? '',
    idempotencyKey: key,
    headers,
    body,
    proof,
    answered: statusOf(reply),
    repeated,
  });
  return reply;
}

export function crmRoutes(world: World, local: Guard): Route[] {
  const door = new CrmDoor(world);
  const guards = [local];
  const post = (path: string, handler: Route['handler']): Route => ({
    method: 'POST',
    path,
    guards,
    handler,
  });
  return [
    { method: 'GET', path: '/crm', guards, handler: () => crmPage(world) },
    post('/crm/token', (call) => door.token(call)),
    post('/crm/lookup', (call) => lookUp(world, door, call, 'ours')),
    post('/crm/records', (call) => lookUp(world, door, call, 'own')),
    post('/crm/write-backs', (call) => writeBack(world, door, call)),
    { method: 'PUT', path: '/crm/write-backs', guards, handler: (call) => writeBack(world, door, call) },
  ];
}
