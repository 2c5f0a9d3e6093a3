import type { Recording } from "#domain/live/recording.ts";
import { isLimited, type Sight } from "./sight.ts";

/** Of the state of recording what concerns somebody with a sight: what waits or stops may be of rooms they do not see. */
export function recordingSeen({ sources, rooms }: Sight, recording: Recording): Recording {
  if (!isLimited({ sources, rooms })) return recording;
  const isSeen = (id: string) => rooms === null && sources?.includes(id) === true;
  return {
    ...recording,
    behind: null,
    stopped: null,
    refused: recording.refused.filter(({ source }) => isSeen(source.id)),
    more: 0,
  };
}
