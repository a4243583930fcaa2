/** The card gateway's rooms behind one bearer key. */
import { underFault } from './faults';
import { authorizer } from './gateway-authorize';
import type { Gateway } from './gateway-books';
import { nothing } from './gateway-input';
import { prepare } from './gateway-intents';
import { captureCall, fence, knownPayment, readRoutes, voidPayment } from './gateway-payments';
import { refundHandler, refundReadRoutes } from './gateway-refunds';
import { reportRoutes } from './gateway-report';
import { bearer, type Call, jsonBody, type Reply, type Route } from './http';
import type { Payment } from './ledger-records';

export function gatewayRoutes(gateway: Gateway): Route[] {
  type Verb = (gateway: Gateway, payment: Payment, call: Call) => Promise<Reply>;
  const on = (operation: string, verb: Verb): Route => ({
    method: 'POST',
    path: `/gateway/payments/:id/${operation}`,
    handler: (call) =>
      underFault(gateway.faults.pick('gateway', operation, knownPayment(gateway, call)), () =>
        verb(gateway, knownPayment(gateway, call), call),
      ),
  });
  const voidCall: Verb = (_, payment, call) => {
    if (call.body.length > 0) jsonBody(call, nothing, 400);
    return voidPayment(gateway, payment);
  };
  const refund = refundHandler(gateway, (call) => knownPayment(gateway, call));
  const routes: Route[] = [
    { method: 'POST', path: '/gateway/intents', handler: (call) => prepare(gateway, call) },
    { method: 'POST', path: '/gateway/payments', handler: authorizer(gateway) },
    ...readRoutes(gateway),
    on('capture', captureCall),
    on('void', voidCall),
    { method: 'POST', path: '/gateway/payments/:id/refunds', handler: refund },
    ...refundReadRoutes(gateway),
    { method: 'POST', path: '/gateway/void-by-reference', handler: (call) => fence(gateway, call) },
    ...reportRoutes(gateway),
  ];
  return routes.map((route) => ({ ...route, guards: [bearer(gateway.env.gatewayKey)] }));
}
