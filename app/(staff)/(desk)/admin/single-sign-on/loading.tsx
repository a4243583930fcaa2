export { default } from '../money/loading';
