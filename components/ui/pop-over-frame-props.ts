import type { PointerEvent, ReactNode, RefObject } from "react";

export interface PopOverFrameProps {
  button: RefObject<HTMLButtonElement | null>;
  id: string;
  open: boolean;
  onClose: () => void;
  /** The name of the box, for screen readers. */
  label: string;
  align: "start" | "center" | "end";
  /** Whether the focus goes into the box and back: not where hovering opened it. */
  takesFocus: boolean;
  className: string;
  onPointerEnter?: (event: PointerEvent) => void;
  onPointerLeave?: (event: PointerEvent) => void;
  children: ReactNode;
}
