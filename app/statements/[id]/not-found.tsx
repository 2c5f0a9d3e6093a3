import { Notice } from "#components/ui/notice.tsx";

export default function StatementNotFound() {
  return (
    <main>
      <Notice title="No such statement" way={null}>
        No statement was issued under this address. If it stands on a paper exactly so, the paper
        does not come from here.
      </Notice>
    </main>
  );
}
