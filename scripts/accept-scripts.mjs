// `npm run scripts:accept`: what is built now becomes what docs/scripts.json allows around a payer's card.
import { ensureInstalled } from './lib/install.mjs';
import { acceptScripts } from './lib/manifest.mjs';
import { runMain } from './lib/say.mjs';

await runMain(async () => {
  await ensureInstalled();
  const accepted = await acceptScripts();
  console.log(accepted.length > 0 ? `Accepted: ${accepted.join('; ')}.` : 'docs/scripts.json is as built.');
});
