"use client";

import { Popover } from "@base-ui/react/popover";
import type { PopOverFrameProps } from "./pop-over-frame-props.ts";

/** The library's part of a pop-over. Its script is loaded when the first button is approached. */
export function PopOverFrame({
  button,
  id,
  open,
  onClose,
  label,
  align,
  takesFocus,
  className,
  onPointerEnter,
  onPointerLeave,
  children,
}: PopOverFrameProps) {
  return (
    <Popover.Root
      open={open}
      onOpenChange={(isOpen, { event, reason }) => {
        // A press on the button is left to the button, which closes the box itself.
        const isButton = reason !== "escape-key" && isOn(button.current, event);
        if (!isOpen && !isButton) onClose();
      }}
    >
      <Popover.Portal>
        <Popover.Positioner
          anchor={button}
          sideOffset={4}
          align={align}
          collisionPadding={12}
          className="z-50"
        >
          <Popover.Popup
            id={id}
            aria-label={label}
            initialFocus={takesFocus}
            finalFocus={takesFocus ? button : false}
            onPointerEnter={onPointerEnter}
            onPointerLeave={onPointerLeave}
            className={className}
          >
            {children}
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  );
}

function isOn(button: HTMLElement | null, event: Event): boolean {
  const { target } = event;
  const next = event instanceof FocusEvent ? event.relatedTarget : null;
  return [target, next].some((node) => node instanceof Node && button?.contains(node) === true);
}
