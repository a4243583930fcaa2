export { type Agent, resolveAgent } from './resolve';
