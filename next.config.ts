import type { NextConfig } from 'next';
import { TAKES_GZIP } from './app/pay/_page/squeeze';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  /** `npm test` checks the types of the whole house; a first start need not do it again. */
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['@node-rs/argon2', 'pino', 'nodemailer', 'postgres', 'prom-client'],
  /** In development each action would be printed with its arguments: passwords, names, amounts. */
  logging: { serverFunctions: false },
  /** Every browser gets title and description in the head of the first HTML, not streamed after the body. */
  htmlLimitedBots: /.*/,
  experimental: { authInterrupts: true },
  headers: async () => [SQUEEZED, ...TYPED],
};

/** A pay page is compressed where it is made; what a route handler says of an encoding is not sent on (ADR 0094). */
const SQUEEZED = {
  source: '/pay/:token',
  has: [{ type: 'header' as const, key: 'accept-encoding', value: TAKES_GZIP }],
  headers: [{ key: 'content-encoding', value: 'gzip' }],
};

/** What a route handler says of its type reaches the compression as a list, which it takes for none. */
const TYPED = ['/unsubscribe/:token', '/verify', '/developers', '/developers/:path*'].map((source) => ({
  source,
  headers: [{ key: 'content-type', value: 'text/html; charset=utf-8' }],
}));

export default config;
