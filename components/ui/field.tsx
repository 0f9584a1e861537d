"use client";

import { type ComponentProps, type ReactNode, useId } from "react";

type FrameProps = { label: string; hint?: ReactNode; error?: string | null };

const control =
  "tap w-full rounded-xl border border-line-strong/60 bg-surface px-3 py-1.5 text-base text-ink placeholder:text-ink-soft/80 aria-invalid:border-danger sm:text-body";

/** The label above, the hint or the trouble below; both are tied to the control. */
function useFrame({ label, hint, error }: FrameProps) {
  const id = useId();
  // The trouble says what the hint said, and more.
  const described = error ? `${id}-error` : hint ? `${id}-hint` : undefined;
  const frame = (children: ReactNode) => (
    <div className="flex min-w-0 flex-col gap-1.5">
      <label htmlFor={id} className="font-medium text-ink text-sm">
        {label}
      </label>
      {children}
      {hint && !error ? (
        <p id={`${id}-hint`} className="text-ink-soft text-sm">
          {hint}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="font-medium text-danger text-sm">
          {error}
        </p>
      ) : null}
    </div>
  );
  const wiring = { id, "aria-describedby": described, "aria-invalid": error ? true : undefined } as const;
  return { frame, wiring };
}

export function TextField({ label, hint, error, ...rest }: FrameProps & ComponentProps<"input">) {
  const { frame, wiring } = useFrame({ label, hint, error });
  return frame(<input type="text" className={control} {...wiring} {...rest} />);
}

export function TextArea({ label, hint, error, ...rest }: FrameProps & ComponentProps<"textarea">) {
  const { frame, wiring } = useFrame({ label, hint, error });
  return frame(<textarea rows={3} className={`${control} field-sizing-content resize-none`} {...wiring} {...rest} />);
}

export function SelectField({ label, hint, error, children, ...rest }: FrameProps & ComponentProps<"select">) {
  const { frame, wiring } = useFrame({ label, hint, error });
  return frame(
    <select className={control} {...wiring} {...rest}>
      {children}
    </select>,
  );
}
