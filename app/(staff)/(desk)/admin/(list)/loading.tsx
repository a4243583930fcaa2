/** The shape of the list while it is read, so that nothing jumps when it comes. */
export default function Loading() {
  return (
    <div aria-busy="true">
      <p role="status" className="sr-only">
        Loading payment links
      </p>
      <div className="h-10 w-56 rounded-lg bg-sunken" />
      <div className="mt-5 h-11 max-w-2xl rounded-lg bg-sunken" />
      <div className="mt-4 mb-4 h-10 max-w-xl rounded-lg bg-sunken" />
      <div className="h-96 rounded-xl border border-line bg-surface" />
    </div>
  );
}
