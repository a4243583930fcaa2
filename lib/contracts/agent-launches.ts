import * as z from 'zod';
import { time } from './common';
import { plain } from './text';

/** POST /agent-launches. */
export const createAgentLaunchInput = z.strictObject({
  agent: plain(100).meta({ description: 'A user’s id or e-mail, or how your own system names the agent.' }),
  call: z
    .string()
    .min(1)
    .max(100)
    .optional()
    .meta({ description: 'The call that the agent is on, as the telephony provider names it.' }),
  reference: plain(64).optional().meta({ description: 'Stands in the form when the desk opens.' }),
});

/** The answer: an address for a frame. */
export const agentLaunch = z.strictObject({
  object: z.literal('agent_launch'),
  agent: z.strictObject({ id: z.string(), name: z.string() }),
  url: z.url().meta({ description: 'Opens the agent’s desk once, until `expiresAt`. Keep it out of logs.' }),
  expiresAt: time,
});
export type AgentLaunch = z.output<typeof agentLaunch>;
