import { guidePage } from '../_guide';
import { noSuchPage } from '../_page/document';

export async function GET(_: Request, { params }: RouteContext<'/developers/[page]'>): Promise<Response> {
  const { page } = await params;
  return (page !== 'start' && guidePage(page)) || noSuchPage();
}
