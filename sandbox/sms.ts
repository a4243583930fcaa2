import * as z from 'zod';
import { underFault } from './faults';
import { bearer, type Guard, json, jsonBody, type Route } from './http';
import { linksIn } from './inbox';
import { arrived, type OutcomeReports } from './outcome-reports';
import type { World } from './world';

const smsInput = z.strictObject({
  to: z.string().regex(/^\+[1-9]\d{6,14}$/, 'a number in E.164'),
  from: z.string().min(1).max(20),
  text: z.string().min(1).max(1600),
  reference: z.string().regex(/^[A-Za-z0-9_-]{1,100}$/),
});

/** The SMS provider: takes a message, answers `queued`, and reports the outcome later. */
export function smsRoutes(world: World, reports: OutcomeReports, local: Guard): Route[] {
  return [
    {
      method: 'POST',
      path: '/sms/messages',
      guards: [local, bearer(world.env.smsKey)],
      handler: (call) => {
        const input = jsonBody(call, smsInput, 400);
        return underFault(world.faults.pick('sms', 'send', input), async () => {
          const links = linksIn(input.text, null);
          const message = arrived(world, { channel: 'sms', ...input, subject: null, html: null, links });
          await world.inbox.add(message);
          reports.follow(message);
          return json(202, { id: message.id, status: 'queued' });
        });
      },
    },
  ];
}
