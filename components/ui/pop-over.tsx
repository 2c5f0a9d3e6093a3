"use client";

import { type PointerEvent, type ReactNode, useEffect, useId, useRef, useState } from "react";
import { LazyPart, useLazyPart } from "./lazy/part.ts";
import { NotOpened } from "./not-opened.tsx";
import type { PopOverFrameProps } from "./pop-over-frame-props.ts";

/** The attributes that tie a button to its label, its note and its error. */
interface Ties {
  id?: string;
  "aria-describedby"?: string | undefined;
  "aria-invalid"?: true | undefined;
}

const HOVER_MS = 150;

const frame = new LazyPart(() => import("./pop-over-frame.tsx").then((read) => read.PopOverFrame));

/** A button and a box that opens beside it. The box's script is loaded when the button is approached. */
export function PopOver({
  button: { label: buttonLabel, ties, className: buttonClass, children: content },
  label,
  className,
  align = "center",
  opensOnHover = false,
  reads,
  open,
  onOpenChange,
  children,
}: {
  button: { label?: string; ties?: Ties; className: string; children: ReactNode };
  label: string;
  className: string;
  align?: PopOverFrameProps["align"];
  opensOnHover?: boolean;
  /** The content of the box, where its script is loaded with the box. */
  reads?: LazyPart<unknown>;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  children: ReactNode;
}) {
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const [isNear, setNear] = useState(false);
  const { value: Frame, failed } = useLazyPart(frame, isNear || open);
  useEffect(() => {
    if (isNear) void reads?.want();
  }, [isNear, reads]);
  const [isHovered, setHovered] = useState(false);
  const hover = useHover(opensOnHover, (over) => {
    if (over === open || (!over && !isHovered)) return;
    setHovered(over);
    onOpenChange(over);
  });
  const press = () => {
    // A press keeps the box open that hovering opened.
    setHovered(false);
    onOpenChange(!open || isHovered);
  };
  const close = () => {
    setHovered(false);
    onOpenChange(false);
  };
  return (
    <>
      <button
        ref={button}
        type="button"
        {...ties}
        aria-label={buttonLabel}
        aria-haspopup="dialog"
        aria-expanded={open}
        aria-controls={open && Frame !== null ? id : undefined}
        data-popup-open={open ? "" : undefined}
        onClick={press}
        onFocus={() => setNear(true)}
        onPointerEnter={(event) => {
          setNear(true);
          hover.onPointerEnter(event);
        }}
        onPointerLeave={hover.onPointerLeave}
        className={buttonClass}
      >
        {content}
      </button>
      {Frame !== null && (
        <Frame
          button={button}
          id={id}
          open={open}
          onClose={close}
          label={label}
          align={align}
          takesFocus={!isHovered}
          className={`popup rounded-lg border border-line bg-surface shadow-popup outline-none ${className}`}
          {...hover}
        >
          {children}
        </Frame>
      )}
      {Frame === null && open && failed && <NotOpened onClose={close} />}
    </>
  );
}

/** Reports a mouse that has stayed for a moment, and one that has left button and box for as long. */
function useHover(isOn: boolean, report: (over: boolean) => void) {
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const latest = useRef(report);
  useEffect(() => {
    latest.current = report;
  });
  useEffect(() => () => clearTimeout(timer.current), []);
  const soon = (over: boolean) => (event: PointerEvent) => {
    if (!isOn || event.pointerType !== "mouse") return;
    clearTimeout(timer.current);
    timer.current = setTimeout(() => latest.current(over), HOVER_MS);
  };
  return { onPointerEnter: soon(true), onPointerLeave: soon(false) };
}
