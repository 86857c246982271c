import { isMachineText } from './machine-words.ts'

/** What a column of a CSV file is taken for. */
export const COLUMN_MEANINGS = [
  'name',
  'firstName',
  'lastName',
  'nickname',
  'company',
  'phone',
  'tags',
  'countryCode',
  'areaCode',
  'nothing',
] as const
export type ColumnMeaning = (typeof COLUMN_MEANINGS)[number]

export type TitleMeaning =
  | ColumnMeaning
  /** `Home`, `Mobile app`: numbers if that is what the column holds. */
  | 'phoneByContent'
  /** A short number behind another, or somebody's only one. */
  | 'extension'
  /** Tells two of one name apart; where first names stand it does not say. */
  | 'middleName'
  /** Says nothing: only what the column holds can tell. */
  | 'unknown'

/**
 * What a column is by its title, as spreadsheets, Outlook, Google, telephone systems and CRMs write them, in the languages that these
 * come in. `nothing` is what is known to be something else, a fax or a postal code, whatever it looks like.
 */
export function readTitle(title: string): TitleMeaning {
  const words = splitWords(title)
  // Pipedrive's columns are called `Person - Name`.
  const text = words.join(' ')
  if (MIDDLE_NAME.test(text)) return 'middleName'
  const own = meaningOf(text)
  const meaning = own ?? meaningOf(text.replace(SUBJECT, ''))
  // A customer's or an employee's number is what they are known by.
  if (meaning !== undefined) return meaning === 'phone' && own === undefined ? 'unknown' : meaning
  if (words.some((word) => EXTENSION_WORDS.has(word))) return 'extension'
  if (isMachineText(text) || words.some((word) => OTHER_WORDS.has(word) || MAIL_WORD.test(word))) return 'nothing'
  return meaningOfNumberWords(words)
}

/** Whether somebody who wrote it named a column of contacts. */
export function isTelling(meaning: TitleMeaning): boolean {
  return meaning !== 'unknown' && meaning !== 'nothing'
}

/** Whether a column of names is of the people themselves, `Contact Name`, or of whom they work for, `Lead Name`. */
export function isPersonTitle(title: string): boolean {
  return splitWords(title).some((word) =>
    /^(contact|person|full|first|kontakt|kontaktperson|ansprechpartner)$/.test(word),
  )
}

export function isAccountTitle(title: string): boolean {
  return splitWords(title).some((word) => /^(lead|account|customer|client|kunde|kundenname)$/.test(word))
}

/**
 * For each column the one that says which number stands in it: `Phone 1 - Label` of `Phone 1 - Value`, or `Type` of any; `undefined` where
 * there is none.
 */
export function findLabels(titles: readonly string[]): readonly (number | undefined)[] {
  const texts = titles.map((title) => splitWords(title).join(' '))
  const places = new Map(texts.map((text, index) => [text, index] as const).reverse())
  return texts.map((text) => {
    const stem = text.replace(/ (value|number)$/, '')
    const found = LABEL_WORDS.flatMap((word) => places.get(`${stem} ${word}`) ?? places.get(word) ?? [])
    return found.length === 0 ? undefined : Math.min(...found)
  })
}

const LABEL_WORDS = ['type', 'label', 'typ'] as const

/** What the column before one of numbers may hold: the first digits of each. */
export function readPrefixTitle(title: string): 'countryCode' | 'areaCode' | undefined {
  const text = splitWords(title).join(' ')
  if (COUNTRY_PREFIX.test(text)) return 'countryCode'
  return AREA_PREFIX.test(text) ? 'areaCode' : undefined
}

const COUNTRY_PREFIX =
  /\b(country (calling |dial(l?ing)? |phone )?(code|prefix)|(dial(l?ing)?|calling|isd) code|landesvorwahl|landervorwahl|indicatif( pays)?|prefijo pais|prefisso internazionale)$/
const AREA_PREFIX = /\barea code$|^(orts)?vorwahl$|^ddd$/

/** In small letters and without accents: `phone_1_number`, `Mobile2` and `FirstName` are words as well. */
function splitWords(title: string): readonly string[] {
  return (
    title
      .normalize('NFKD')
      .replace(/\p{M}/gu, '')
      .normalize('NFC')
      .replace(/(\p{Ll})(?=\p{Lu})|(\p{L})(?=\p{N})/gu, '$1$2 ')
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu) ?? []
  )
}

