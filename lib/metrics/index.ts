export { exposition, mayRead } from './exposition';
export { measureRequests } from './http';
export { counted } from './logged';
