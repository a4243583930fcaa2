import { Badge, type Tone } from '@/app/_components/badge';
import { Card } from '@/app/_components/card';
import { Time } from '@/app/_components/time';
import type { MessageState } from '@/core/retry-schedule';
import type { Message } from '@/lib/contracts/payment-links';

const STATES: Record<MessageState, [string, Tone]> = {
  queued: ['Queued', 'plain'],
  sent: ['Sent', 'info'],
  delivered: ['Delivered', 'ok'],
  undelivered: ['Not delivered', 'bad'],
  bounced: ['Came back', 'bad'],
  suppressed: ['Held back', 'warn'],
};

/** Each SMS and e-mail, newest first, with what became of it. */
export function Messages({ messages, zone }: { messages: Message[]; zone: string }) {
  return (
    <Card id="messages" title="Messages">
      {messages.length === 0 && <p className="text-muted">Nothing was sent.</p>}
      <ul className="divide-y divide-line">
        {messages.toReversed().map((message) => {
          const [label, tone] = STATES[message.state as MessageState] ?? [message.state, 'plain'];
          return (
            <li key={message.id} className="py-3 first:pt-0 last:pb-0">
              <div className="flex items-start justify-between gap-3">
                <p className="min-w-0 font-medium break-words">{message.to || 'Address erased'}</p>
                <Badge tone={tone}>{label}</Badge>
              </div>
              <p className="text-sm text-muted">
                {message.channel === 'sms' ? 'SMS' : 'E-mail'}
                {message.template === 'passcode' && ' with a passcode'}
                {message.template === 'reminder' && ' as a reminder'}
                {message.template === 'receipt' && ' with the receipt'} ·{' '}
                <Time at={message.endedAt ?? message.sentAt ?? message.createdAt} zone={zone} />
              </p>
              {message.reason && <p className="mt-1 text-sm text-bad">{message.reason}</p>}
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
