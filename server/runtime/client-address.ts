/**
 * The header in which the gate hands on the address of whoever sent a request (`server/http/gate/client.ts`). One that
 * was sent is removed.
 */
export const CLIENT_ADDRESS = "x-forwarded-for";
