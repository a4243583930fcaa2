export { createCompatibleSession } from './create';
export { type CompatibleError, errorOf, type Told } from './errors';
export { readCompatibleSession, sessionOfGuid } from './read';
export {
  changeCompatibility,
  prepareCompatibleWebhook,
  readCompatibility,
  type SavedCompatibility,
  saveCompatibleWebhook,
} from './settings';
