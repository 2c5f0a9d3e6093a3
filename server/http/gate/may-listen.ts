import { isLoopbackAddress } from "./this-machine.ts";

/** Whether anybody can sign in: there is an owner, or a link by which somebody becomes it. */
interface Membership {
  hasOwner: boolean;
  hasSetUpLink: boolean;
}

/** Whether the server may listen at an address. Where nobody can sign in, others could only look at what is there. */
export function mayListen(host: string, { hasOwner, hasSetUpLink }: Membership): boolean {
  return host === "localhost" || isLoopbackAddress(host) || hasOwner || hasSetUpLink;
}
