export { apiAddress } from './curl';
export { openApiDocument } from './document';
