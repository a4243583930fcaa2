/** One notice of the gateway on its way to the portal: held, and then told, lost, told twice, or told after others. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { Case } from './case';
import { call } from './http';
import { becomes, untilAnswered } from './patience';
import { type Exchange, isEvent } from './switchboard';

export type NoticeWay = 'before the answer' | 'lost' | 'twice' | 'out of order';

const ARRIVES_MS = 40_000;
const APPLIED_MS = 40_000;
/** What a notice is signed by: sent again with these, it is the same notice. */
const SIGNED = ['content-type', 'webhook-id', 'webhook-timestamp', 'webhook-signature'];

const within = <T>(ms: number, work: Promise<T>, what: string): Promise<T> =>
  Promise.race([work, sleep(ms).then(() => Promise.reject(new Error(what)))]);

export class Notice {
  private readonly held;

  /** From now on the next notice of this type about the payment waits on the wire. */
  constructor(
    private readonly one: Case,
    private readonly type: string,
  ) {
    this.held = one.switchboard.hold(one.name, 'inbound.asked', isEvent(type));
  }

  /** Resolves when it has come to the wire. */
  arrives(): Promise<Exchange> {
    return within(ARRIVES_MS, this.held.reached, `${this.type} of ${this.one.name} never came`);
  }

  /** Lets it go on; resolves when the portal has acted upon it, or, where it is lost, at once. */
  async tell(way: NoticeWay): Promise<void> {
    const notice = await this.arrives();
    if (way === 'lost') return this.held.release({ act: 'swallow' });
    this.held.release(way === 'twice' ? { act: 'duplicate' } : undefined);
    await this.isApplied(notice);
    if (way !== 'twice') return;
    const { urls } = this.one.bench.house.config;
    const headers = Object.fromEntries(SIGNED.map((name) => [name, notice.header(name)]));
    const body = notice.body.toString();
    const url = urls.portal + notice.path;
    const again = await untilAnswered(async () => {
      const reply = await call({ url, method: 'POST', headers, body });
      if (!reply) throw new Error('a notice told again was not answered');
      return reply;
    });
    if (again.status !== 204) throw new Error(`a notice told again was answered ${again.status}`);
  }

  private async isApplied(notice: Exchange): Promise<void> {
    const { sql } = this.one.bench.house;
    const id = notice.header('webhook-id');
    const isApplied = async () => {
      const rows = await untilAnswered(
        async () => await sql`select state from gateway_notifications where gateway_id = ${id}`,
      );
      return rows.length > 0 && rows[0]?.state !== 'received';
    };
    if (await becomes(isApplied, APPLIED_MS)) return;
    throw new Error(`${this.type} of ${this.one.name} was never applied`);
  }
}
