import type { ComponentProps } from "react";
import { Link } from "./link.tsx";

/**
 * What a button looks like: a box; the box of what a form is for; the box of where the reader is; a sign alone;
 * underlined words.
 */
export type ButtonLook = "plain" | "primary" | "current" | "sign" | "words";

export interface ButtonLooks {
  look?: ButtonLook;
  /** A sign stands beside the words. */
  hasSign?: boolean;
  className?: string;
}

const LOOKS: Record<ButtonLook, string> = {
  plain: "button",
  primary: "button border-transparent! bg-ink! text-ground! hover:opacity-90",
  current: "button border-ink! bg-ink! text-surface!",
  sign: "rounded-md p-1.5 text-ink-3 hover:bg-sunken hover:text-ink",
  words: "underline decoration-ink-3 underline-offset-2 hover:text-ink",
};

/** The classes of a button, for what looks like one and is another element: a label, a part of a library. */
export function buttonLook({
  look = "plain",
  hasSign = false,
  className = "",
}: ButtonLooks = {}): string {
  const sign = hasSign ? " inline-flex! items-center gap-1.5" : "";
  return `${LOOKS[look]}${sign}${className === "" ? "" : ` ${className}`}`;
}

/** A button; it submits a form only where its `type` says so. */
export function Button({
  look = "plain",
  hasSign = false,
  className = "",
  type = "button",
  ...rest
}: ComponentProps<"button"> & ButtonLooks) {
  return <button {...rest} type={type} className={buttonLook({ look, hasSign, className })} />;
}

/** A link that looks like a button. */
export function ButtonLink({
  look = "plain",
  hasSign = false,
  className = "",
  ...rest
}: ComponentProps<typeof Link> & ButtonLooks) {
  return <Link {...rest} className={buttonLook({ look, hasSign, className })} />;
}
