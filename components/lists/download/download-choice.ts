export interface DownloadChoice {
  name: string;
  note: string;
  href: string;
}
