/** A number of Visa that nobody has used, with a right check digit (ISO/IEC 7812-1, annex B). */
export function freshNumber(): string {
  const open = `411111${String(Math.floor(Math.random() * 1e9)).padStart(9, '0')}`;
  const sum = [...open].reverse().reduce((all, digit, at) => {
    const value = Number(digit) * (at % 2 === 0 ? 2 : 1);
    return all + (value > 9 ? value - 9 : value);
  }, 0);
  return open + String((10 - (sum % 10)) % 10);
}
