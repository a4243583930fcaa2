/** The shape of the page while its figures are read. */
export default function Loading() {
  return (
    <div aria-busy="true" className="space-y-5">
      <p role="status" className="sr-only">
        Loading what needs you
      </p>
      <div className="h-10 w-56 rounded-lg bg-sunken" />
      <div className="h-40 rounded-xl border border-line bg-surface" />
      <div className="h-72 rounded-xl border border-line bg-surface" />
    </div>
  );
}
