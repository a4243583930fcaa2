export { listApiRequests, readApiRequest } from './read';
export { type Answered, RequestLog } from './record';
