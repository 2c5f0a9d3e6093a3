import { Answered, askedOf } from "#app/answered.tsx";
import { AuditScreen } from "#components/access/audit/audit-screen.tsx";
import { readAuditPage } from "#server/access/audit/page.ts";

export const dynamic = "force-dynamic";

export default async function Audit({ searchParams }: PageProps<"/audit">) {
  const asked = await askedOf(searchParams);
  const page = await readAuditPage(asked);
  return (
    <Answered asked={asked}>
      <AuditScreen page={page} />
    </Answered>
  );
}
