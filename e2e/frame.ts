import { createServer } from 'node:http';

const parent = process.env.CF_FRAME_PARENT ?? '';

/** A page of another system, at the origin that may show the desk in a frame; or, with another port, at one that may not. */
export async function servePage(
  html: string,
  port = Number(new URL(parent).port),
): Promise<{ url: string; close: () => void }> {
  const server = createServer((_request, response) =>
    response.setHeader('content-type', 'text/html; charset=utf-8').end(html),
  );
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, 'localhost', resolve);
  });
  const address = server.address();
  const bound = typeof address === 'object' && address ? address.port : port;
  return { url: `http://localhost:${bound}/`, close: () => server.close() };
}

export const framed = (address: string): string =>
  `<!doctype html><html lang="en"><title>CRM</title><main aria-label="CRM"><h1>CRM</h1><iframe title="Desk" src="${address}" width="1200" height="900"></iframe></main>`;
