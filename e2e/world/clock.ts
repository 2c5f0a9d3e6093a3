/** Epoch ms so long before now: `ago("4:10")` is four minutes and ten seconds. */
export function ago(length: string): number {
  return Date.now() - ms(length);
}

/** A browser that shows a zone in which it is about noon: so that what was a few minutes ago was today. */
export const AT_NOON = {
  cookies: ["127.0.0.1", "localhost"].map((domain) => ({
    name: "rollcall-view",
    value: new URLSearchParams({ choice: zoneWithNoon(new Date().getUTCHours()) }).toString(),
    ...{ domain, path: "/", expires: -1, httpOnly: false, secure: false },
    sameSite: "Lax" as const,
  })),
  origins: [],
};

function zoneWithNoon(hour: number): string {
  const ahead = 12 - hour;
  // These are called by how far they are behind.
  return ahead === 0 ? "UTC" : `Etc/GMT${ahead > 0 ? "-" : "+"}${Math.abs(ahead)}`;
}

/** `m:ss` or `h:mm:ss` in milliseconds. */
export function ms(length: string): number {
  const parts = length.split(":").map(Number);
  return parts.reduce((sum, part) => sum * 60 + part, 0) * 1000;
}
