import { noSuchPage } from '../../_page/document';
import { problemPage } from '../../_page/problems';

/** What a problem's `type` names. */
export async function GET(
  _: Request,
  { params }: RouteContext<'/developers/problems/[code]'>,
): Promise<Response> {
  return problemPage((await params).code) ?? noSuchPage();
}
