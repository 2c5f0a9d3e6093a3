"use client";

import type { ComponentType } from "react";
import { type LazyPart, useLazyPart } from "./part.ts";

/** Renders a component whose script is loaded when it is first rendered. Until then it renders nothing. */
export function Later<Props extends object>({
  part,
  props,
}: {
  part: LazyPart<ComponentType<Props>>;
  props: Props;
}) {
  const { value: Inner, failed } = useLazyPart(part, true);
  if (Inner !== null) return <Inner {...props} />;
  if (!failed) return null;
  return (
    <p role="alert" className="px-4.5 py-3 text-dense text-ink-2">
      This part of the page could not be read.{" "}
      <button type="button" className="underline" onClick={() => void part.want()}>
        Try again
      </button>
    </p>
  );
}
