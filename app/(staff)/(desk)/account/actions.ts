'use server';
import { staffAction } from '@/app/_server/staff';
import { changePassword, endOwnSessions, saveTimeZone } from '@/lib/auth';

/** In which zone times are shown to this person; empty: in the merchant's. */
export const setTimeZone = staffAction('set_time_zone', ({ ctx }, zone: string) =>
  saveTimeZone(ctx, { timeZone: zone === '' ? null : zone }),
);

export const setPassword = staffAction('change_password', ({ ctx, session }, input: object) =>
  changePassword(ctx, session, input),
);

export const endSession = staffAction('end_session', ({ ctx }, id: string) =>
  endOwnSessions(ctx, { only: String(id) }),
);

export const endOtherSessions = staffAction('end_other_sessions', ({ ctx, session }) =>
  endOwnSessions(ctx, { others: session.id }),
);
