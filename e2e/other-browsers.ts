/** Where Firefox and WebKit are; `npm run e2e:browsers` finds them and sets this. */
export const OTHER = JSON.parse(process.env.CF_OTHER_BROWSERS ?? '{}') as {
  firefox: string;
  webkit: { browser: string; driver: string; screen: string; port: number };
};
