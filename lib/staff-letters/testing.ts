import { startPasswordReset } from '../auth/reset';
import type { Mail, SendResult } from '../messaging/port';
import { systemCtx } from '../system';
import type { TestHouse } from '../testing';
import { sendStaffLetter } from '.';

type Payload = Parameters<typeof sendStaffLetter>[1] & { merchantId: number };
type Asked = Parameters<typeof startPasswordReset>[1];

/** The letters to staff that wait, written and handed over as the worker does it; what waits for nothing else is gone then. */
export async function deliverLetters(
  { database, services }: TestHouse,
  answer: SendResult = { kind: 'accepted' },
): Promise<Mail[]> {
  const take = <T>(task: string) => database.sql<{ payload: T }[]>`
    with taken as (delete from graphile_worker._private_jobs using graphile_worker._private_tasks t
      where t.id = task_id and t.identifier = ${task} returning payload) select payload from taken`;
  for (const { payload } of await take<Asked>('start_password_reset'))
    await startPasswordReset(services, payload);
  const sent: Mail[] = [];
  const send = async (mail: Mail) => {
    sent.push(mail);
    return answer;
  };
  for (const { payload } of await take<Payload>('send_staff_letter')) {
    const { merchantId, ...queued } = payload;
    await sendStaffLetter(systemCtx(services, merchantId, 'job_1'), queued, { send }, true);
  }
  return sent;
}

/** The secret of the link that a letter carries. */
export const secretIn = ({ text }: Mail): string => /#([\w-]{43})/.exec(text)?.[1] ?? '';
