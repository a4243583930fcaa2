import { Button } from '@/app/_components/button';
import { countOf } from '@/app/_components/format';

/** How many links belong to the list since it was read, and the way to them; it lies over the list, so that nothing moves. */
export const NewLinks = ({ count, show }: { count: number; show: () => void }) => (
  <div role="status" className="sticky top-3 z-10 mt-0! h-0 text-center">
    {count > 0 && (
      <Button kind="secondary" onClick={show} className="shadow-lg">
        {count === 1 ? '1 new link' : `${countOf(count)} new links`} · Show
      </Button>
    )}
  </div>
);
