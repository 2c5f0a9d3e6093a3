"use client";

import { useRouter } from "next/navigation";
import type { ComponentProps, MouseEvent } from "react";
import { useZoned } from "#components/viewer/use-zoned.ts";

/**
 * A link to another screen. It tells its times in the same zone as this one, also for whoever is sent it.
 * Nothing is read before it is followed: a screen has a hundred of them, and the page framework's own would cost
 * each of them what reads ahead.
 */
export function Link({
  href,
  replace = false,
  scroll = true,
  onNavigate,
  ...rest
}: Omit<ComponentProps<"a">, "onClick"> & {
  href: string;
  /** Takes the place of this screen in the browser's history. */
  replace?: boolean;
  /** Begins at the top. */
  scroll?: boolean;
  /** Told before it is followed, and may keep it from that. */
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

/** Not in another window or tab, and no file. */
function isFollowedHere(event: MouseEvent<HTMLAnchorElement>): boolean {
  const { currentTarget: anchor, button, metaKey, ctrlKey, shiftKey, altKey } = event;
  if (button !== 0 || metaKey || ctrlKey || shiftKey || altKey) return false;
  return ["", "_self"].includes(anchor.target) && !anchor.hasAttribute("download");
}
