export { previewMessage } from './preview';
export { listOwnSentences, saveOwnSentence } from './save';
