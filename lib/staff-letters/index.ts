export { sendStaffLetter } from './send';
