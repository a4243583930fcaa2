import type { GatewayKind } from '@/db/schema';
import type { Config } from '../context';

/** Whether this installation may take money over that gateway: production refuses the sandbox's, which moves none. */
export const isAdmitted = ({ mode }: Pick<Config, 'mode'>, gateway: GatewayKind): boolean =>
  mode === 'demo' || gateway !== 'sandbox';
