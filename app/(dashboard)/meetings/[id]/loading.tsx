import { MeetingSkeleton } from "#components/meeting/meeting-skeleton.tsx";

export default function MeetingLoading() {
  return <MeetingSkeleton />;
}
