export { noSuchPage as GET } from '../_page/document';
