/** Keys, and what each does. */
export const KeyList = ({ keys }: { keys: readonly (readonly [key: string, does: string])[] }) => (
  <dl className="grid grid-cols-[auto_1fr] items-baseline gap-x-4 gap-y-2">
    {keys.map(([key, does]) => (
      <div key={key} className="contents">
        <dt>
          <kbd className="rounded border border-line-strong bg-sunken px-2 py-0.5 font-mono text-sm whitespace-nowrap">
            {key}
          </kbd>
        </dt>
        <dd>{does}</dd>
      </div>
    ))}
  </dl>
);
