import { appendFileSync } from 'node:fs';

/** Writes a line for each test that held only at its second try, with what the first one said. */
export default class UnsteadyReporter {
  onTestCaseResult(test) {
    if (!test.diagnostic()?.flaky) return;
    const [error] = test.result().errors ?? [];
    const said = error ? `: ${error.message.split('\n')[0]}` : '';
    appendFileSync(process.env.UNSTEADY_FILE, `${test.fullName}${said}\n`);
  }
}
