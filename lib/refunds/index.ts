export { createRefund } from './create';
export { listLinkRefunds, readRefund } from './read';
export { resolveRefund } from './resolve';
