export { prepareBulkAct } from './prepare';
export { listBulkActs, listLeftLinks, readBulkAct } from './read';
export { runBulkAct } from './run';
export { startBulkAct } from './start';
export { stopBulkAct } from './stop';
