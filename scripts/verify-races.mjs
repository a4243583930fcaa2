// Two payers, agent and payer, cancel and pay, refund and refund, each raced a thousand times: `npm run verify:races`.
import { ensureInstalled } from './lib/install.mjs';
import { runModule } from './lib/run.mjs';
import { runMain } from './lib/say.mjs';

await runMain(async () => {
  await ensureInstalled();
  const env = { RACE_ROUNDS: '1000', ...process.env };
  const { code } = await runModule('vitest/vitest.mjs', ['run', 'lib/races'], { env, show: true });
  process.exitCode = code === 0 ? 0 : 1;
});
