import { isTimeZone } from "#domain/time/time-zone.ts";

/*
 * Browsers list some zones under names the IANA database gave up long ago, and a reader in Kolkata does not
 * look for Calcutta. Every one of these pairs is the same zone.
 */
const TODAY: Readonly<Record<string, string>> = {
  "Africa/Asmera": "Africa/Asmara",
  "America/Buenos_Aires": "America/Argentina/Buenos_Aires",
  "America/Catamarca": "America/Argentina/Catamarca",
  "America/Coral_Harbour": "America/Atikokan",
  "America/Cordoba": "America/Argentina/Cordoba",
  "America/Godthab": "America/Nuuk",
  "America/Indianapolis": "America/Indiana/Indianapolis",
  "America/Jujuy": "America/Argentina/Jujuy",
  "America/Louisville": "America/Kentucky/Louisville",
  "America/Mendoza": "America/Argentina/Mendoza",
  "Asia/Calcutta": "Asia/Kolkata",
  "Asia/Katmandu": "Asia/Kathmandu",
  "Asia/Rangoon": "Asia/Yangon",
  "Asia/Saigon": "Asia/Ho_Chi_Minh",
  "Atlantic/Faeroe": "Atlantic/Faroe",
  "Europe/Kiev": "Europe/Kyiv",
  "Pacific/Enderbury": "Pacific/Kanton",
  "Pacific/Ponape": "Pacific/Pohnpei",
  "Pacific/Truk": "Pacific/Chuuk",
};

/** Today's name of a zone, from the browser's name. */
export function calledToday(zone: string): string {
  return TODAY[zone] ?? zone;
}

/** Every zone of this browser, under today's names where it has them, sorted by those. */
export function knownZones(): string[] {
  const zones = Intl.supportedValuesOf("timeZone").map((zone) => {
    const today = calledToday(zone);
    return today !== zone && isTimeZone(today) ? today : zone;
  });
  return [...new Set(zones)].toSorted();
}
