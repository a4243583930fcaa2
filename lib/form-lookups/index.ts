export { listLookupCalls } from './log';
export { lookUpForm } from './look-up';
export { listLookupChoices, readFormLookup } from './read';
export { removeFormLookup } from './remove';
export { prepareFormLookup, saveFormLookup } from './save';
export { tryFormLookup } from './try';
