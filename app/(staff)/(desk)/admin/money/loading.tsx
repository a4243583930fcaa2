/** The shape of a list while it is read, so that nothing jumps when it comes. */
export default function Loading() {
  return (
    <div aria-busy="true">
      <p role="status" className="sr-only">
        Loading
      </p>
      <div className="h-9 w-64 rounded-lg bg-sunken" />
      <div className="mt-2 h-12 max-w-3xl rounded-lg bg-sunken" />
      <div className="mt-6 h-96 rounded-xl border border-line bg-surface" />
    </div>
  );
}
