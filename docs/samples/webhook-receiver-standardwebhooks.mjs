// The same with the public package: npm install standardwebhooks
import { createServer } from 'node:http';
import { Webhook } from 'standardwebhooks';

const { WEBHOOK_SECRET = '', PORT = '4000' } = process.env;
const webhook = new Webhook(WEBHOOK_SECRET); // whsec_…
const seen = new Set(); // in production: a unique key in your database

const server = createServer(async (request, response) => {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  let event;
  try {
    event = webhook.verify(Buffer.concat(chunks), request.headers); // throws; refuses what is over five minutes old
  } catch {
    return response.writeHead(401).end();
  }
  response.writeHead(204).end(); // any 2xx, within ten seconds; do the work afterwards
  if (seen.has(event.id)) return; // the same event may come twice
  seen.add(event.id);
  console.log(event.type, event.data.reference ?? event.data.id);
});
server.listen(Number(PORT), '127.0.0.1', () => console.log(`listening on ${server.address().port}`));
