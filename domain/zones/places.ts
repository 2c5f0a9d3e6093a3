/*
 * Further names of places: large cities without a zone of their own, others by their local names, and
 * abbreviations that are no initials. The zones that most people live in come first, and are offered first.
 */
const PLACES: Readonly<Record<string, string>> = {
  "America/New_York":
    "Boston | Washington | Miami | Atlanta | Philadelphia | Orlando | Charlotte | Pittsburgh | Nueva York",
  "America/Chicago":
    "Houston | Dallas | Austin | San Antonio | Minneapolis | New Orleans | Nashville | St. Louis",
  "America/Los_Angeles":
    "San Francisco | Seattle | San Diego | Las Vegas | Portland | San Jose | Sacramento",
  "Europe/London": "Manchester | Birmingham | Edinburgh | Glasgow | Liverpool | Bristol | Cardiff",
  "Europe/Berlin":
    "Munich | München | Hamburg | Frankfurt | Cologne | Köln | Stuttgart | Düsseldorf",
  "Europe/Paris": "Lyon | Marseille | Toulouse | Nice | Lille | Bordeaux | Strasbourg",
  "Asia/Kolkata":
    "Mumbai | Bombay | New Delhi | Delhi | Bengaluru | Bangalore | Chennai | Hyderabad | Pune | Ahmedabad | Calcutta",
  "Asia/Tokyo": "Osaka | Kyoto | Yokohama | Nagoya | Sapporo | Fukuoka | Tokio",
  "Asia/Shanghai": "Beijing | Peking | Shenzhen | Guangzhou | Chengdu | Wuhan | Hangzhou | Nanjing",
  "Australia/Sydney": "Canberra | Newcastle | Wollongong",
  "America/Sao_Paulo": "Rio de Janeiro | Brasília | Belo Horizonte | Curitiba | BRT",
  "America/Denver": "Salt Lake City | Albuquerque | Colorado Springs | El Paso",
  "America/Toronto": "Ottawa | Montreal | Montréal | Québec | Hamilton",
  "America/Mexico_City": "Guadalajara | Puebla | Ciudad de México | Mexiko-Stadt",
  "Europe/Madrid": "Barcelona | Valencia | Sevilla | Seville | Bilbao",
  "Europe/Rome":
    "Roma | Rom | Milan | Milano | Mailand | Naples | Napoli | Turin | Torino | Florence",
  "Europe/Istanbul": "Ankara | Izmir | Antalya | TRT",
  "Europe/Moscow": "Saint Petersburg | Moskau | Москва | Санкт-Петербург | MSK",
  "Asia/Singapore": "SGT",
  "Asia/Hong_Kong": "HKT",
  "Asia/Seoul": "Busan | Incheon",
  "Asia/Dubai": "Abu Dhabi | Sharjah",
  "Asia/Karachi": "Islamabad | Lahore | PKT",
  "Asia/Jakarta": "Bandung | Surabaya | WIB",
  "Asia/Makassar": "Bali | Denpasar | WITA",
  "Asia/Jayapura": "WIT",
  "Asia/Manila": "Quezon City | Cebu | PHT",
  "Asia/Kuala_Lumpur": "Penang | Johor Bahru | MYT",
  "Asia/Ho_Chi_Minh": "Hanoi | Hà Nội | Saigon | Da Nang | ICT",
  "Asia/Bangkok": "Chiang Mai | Phuket | ICT",
  "Asia/Dhaka": "Chittagong | BDT",
  "Asia/Kathmandu": "NPT",
  "Asia/Yangon": "Rangoon | Mandalay | MMT",
  "Asia/Riyadh": "Jeddah | Mecca | Medina",
  "Asia/Jerusalem": "Tel Aviv | Haifa",
  "Asia/Tehran": "Teheran | Mashhad | Isfahan | IRST",
  "Asia/Taipei": "Kaohsiung | Taichung",
  "Africa/Johannesburg": "Cape Town | Pretoria | Durban",
  "Africa/Lagos": "Abuja | Kano",
  "Africa/Cairo": "Alexandria | Giza | Kairo",
  "Africa/Nairobi": "Mombasa",
  "Africa/Casablanca": "Rabat | Marrakesh",
  "Europe/Amsterdam": "Rotterdam | The Hague | Den Haag | Utrecht | Eindhoven",
  "Europe/Brussels": "Antwerp | Antwerpen | Ghent | Gent | Bruxelles | Brüssel",
  "Europe/Zurich": "Zürich | Geneva | Genève | Genf | Bern | Basel | Lausanne",
  "Europe/Vienna": "Wien | Graz | Linz | Salzburg | Innsbruck",
  "Europe/Warsaw": "Warszawa | Warschau | Kraków | Gdańsk | Wrocław | Poznań",
  "Europe/Prague": "Praha | Prag | Brno",
  "Europe/Lisbon": "Lisboa | Lissabon | Porto",
  "Europe/Stockholm": "Gothenburg | Göteborg | Malmö",
  "Europe/Copenhagen": "København | Kopenhagen | Aarhus",
  "Europe/Oslo": "Bergen | Trondheim",
  "Europe/Helsinki": "Tampere | Turku | Espoo",
  "Europe/Athens": "Athen | Αθήνα | Thessaloniki",
  "Europe/Bucharest": "București | Bukarest | Cluj",
  "Europe/Budapest": "Debrecen",
  "Europe/Kyiv": "Kiev | Київ | Kharkiv | Lviv | Odesa",
  "Europe/Belgrade": "Beograd | Belgrad | Novi Sad",
  "America/Argentina/Buenos_Aires": "Rosario | La Plata | ART",
  "America/Bogota": "Medellín | Cali | COT",
  "America/Lima": "Arequipa | PET",
  "America/Santiago": "Valparaíso | CLT",
  "America/Vancouver": "Victoria | Surrey",
  "America/Edmonton": "Calgary",
  "America/Phoenix": "Tucson | Arizona",
  "Pacific/Honolulu": "Hawaii",
  "Pacific/Auckland": "Wellington | Christchurch",
  "Australia/Brisbane": "Gold Coast | Cairns",
};

/** The zones of many people, the most populous first. */
export const LARGE: readonly string[] = Object.keys(PLACES);

export function placesIn(zone: string): string[] {
  return PLACES[zone]?.split(" | ") ?? [];
}