function meaningOfNumberWords(words: readonly string[]): TitleMeaning {
  const isPhone = words.some((word) => PHONE_WORD.test(word))
  const isPlace = words.some((word) => PLACE_WORDS.has(word))
  const isPlain = words.every(
    (word) => PHONE_WORD.test(word) || PLACE_WORDS.has(word) || FILLING_WORDS.has(word) || /^\d+$/.test(word),
  )
  if (!isPlain) return isPhone ? 'phoneByContent' : 'unknown'
  if (isPhone || (isPlace && words.some((word) => NUMBER_WORD.test(word)))) return 'phone'
  return isPlace ? 'phoneByContent' : 'unknown'
}

const MIDDLE_NAME =
  /^((deuxieme|autres?|second) prenoms?|segundo nombre|secondo nome|segundo nome|middelste naam|mellannamn|mellemnavn|mellomnavn|drugie imie|druhe jmeno|toinen nimi|masodik keresztnev|ikinci ad|отчество|по батькові|ミドル ?ネーム|中间名|中間名|중간 이름|שם אמצעי|الاسم الاوسط|ชอกลาง|nama tengah)$/

const SUBJECT =
  /^(person|people|contacts?|kontakte?|customer|client|kunden?|lead|user|member|employee|mitarbeiter|primary contact|main contact|billing|guest|patient|student|tenant|subscriber|caller) (?=.)/

function meaningOf(text: string): ColumnMeaning | undefined {
  return TITLES.find(([, pattern]) => pattern.test(text))?.[0]
}

/** The whole title, or what remains of it without whom it is about. */
const TITLES: readonly (readonly [ColumnMeaning, RegExp])[] = [
  [
    'firstName',
    /^(first|given|fore|middle|additional|second|2nd|f) ?names?( required)?$|^(first|given|middle|mi|m i|middle initial)$|^(weitere )?vornamen?$|^rufname$|^(שם פרטי|الاسم الاول|ชอจรง|nama depan|eesnimi|vardas|vards|nom de pila)$|^(prenoms?|nombres?|nombre s|primeiro nome|roepnaam|krestni jmeno|meno|іm я|імя|ім я|名 漢字|voornaam|nome proprio|fornamn|fornavn|imie|jmeno|etunimi|keresztnev|utonev|prenume|名|имя)$/,
  ],
  [
    'lastName',
    /^(last|family|sur|l|second last) ?name( required)?$|^sn$|^(last|family|surname)$|^(name )?suffix$|^namenszusatz$|^(nach|familien|zu)name$|^(nom de famille|apellidos?|cognome|achternaam|sobrenome|efternamn|etternavn|efternavn|nazwisko|prijmeni|priezvisko|sukunimi|vezeteknev|csaladnev|soyad[iı]?|(primer|segundo) apellido|apellido (paterno|materno)|1er apellido|2do apellido|apelidos?|cognoms?|tussenvoegsels?|姓氏|שם משפחה|اسم العايلة|الاسم الاخير|นามสกล|nama belakang|perekonnanimi|pavarde|uzvards|прізвище|姓 漢字|성|prezime|priimek|επωνυμο|姓|фамилия)$/,
  ],
  ['nickname', /^nick ?name$|^(file|save) as$|^speichern unter$|^spitzname$|^surnom$|^apodo$|^alias$/],
  [
    'company',
    /^(company|organi[sz]ation|account|employer)( \d+)?( name)?$|^business name$|^(associated|primary) company$|^company (or )?organi[sz]ation$|^firma$|^firmenname$|^unternehmen$|^organisation$|^arbeitgeber$|^(societe|entreprise|empresa|azienda|bedrijf|bedrijfsnaam|foretag|bedrift|virksomhed|spolecnost|yritys|nazwa firmy|razon social|raison sociale|ragione sociale|nom de l entreprise|org|firm|firm name|unternehmensname|compania|societa|organisatie|foretagsnamn|firmanavn|companie|firma adi|sirket|sirket adi|название компании|企業名|法人名|单位|회사명|company account|trading name|legal name|ceg|cegnev|会社|会社名|公司|公司名称|회사|компания|организация|εταιρεια|חברה|الشركة|บรษท|cong ty|perusahaan)$/,
  ],
  [
    'tags',
    /^(tags?|labels?|categor(y|ies)|groups?|group ?name|group membership|kategorien?|gruppen?|schlagw(ort|orter)|etiketten?)$/,
  ],
  [
    'name',
    /^(full|display|contact|caller|c)? ?name$|^(contact|person|contact person|customer|client|lead|people)$|^(voller |vollstandiger )?name$|^anzeigename$|^kontakt(name|person)?$|^ansprechpartner(in)?$|^kunde(nname)?$|^(nom|nombre completo|nome|naam|name vollstandig|vor und nachname|first and last name|name \d+|name of contact|guest name|nachname vorname|name vorname|vorname name|vor und zuname|nombre y apellidos|nom complet|nom (et )?prenom|nome e cognome|cognome e nome|nome completo|nominativo|nazwisko i imie|namn|navn|imie i nazwisko|jmeno a prijmeni|nimi|nev|nume|ime|ime i prezime|ime in priimek|ad|adi|ad soyad|ονομα|ονοματεπωνυμο|שם|שם מלא|الاسم|الاسم الكامل|ชอ|ชอ นามสกล|ten|ho ten|ho va ten|nama|nama lengkap|氏名|名前|お名前|姓名|名字|이름|성명|фио|ф и о|контакт|клиент|піб|контактное лицо|name of (customer|client)|(caller ?id|cid|c ?id) ?name|cnam|ansprechpartner in|teilnehmer(name)?|contacto|cliente|contatto|volledige naam|contactpersoon|klant|klantnaam|fulde navn|osoba kontaktowa|klient|teljes nev|ugyfel neve|nume complet|nume si prenume|顧客名|担当者|担当者名|名称|联系人|联系人姓名|客户名称|客户姓名|고객명|담당자|担当)$/,
  ],
  [
    'phone',
    /^whats app( number)?$|^caller ?id( number)?$|^cid number$|^(contact |person |kontakt|caller )?(numbers?|nummern?|numero)( \d+)?$|^(contact|person|kontakt) (no|nr)$/,
  ],
]

