import { useEffect } from "react";

const PLAIN = "/icon.svg";
const MOST_COUNTED = 99;

/** Shows on the icon of the tab, and of an installed page, how many wait. */
export function IconBadge({ count }: { count: number }): null {
  useEffect(() => {
    const icon = document.querySelector<HTMLLinkElement>('link[rel~="icon"]');
    if (icon === null) return undefined;
    icon.href = count > 0 ? badgeOf(count) : PLAIN;
    if ("setAppBadge" in navigator) {
      // It is refused where the page is not installed.
      navigator.setAppBadge(count).catch(() => undefined);
    }
    return () => {
      icon.href = PLAIN;
    };
  }, [count]);
  return null;
}

/** The icon with a number on it. */
function badgeOf(count: number): string {
  const text = count > MOST_COUNTED ? `${MOST_COUNTED}+` : String(count);
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 20"><circle cx="10" cy="10" r="9.5" fill="#b3261e"/><text x="10" y="14.4" text-anchor="middle" font-family="system-ui,sans-serif" font-weight="700" font-size="${text.length > 2 ? 8 : 12}" fill="#fff">${text}</text></svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}
