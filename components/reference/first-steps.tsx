import { Card } from "#components/ui/card.tsx";
import { Link } from "#components/ui/link.tsx";
import { CodeBlock } from "./code-block.tsx";

const ASK = `curl "https://rollcall.example.com/api/v1/meetings?status=live" \\
  -H "Authorization: Bearer $KEY"`;

const AGAIN = `curl -X POST "https://rollcall.example.com/api/v1/class-lists" \\
  -H "Authorization: Bearer $KEY" -H "Content-Type: application/json" \\
  -H "Idempotency-Key: 6f0b2a3e-7f5c-4a53-9d0e-2c8b7a11f0aa" \\
  -d '{"name": "7b", "roster": "Ada"}'`;

const REFUSED = `{"error": {"code": "bad_limit", "message": "limit must be a whole number from 1 to 200."}}`;

/** What is true of every address. */
export function FirstSteps() {
  return (
    <Card title="First steps">
      <div className="grid gap-3 px-4 py-3.5 text-dense text-ink-2 sm:px-4.5 [&>p]:max-w-prose">
        <p>
          Make a key on the page of{" "}
          <Link href="/settings" className="underline">
            settings
          </Link>
          , and send it with every request. Limit it to what it is for.
        </p>
        <CodeBlock label="A first request" text={ASK} />
        <p>
          Answers are JSON. A time is RFC 3339 in UTC, a duration ends in <code>_ms</code>, what is
          absent is <code>null</code>. A list has <code>results</code>, and the whole address of the
          page before and after.
        </p>
        <p>
          What is refused has a <code>code</code> for programs and a <code>message</code> for
          people:
        </p>
        <CodeBlock label="A refusal" text={REFUSED} />
        <p>
          What is read has an <code>ETag</code>: send it as <code>If-None-Match</code>, and what is
          the same is 304. <code>RateLimit</code> says how many requests the key has left; with 429{" "}
          <code>Retry-After</code> says when to go on. A write with an <code>Idempotency-Key</code>{" "}
          may be sent again for a day, and is done once:
        </p>
        <CodeBlock label="A request that may be sent again" text={AGAIN} />
      </div>
    </Card>
  );
}
