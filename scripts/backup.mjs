// Saves an installation into an encrypted file, while it runs: `npm run backup -- FILE`. docs/operations.md says more.
import { runDataCommand } from './lib/data-command.mjs';

await runDataCommand('backup', ({ saveBackup }) => saveBackup);
