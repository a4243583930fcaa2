import { guidePage } from './_guide';
import { noSuchPage } from './_page/document';

export const GET = (): Response => guidePage('start') ?? noSuchPage();
