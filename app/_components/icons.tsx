import type { ReactNode } from 'react';

/** Line drawings on a 20-unit grid; they only accompany words. */
const icon = (drawing: ReactNode) =>
  function Icon({ className = 'size-4' }: { className?: string }) {
    return (
      <svg viewBox="0 0 20 20" aria-hidden="true" className={`icon ${className}`}>
        {drawing}
      </svg>
    );
  };

export const PlusIcon = icon(<path d="M10 4v12M4 10h12" />);
export const CopyIcon = icon(
  <path d="M9 7h5.5a2 2 0 0 1 2 2v5.5a2 2 0 0 1-2 2H9a2 2 0 0 1-2-2V9a2 2 0 0 1 2-2ZM13 4.5V4a1 1 0 0 0-1-1H4.5A1.5 1.5 0 0 0 3 4.5V12a1 1 0 0 0 1 1h.5" />,
);
export const CheckIcon = icon(<path d="m4 10.5 4 4 8-9" />);
export const MailIcon = icon(
  <>
    <rect x="2.5" y="4.5" width="15" height="11" rx="2" />
    <path d="m3 6 7 5 7-5" />
  </>,
);
export const PhoneIcon = icon(
  <>
    <rect x="5.5" y="2.5" width="9" height="15" rx="2" />
    <path d="M9 14.5h2" />
  </>,
);
export const MoreIcon = icon(<path d="M4.5 10h.01M10 10h.01M15.5 10h.01" strokeWidth="3" />);
export const SearchIcon = icon(
  <>
    <circle cx="9" cy="9" r="5.5" />
    <path d="m13.5 13.5 3.5 3.5" />
  </>,
);
export const ChevronIcon = icon(<path d="m5.5 8 4.5 4.5L14.5 8" />);
export const BackIcon = icon(<path d="M12 5 7 10l5 5" />);

export const LockIcon = icon(
  <>
    <rect x="4" y="9" width="12" height="8" rx="2" />
    <path d="M6.5 9V6.5a3.5 3.5 0 0 1 7 0V9" />
  </>,
);
export const UnlockIcon = icon(
  <>
    <rect x="4" y="9" width="12" height="8" rx="2" />
    <path d="M6.5 9V6.5a3.5 3.5 0 0 1 6.7-1.4" />
  </>,
);
export const RecordIcon = icon(
  <>
    <circle cx="10" cy="10" r="7" />
    <circle cx="10" cy="10" r="2.5" fill="currentColor" />
  </>,
);
export const PauseIcon = icon(
  <>
    <circle cx="10" cy="10" r="7" />
    <path d="M8 7.5v5m4-5v5" />
  </>,
);
export const CallIcon = icon(
  <path d="M5.5 2.5 8 6 6.5 8c.9 2.2 2.9 4.3 5.5 5.5L14 12l3.5 2.5c-.3 1.8-1.7 3-3.5 3C8 17 3 12 2.5 6c0-1.8 1.2-3.2 3-3.5Z" />,
);
export const KeypadIcon = icon(
  <path
    d="M5 4.5h.01M10 4.5h.01M15 4.5h.01M5 9h.01M10 9h.01M15 9h.01M5 13.5h.01M10 13.5h.01M15 13.5h.01M10 17.5h.01"
    strokeWidth="2.5"
  />,
);

/** The product's mark: a slip and the stub that stays. */
export function Mark({ className = 'size-7' }: { className?: string }) {
  return (
    <svg viewBox="0 0 28 28" aria-hidden="true" className={`shrink-0 ${className}`}>
      <rect x="2" y="5" width="24" height="18" rx="4" className="fill-accent" />
      <path
        d="M10.5 7.5v2m0 3.5v2m0 3.5v2"
        className="stroke-on-accent"
        strokeWidth="1.6"
        strokeLinecap="round"
      />
      <path d="M14.5 12h7.5m-7.5 4h4.5" className="stroke-on-accent" strokeWidth="2" strokeLinecap="round" />
    </svg>
  );
}
