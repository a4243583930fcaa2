/** Tells the portal what became of a message, signed as Standard Webhooks, again and again until it says 2xx. */
import { Webhook } from 'standardwebhooks';
import { sleep } from './faults';
import { newId } from './ids';
import { type MessageOutcome, outcomeOf, type StoredMessage } from './inbox';
import { messageOf } from './log';
import type { World } from './world';

const OUTCOME_AFTER_MS = 50;
const RETRY_MS = [250, 500, 1_000, 2_000, 4_000, 8_000, 15_000, 30_000, 30_000];
const RESUME_WITHIN_MS = 3_600_000;
const REASON: Record<MessageOutcome, string | null> = {
  delivered: null,
  undelivered: 'unreachable number',
  bounced: 'no such mailbox',
};

export type OutcomeReports = {
  /** Takes a message over: decides its outcome shortly after and reports it. */
  follow: (message: StoredMessage) => void;
  /** Takes up what a stop or crash left unreported. */
  resume: () => void;
  stop: () => void;
};

type Body = { id: string; message: string; status: MessageOutcome; reason?: string };

/** One try. True when the portal answered 2xx. */
async function post(world: World, body: Body): Promise<boolean> {
  const payload = JSON.stringify(body);
  const now = world.now();
  try {
    const answer = await fetch(`${world.env.portalUrl}/api/inbound/messages`, {
      method: 'POST',
      redirect: 'manual',
      signal: AbortSignal.timeout(5_000),
      headers: {
        'content-type': 'application/json',
        'webhook-id': body.id,
        'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
        'webhook-signature': new Webhook(world.env.messagingSecret).sign(body.id, now, payload),
      },
      body: payload,
    });
    await answer.body?.cancel();
    return answer.ok;
  } catch (error) {
    world.log('outcome_report_failed', { report: body.id, reason: messageOf(error) });
    return false;
  }
}

export function outcomeReports(world: World): OutcomeReports {
  const timers = new Set<NodeJS.Timeout>();
  let stopped = false;
  const later = (ms: number, work: () => Promise<void>): void => {
    if (stopped) return;
    const timer = setTimeout(() => {
      timers.delete(timer);
      work().catch((error: unknown) => world.log('outcome_report_broken', { reason: messageOf(error) }));
    }, ms);
    timers.add(timer);
  };
  const deliver = async (message: StoredMessage, body: Body, tries: number): Promise<void> => {
    if (await post(world, body)) return world.inbox.setReported(message.id);
    const delay = RETRY_MS[tries];
    if (delay === undefined) world.log('outcome_report_given_up', { report: body.id, message: body.message });
    else later(delay, () => deliver(message, body, tries + 1));
  };
  const report = async (message: StoredMessage, status: MessageOutcome): Promise<void> => {
    await world.inbox.setStatus(message.id, status);
    if (message.reference === null) return;
    const reason = REASON[status];
    const body = {
      id: `rpt_${message.id}`,
      message: message.reference,
      status,
      ...(reason ? { reason } : {}),
    };
    const target = message.channel === 'sms' ? 'sms' : 'smtp';
    const fault = world.faults.pick(target, 'report', { reference: message.reference, to: message.to });
    if (fault?.kind === 'lose') return;
    if (fault?.kind === 'delay') await sleep(fault.delayMs ?? 0);
    if (fault?.kind === 'duplicate') later(0, () => deliver(message, body, 0));
    await deliver(message, body, 0);
  };
  const follow = (message: StoredMessage): void => {
    const outcome = outcomeOf(message.channel, message.to);
    if (outcome) later(OUTCOME_AFTER_MS, () => report(message, outcome));
  };
  return {
    follow,
    resume: () => {
      const since = new Date(world.now().getTime() - RESUME_WITHIN_MS).toISOString();
      for (const message of world.inbox.list(null))
        if (message.at >= since && (message.status === 'queued' || (message.reference && !message.reported)))
          follow(message);
    },
    stop: () => {
      stopped = true;
      for (const timer of timers) clearTimeout(timer);
    },
  };
}

/** A new message as it enters the inbox. */
export function arrived(
  world: World,
  message: Pick<
    StoredMessage,
    'channel' | 'to' | 'from' | 'subject' | 'text' | 'html' | 'links' | 'reference'
  >,
): StoredMessage {
  return { id: newId('in'), ...message, status: 'queued', reported: false, at: world.now().toISOString() };
}
