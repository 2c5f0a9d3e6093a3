/** The zone in which days begin and clock times are told: the server's own. */
export const TIME_ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
