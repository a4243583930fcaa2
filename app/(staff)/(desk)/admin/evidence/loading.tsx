/** While the installation is asked. */
export default function EvidenceLoading() {
  return (
    <div aria-busy="true" className="space-y-4">
      <p className="sr-only">Loading</p>
      <div className="h-8 w-40 rounded-lg bg-sunken" />
      <div className="h-72 rounded-xl bg-sunken" />
    </div>
  );
}
