export { lastPageCheck } from './last';
export { notePageCheck, type PageLook } from './note';
