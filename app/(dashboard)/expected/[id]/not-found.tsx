import { Notice } from "#components/ui/notice.tsx";

export default function ScheduledNotFound() {
  return (
    <Notice
      title="No such scheduled meeting"
      way={{ href: "/expected", words: "All scheduled meetings" }}
    >
      It may have been removed, or the address was typed wrong.
    </Notice>
  );
}
