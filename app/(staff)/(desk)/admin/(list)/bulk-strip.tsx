import Link from 'next/link';
import type { BulkAct } from '@/lib/contracts/bulk-acts';
import { bulkText } from '../bulk/words';

/** What is being done to many links, with the way there; nothing where nothing is. */
export const BulkStrip = ({ acts }: { acts: readonly BulkAct[] }) =>
  acts.length > 0 && (
    <section
      aria-label="Under way"
      className="mb-5 rounded-lg border border-info/40 bg-info-soft px-4 py-2.5 text-info"
    >
      <h2 className="sr-only">Under way</h2>
      <ul className="flex flex-wrap gap-x-4 gap-y-1">
        {acts.map((act) => (
          <li key={act.id}>
            <Link href={`/admin/bulk/${act.id}`} prefetch={false} className="underline underline-offset-2">
              {bulkText(act)}: under way
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
