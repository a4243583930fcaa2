import { spawn } from 'node:child_process';
import { ROOT } from './say.mjs';

const running = new Set();

/** Ends every command that `run` started and that still runs. */
export function stopCommands(signal = 'SIGTERM') {
  for (const child of running) child.kill(signal);
}

/**
 * Runs a command in the project's folder.
 * `show: true` passes its output on, otherwise it is collected. Gives {code, output}, where `code` is the name of the signal
 * that ended it, if one did; never throws for a bad exit.
 */
export function run(command, args, { env = process.env, show = false, cwd = ROOT } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'] });
    running.add(child);
    let output = '';
    const collect = (chunk) => {
      output = (output + chunk).slice(-200_000);
    };
    child.stdout?.on('data', collect);
    child.stderr?.on('data', collect);
    const done = (code, text) => {
      running.delete(child);
      resolve({ code, output: text });
    };
    child.once('error', (error) => done(127, error.message));
    child.once('close', (code, signal) => done(code ?? signal, output));
  });
}

/** A program of node_modules, run by this Node, without npx (which leaves its child behind when it is killed). */
export const runModule = (path, args, options) =>
  run(process.execPath, [`${ROOT}/node_modules/${path}`, ...args], options);