const PHONE_WORD =
  /(電話|携帯|电话|手机|手機|전화|휴대폰|핸드폰|телефон|τηλεφων|κινητο|โทร)|^(连絡先|こ連絡先|連絡先|联系方式|연락처|тел|моб|هاتف|الهاتف|جوال|الجوال|موبايل|טלפון|נייד|telp|telepon|hp|dien thoai|thoai|ddi|callerid|vast|fixe|recapito|mobilszam|zentrale|telefonzentrale|мобильныи|tlf|puhelin|matkapuhelin|puhelinnumero|telefonszam)$|^(tel|tels|ph|did|mob|mobil|mobiles?|cell|cellular|cel|celular|cellulare|movil|mobiel|gsm|msisdn|landline|festnetz|whatsapp|portable|komorka)$|(phone|telephon|telefon|telefonu|telefonni|telefono|telefone|telefoon|telemovel|handy|mobil|mobilfunk|ruf|festnetz|puhelin)(numbers?|nummern?|nr|numero|szama?|s)?$/

const NUMBER_WORD = /^(numbers?|nummern?|numero|numer|cislo|num|no|nr|dial|line|番号)$/

/** Which of somebody's numbers it is. */
const PLACE_WORDS: ReadonlySet<string> = new Set(
  (
    'home private privat business work office company firma organization organisation other others main primary direct direkt secondary second alternate ' +
    'alternative alt car auto isdn callback assistant asst radio day daytime evening switchboard zentrale haupt geschaftlich ' +
    'dienstlich arbeit buro andere anderer anderes weitere weiteres sonstige ruckmeldung tty tdd ' +
    'particular casa trabajo trabalho residencial bureau domicile travail ufficio abitazione lavoro thuis werk hem arbete hjem arbejde'
  ).split(' '),
)

const FILLING_WORDS: ReadonlySet<string> = new Set(
  'number numbers nummer nummern numero numer cislo num no nr dial line value wert person contact kontakt s the of a e164 番号'.split(
    ' ',
  ),
)

const EXTENSION_WORDS: ReadonlySet<string> = new Set('extension ext extn durchwahl nebenstelle dw'.split(' '))

/** One of these makes a title something else, though `phone` may stand beside it. */
const OTHER_WORDS: ReadonlySet<string> = new Set(
  (
    'telecopie telecopieur ふりかな フリカナ telex mail email id ids uid guid url website web type typ label flag flags status notes note notiz notizen ' +
    'phonetic phonebook telefonbuch zip postal postcode plz code country land region state area city town ort street strasse ' +
    'recepteur birthday birthdate geburtstag date datum created updated modified time timestamp zone owner besitzer role language ' +
    'sprache title titel salutation anrede prefix position department abteilung job verified shared opt speeddial speed ' +
    'kurzwahl provider carrier os model price amount revenue umsatz betrag iban vat tax latitude longitude photo industry branche domain stage rating source quelle designation gender'
  ).split(' '),
)

/** Scripts without blanks between words have it in one with a telephone's. */
const MAIL_WORD = /メール|邮箱|邮件|郵箱|이메일|почта/
