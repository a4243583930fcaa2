import { noSuchPage } from '../../_page/document';
import { objectsPage, tagReference } from '../../_page/reference';

export async function GET(
  _: Request,
  { params }: RouteContext<'/developers/reference/[tag]'>,
): Promise<Response> {
  const { tag } = await params;
  return tag === 'objects' ? objectsPage() : (tagReference(tag) ?? noSuchPage());
}
