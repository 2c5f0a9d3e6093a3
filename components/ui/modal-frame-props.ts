import type { ComponentType, ReactNode } from "react";

export interface ModalFrameProps {
  open: boolean;
  onClose: () => void;
  /** The style and position of the box. */
  className: string;
  veil: string;
  parts: (parts: ModalParts, children: ReactNode) => ReactNode;
  children: ReactNode;
}

/** The library's components inside a dialog. */
export interface ModalParts {
  Title: ComponentType<WordsProps>;
  Description: ComponentType<WordsProps>;
  Close: ComponentType<CloseProps>;
}

export interface WordsProps {
  className?: string;
  children: ReactNode;
}

export type CloseProps = WordsProps & { "aria-label"?: string };
