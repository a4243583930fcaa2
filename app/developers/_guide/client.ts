import { html } from '../../_server/html';
import { code } from '../_page/text';
import { sample } from './sample';

const MAKE = `npm install --save-dev oazapfts
npm install @oazapfts/runtime
npx oazapfts "$API/openapi.json" api.ts`;

/** A client that is made from the document. */
export const clientGuide =
  () => html`<p class="lead">The <a href="/api/v1/openapi.json">OpenAPI document</a> has a name for every operation and a schema for everything that is sent or answered: any generator that reads OpenAPI 3.1 makes a client from it.</p>
<p>In TypeScript, with <a href="https://www.npmjs.com/package/oazapfts">oazapfts</a>; each operation becomes a function of its name:</p>
${code('Shell', MAKE)}
<p>A whole payment with it. Each answer is told apart by <code>status</code>, each refusal by <code>code</code>:</p>
${code('payment-client.ts', sample('payment-client.ts'))}
<p>The product’s own tests make this client from the running portal, check its types, and pay with it.</p>`;
