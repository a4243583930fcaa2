export { eraseCustomer } from './erase';
