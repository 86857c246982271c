/** What stands on the page of an invitation, in one language. */
export interface InvitationTexts {
  readonly language: string
  /** `company`: absent where nobody said what it is called. */
  readonly title: (company: string | undefined) => string
  readonly lead: string
  readonly get: string
  /** The link to where the extension is. */
  readonly install: string
  /** In place of the link where there is none. */
  readonly askForIt: string
  readonly connect: string
  readonly paste: string
  readonly link: string
  readonly copy: string
  readonly copied: string
}

const ENGLISH: InvitationTexts = {
  language: 'en',
  title: (company) => (company === undefined ? 'You are invited to Ringside' : `${company} invites you to Ringside`),
  lead: 'Ringside shows who is calling beside your CRM, while the phone still rings.',
  get: 'Add Ringside to Chrome',
  install: 'Get Ringside for Chrome',
  askForIt: 'Your administrator gives you the extension, or has put it into your Chrome already.',
  connect: 'Connect it',
  paste: 'Copy this invitation and paste it on Ringside’s welcome page, which opens when Ringside has been added.',
  link: 'Invitation link',
  copy: 'Copy invitation',
  copied: 'Copied',
}

const GERMAN: InvitationTexts = {
  language: 'de',
  title: (company) => (company === undefined ? 'Einladung zu Ringside' : `${company} lädt Sie zu Ringside ein`),
  lead: 'Ringside zeigt neben Ihrem CRM, wer anruft, während das Telefon noch klingelt.',
  get: 'Ringside zu Chrome hinzufügen',
  install: 'Ringside für Chrome holen',
  askForIt: 'Ihr Administrator gibt Ihnen die Erweiterung oder hat sie schon in Ihrem Chrome installiert.',
  connect: 'Verbinden',
  paste:
    'Kopieren Sie diese Einladung und fügen Sie sie auf der Willkommensseite von Ringside ein. Sie öffnet sich, sobald Ringside hinzugefügt ist.',
  link: 'Einladungslink',
  copy: 'Einladung kopieren',
  copied: 'Kopiert',
}

/** In the language that a browser asks for (`Accept-Language`), English where there are no texts in it. */
export function chooseTexts(acceptLanguage: string | undefined): InvitationTexts {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => part.trim().slice(0, 2).toLowerCase())
    .find((language) => language === 'en' || language === 'de')
  return wanted === 'de' ? GERMAN : ENGLISH
}
