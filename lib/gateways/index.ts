import type { SubmitGrant } from '@/core/card-ticket';
import type { ProfileRow } from '@/db/queries/merchants';
import type { Config } from '../context';
import { seal, unseal } from '../crypto';
import type { Gateway } from './port';
import { sandboxGateway } from './sandbox';

export type { Expected, FenceResult, Gateway, ReadResult } from './port';

const secretContext = (merchantId: number, profileId: string) => `gateway_secret:${merchantId}:${profileId}`;

/** A gateway's API key as it is kept in a profile's row. */
export const sealGatewaySecret = (
  config: Config,
  merchantId: number,
  profileId: string,
  secret: string,
): string => seal(config.dataKey, secret, secretContext(merchantId, profileId));

/** Where and with which key to reach a profile's gateway. In memory only, for one call. */
export const gatewayAccount = (config: Config, profile: ProfileRow): SubmitGrant['gateway'] => ({
  kind: profile.gateway,
  url: profile.gatewayUrl,
  apiKey: unseal(config.dataKey, profile.gatewaySecret, secretContext(profile.merchantId, profile.id)),
});

/** The portal-side adapter of a profile's gateway. */
export function gatewayFor(config: Config, profile: ProfileRow): Gateway {
  const { url, apiKey } = gatewayAccount(config, profile);
  switch (profile.gateway) {
    case 'sandbox':
      return sandboxGateway(url, apiKey);
  }
}
