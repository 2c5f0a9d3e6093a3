import type { LobbyLanguage } from "./languages.ts";

/** The forms of a text by the number in it, as the plural rules of a language name them. */
type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

/** Every text of the page for who waits. `{n}`, `{from}`, `{to}` and `{time}` stand for what is shown there. */
export interface LobbyMessages {
  title: string;
  open: string;
  closed: string;
  opensAt: string;
  closesAt: string;
  /** How many wait, where it is not known since when who looks does. */
  waiting: Forms;
  nobodyWaits: string;
  next: string;
  before: Forms;
  sinceOpened: string;
  usualNow: string;
  usualUpTo: string;
  usual: string;
  atThisHour: string;
  hostIsThere: string;
  hostIsNotThere: string;
  fromTheDesk: string;
  asOf: string;
  stale: string;
  over: string;
  overAdvice: string;
  tooOften: string;
  language: string;
  staysOpen: string;
}

export const LOBBY_MESSAGES: Readonly<Record<LobbyLanguage, LobbyMessages>> = {
  en: {
    title: "Waiting room",
    open: "Open",
    closed: "Closed",
    opensAt: "Opens {time}",
    closesAt: "Open until {time}",
    waiting: { one: "{n} person is waiting", other: "{n} people are waiting" },
    nobodyWaits: "Nobody is waiting",
    next: "You are next",
    before: { one: "{n} person is before you", other: "{n} people are before you" },
    sinceOpened: "Counted from when you opened this page.",
    usual: "People usually wait {from} to {to} minutes",
    usualUpTo: "People usually wait up to {to} minutes",
    usualNow: "This is what it was here in the last weeks, not a promise.",
    atThisHour: "at this hour",
    hostIsThere: "Your host is there",
    hostIsNotThere: "Your host is not there yet",
    fromTheDesk: "Message from the desk",
    asOf: "As of {time}",
    stale: "This page could not be brought up to date. It tries again by itself.",
    over: "This link shows nothing",
    overAdvice: "It has ended, or it was not copied whole. Ask whoever sent it for another one.",
    tooOften: "Too many requests came from here. Wait a little; this page tries again by itself.",
    language: "Language",
    staysOpen: "This page brings itself up to date.",
  },
  de: {
    title: "Warteraum",
    open: "Geöffnet",
    closed: "Geschlossen",
    opensAt: "Öffnet {time}",
    closesAt: "Geöffnet bis {time}",
    waiting: { one: "{n} Person wartet", other: "{n} Personen warten" },
    nobodyWaits: "Niemand wartet",
    next: "Sie sind als Nächstes dran",
    before: { one: "{n} Person ist vor Ihnen", other: "{n} Personen sind vor Ihnen" },
    sinceOpened: "Gezählt ab dem Moment, in dem Sie diese Seite geöffnet haben.",
    usual: "Die Wartezeit beträgt meist {from} bis {to} Minuten",
    usualUpTo: "Die Wartezeit beträgt meist bis zu {to} Minuten",
    usualNow: "So war es hier in den letzten Wochen; versprechen lässt es sich nicht.",
    atThisHour: "um diese Uhrzeit",
    hostIsThere: "Ihre Gastgeberin oder Ihr Gastgeber ist da",
    hostIsNotThere: "Ihre Gastgeberin oder Ihr Gastgeber ist noch nicht da",
    fromTheDesk: "Nachricht vom Empfang",
    asOf: "Stand {time}",
    stale: "Diese Seite konnte nicht aktualisiert werden. Sie versucht es von selbst wieder.",
    over: "Dieser Link zeigt nichts",
    overAdvice:
      "Er ist abgelaufen oder wurde nicht vollständig kopiert. Bitten Sie um einen neuen Link.",
    tooOften:
      "Von hier kamen zu viele Anfragen. Bitte warten Sie etwas; die Seite versucht es von selbst wieder.",
    language: "Sprache",
    staysOpen: "Diese Seite aktualisiert sich von selbst.",
  },
  es: {
    title: "Sala de espera",
    open: "Abierto",
    closed: "Cerrado",
    opensAt: "Abre: {time}",
    closesAt: "Abierto hasta: {time}",
    waiting: { one: "{n} persona está esperando", other: "{n} personas están esperando" },
    nobodyWaits: "No hay nadie esperando",
    next: "Es su turno a continuación",
    before: { one: "Hay {n} persona antes que usted", other: "Hay {n} personas antes que usted" },
    sinceOpened: "Contado desde que abrió esta página.",
    usual: "La espera suele ser de {from} a {to} minutos",
    usualUpTo: "La espera suele ser de hasta {to} minutos",
    usualNow: "Así ha sido aquí en las últimas semanas; no es una promesa.",
    atThisHour: "a esta hora",
    hostIsThere: "La persona que le atiende ya está",
    hostIsNotThere: "La persona que le atiende aún no está",
    fromTheDesk: "Mensaje de la recepción",
    asOf: "Actualizado: {time}",
    stale: "No se pudo actualizar esta página. Lo volverá a intentar por sí sola.",
    over: "Este enlace no muestra nada",
    overAdvice: "Ha caducado o no se copió entero. Pida otro a quien se lo envió.",
    tooOften:
      "Han llegado demasiadas solicitudes desde aquí. Espere un poco; la página lo volverá a intentar por sí sola.",
    language: "Idioma",
    staysOpen: "Esta página se actualiza sola.",
  },
  fr: {
    title: "Salle d’attente",
    open: "Ouvert",
    closed: "Fermé",
    opensAt: "Ouverture : {time}",
    closesAt: "Ouvert jusqu’à : {time}",
    waiting: { one: "{n} personne attend", other: "{n} personnes attendent" },
    nobodyWaits: "Personne n’attend",
    next: "C’est bientôt votre tour : vous êtes en tête",
    before: { one: "{n} personne est avant vous", other: "{n} personnes sont avant vous" },
    sinceOpened: "Compté à partir du moment où vous avez ouvert cette page.",
    usual: "L’attente est habituellement de {from} à {to} minutes",
    usualUpTo: "L’attente est habituellement de {to} minutes au plus",
    usualNow: "C’est ce qui a été observé ici ces dernières semaines, pas une promesse.",
    atThisHour: "à cette heure",
    hostIsThere: "La personne qui vous reçoit est là",
    hostIsNotThere: "La personne qui vous reçoit n’est pas encore là",
    fromTheDesk: "Message de l’accueil",
    asOf: "Mis à jour : {time}",
    stale: "Cette page n’a pas pu être mise à jour. Elle réessaie d’elle-même.",
    over: "Ce lien n’affiche rien",
    overAdvice:
      "Il a expiré ou n’a pas été copié en entier. Demandez-en un autre à la personne qui l’a envoyé.",
    tooOften:
      "Trop de demandes sont venues d’ici. Patientez un peu ; la page réessaie d’elle-même.",
    language: "Langue",
    staysOpen: "Cette page se met à jour d’elle-même.",
  },
  ar: {
    title: "غرفة الانتظار",
    open: "مفتوح",
    closed: "مغلق",
    opensAt: "يفتح: {time}",
    closesAt: "مفتوح حتى: {time}",
    waiting: {
      one: "شخص واحد ينتظر",
      two: "شخصان ينتظران",
      few: "{n} أشخاص ينتظرون",
      many: "{n} شخصًا ينتظرون",
      other: "{n} شخص ينتظرون",
    },
    nobodyWaits: "لا أحد ينتظر",
    next: "أنت التالي",
    before: {
      one: "شخص واحد قبلك",
      two: "شخصان قبلك",
      few: "{n} أشخاص قبلك",
      many: "{n} شخصًا قبلك",
      other: "{n} شخص قبلك",
    },
    sinceOpened: "يُحسب منذ أن فتحت هذه الصفحة.",
    usual: "مدة الانتظار المعتادة من {from} إلى {to} دقيقة",
    usualUpTo: "مدة الانتظار المعتادة حتى {to} دقيقة",
    usualNow: "هكذا كان الأمر هنا في الأسابيع الأخيرة، وليس وعدًا.",
    atThisHour: "في هذه الساعة",
    hostIsThere: "مضيفك موجود",
    hostIsNotThere: "مضيفك لم يصل بعد",
    fromTheDesk: "رسالة من الاستقبال",
    asOf: "آخر تحديث: {time}",
    stale: "تعذّر تحديث هذه الصفحة. ستحاول مرة أخرى من تلقاء نفسها.",
    over: "هذا الرابط لا يعرض شيئًا",
    overAdvice: "انتهت صلاحيته أو لم يُنسخ كاملًا. اطلب رابطًا آخر ممن أرسله إليك.",
    tooOften: "وصلت طلبات كثيرة من هنا. انتظر قليلًا؛ ستحاول الصفحة مرة أخرى من تلقاء نفسها.",
    language: "اللغة",
    staysOpen: "تُحدَّث هذه الصفحة من تلقاء نفسها.",
  },
};

/** A text with its numbers in it, in the form that a language has for that many. */
export function countedIn(language: LobbyLanguage, forms: Forms, n: number): string {
  const form = forms[new Intl.PluralRules(language).select(n)] ?? forms.other;
  return filled(form, { n: new Intl.NumberFormat(language).format(n) });
}

/** A text with what is shown in the place of its names. */
export function filled(text: string, values: Readonly<Record<string, string>>): string {
  return text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}
