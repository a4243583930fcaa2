import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  /** `npm test` checks the types of the whole house; a first start need not do it again. */
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['@node-rs/argon2', 'pino', 'nodemailer', 'postgres'],
  /** In development each action would be printed with its arguments: passwords, names, amounts. */
  logging: { serverFunctions: false },
  /** Every browser gets title and description in the head of the first HTML, not streamed after the body. */
  htmlLimitedBots: /.*/,
  experimental: { authInterrupts: true },
  /** What a route handler says of its type reaches the compression as a list, which it takes for none. */
  headers: async () =>
    ['/pay/:token', '/unsubscribe/:token', '/verify', '/developers', '/developers/:path*'].map((source) => ({
      source,
      headers: [{ key: 'content-type', value: 'text/html; charset=utf-8' }],
    })),
};

export default config;
