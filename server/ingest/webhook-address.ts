/** Where a webhook was sent to. */
export interface WebhookAddress {
  provider: string;
  source: string;
  /** What its path has after that, without the slash between; empty or absent for nothing. */
  more?: string;
}

const PATH = /^\/api\/webhooks\/([^/?]+)\/([^/?]+)(?:\/([^?]*))?(?:\?|$)/;

/** The address in the target of a request, its path and query; `null` where no webhook can be sent to. */
export function webhookAddressIn(target: string): WebhookAddress | null {
  const [, provider, source, more = ""] = PATH.exec(target) ?? [];
  if (provider === undefined || source === undefined) return null;
  return { provider: decode(provider), source: decode(source), more: decode(more) };
}

/** The query of a target, such as `?a=b`; empty without one. */
export function searchIn(target: string): string {
  const mark = target.indexOf("?");
  return mark < 0 ? "" : target.slice(mark);
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
