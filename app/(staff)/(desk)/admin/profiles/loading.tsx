/** While a profile is read. */
export default function ProfilesLoading() {
  return (
    <div aria-busy="true" className="space-y-4">
      <p className="sr-only">Loading</p>
      <div className="h-8 w-56 rounded-lg bg-sunken" />
      <div className="h-40 rounded-xl bg-sunken" />
      <div className="h-40 rounded-xl bg-sunken" />
    </div>
  );
}
