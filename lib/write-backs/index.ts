export { readWriteBack } from './read';
export { prepareWriteBack, saveWriteBack } from './save';
