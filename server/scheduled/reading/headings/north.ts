import { type HeadingWords, words } from "./heading.ts";

export const NORTHERN: Readonly<Record<string, HeadingWords>> = {
  nb: {
    name: words("navn"),
    whole_name: words(
      "fullt navn | fornavn etternavn | etternavn fornavn | fornavn og etternavn | visningsnavn",
      "elev | deltaker | student",
    ),
    first_name: words("fornavn"),
    second_name: words("mellomnavn"),
    last_name: words("etternavn | familienavn | slektsnavn"),
    email: words("e-post | e-postadresse | epost | epostadresse"),
    user_id: words("bruker-id | brukernavn | studentnummer"),
    role: words("rolle"),
    ignore: words("klasse | gruppe | telefon | fødselsdato | kjønn | nummer"),
  },
  da: {
    name: words("navn"),
    whole_name: words(
      "fulde navn | fuldt navn | fornavn efternavn | efternavn fornavn | fornavn og efternavn",
      "elev | deltager | studerende",
    ),
    first_name: words("fornavn"),
    second_name: words("mellemnavn"),
    last_name: words("efternavn | familienavn"),
    email: words("e-mail | e-mailadresse | mailadresse"),
    user_id: words("bruger-id | brugernavn"),
    role: words("rolle"),
    ignore: words("klasse | hold | gruppe | fødselsdato | køn"),
  },
  sv: {
    name: words("namn"),
    whole_name: words(
      "fullständigt namn | förnamn efternamn | efternamn förnamn | för- och efternamn",
      "visningsnamn | elev | deltagare | student",
    ),
    first_name: words("förnamn | tilltalsnamn"),
    second_name: words("mellannamn"),
    last_name: words("efternamn"),
    email: words("e-post | e-postadress | epost | epostadress"),
    user_id: words("användar-id | användarnamn"),
    role: words("roll"),
    ignore: words("klass | grupp | födelsedatum | personnummer | kön | nummer"),
  },
  fi: {
    name: words("nimi"),
    whole_name: words(
      "koko nimi | sukunimi etunimi | etunimi sukunimi | oppilas | opiskelija | osallistuja",
    ),
    first_name: words("etunimi | etunimet | kutsumanimi"),
    second_name: words("toinen nimi"),
    last_name: words("sukunimi"),
    email: words("sähköposti | sähköpostiosoite"),
    user_id: words("käyttäjätunnus | opiskelijanumero"),
    role: words("rooli"),
    ignore: words("luokka | ryhmä | puhelin | syntymäaika | numero"),
  },
  et: {
    name: words("nimi"),
    whole_name: words("täisnimi | õpilane | osaleja"),
    first_name: words("eesnimi"),
    last_name: words("perekonnanimi"),
    email: words("e-post | e-posti aadress"),
    ignore: words("klass | rühm"),
  },
  lv: {
    name: words("vārds"),
    whole_name: words("vārds uzvārds | vārds, uzvārds"),
    last_name: words("uzvārds"),
    email: words("e-pasts | e-pasta adrese"),
  },
  lt: {
    name: words("vardas"),
    whole_name: words("vardas pavardė | vardas, pavardė | mokinys"),
    last_name: words("pavardė"),
    email: words("el. paštas | el. pašto adresas"),
  },
};
