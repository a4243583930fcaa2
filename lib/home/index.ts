export { keepFigures } from './figures';
export { readHome, readSetUp } from './read';
