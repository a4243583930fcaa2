/** A reason not to start whose message is one sentence for people: it is shown as it is, without a stack. */
export class Halt extends Error {
  readonly forPeople = true;
}
