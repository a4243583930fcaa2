import type { ComponentType } from 'react';
import { cx } from '@/app/_components/cx';
import { KeypadIcon, MailIcon } from '@/app/_components/icons';
import type { SessionKind } from '@/core/payment-session';
import { KeyHint } from './key-hint';
import { ariaKey } from './keys';

type Props = {
  kind: SessionKind;
  onChoose: (kind: SessionKind) => void;
  /** Why a card cannot be keyed now; null where it can. */
  whyNoKeypad: string | null;
  /** What the provider of the telephone does while a card is keyed. */
  keypadWay: string;
};

/** The two ways, with the reason where one is not there. */
export const MethodChoice = ({ kind, onChoose, whyNoKeypad, keypadWay }: Props) => (
  <fieldset>
    <legend className="mb-1 font-medium">How does the customer pay?</legend>
    <div className="grid gap-3 sm:grid-cols-2">
      <Way
        {...{ kind, onChoose, Icon: KeypadIcon }}
        value="agent_assist"
        title="Keypad"
        text={keypadWay}
        refusal={whyNoKeypad}
      />
      <Way
        {...{ kind, onChoose, Icon: MailIcon }}
        value="digital"
        title="Link"
        text="Sent by SMS or e-mail; works for 72 hours."
        refusal={null}
      />
    </div>
  </fieldset>
);

type WayProps = Omit<Props, 'whyNoKeypad' | 'keypadWay'> & {
  value: SessionKind;
  title: string;
  text: string;
  refusal: string | null;
  Icon: ComponentType<{ className?: string }>;
};

const Way = ({ kind, onChoose, value, title, text, refusal, Icon }: WayProps) => (
  <label
    className={cx(
      'flex min-h-16 items-start gap-3 rounded-xl border border-line-strong bg-surface p-3',
      'has-checked:border-accent has-checked:bg-accent-soft has-focus-visible:outline-2 has-focus-visible:outline-accent',
      refusal ? 'bg-sunken' : 'cursor-pointer',
    )}
  >
    <input
      type="radio"
      name="kind"
      value={value}
      checked={kind === value}
      disabled={refusal !== null}
      onChange={() => onChoose(value)}
      aria-label={title}
      aria-describedby={`way-${value}`}
      aria-keyshortcuts={ariaKey(value === 'digital' ? 'link' : 'keypad')}
      className="mt-1 size-4 shrink-0 accent-accent"
    />
    <span className="min-w-0 flex-1">
      <span className="flex items-center gap-2 font-semibold">
        <Icon className="size-5 text-accent" />
        {title}
        <KeyHint name={value === 'digital' ? 'link' : 'keypad'} />
      </span>
      <span id={`way-${value}`} className="block text-sm text-muted">
        {refusal ? `Not now: ${refusal}` : text}
      </span>
    </span>
  </label>
);
