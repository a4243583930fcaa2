/** Nothing could be compared: why, in one sentence for people. */
export class NotLooked extends Error {
  override name = 'NotLooked';
}
