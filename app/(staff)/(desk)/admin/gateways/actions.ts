'use server';
import { staffAction } from '@/app/_server/staff';
import {
  addGatewayAccount,
  createPaymentProfile,
  replaceGatewayKey,
  setNotificationSecret,
  switchGatewayAccount,
  testGatewayAccount,
} from '@/lib/gateway-accounts';
import { changeProfileBasics, makeDefaultProfile } from '@/lib/payment-profiles';

/** Asks the gateway something harmless; what is wrong, or null. */
export const testAccount = staffAction('test_gateway_account', ({ ctx }, id: string) =>
  testGatewayAccount(ctx, String(id)),
);

/** An account that new payments of a profile go to. */
export const addAccount = staffAction('add_gateway_account', ({ ctx }, input: object) =>
  addGatewayAccount(ctx, input),
);

export const replaceKey = staffAction('replace_gateway_key', ({ ctx }, input: object) =>
  replaceGatewayKey(ctx, input),
);

export const setSecret = staffAction('set_notification_secret', ({ ctx }, input: object) =>
  setNotificationSecret(ctx, input),
);

export const switchAccount = staffAction('switch_gateway_account', ({ ctx }, id: string) =>
  switchGatewayAccount(ctx, String(id)),
);

/** A payment profile with its account. */
export const createProfile = staffAction('create_payment_profile', ({ ctx }, input: object) =>
  createPaymentProfile(ctx, input),
);

/** Name, on or off, and when money is captured. */
export const changeBasics = staffAction('change_profile_basics', ({ ctx }, input: object) =>
  changeProfileBasics(ctx, input),
);

export const makeDefault = staffAction('make_default_profile', ({ ctx }, id: string) =>
  makeDefaultProfile(ctx, String(id)),
);
