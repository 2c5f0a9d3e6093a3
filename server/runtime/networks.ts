import ipaddr from "ipaddr.js";
import { remembered } from "./remembered.ts";

type Address = ReturnType<typeof ipaddr.process>;
type Network = [Address, number];

/** Some networks of addresses, as `10.0.0.0/8`. A single address is a network of one. */
export class Networks {
  readonly #networks: readonly Network[];

  private constructor(networks: readonly Network[]) {
    this.#networks = networks;
  }

  static readonly none = new Networks([]);

  /** Reads them from a text with commas between them; `null` where one of them is none. */
  static in(text: string): Networks | null {
    const networks: Network[] = [];
    for (const part of text.split(",")) {
      const network = networkIn(part.trim());
      if (network === null) return null;
      networks.push(network);
    }
    return new Networks(networks);
  }

  get isEmpty(): boolean {
    return this.#networks.length === 0;
  }

  /** Whether an address is in one of them. What is no address is in none. */
  has(address: string): boolean {
    const parsed = addressIn(address);
    if (parsed === null) return false;
    return this.#networks.some(
      ([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits),
    );
  }
}

/** An address in its usual form, an IPv4 address in an IPv6 one as itself; `null` where it is none. */
export const plainAddress = remembered((text) => addressIn(text)?.toString() ?? null);

/**
 * The addresses that one customer of a provider is given: one of IPv4, and 2⁶⁴ of IPv6, which are named by what they
 * begin with. A text that is no address is a block of its own.
 */
export function blockOf(text: string): string {
  const address = addressIn(text);
  if (address === null) return text;
  if (!(address instanceof ipaddr.IPv6)) return address.toString();
  return `${ipaddr.IPv6.networkAddressFromCIDR(`${address.toNormalizedString()}/64`).toString()}/64`;
}

function networkIn(text: string): Network | null {
  if (!text.includes("/")) {
    const address = addressIn(text);
    return address === null ? null : [address, address.toByteArray().length * 8];
  }
  if (!ipaddr.isValidCIDR(text) || addressIn(text.split("/")[0] ?? "") === null) return null;
  const [network, bits] = ipaddr.parseCIDR(text);
  const isMapped = network instanceof ipaddr.IPv6 && network.isIPv4MappedAddress() && bits >= 96;
  return isMapped ? [network.toIPv4Address(), bits - 96] : [network, bits];
}

/** Only the four decimal parts that everybody writes are IPv4: others read `010` and `0x7f` differently. */
const addressIn = remembered((text): Address | null => {
  const isAddress = ipaddr.IPv6.isValid(text) || ipaddr.IPv4.isValidFourPartDecimal(text);
  return isAddress ? ipaddr.process(text) : null;
});
