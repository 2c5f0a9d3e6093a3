"use client";

import { createContext, type ReactNode, use } from "react";
import { type ButtonLooks, buttonLook } from "./button.tsx";
import { LazyPart, useLazyPart } from "./lazy/part.ts";
import type { CloseProps, ModalFrameProps, ModalParts, WordsProps } from "./modal-frame-props.ts";
import { NotOpened } from "./not-opened.tsx";

const frame = new LazyPart(() => import("./modal-frame.tsx").then((read) => read.ModalFrame));

const Inside = createContext<ModalParts | null>(null);

function provide(parts: ModalParts, children: ReactNode): ReactNode {
  return <Inside value={parts}>{children}</Inside>;
}

/** A dialog over the page, which is locked behind it. Its script is loaded when one opens. */
export function Modal({
  open,
  onClose,
  className,
  veil = "z-50",
  children,
}: Omit<ModalFrameProps, "parts" | "veil"> & { veil?: string }) {
  const { value: Frame, failed } = useLazyPart(frame, open);
  if (Frame === null) return open && failed ? <NotOpened onClose={onClose} /> : null;
  return (
    <Frame open={open} onClose={onClose} className={className} veil={veil} parts={provide}>
      {children}
    </Frame>
  );
}

/** The name of a dialog. */
export function ModalTitle(props: WordsProps) {
  const { Title } = useParts();
  return <Title {...props} />;
}

/** The description of a dialog, read out as it opens. */
export function ModalDescription(props: WordsProps) {
  const { Description } = useParts();
  return <Description {...props} />;
}

/** A button that closes the dialog. */
export function ModalClose({
  look = "plain",
  hasSign = false,
  className = "",
  ...rest
}: Omit<CloseProps, "className"> & ButtonLooks) {
  const { Close } = useParts();
  return <Close {...rest} className={buttonLook({ look, hasSign, className })} />;
}

function useParts(): ModalParts {
  const parts = use(Inside);
  if (parts === null) throw new Error("A part of a dialog is for what stands inside a Modal");
  return parts;
}
