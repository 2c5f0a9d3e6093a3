import { Notice } from "#components/ui/notice.tsx";

export default function StatementNotFound() {
  return (
    <main>
      <Notice title="No such statement" way={null}>
        No statement was issued under this address. If a paper shows exactly this address, the paper
        was not issued here.
      </Notice>
    </main>
  );
}
