import { type HeadingWords, words } from "./heading.ts";

export const WESTERN: Readonly<Record<string, HeadingWords>> = {
  en: {
    name: words("name | names"),
    whole_name: words(
      "full name | display name | user name | participant | participant name | participants",
      "person | people | student | student name | students | pupil | pupil name | attendee",
      "guest | member | learner | first name last name | first name surname",
      "last name first name | surname first name | name and surname | first last | last first",
      "surname first",
    ),
    first_name: words(
      "first name | firstname | given name | given names | forename | first names | first | given",
      "forenames",
    ),
    second_name: words(
      "middle name | middle names | second name | second names | middle initial | middle",
      "patronymic",
    ),
    last_name: words("last name | surname | family name | last names | surnames | last | family"),
    email: words(
      "email | e-mail address | mail | user email | email id | mail address | email address",
    ),
    user_id: words(
      "user id | user | id | external id | student id | id number | sis user id | student number",
      "participant id | login",
    ),
    role: words("role | roles"),
    ignore: words(
      "class | group | groups | section | phone | telephone | mobile | birthday | date of birth",
      "gender | sex | address | city | number | no | nr | # | notes | note | comment | comments",
      "department | grade | title | pronouns | preferred pronouns | salutation",
    ),
  },
  de: {
    name: words("name | namen"),
    whole_name: words(
      "vollständiger name | anzeigename | teilnehmer | teilnehmerin | teilnehmende",
      "teilnehmer/in | teilnehmername | schüler | schülerin | schüler/in | schülername",
      "vor- und nachname | vorname nachname | nachname vorname | name vorname | student/in",
      "studierende | mitglied | klient | patient | nachname, vorname | vor- und zuname",
      "familienname vorname",
    ),
    first_name: words("vorname | vornamen | rufname | erster vorname"),
    middle_name: words("namenszusatz | namensvorsatz | vorsatzwort"),
    second_name: words("zweiter vorname | zweitname | weitere vornamen | mittelname | vatersname"),
    last_name: words("nachname | familienname | zuname | nachnamen | zunamen"),
    email: words("e-mail-adresse | mailadresse | emailadresse | benutzer-e-mail | e-mail | mail"),
    user_id: words(
      "benutzer-id | nutzer-id | benutzerkennung | benutzername | kennung | matrikelnummer",
      "matrikelnr | schülernummer | teilnehmer-id",
    ),
    role: words("rolle | funktion"),
    ignore: words(
      "klasse | gruppe | kurs | telefon | handy | mobil | geburtsdatum | geburtstag | geschlecht",
      "anschrift | adresse | ort | plz | nummer | lfd. nr. | bemerkung | bemerkungen | anrede",
      "titel | straße | jahrgang | abteilung | pronomen | telefonnummer",
    ),
  },
  fr: {
    name: words("nom"),
    whole_name: words(
      "nom complet | participants inscrits | élève | étudiant | nom et prénom | nom prénom",
      "prénom nom | prénom et nom | nom et prénoms | participant | étudiante",
    ),
    first_name: words("prénom | prénoms | premier prénom"),
    second_name: words("deuxième prénom | second prénom | autres prénoms"),
    last_name: words("nom de famille | nom d'usage | noms de famille"),
    email: words(
      "adresse e-mail | courriel | adresse électronique | mél | e-mail | mail | adresse mail",
    ),
    user_id: words("identifiant | id utilisateur | numéro étudiant"),
    role: words("rôle"),
    ignore: words(
      "classe | groupe | téléphone | date de naissance | sexe | numéro | remarques | pronoms",
      "civilité",
    ),
  },
  es: {
    name: words("nombre"),
    whole_name: words(
      "nombre completo | nombre y apellidos | apellidos y nombre | alumno | alumna",
      "apellidos, nombre | nombre apellidos | apellidos nombre | nombre y apellido",
      "apellido y nombre | estudiante | participante",
    ),
    first_name: words("nombre de pila | nombres | primer nombre"),
    second_name: words("segundo nombre | segundo apellido | apellido materno"),
    last_name: words("apellido | apellidos | primer apellido | apellido paterno"),
    email: words("correo electrónico | correo | dirección de correo electrónico | e-mail | mail"),
    user_id: words("id de usuario | identificador | matrícula"),
    role: words("rol"),
    ignore: words(
      "clase | grupo | teléfono | fecha de nacimiento | sexo | número | curso | pronombres",
    ),
  },
  ca: {
    name: words("nom"),
    whole_name: words(
      "nom complet | nom i cognoms | cognoms i nom | cognoms, nom | alumne | alumna",
    ),
    second_name: words("segon nom | segon cognom"),
    last_name: words("cognom | cognoms | primer cognom"),
    email: words("correu electrònic | correu | adreça electrònica"),
    role: words("rol"),
  },
  pt: {
    name: words("nome"),
    whole_name: words(
      "nome completo | aluno | aluna | estudante | nome e sobrenome | nome e apelido",
      "nome sobrenome | participante",
    ),
    first_name: words("primeiro nome | nome próprio | nomes próprios"),
    second_name: words("nome do meio | segundo nome"),
    last_name: words("sobrenome | apelido | último nome | apelidos | sobrenomes | nome de família"),
    email: words("endereço de e-mail | correio eletrónico | correio eletrônico | e-mail"),
    user_id: words("id do usuário | id do utilizador"),
    role: words("função | papel"),
    ignore: words("turma | telefone | data de nascimento | pronomes"),
  },
  it: {
    name: words("nome"),
    whole_name: words(
      "nome e cognome | cognome e nome | studente | partecipante | alunno | alunna",
      "nome completo | nome cognome | cognome nome | nominativo | studentessa",
    ),
    first_name: words("nome di battesimo"),
    second_name: words("secondo nome"),
    last_name: words("cognome | cognomi"),
    email: words("indirizzo e-mail | posta elettronica | indirizzo email | e-mail | mail"),
    user_id: words("id utente | matricola"),
    role: words("ruolo"),
    ignore: words("gruppo | telefono | data di nascita | numero | sesso | classe | pronomi"),
  },
  nl: {
    name: words("naam"),
    whole_name: words(
      "volledige naam | deelnemer | leerling | weergavenaam | voor- en achternaam | student",
    ),
    first_name: words("voornaam | roepnaam"),
    middle_name: words("tussenvoegsel | tussenvoegsels | voorvoegsel | voorvoegsels"),
    second_name: words("tweede voornaam | tweede naam | middelste naam"),
    last_name: words("achternaam | familienaam | geslachtsnaam"),
    email: words("e-mailadres | e-mail | mail"),
    user_id: words("gebruikers-id | leerlingnummer | studentnummer"),
    role: words("rol"),
    ignore: words("klas | groep | telefoon | geboortedatum | geslacht | voornaamwoorden"),
  },
  ro: {
    name: words("nume"),
    whole_name: words(
      "nume complet | nume și prenume | nume prenume | elev | participant | student",
    ),
    first_name: words("prenume"),
    second_name: words("al doilea prenume | al doilea nume"),
    last_name: words("nume de familie"),
    email: words("adresă de e-mail | adresa de e-mail"),
    role: words("rol"),
    ignore: words("clasa | grupa | data nașterii"),
  },
};
