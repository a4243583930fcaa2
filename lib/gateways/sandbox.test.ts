import { charge } from '@/card/gateway';
import { sandboxGateway } from './sandbox';
import { readSandboxNotification } from './sandbox-notifications';
import { type Adapter, conformance } from './testing/conformance';
import { sandboxProvider } from './testing/sandbox-provider';

const sandbox: Adapter = {
  wire: 'sandbox',
  portal: ({ url, apiKey }, budgetMs) => sandboxGateway(url, apiKey, budgetMs),
  charge,
  readNotification: readSandboxNotification,
};

conformance('the sandbox', sandbox, sandboxProvider);
