import { settleCardTestingAlerts } from '@/db/queries/card-testing';
import type { Services } from '../context';

export { closeBreaker, openBreaker, readBreaker } from './breaker';
export { refuseStopped, type Stopped, stopCardTesting } from './guard';

export { watchSlowTesting } from './slow';

/** Alerts of card testing put themselves away when payments can be taken again; how many did. */
export const settleCardTesting = (services: Services): Promise<number> =>
  settleCardTestingAlerts(services.db, 'Counterfoil');
