export { addGatewayAccount, createPaymentProfile } from './add';
export { replaceGatewayKey, setNotificationSecret, switchGatewayAccount } from './change';
export {
  type GatewayAccount,
  type GatewayProfile,
  type Gateways,
  listGatewayProfiles,
} from './list';
export { testGatewayAccount } from './test-account';
