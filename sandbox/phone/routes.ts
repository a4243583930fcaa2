/** The telephone's addresses: for the portal, for people and for tests. None of them where it has no keys. */
import { loopbackOnly, sameOriginOnly } from '../control';
import type { Route } from '../http';
import { telephonyRoutes } from './api';
import { controlPhoneRoutes } from './control';
import { phonePageRoutes } from './page-routes';
import type { Phone } from './phone';

export function phoneRoutes(phone: Phone): Route[] {
  const { env, url } = phone.world;
  if (env.telephonyKey === null || env.telephonySecret === null) return [];
  const guards = [loopbackOnly, sameOriginOnly(url)];
  const guarded = [...phonePageRoutes(phone), ...controlPhoneRoutes(phone)];
  return [...telephonyRoutes(phone, loopbackOnly), ...guarded.map((route) => ({ ...route, guards }))];
}
