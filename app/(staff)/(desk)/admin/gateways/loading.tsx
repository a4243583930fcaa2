/** While accounts are read. */
export default function GatewaysLoading() {
  return (
    <div aria-busy="true" className="space-y-4">
      <p className="sr-only">Loading</p>
      <div className="h-8 w-40 rounded-lg bg-sunken" />
      <div className="h-60 rounded-xl bg-sunken" />
    </div>
  );
}
