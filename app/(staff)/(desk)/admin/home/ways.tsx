import { Card } from '@/app/_components/card';
import { countOf } from '@/app/_components/format';
import type { Way } from '@/core/figures';
import type { Home } from '@/lib/contracts/home';

const WAY_WORDS: Record<Way, string> = {
  sms: 'SMS',
  email: 'E-mail',
  both: 'SMS and e-mail',
  none: 'Handed over by you',
};
const FIGURES = ['issued', 'opened', 'paid'] as const;

/** How the links of each channel did. */
export const Ways = ({ ways }: Pick<Home, 'ways'>) => (
  <Card id="ways" title="By channel">
    <table className="w-full text-start">
      <thead className="text-sm text-muted">
        <tr>
          <th scope="col" className="pb-2 text-start font-medium">
            Channel
          </th>
          {['Issued', 'Opened', 'Paid'].map((name) => (
            <th key={name} scope="col" className="pb-2 ps-4 text-end font-medium">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {ways.map((one) => (
          <tr key={one.way} className="border-t border-line">
            <th scope="row" className="py-2.5 text-start font-medium">
              {WAY_WORDS[one.way]}
            </th>
            {FIGURES.map((figure) => (
              <td key={figure} className="py-2.5 ps-4 text-end tabular-nums">
                {countOf(one[figure])}
              </td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  </Card>
);
