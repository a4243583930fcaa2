/** Every SMS and e-mail that reached the sandbox, kept on the disk, with the outcome its address asks for. */
import { Journal } from './journal';

export type MessageStatus = 'queued' | 'delivered' | 'undelivered' | 'bounced';
export type MessageOutcome = Exclude<MessageStatus, 'queued'>;

export type Message = {
  id: string;
  channel: 'sms' | 'email';
  to: string;
  from: string;
  subject: string | null;
  text: string;
  html: string | null;
  links: string[];
  status: MessageStatus;
  at: string;
};
/** `reference` is the sender's own id of the message (msg_…); only a message that has one is reported on. */
export type StoredMessage = Message & { reference: string | null; reported: boolean };

type InboxRecord =
  | { type: 'message'; message: StoredMessage }
  | { type: 'status'; id: string; status: MessageOutcome }
  | { type: 'reported'; id: string };

/** The oldest messages beyond this many are forgotten. */
const CAP = 20_000;

/** The outcome by magic number or address; null is never reported. */
export function outcomeOf(channel: Message['channel'], to: string): MessageOutcome | null {
  if (channel === 'email') return /^bounce@/i.test(to) ? 'bounced' : 'delivered';
  const digits = to.replace(/\D/g, '');
  if (digits.endsWith('0998')) return null;
  return digits.endsWith('0999') ? 'undelivered' : 'delivered';
}

/** Addresses in text and in the links of mail HTML, each once, in order. */
export function linksIn(text: string, html: string | null): string[] {
  const found = [...text.matchAll(/https?:\/\/[^\s<>"')\]]+/g)].map((match) =>
    match[0].replace(/[.,;:!?]+$/, ''),
  );
  for (const match of (html ?? '').matchAll(/href\s*=\s*["'](https?:\/\/[^"']+)["']/gi))
    if (match[1]) found.push(match[1].replaceAll('&amp;', '&'));
  return [...new Set(found)];
}

/** A `+` in a query string arrives as a blank. */
const sameAddress = (wanted: string): string => wanted.replace(/^ /, '+').trim().toLowerCase();

export class Inbox {
  #journal: Journal<InboxRecord>;
  #messages = new Map<string, StoredMessage>();

  private constructor(journal: Journal<InboxRecord>) {
    this.#journal = journal;
  }

  static async open(path: string): Promise<{ inbox: Inbox; droppedBytes: number }> {
    const { journal, records, droppedBytes } = await Journal.open<InboxRecord>(path);
    const inbox = new Inbox(journal);
    for (const record of records) inbox.#apply(record);
    return { inbox, droppedBytes };
  }

  /** Resolves when the message is on the disk. */
  add = (message: StoredMessage): Promise<void> => this.#commit({ type: 'message', message });
  setStatus = (id: string, status: MessageOutcome): Promise<void> =>
    this.#commit({ type: 'status', id, status });
  setReported = (id: string): Promise<void> => this.#commit({ type: 'reported', id });
  get = (id: string): StoredMessage | null => this.#messages.get(id) ?? null;
  settled = (): Promise<void> => this.#journal.settled();
  close = (): Promise<void> => this.#journal.close();
  get failure(): Error | null {
    return this.#journal.failure;
  }

  /** Newest first; `to` null = all. */
  list(to: string | null): StoredMessage[] {
    const wanted = to === null ? null : sameAddress(to);
    const all = [...this.#messages.values()].reverse();
    return wanted === null ? all : all.filter((message) => message.to.toLowerCase() === wanted);
  }

  clear(): Promise<void> {
    this.#messages.clear();
    return this.#journal.clear();
  }

  #commit(record: InboxRecord): Promise<void> {
    this.#apply(record);
    return this.#journal.append(record);
  }

  #apply(record: InboxRecord): void {
    if (record.type === 'message') {
      this.#messages.set(record.message.id, record.message);
      const oldest = this.#messages.size > CAP ? this.#messages.keys().next().value : undefined;
      if (oldest !== undefined) this.#messages.delete(oldest);
      return;
    }
    const message = this.#messages.get(record.id);
    if (!message) return;
    const change = record.type === 'status' ? { status: record.status } : { reported: true };
    this.#messages.set(record.id, { ...message, ...change });
  }
}

/** A message as control shows it. */
export function messageView({ reference: _, reported: __, ...message }: StoredMessage): Message {
  return message;
}
