import { readFileSync } from 'node:fs';
import semver from 'semver';
import { expect, test } from 'vitest';

type Locked = {
  version?: string;
  engines?: { node?: string };
  hasInstallScript?: boolean;
  optional?: boolean;
};
const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as { packages: Record<string, Locked> };
const manifest = JSON.parse(readFileSync('package.json', 'utf8')) as {
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  allowScripts: Record<string, boolean>;
};
const packages = Object.entries(lock.packages).filter(([place]) => place !== '');
const nameOf = (place: string) => place.slice(place.lastIndexOf('node_modules/') + 13);

/** The oldest versions without known holes, kept by hand. Last looked at: 2026-11-24. */
const FLOORS: Record<string, string> = {
  next: '16.4.5',
  'next-auth': '4.24.15',
  'drizzle-orm': '0.45.2',
  nodemailer: '10.0.0',
  react: '19.3.1',
  undici: '7.30.2',
};

test('no package is older than the floor kept for it', () => {
  const old = packages.filter(([place, { version }]) => {
    const floor = FLOORS[nameOf(place)];
    return floor !== undefined && (!version || semver.lt(version, floor));
  });
  expect(old.map(([place]) => place)).toEqual([]);
});

test('every package runs on Node 20.20, 22 and 24', () => {
  const refusing = packages.filter(([, { engines, optional }]) => {
    const range = engines?.node;
    return range && !optional && !['20.20.0', '22.23.0', '24.21.0'].every((v) => semver.satisfies(v, range));
  });
  expect(refusing.map(([place, { engines }]) => `${place} ${engines?.node}`)).toEqual([]);
});

test('every package with an install script is named in allowScripts', () => {
  const unnamed = packages.filter(
    ([place, { hasInstallScript }]) => hasInstallScript && !(nameOf(place) in manifest.allowScripts),
  );
  expect(unnamed.map(([place]) => place)).toEqual([]);
});

test('versions are exact and nothing names a registry host', () => {
  const loose = Object.entries({ ...manifest.dependencies, ...manifest.devDependencies }).filter(
    ([, version]) => semver.valid(version) === null,
  );
  expect(loose).toEqual([]);
  expect(readFileSync('package-lock.json', 'utf8')).not.toContain('"resolved": "http');
});
