"use client";

import { useRouter } from "next/navigation";
import type { ComponentProps, MouseEvent } from "react";
import { useZoned } from "#components/viewer/use-zoned.ts";

/**
 * A link to another screen. Its times are in the same zone as here, also for a reader to whom the link is sent.
 * Nothing is prefetched: a screen has a hundred links, and the page framework's own link costs each of them a prefetch.
 */
export function Link({
  href,
  replace = false,
  scroll = true,
  onNavigate,
  ...rest
}: Omit<ComponentProps<"a">, "onClick"> & {
  href: string;
  /** Replaces this screen in the browser's history. */
  replace?: boolean;
  /** Whether the screen begins at its top. */
  scroll?: boolean;
  /** Called before the link is followed, and may prevent that. */
  onNavigate?: (event: { preventDefault: () => void }) => void;
}) {
  const router = useRouter();
  const to = useZoned()(href);
  const follow = (event: MouseEvent<HTMLAnchorElement>) => {
    if (event.defaultPrevented || !isFollowedHere(event)) return;
    event.preventDefault();
    let isPrevented = false;
    onNavigate?.({
      preventDefault: () => {
        isPrevented = true;
      },
    });
    if (isPrevented) return;
    if (replace) router.replace(to, { scroll });
    else router.push(to, { scroll });
  };
  return <a {...rest} href={to} onClick={follow} />;
}

/** Whether a click stays in this window and is no download. */
function isFollowedHere(event: MouseEvent<HTMLAnchorElement>): boolean {
  const { currentTarget: anchor, button, metaKey, ctrlKey, shiftKey, altKey } = event;
  if (button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return false;
  return ["", "_self"].includes(anchor.target) && !anchor.hasAttribute("download");
}
