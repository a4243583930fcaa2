/** What to say to the caller, and what to know oneself. */
export const SayBox = ({ say, know }: { say: string | null; know?: string | undefined }) => (
  <div className="rounded-lg bg-accent-soft px-3 py-2">
    {say && (
      <p className="text-base">
        <span className="font-semibold text-accent">Say:</span> “{say}”
      </p>
    )}
    {know && <p className="text-sm text-muted">{know}</p>}
  </div>
);
