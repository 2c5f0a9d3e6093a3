import { isLimited, type Sight } from "#domain/access/sight.ts";
import type { Ms } from "#domain/time/ms.ts";
import { toWireTime } from "#domain/time/wire-time.ts";
import type { Recording } from "./recording.ts";

/**
 * Of the state of recording what concerns somebody with a sight: what waits or stops may be of rooms they do not see,
 * and so may what changed last. So it is told as of now.
 */
export function recordingSeen({ sources, rooms }: Sight, recording: Recording, now: Ms): Recording {
  if (!isLimited({ sources, rooms })) return recording;
  const { off } = recording;
  const isSeen = (id: string) => rooms === null && sources?.includes(id) === true;
  return {
    ...recording,
    changed_at: toWireTime(now),
    behind: null,
    stopped: null,
    ...(off !== undefined && { off: off.filter(({ source }) => isSeen(source.id)) }),
    refused: recording.refused.filter(({ source }) => isSeen(source.id)),
    more: 0,
  };
}
