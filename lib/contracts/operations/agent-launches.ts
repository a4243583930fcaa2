import { agentLaunch, createAgentLaunchInput } from '../agent-launches';
import type { Operation } from './operation';

export const AGENT_LAUNCH_OPERATIONS: readonly Operation[] = [
  {
    id: 'createAgentLaunch',
    method: 'POST',
    path: '/agent-launches',
    tag: 'Payment sessions',
    summary: 'Get an address that opens the agent’s desk in a frame',
    description:
      'For a page of your own system, whose origin the operator has allowed to frame the desk. The address works once, within five minutes. An `agent` that is no user of yours is taken as you name it.',
    scope: 'payment_sessions:create',
    body: { schema: createAgentLaunchInput },
    tellsSecret: true,
    answer: { status: 201, schema: agentLaunch, description: 'The address.' },
    example: {
      request: { agent: 'sam@juniper.example', call: 'call-4711', reference: 'order-1042' },
      response: {
        object: 'agent_launch',
        agent: { id: 'user_01kb1v2m4hefqs8y0t3w5z7r9c', name: 'Sam' },
        url: 'https://pay.example.com/agent-frame?call=call-4711&reference=order-1042#launch=cfl_Zx7aHRlZ3BhdGlvbnRva2VuMDAxMjM',
        expiresAt: '2026-11-24T09:05:00.000Z',
      },
    },
  },
];
