/** Decides what becomes of a message shortly after it came, and tells the portal. */
import { newId } from './ids';
import { type MessageOutcome, outcomeOf, type StoredMessage } from './inbox';
import { type Delivery, RESUME_WITHIN_MS, SignedPosts } from './signed-posts';
import type { Timers } from './timers';
import type { World } from './world';

const OUTCOME_AFTER_MS = 50;
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
};

export function outcomeReports(world: World, timers: Timers): OutcomeReports {
  const posts = new SignedPosts(world, timers);
  const report = async (message: StoredMessage, status: MessageOutcome): Promise<void> => {
    await world.inbox.setStatus(message.id, status);
    if (message.reference === null) return;
    const reason = REASON[status];
    const id = `rpt_${message.id}`;
    const body = { id, message: message.reference, status, ...(reason ? { reason } : {}) };
    const delivery: Delivery = {
      id,
      path: '/api/inbound/messages',
      secret: world.env.messagingSecret,
      payload: JSON.stringify(body),
      wanted: () => true,
      done: () => world.inbox.setReported(message.id),
    };
    const target = message.channel === 'sms' ? 'sms' : 'smtp';
    const fault = world.faults.pick(target, 'report', { reference: message.reference, to: message.to });
    if (fault?.kind === 'lose') return;
    if (fault?.kind === 'duplicate') timers.later(0, () => posts.deliver(delivery));
    timers.later(fault?.kind === 'delay' ? (fault.delayMs ?? 0) : 0, () => posts.deliver(delivery));
  };
  const follow = (message: StoredMessage): void => {
    const outcome = outcomeOf(message.channel, message.to);
    if (outcome) timers.later(OUTCOME_AFTER_MS, () => report(message, outcome));
  };
  return {
    follow,
    resume: () => {
      const since = new Date(world.now().getTime() - RESUME_WITHIN_MS).toISOString();
      for (const message of world.inbox.list(null))
        if (message.at >= since && (message.status === 'queued' || (message.reference && !message.reported)))
          follow(message);
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
