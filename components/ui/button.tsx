import type { ComponentProps } from "react";
import { Link } from "./link.tsx";

/** What a button looks like. */
export type ButtonLook = keyof typeof LOOKS;

export interface ButtonLooks {
  look?: ButtonLook;
  /** A sign stands beside the words. */
  hasSign?: boolean;
  className?: string;
}

const LOOKS = {
  /** A box; the box of what a form is for; the box of where the reader is. */
  plain: "button",
  primary: "button border-transparent! bg-ink! text-ground! hover:opacity-90",
  current: "button border-ink! bg-ink! text-surface!",
  /** A lower box, in a line of text. */
  small:
    "rounded-lg border border-line px-3 py-1 font-firm text-ink hover:bg-sunken disabled:text-ink-3",
  "small-primary": "rounded-lg bg-ink px-3 py-1 font-strong text-dense text-ground hover:bg-ink/85",
  /** A sign alone, and the sign that takes away what it stands in. */
  sign: "rounded-md p-1.5 text-ink-3 hover:bg-sunken hover:text-ink",
  close: "rounded-md p-1 text-ink-3 hover:bg-sunken hover:text-ink",
  /** Words or a sign that are a box only under the pointer; how large, its place says. */
  quiet: "rounded-lg text-ink-2 hover:bg-sunken hover:text-ink",
  /** A whole row of a list or a cell, with its content at the left. */
  row: "text-left hover:bg-sunken",
  /** One of a few of which one is pressed, on a sunken ground. */
  toggle:
    "rounded-md px-2.5 py-0.75 text-ink-2 hover:text-ink aria-pressed:bg-surface aria-pressed:font-firm aria-pressed:text-ink aria-pressed:shadow-card",
  /** Underlined words: faintly; as a link; in the colour of the notice that they stand in; only under the pointer. */
  words: "underline decoration-ink-3 underline-offset-2 hover:text-ink",
  link: "underline underline-offset-2 hover:text-ink",
  within: "underline underline-offset-2",
  offer: "text-focus underline-offset-2 hover:underline",
} as const;

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
