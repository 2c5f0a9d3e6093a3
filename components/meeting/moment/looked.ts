import type { ChangeLens } from "#components/meeting/lens/use-lens.ts";
import type { MeetingView } from "#domain/meeting/meeting.ts";
import type { TimeWindow } from "#domain/meeting/window.ts";
import type { Ms } from "#domain/time/ms.ts";
import type { Axis } from "#domain/timeline/timeline.ts";

/** The meeting, and the moment and window shown instead of now. */
export interface Looked {
  view: MeetingView;
  axis: Axis;
  at: Ms | null;
  window: TimeWindow | null;
  graceMs: Ms;
  onChange: ChangeLens;
}
