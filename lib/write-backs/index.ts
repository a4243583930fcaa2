export { readWriteBack } from './read';
export { saveWriteBack } from './save';
