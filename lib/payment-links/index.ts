export { COUNTED_LINKS } from '@/db/queries/link-counts';
export { cancelPaymentLink } from './cancel';
export { type ChangedLinks, readChangedLinks } from './changed';
export { type FilterChoices, listFilterChoices } from './choices';
export { countPaymentLinks, type LinkCounts } from './count';
export { createPaymentLink, preparePaymentLink } from './create';
export { type DeskLink, type DeskPage, listDeskLinks } from './desk';
export { exportChosenLinks, exportPaymentLinks, mayExportLinks } from './export';
export { fetchDetails } from './fetch-details';
export {
  type AttemptHistory,
  type DeliveryView,
  type LinkHistory,
  readLinkHistory,
  type Standing,
  type TimelineEvent,
} from './history';
export { listPaymentLinks } from './list';
export { type LinkName, type LinkNames, nameLinks } from './names';
export { recordOpened } from './open';
export { listLinkEvents, listLinkMessages, listPaymentAttempts, readPaymentLink } from './read';
export { reissuePaymentLink } from './reissue';
export type { Contact, ReminderPlan } from './reminder-plan';
export { sendPaymentLink } from './send';
export { unlockPaymentLink } from './unlock';
export { updatePaymentLink } from './update';
export { type LinkWatch, watchPaymentLinks } from './watch';
