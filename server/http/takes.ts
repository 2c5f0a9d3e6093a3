/** The parameters that many addresses have in common. */

/** Of a list that goes on from page to page. */
export const LIST = ["cursor", "limit"];
/** Of what is read of some days. */
export const RANGE = ["from", "to", "tz"];
/** Of a file. */
export const FILE = ["bom", "download", "for", "locale"];
