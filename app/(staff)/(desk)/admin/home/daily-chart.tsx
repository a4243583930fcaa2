import { Card } from '@/app/_components/card';
import { countOf, dayText } from '@/app/_components/format';
import type { Home } from '@/lib/contracts/home';

type Days = Home['days'];
const HEIGHT = 100;
const [SLOT, BAR] = [10, 4];

/** Links issued and paid on each day, as bars; the same as a table for who does not see them. */
export function DailyChart({ days }: { days: Days }) {
  const most = Math.max(1, ...days.flatMap(({ issued, paid }) => [issued, paid]));
  const isEmpty = days.every(({ issued, paid }) => issued + paid === 0);
  return (
    <Card id="daily" title="Issued and paid" aside={<Legend />}>
      {isEmpty ? (
        <p className="py-8 text-center text-muted">No link was issued or paid in these days.</p>
      ) : (
        <div aria-hidden="true">
          <p className="text-xs text-muted tabular-nums">{countOf(most)}</p>
          <svg
            aria-hidden="true"
            viewBox={`0 0 ${days.length * SLOT} ${HEIGHT}`}
            preserveAspectRatio="none"
            className="h-40 w-full border-y border-line"
          >
            {days.map(({ day, issued, paid }, at) => (
              <g key={day}>
                <title>{`${dayText(day)}: ${countOf(issued)} issued, ${countOf(paid)} paid`}</title>
                <Bar x={at * SLOT + 1} share={issued / most} className="fill-line-strong" />
                <Bar x={at * SLOT + 1 + BAR} share={paid / most} className="fill-accent" />
              </g>
            ))}
          </svg>
          <p className="flex justify-between text-xs text-muted">
            <span>{dayText(days[0]?.day ?? '')}</span>
            <span>Today</span>
          </p>
        </div>
      )}
      <DayTable days={days} />
    </Card>
  );
}

type BarProps = { x: number; share: number; className: string };
const Bar = ({ x, share, className }: BarProps) => (
  <rect x={x} y={HEIGHT * (1 - share)} width={BAR} height={HEIGHT * share} className={className} />
);

const Legend = () => (
  <p aria-hidden="true" className="flex gap-4 text-sm text-muted">
    <span className="inline-flex items-center gap-1.5">
      <span className="size-2.5 rounded-sm bg-line-strong" /> Issued
    </span>
    <span className="inline-flex items-center gap-1.5">
      <span className="size-2.5 rounded-sm bg-accent" /> Paid
    </span>
  </p>
);

const DayTable = ({ days }: { days: Days }) => (
  <div className="sr-only">
    <table>
      <caption>Links issued and paid on each day</caption>
      <thead>
        <tr>
          <th scope="col">Day</th>
          <th scope="col">Issued</th>
          <th scope="col">Paid</th>
        </tr>
      </thead>
      <tbody>
        {days.map(({ day, issued, paid }) => (
          <tr key={day}>
            <th scope="row">{dayText(day)}</th>
            <td>{countOf(issued)}</td>
            <td>{countOf(paid)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  </div>
);
