import type { RefObject } from 'react';
import type { Result } from '../../_words/session-result';

const LOOKS: Record<Result['tone'], string> = {
  ok: 'border-ok bg-ok-soft',
  info: 'border-info bg-info-soft',
  warn: 'border-warn bg-warn-soft',
  bad: 'border-bad bg-bad-soft',
};

type Props = { result: Result; heading: RefObject<HTMLHeadingElement | null> };

/** How it ended, in words to read out. */
export const ResultPanel = ({ result, heading }: Props) => (
  <section aria-labelledby="result-title" className={`rounded-xl border-2 p-4 ${LOOKS[result.tone]}`}>
    <h3 id="result-title" ref={heading} tabIndex={-1} className="text-xl font-semibold outline-none">
      {result.title}
    </h3>
    {result.say && (
      <p className="mt-2 text-lg">
        <span className="font-semibold">Say:</span> “{result.say}”
      </p>
    )}
    {result.know && <p className="mt-2 break-words">{result.know}</p>}
  </section>
);
