import { readFileSync } from 'node:fs';
import { freshNumber } from './canary';
import { asked, Call, openDesk, startKeypad, tile } from './phone';
import { expect, test, uniqueReference } from './support';

declare global {
  interface Window {
    heard: string[];
  }
}

type Har = {
  log: {
    entries: {
      request: { url: string; headers: object[]; postData?: { text?: string } };
      response: { headers: object[]; content: { text?: string; encoding?: string } };
    }[];
  };
};

/** Every request and answer of a recording of the network, as text. */
function exchanges(file: string): string {
  const { entries } = (JSON.parse(readFileSync(file, 'utf8')) as Har).log;
  return entries
    .flatMap(({ request, response: { headers, content } }) => [
      request.url,
      JSON.stringify([request.headers, headers]),
      request.postData?.text ?? '',
      content.encoding === 'base64'
        ? Buffer.from(content.text ?? '', 'base64').toString()
        : (content.text ?? ''),
    ])
    .join('\n');
}

test('nothing that an agent’s page asks, is sent, keeps or shows holds a digit of the card that is keyed', async ({
  browser,
  house,
}, testInfo) => {
  const call = await Call.dial(house, { recordings: 2 });
  const har = testInfo.outputPath('desk.har');
  const context = await browser.newContext({ recordHar: { path: har, content: 'embed' } });
  const page = await context.newPage();
  // A stream has no end to wait for: the page keeps a copy of what it reads.
  await page.addInitScript(() => {
    window.heard = [];
    const { fetch } = window;
    window.fetch = async (...asked) => {
      const answer = await fetch(...asked);
      if (!String(asked[0]).endsWith('/live') || !answer.body) return answer;
      const [mine, theirs] = answer.body.tee();
      void (async () => {
        const decoder = new TextDecoder();
        const reader = mine.getReader();
        for (let part = await reader.read(); !part.done; part = await reader.read())
          window.heard.push(decoder.decode(part.value, { stream: true }));
      })();
      return new Response(theirs, answer);
    };
  });
  await openDesk(page, call);
  await startKeypad(page, '4.20', uniqueReference());
  const number = freshNumber();
  await asked(page, 'number');
  await call.press(`${number}#`);
  await expect(tile(page, 'number')).toContainText('Complete');
  await asked(page, 'expiry');
  await call.press('1231');
  await asked(page, 'code');
  await call.press('739#');
  await page.getByRole('button', { name: /^Take payment/ }).click();
  await expect(page.getByRole('heading', { name: '£4.20 is paid' })).toBeVisible({ timeout: 20_000 });

  const live = (await page.evaluate(() => window.heard)).join('');
  expect(live).toContain('card_number');
  const kept = await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }));
  const shown = await page.content();
  await context.close();
  const everything = [exchanges(har), live, kept, shown].join('\n');
  expect(everything).toContain('/api/agent/sessions');
  const groups = number.replace(/(.{4})(?=.)/g, '$1 ');
  for (const spelling of [
    number,
    groups,
    groups.replaceAll(' ', '-'),
    Buffer.from(number).toString('base64').slice(0, 20),
  ])
    expect(everything.includes(spelling)).toBe(false);
  // The control: what may be shown of it is there.
  expect(everything).toContain(number.slice(-4));
  expect(await call.keysHeard('agent')).toBe('');
  expect(await call.keysHeard('recording')).toBe('');
  await call.hangUp('agent');
});
