export { type Asking, askingFor } from './asking';
export { decideLinkRequest } from './decide';
export { listLinkRequests } from './list';
export { requestNewLink } from './request';
