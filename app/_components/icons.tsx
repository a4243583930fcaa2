import type { ReactNode } from 'react';

/** Line drawings on a 20-unit grid; they only accompany words. */
const icon = (drawing: ReactNode) =>
  function Icon({ className = 'size-4' }: { className?: string }) {
    return (
      <svg
        viewBox="0 0 20 20"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.75"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        className={`shrink-0 ${className}`}
      >
        {drawing}
      </svg>
    );
  };

export const PlusIcon = icon(<path d="M10 4v12M4 10h12" />);
export const CopyIcon = icon(
  <>
    <rect x="7" y="7" width="9.5" height="9.5" rx="2" />
    <path d="M13 4.5V4a1 1 0 0 0-1-1H4.5A1.5 1.5 0 0 0 3 4.5V12a1 1 0 0 0 1 1h.5" />
  </>,
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
export const SearchIcon = icon(
  <>
    <circle cx="9" cy="9" r="5.5" />
    <path d="m13.5 13.5 3.5 3.5" />
  </>,
);
export const ChevronIcon = icon(<path d="m5.5 8 4.5 4.5L14.5 8" />);
export const BackIcon = icon(<path d="M12 5 7 10l5 5" />);

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
