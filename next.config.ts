import type { NextConfig } from 'next';

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  images: { unoptimized: true },
  /** `npm test` checks the types of the whole house; a first start need not do it again. */
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['@node-rs/argon2', 'pino', 'nodemailer', 'postgres'],
  experimental: { authInterrupts: true },
};

export default config;
