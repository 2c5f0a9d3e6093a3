/** Deliveries that are read and projected again. */
export interface DeliveryReplay {
  id: string;
  /** `waiting` for another replay, `cancelled` by somebody, `failed` by a fault that the log has. */
  state: "waiting" | "running" | "done" | "cancelled" | "failed";
  /** Steps: events of the rooms, which are projected again, and deliveries without events, which are read again. */
  done: number;
  total: number;
  /** Deliveries that were asked for. */
  deliveries: number;
  /** Rooms that were projected again whole, because one delivery cannot be projected without the others. */
  rooms: number;
  /** Deliveries that read otherwise than what had been recorded of them. */
  changed: number;
  /** Deliveries that told nothing before, and have events now. */
  read: number;
}

/** Whether nothing more comes of it. */
export function isOver({ state }: Pick<DeliveryReplay, "state">): boolean {
  return state !== "waiting" && state !== "running";
}
