import { describe, expect, it, vi } from "vitest";
import { LazyPart } from "./part.ts";

describe("a part of the script", () => {
  it("is loaded when it is first wanted, and only once", async () => {
    const read = vi.fn(async () => "here");
    const part = new LazyPart(read);
    expect(part.get()).toEqual({ is: "unread" });
    await Promise.all([part.want(), part.want()]);
    await part.want();
    expect(part.get()).toEqual({ is: "here", value: "here" });
    expect(read).toHaveBeenCalledOnce();
  });

  it("reports a failure, and is loaded again when it is wanted again", async () => {
    const read = vi.fn<() => Promise<string>>().mockRejectedValueOnce(new Error("no answer"));
    read.mockResolvedValueOnce("here");
    const part = new LazyPart(read);
    const states: string[] = [];
    part.subscribe(() => states.push(part.get().is));
    await part.want();
    await part.want();
    expect(states).toEqual(["reading", "failed", "reading", "here"]);
  });
});
