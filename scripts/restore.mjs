// Fills an empty database from such a file, while nothing runs: `npm run restore -- FILE`. docs/operations.md says more.
import { runDataCommand } from './lib/data-command.mjs';

await runDataCommand('restore', ({ restoreBackup }) => restoreBackup);
