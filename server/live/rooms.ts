/** The room of everybody who watches the floor. */
export const FLOOR = "floor";

/** The room of everybody who watches one meeting. */
export function meetingRoom(id: string): string {
  return `meeting:${id}`;
}
