export { problemsPage as GET } from '../_page/problems';
