/** What the matrix says and what was found, for people. */
import { ACTORS } from './actors';
import type { Row } from './rows';
import type { Fault } from './run';
import type { Way } from './ways';

/** Which file of the matrix a row of this kind belongs to, and how such a row may look. */
function suggestion(name: string): string {
  const [method = '', path = ''] = name.split(' ');
  const quoted = (text: string): string => `'${text}'`;
  if (name.startsWith('action '))
    return `matrix/actions.ts, like: action(${quoted(name.slice(7))}, staff('owner admin'), async (cell) => [await idOf(cell, 'link')]),`;
  if (name.startsWith('page ')) return `matrix/desk.ts, like: page(${quoted(path)}, 'owner admin viewer'),`;
  if (path.startsWith('/api/v1/'))
    return `matrix/api.ts, like: api(${quoted(`${method} ${path.slice(7)}`)}, 'payment_links:read', link('link')),`;
  if (path.startsWith('/api/staff/'))
    return `matrix/desk.ts, like: read(${quoted(path.slice(10))}, 'owner admin viewer'),`;
  if (path.startsWith('/api/agent/'))
    return `matrix/desk.ts, like: agents(${quoted(`${method} ${path.slice(10)}`)}, AT_DESK),`;
  if (path.startsWith('/pay/[token]/'))
    return `matrix/payers.ts, like: payers(${quoted(`${method} ${path.slice(12)}`)}, page('link', ${quoted(path.slice(12))})),`;
  return `matrix/machines.ts, like: open(${quoted(name)}), where it is for everybody`;
}

/** What is wrong with the matrix itself: a way without a row, a row twice, or a row without a way. */
export function gaps(ways: readonly Way[], matrix: readonly Row[]): string[] {
  const rows = matrix.map(({ way }) => way);
  const names = ways.map(({ name }) => name);
  return [
    ...ways
      .filter(({ name, refuses }) => !refuses && !rows.includes(name))
      .map(
        ({ name, file }) =>
          `No row for "${name}" (${file}). Add one to scripts/verify/authz/${suggestion(name)}`,
      ),
    ...rows
      .filter((way) => !names.includes(way))
      .map((way) => `The row "${way}" is of no way in. Take it out of scripts/verify/authz/matrix.`),
    ...rows.filter((way, at) => rows.indexOf(way) !== at).map((way) => `The row "${way}" is there twice.`),
  ];
}

const MARKS = { in: '●', out: '·', not: ' ', wrong: '✗' };

/** The matrix as it was found: rows ways in, columns actors. */
export function table(matrix: readonly Row[], faults: readonly Fault[]): string[] {
  const width = Math.max(...matrix.map(({ way }) => way.length));
  const legend = ACTORS.map((actor, at) => `${String.fromCharCode(97 + at)} ${actor}`).join(', ');
  const head = ACTORS.map((_, at) => String.fromCharCode(97 + at)).join(' ');
  const lines = matrix.map((row) => {
    const own = faults.filter(({ way }) => way === row.way);
    const marks = ACTORS.map((actor) => {
      if (own.some((fault) => fault.actor === actor)) return MARKS.wrong;
      if (actor.endsWith('origin') && !row.isGuarded) return MARKS.not;
      return row.may.has(actor) ? MARKS.in : MARKS.out;
    });
    const whole = own.some(({ actor }) => actor === null) ? ` ${MARKS.wrong}` : '';
    return `${row.way.padEnd(width)}  ${marks.join(' ')}${whole}`;
  });
  const key = `${MARKS.in} let in, ${MARKS.out} refused, ${MARKS.wrong} not as the matrix says`;
  return [`${legend}`, key, `${' '.repeat(width)}  ${head}`, ...lines];
}
