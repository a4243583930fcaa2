/** Finds COMMIT among a client's messages. Source: PostgreSQL 18, "Message Formats": P Parse, B Bind, Q Query. */
const text = (message: Buffer, from: number): string =>
  message.toString('latin1', from, message.indexOf(0, from));
const COMMIT = /^commit\b/i;

const MOST_REMEMBERED = 200_000;

export class CommitFinder {
  private rest = Buffer.alloc(0);
  private started = false;
  /** What was sent since the last commit: statements and their parameters. */
  private transaction = '';
  /** Names of prepared statements that commit. */
  private readonly prepared = new Set<string>();

  /** Whether this chunk completes the commit of a transaction that names `what`; an empty text is named by all. */
  holdsCommit(chunk: Buffer, what: string): boolean {
    this.rest = Buffer.concat([this.rest, chunk]);
    let found = false;
    for (;;) {
      const head = this.started ? 1 : 0;
      if (this.rest.length < head + 4) return found;
      const size = head + this.rest.readUInt32BE(head);
      if (this.rest.length < size) return found;
      const message = this.rest.subarray(0, size);
      this.rest = this.rest.subarray(size);
      // The first message has no type: the startup packet, or a question about encryption, which the answer settles.
      if (this.started) found = this.ends(message, what) || found;
      else this.started = size > 8;
    }
  }

  private ends(message: Buffer, what: string): boolean {
    if (this.isCommit(message)) {
      const named = this.transaction.includes(what);
      this.transaction = '';
      return named;
    }
    this.transaction = (this.transaction + message.toString('latin1')).slice(-MOST_REMEMBERED);
    return false;
  }

  private isCommit(message: Buffer): boolean {
    const type = message.toString('latin1', 0, 1);
    if (type === 'Q') return COMMIT.test(text(message, 5));
    if (type === 'P') {
      const name = text(message, 5);
      const commits = COMMIT.test(text(message, 5 + name.length + 1));
      if (commits) this.prepared.add(name);
      else this.prepared.delete(name);
      return false;
    }
    if (type !== 'B') return false;
    const portal = text(message, 5);
    return this.prepared.has(text(message, 5 + portal.length + 1));
  }
}
