import { services } from '@/app/_server/services';
import { readPublicLogo } from '@/lib/branding';

type Context = RouteContext<'/brand/[merchant]/[hash]'>;

/** A merchant's logo, by the hash of what it is: it never changes, and is nothing but a picture. */
export async function GET(_request: Request, { params }: Context): Promise<Response> {
  const { merchant, hash } = await params;
  const image = await readPublicLogo(services(), merchant, hash);
  return new Response(image && new Uint8Array(image), {
    status: image ? 200 : 404,
    headers: {
      ...(image && { 'content-type': 'image/webp' }),
      'cache-control': image ? 'public, max-age=31536000, immutable' : 'no-store',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'same-origin',
      'x-content-type-options': 'nosniff',
    },
  });
}
