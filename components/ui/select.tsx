import type { ComponentProps } from "react";
import { CONTROL, INPUT } from "./field.tsx";

const SIZES = {
  small: CONTROL,
  form: INPUT,
  /** For a form, and no larger than what stands around it. */
  inline: `${INPUT} h-8! text-note!`,
};

/** A list of which one is chosen. */
export function Select({
  size = "small",
  ...rest
}: Omit<ComponentProps<"select">, "className" | "size"> & { size?: keyof typeof SIZES }) {
  return <select {...rest} className={SIZES[size]} />;
}
