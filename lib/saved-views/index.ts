export { saveListLook } from './look';
export { readListViews } from './read';
export { changeView, deleteView, saveView } from './save';
