'use client';
import { ActButton } from './act-button';
import { newCodes } from './actions';

export const MakeCodes = ({ onMade }: { onMade: (codes: string[]) => void }) => (
  <ActButton
    open="Make new codes"
    title="Make new recovery codes?"
    label="Make new codes"
    working="Making…"
    done="The new codes are there."
    onSubmit={async () => {
      const outcome = await newCodes();
      if (outcome.ok) onMade(outcome.value);
      return outcome;
    }}
  >
    <p className="text-muted">The codes that you have now stop working.</p>
  </ActButton>
);
