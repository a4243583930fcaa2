import { services } from '@/app/_server/services';
import { arrive, onTheWay, roundSecret } from '@/app/_server/single-sign-on';
import { authParts } from '@/app/_server/staff';
import { finishRound } from '@/lib/single-sign-on';

/** Where a sign-in provider sends a browser back to. */
export const GET = (request: Request): Promise<Response> =>
  onTheWay(async () => {
    const from = authParts().origin(request.headers);
    const { search } = new URL(request.url);
    return arrive(await finishRound(services(), { search, browser: await roundSecret(), from }));
  });
