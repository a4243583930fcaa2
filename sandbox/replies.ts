/** What people answer to an SMS: the carrier passes it on, as it would to any sender. */
import * as z from 'zod';
import { empty, failure, type Guard, json, jsonBody, type Reply, type Route } from './http';
import { newId } from './ids';
import type { StoredMessage } from './inbox';
import { SignedPosts } from './signed-posts';
import type { Timers } from './timers';
import type { World } from './world';

const replyInput = z.strictObject({ text: z.string().min(1).max(1600) });

export function replyRoutes(world: World, timers: Timers, guards: readonly Guard[]): Route[] {
  const posts = new SignedPosts(world, timers);
  const pass = ({ to: from, from: to }: StoredMessage, text: string): string => {
    const id = newId('mo');
    const body = { id, from, to, text, at: world.now().toISOString() };
    const { messagingSecret: secret } = world.env;
    const sent = { id, path: '/api/inbound/sms', secret, payload: JSON.stringify(body) };
    timers.later(0, () => posts.deliver({ ...sent, wanted: () => true, done: async () => {} }));
    return id;
  };
  const answer = (id: string, text: string, done: (message: StoredMessage, id: string) => Reply): Reply => {
    const message = world.inbox.get(id);
    if (message?.channel !== 'sms') return failure(404, 'not_found', 'There is no such SMS.');
    return done(message, pass(message, text));
  };
  return [
    {
      method: 'POST',
      path: '/control/inbox/:id/reply',
      guards,
      handler: (call) =>
        answer(call.params.id ?? '', jsonBody(call, replyInput).text, (_, id) => json(202, { id })),
    },
    {
      method: 'POST',
      path: '/inbox/:id/reply',
      guards,
      handler: ({ params, body }) => {
        const text = new URLSearchParams(body.toString('utf8')).get('text')?.trim() ?? '';
        return answer(params.id ?? '', text.slice(0, 1600), ({ to }) =>
          empty(303, { location: `/inbox?to=${encodeURIComponent(to)}&replied` }),
        );
      },
    },
  ];
}
