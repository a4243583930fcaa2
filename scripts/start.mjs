// Starts Counterfoil: `npm start`, `npm start -- --reset`, `npm run dev`.
// This file and node-version.mjs must parse on old Nodes, to be able to say that they are too old.
import { nodeSentence } from './lib/node-version.mjs';

var tooOld = nodeSentence(process.version);
if (tooOld) {
  console.error(tooOld);
  process.exit(1);
}
import('./lib/start.mjs')
  .then((module) => module.start(process.argv.slice(2)))
  .catch((error) => {
    var problem = error || {};
    console.error((problem.forPeople ? '' : 'Counterfoil could not start: ') + problem.message);
    if (process.env.DEBUG) console.error(error);
    process.exit(1);
  });
