import { readText } from '@/app/_server/body';
import { services } from '@/app/_server/services';
import { currentStaffFor, SIGNED_OUT, sameOrigin } from '@/app/_server/staff';
import { renderPreview } from '@/app/pay/_page/render';
import { viewOf } from '@/app/pay/_page/view';
import type { AppError } from '@/core/outcome';
import { previewBranding } from '@/lib/branding';
import { STATUS_OF } from '@/lib/contracts/problem';

const MOST_BYTES = 65_536;

const refusal = ({ code, message }: AppError): Response =>
  new Response(message, {
    status: STATUS_OF[code],
    headers: { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' },
  });

/** The payer's page in a look that is still typed, for the frame beside the form. Keeps nothing. */
export async function POST(request: Request): Promise<Response> {
  const origin = await sameOrigin();
  if (!origin.ok) return refusal(origin.error);
  const staff = await currentStaffFor(request);
  if (!staff) return refusal(SIGNED_OUT.error);
  const form = new URLSearchParams((await readText(request, MOST_BYTES)) ?? '');
  const text = (name: string): string | null => form.get(name) || null;
  const drawn = await previewBranding(
    staff.ctx,
    {
      state: text('state'),
      name: text('name'),
      accent: text('accent'),
      footer: text('footer'),
      logo: text('src') && { src: text('src'), width: text('width'), height: text('height') },
    },
    new Date(),
  );
  if (!drawn.ok) return refusal(drawn.error);
  const { page, look } = drawn.value;
  const view = { ...viewOf(services().config, page, ''), look, isPreview: true };
  return renderPreview(view, text('scheme') === 'dark' ? 'dark' : 'light');
}
