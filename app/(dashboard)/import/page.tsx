import { ImportView } from "#components/history/import/import-view.tsx";

export default function Import() {
  return <ImportView />;
}
