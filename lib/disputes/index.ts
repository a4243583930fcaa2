export { listLinkDisputes } from './read';
