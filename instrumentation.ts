/** Runs once when the portal starts. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME === 'nodejs') await (await import('./app/_server/start')).startPortal();
}
