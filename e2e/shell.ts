import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const MARK = 'e2e-shell-done';

/** A shell as a developer has it, in a folder with the demo's `data/first-run.json`. What is exported stays. */
export class Shell {
  readonly folder = mkdtempSync(path.join(tmpdir(), 'counterfoil-shell-'));
  private readonly bash: ChildProcessWithoutNullStreams;
  private output = '';

  /** `tellsStatus`: curl adds the HTTP status as a last line. */
  constructor({ tellsStatus = false } = {}) {
    mkdirSync(path.join(this.folder, 'data'));
    copyFileSync(process.env.CF_FIRST_RUN ?? '', path.join(this.folder, 'data', 'first-run.json'));
    if (tellsStatus) writeFileSync(path.join(this.folder, '.curlrc'), 'write-out = "\\n%{http_code}"\n');
    this.bash = spawn('bash', ['-s'], { cwd: this.folder, env: { ...process.env, CURL_HOME: this.folder } });
    for (const stream of [this.bash.stdout, this.bash.stderr])
      stream.on('data', (chunk) => {
        this.output += chunk;
      });
  }

  /** Runs a text as it stands; what it printed. Throws when its last command failed. */
  async run(text: string): Promise<string> {
    this.output = '';
    this.bash.stdin.write(`${text}\nprintf '\\n%s %s\\n' ${MARK} $?\n`);
    for (let i = 0; i < 600; i++) {
      const done = new RegExp(`\\n${MARK} (\\d+)\\n`).exec(this.output);
      const printed = done && this.output.slice(0, done.index);
      if (done && done[1] !== '0') throw new Error(`${text}\nended with ${done[1]}: ${printed}`);
      if (printed !== null) return printed;
      await new Promise((next) => setTimeout(next, 50));
    }
    throw new Error(`${text}\ndid not end: ${this.output}`);
  }

  close(): void {
    this.bash.kill();
    rmSync(this.folder, { recursive: true, force: true });
  }
}
