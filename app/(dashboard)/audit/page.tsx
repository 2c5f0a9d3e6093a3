import { Answered, askedOf } from "#app/answered.tsx";
import { AuditClosed } from "#components/access/audit/audit-closed.tsx";
import { AuditScreen } from "#components/access/audit/audit-screen.tsx";
import { readAuditPage } from "#server/access/audit/page.ts";
import { pageCaller } from "#server/http/viewer.ts";

export const dynamic = "force-dynamic";

export default async function Audit({ searchParams }: PageProps<"/audit">) {
  const asked = await askedOf(searchParams);
  const page = await readAuditPage(asked, pageCaller());
  return (
    <Answered asked={asked}>
      {page === null ? <AuditClosed /> : <AuditScreen page={page} />}
    </Answered>
  );
}
