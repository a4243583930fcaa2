export { referencePage as GET } from '../_page/reference';
