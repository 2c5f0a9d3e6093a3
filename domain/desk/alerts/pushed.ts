import type { ChannelNews, Said } from "./channel.ts";

/** The kind of channel that is a device of somebody's. */
export const DEVICE = "device";

/** What a device is pushed of an alert, and what its notification is made of: `public/service-worker.js` reads it. */
export interface PushedAlert {
  alert: string;
  line: string;
  more: string | null;
  /** Whether it calls for somebody; else it takes the place of what called, without a sound. */
  calls: boolean;
  urgent: boolean;
  /** Whether whoever it is for may acknowledge it from there. */
  acknowledge: boolean;
  /** Who acknowledges it, where nobody signs in. */
  by: string | null;
}

/** What somebody's device is pushed of an alert. */
export function pushedAlert(
  { line, more }: Pick<Said, "line" | "more">,
  about: {
    alert: string;
    news: ChannelNews;
    urgent: boolean;
    mayWrite: boolean;
    by: string | null;
  },
): PushedAlert {
  const { alert, news, urgent, mayWrite, by } = about;
  const calls = news === "raised" || news === "rung";
  return { alert, line, more, calls, urgent, acknowledge: calls && mayWrite, by };
}
