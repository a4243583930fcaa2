export { changeOwnDomain, type OwnDomain, readOwnDomain } from './own-domain';
