import { describe, expect, it } from 'vitest'
import { guessLayout } from '../../../../../entrypoints/options/contacts/import/columns.ts'
import { openCsv } from '../../../../../entrypoints/options/contacts/import/csv-file.ts'
import { readCsvTable } from '../../../../../entrypoints/options/contacts/import/csv-table.ts'
import { createImportPlan } from '../../../../../entrypoints/options/contacts/import/import-plan.ts'
import { readAll } from './read-all.ts'

/** The titles that programs write over the columns of their contacts, and what becomes of two people beneath them. */

const [n1, n2, n3, n4] = ['+14085550123', '+14085550124', '+14085550125', '+14085550126']

function importFile(text: string, country = 'US') {
  const table = readCsvTable(text)
  const { drafts, problems } = readAll(openCsv(table, guessLayout(table)))
  let made = 0
  const plan = createImportPlan({ existing: [], country, newId: () => `new-${++made}` })
  for (const draft of drafts) plan.take(draft)
  const outcome = plan.outcome()
  return {
    people: outcome.contacts.map(({ name, company, numberKeys, tags }) => [
      [name, company, ...tags].filter((part) => part !== undefined).join(' | '),
      ...numberKeys.map((key) => key.replace(/^tel:/, '')),
    ]),
    problems: [...problems, ...outcome.problems],
  }
}

interface Program {
  readonly titles: string
  readonly rows: readonly string[]
  readonly people: readonly (readonly (string | undefined)[])[]
}

const PROGRAMS: Record<string, Program> = {
  Pipedrive: {
    titles:
      'Person - ID,Person - Label,Person - Name,Person - Organization,Person - Email - Work,Person - Phone - Work,Person - Phone - Mobile,Person - Phone - Other,Person - Owner,Person - Open deals',
    rows: [
      `12,Hot lead,Ada Winter,Harbor,ada@example.com,${n1},${n2},,Bea Berg,2`,
      `13,,Ben Frost,,,,${n3},,Bea Berg,0`,
    ],
    people: [
      ['Ada Winter | Harbor | Hot lead', n1, n2],
      ['Ben Frost', n3],
    ],
  },
  'Pipedrive, deals': {
    titles:
      'Deal - ID,Deal - Title,Deal - Value,Person - First name,Person - Last name,Person - Phone - Home,Organization - Name',
    rows: [`1,Boats,12000,Ada,Winter,${n1},Harbor`],
    people: [['Ada Winter | Harbor', n1]],
  },
  FreePBX: {
    titles:
      'groupname,grouptype,displayname,fname,lname,title,company,address,phone_1_type,phone_1_number,phone_1_extension,phone_1_flags,phone_1_speeddial,phone_2_type,phone_2_number,phone_2_extension,phone_2_flags,phone_2_speeddial',
    rows: [
      `Customers,external,Ada Winter,Ada,Winter,,Harbor,,work,${n1},,sms|fax,45,cell,${n2},,,`,
      `Customers,external,Ben Frost,Ben,Frost,,Harbor,,cell,${n3},12,,46,,,,,`,
    ],
    people: [
      ['Ada Winter | Harbor | Customers', n1, n2],
      ['Ben Frost | Harbor | Customers', n3],
    ],
  },
  '3CX': {
    titles:
      'FirstName,LastName,Company,Mobile,Mobile2,Home,Home2,Business,Business2,Email,Other,BusinessFax,HomeFax,Pager',
    rows: [`Ada,Winter,Harbor,,,,,${n1},,ada@example.com,,,,`, `Ben,Frost,,${n2},${n3},${n4},,,,,,+14085550199,,`],
    people: [
      ['Ada Winter | Harbor', n1],
      ['Ben Frost', n2, n3, n4],
    ],
  },
  Yeastar: {
    titles:
      'First Name,Last Name,Company Name,Email,Business Number,Business Number 2,Business Fax,Mobile,Mobile 2,Home,Home 2,Home Fax,Other,ZIP Code,Street,City,State,Country,Remark,Phonebook',
    rows: [
      `Ada,Winter,Harbor,ada@example.com,${n1},,,,,,,,,95110,,San Jose,CA,US,,Customers`,
      `Ben,Frost,,,${n2},,,${n3},,,,,${n4},95110,,San Jose,CA,US,,Customers`,
    ],
    people: [
      ['Ada Winter | Harbor', n1],
      ['Ben Frost', n2, n3, n4],
    ],
  },
  Yealink: {
    titles: 'display_name,office_number,mobile_number,other_number,line,ring,group_id_name,default_photo',
    rows: [
      `Ada Winter,${n1},${n2},,-1,Auto,Contacts,Default:default_contact_image.png`,
      'Ben Frost,204,,,-1,Auto,Contacts,',
    ],
    people: [
      ['Ada Winter', n1, n2],
      ['Ben Frost', 'ext:204'],
    ],
  },
  Grandstream: {
    titles: 'First Name,Last Name,Work Number,Home Number,Cell Number,Account Index,Favorite,Group',
    rows: [`Ada,Winter,${n1},,${n2},1,0,Customers`],
    people: [['Ada Winter | Customers', n1, n2]],
  },
  'Google since 2024': {
    titles:
      'First Name,Middle Name,Last Name,Phonetic First Name,Phonetic Middle Name,Phonetic Last Name,Name Prefix,Name Suffix,Nickname,File As,Organization Name,Organization Title,Organization Department,Birthday,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value',
    rows: [
      `Hana,,Yamada,はな,,やまだ,,,,,Harbor,,,1990-02-01,,,* myContacts ::: VIP,* Home,hana@example.com,Mobile,${n1},Work,${n2} ::: ${n3}`,
      `,,,,,,,,winterfell,,,,,,,,* myContacts,,,Mobile,${n4},,`,
    ],
    people: [
      ['Hana Yamada | Harbor | VIP', n1, n2, n3],
      ['winterfell', n4],
    ],
  },
  'Google before 2024': {
    titles:
      'Name,Given Name,Additional Name,Family Name,Yomi Name,Nickname,Birthday,Group Membership,E-mail 1 - Type,E-mail 1 - Value,Phone 1 - Type,Phone 1 - Value,Organization 1 - Type,Organization 1 - Name,Organization 1 - Yomi Name',
    rows: [`Ada Winter,Ada,,Winter,,ada,1990-02-01,* myContacts,* Home,ada@example.com,Work,${n1},,Harbor,`],
    people: [['Ada Winter | Harbor', n1]],
  },
  'Zendesk, users': {
    titles:
      'id,url,name,email,created_at,updated_at,time_zone,phone,shared_phone_number,locale_id,organization_id,role,verified,external_id,tags,alias,active,organization',
    rows: [
      `3600001,https://a.example/1,Ada Winter,ada@example.com,2026-01-02T10:00:00Z,2026-01-02T10:00:00Z,Berlin,${n1},false,1,42,end-user,true,,vip,,true,Harbor`,
      `3600002,https://a.example/2,Ben Frost,,2026-01-02T10:00:00Z,2026-01-02T10:00:00Z,Berlin,${n2},false,1,42,end-user,true,,,,true,`,
    ],
    people: [
      ['Ada Winter | Harbor | vip', n1],
      ['Ben Frost', n2],
    ],
  },
  Outlook: {
    titles: `Title,First Name,Middle Name,Last Name,Suffix,Company,Department,Job Title,Business Street,Business City,Business Postal Code,Home Street,Assistant's Phone,Business Fax,Business Phone,Business Phone 2,Callback,Car Phone,Company Main Phone,Home Fax,Home Phone,ISDN,Mobile Phone,Other Fax,Other Phone,Pager,Primary Phone,Account,Birthday,Categories,E-mail Address,Notes`,
    rows: [
      `Dr.,John,A.,Smith,Jr.,Harbor,,,1 Road,San Jose,95110,,,,,,,,,,${n1},,,,,,,,0/0/00,VIP,,called 2026`,
      `,John,A.,Smith,Sr.,Harbor,,,1 Road,San Jose,95110,,,,${n2},,,,,,${n1},,,,,,,,0/0/00,,,`,
    ],
    people: [
      ['John A. Smith Jr. | Harbor | VIP', n1],
      ['John A. Smith Sr. | Harbor', n2, n1],
    ],
  },
  'Outlook in German': {
    titles:
      'Anrede,Vorname,Weitere Vornamen,Nachname,Suffix,Firma,Abteilung,Position,Straße geschäftlich,Postleitzahl geschäftlich,Fax geschäftlich,Telefon geschäftlich,Telefon geschäftlich 2,Rückmeldung,Autotelefon,Telefon Firma,Fax privat,Telefon (privat),ISDN,Mobiltelefon,Haupttelefon,Weiteres Telefon,Kategorien,Notizen',
    rows: [`Frau,Ada,,Winter,,Harbor,,,Weg 1,10115,,${n1},,,,,,${n2},,${n3},,${n4},,Kundin seit 2020`],
    people: [['Ada Winter | Harbor', n1, n2, n3, n4]],
  },
  HubSpot: {
    titles:
      'Record ID,First Name,Last Name,Email,Phone Number,Mobile Phone Number,Contact owner,Lead Status,Company Name,Associated Company IDs,Calculated Phone Number Area Code,Calculated Phone Number Country Code,WhatsApp Phone Number,Create Date',
    rows: [
      `512000123456,Ada,Winter,ada@example.com,${n1},${n2},Bea Berg,NEW,Harbor,912000123456,408,US,${n3},2026-01-02 10:00`,
    ],
    people: [['Ada Winter | Harbor', n1, n2, n3]],
  },
  Salesforce: {
    titles:
      'Contact ID,Salutation,First Name,Last Name,Title,Account Name,Phone,Mobile,Home Phone,Other Phone,Fax,Email,Mailing Street,Mailing Zip/Postal Code,Do Not Call,Contact Owner',
    rows: [
      `0035g00000AbCdE,Ms.,Ada,Winter,CEO,Harbor,${n1},${n2},,,+14085550199,ada@example.com,1 Road,95110,0,Bea Berg`,
    ],
    people: [['Ada Winter | Harbor', n1, n2]],
  },
  Freshdesk: {
    titles:
      'Full name,Job title,Email,Work phone,Mobile phone,Twitter ID,Company,Address,Time zone,Language,Tags,External ID',
    rows: [`Ada Winter,CEO,ada@example.com,${n1},${n2},,Harbor,1 Road,Berlin,en,vip,900123456789`],
    people: [['Ada Winter | Harbor | vip', n1, n2]],
  },
  Zoho: {
    titles:
      'Record Id,Contact Owner.id,Contact Owner,First Name,Last Name,Account Name.id,Account Name,Email,Phone,Home Phone,Other Phone,Mobile,Fax,Skype ID,Tag,Asst Phone,Assistant,Created Time',
    rows: [`zcrm_4700001,zcrm_1,Bea Berg,Ada,Winter,zcrm_2,Harbor,,${n1},,,${n2},,,vip,,,2026-01-02 10:00:00`],
    people: [['Ada Winter | Harbor | vip', n1, n2]],
  },
  'a list with titles that nobody knows': {
    titles: 'Wer,Wo,Erste Wahl,Zweite Wahl,Stand',
    rows: [`Ada Winter,Berlin,${n1},${n2},2026-01-02`, `Ben Frost,Berlin,,${n3},2026-01-02`],
    people: [
      ['Ada Winter', n1, n2],
      ['Ben Frost', n3],
    ],
  },
  'a list of colleagues': {
    titles: 'First Name,Last Name,Extension',
    rows: ['Ada,Winter,204', 'Ben,Frost,205'],
    people: [
      ['Ada Winter', 'ext:204'],
      ['Ben Frost', 'ext:205'],
    ],
  },
}

PROGRAMS.Shopify = {
  titles:
    'First Name,Last Name,Email,Default Address Company,Default Address Address1,Default Address City,Default Address Phone,Phone,Tags',
  rows: [`Ada,Winter,ada@example.com,Harbor,1 Main St,San Jose,${n1},${n2},vip`],
  people: [['Ada Winter | vip', n1, n2]],
}
PROGRAMS['an Indian list'] = {
  titles: 'Sr. No.,Name,Contact No.,Ph. No.,City',
  rows: [`1,Ada Winter,${n1},${n2},Pune`, `2,Ben Frost,${n3},,Pune`],
  people: [
    ['Ada Winter', n1, n2],
    ['Ben Frost', n3],
  ],
}
PROGRAMS['a list of lines'] = {
  titles: 'Employee Number,Full Name,Direct Dial,Main Line,DID,Speed Dial',
  rows: [`1042,Ada Winter,${n1},${n2},${n3},17`, `1043,Ben Frost,${n4},,,18`],
  people: [
    ['Ada Winter', n1, n2, n3],
    ['Ben Frost', n4],
  ],
}
PROGRAMS['a list of customers by number'] = {
  titles: 'Customer Number,Customer Name,Phone',
  rows: [`100045,Ada Winter,${n1}`, `100046,Ben Frost,${n2}`],
  people: [
    ['Ada Winter', n1],
    ['Ben Frost', n2],
  ],
}

PROGRAMS.Close = {
  titles: 'lead_id,lead_name,contact_name,contact_title,primary_phone,primary_phone_type,other_phones',
  rows: [`lead_a,Harbor,Ada Winter,Buyer,${n1},office,${n2}`, `lead_a,Harbor,Ben Frost,,${n1},office,`],
  people: [
    ['Ada Winter | Harbor', n1, n2],
    ['Ben Frost | Harbor', n1],
  ],
}
PROGRAMS['Outlook in French'] = {
  titles:
    'Titre,Prénom,Deuxième prénom,Nom,Société,Télécopie (bureau),Téléphone (bureau),Télécopie (domicile),Tél. mobile,Récepteur de radiomessagerie',
  rows: [`Mme,Ada,,Winter,Harbor,${n3},${n1},${n4},${n2},${n3}`],
  people: [['Ada Winter | Harbor', n1, n2]],
}
PROGRAMS['Google, faxes among the numbers'] = {
  titles: 'First Name,Last Name,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value',
  rows: [`Ada,Winter,Mobile,${n1},Work Fax,${n3}`, `Ben,Frost,Pager,${n4},,${n2}`],
  people: [
    ['Ada Winter', n1],
    ['Ben Frost', n2],
  ],
}
PROGRAMS['HubSpot, companies'] = {
  titles: 'Record ID,Company name,Phone Number,City,Industry,Company Domain Name',
  rows: [`98765432101,Harbor Couriers,${n1},San Jose,Freight,harbor.example`],
  people: [['Harbor Couriers', n1]],
}
PROGRAMS.WooCommerce = {
  titles:
    'user_id,first_name,last_name,billing_first_name,billing_last_name,billing_company,billing_postcode,billing_phone',
  rows: [`12,Ada,Winter,Ada,Winter,Harbor,95110,${n1}`, `13,,,Ben,Frost,,95110,${n2}`],
  people: [
    ['Ada Winter | Harbor', n1],
    ['Ben Frost', n2],
  ],
}
PROGRAMS['a list with whose customers they are'] = {
  titles: 'Owner Name,Owner First Name,Full Name,Phone',
  rows: [`Ines Moreau,Ines,Ada Winter,${n1}`, `Ines Moreau,Ines,Ben Frost,${n2}`],
  people: [
    ['Ada Winter', n1],
    ['Ben Frost', n2],
  ],
}
PROGRAMS['a list of customers by CID'] = {
  titles: 'CID,Name,Phone',
  rows: [`4085550000,Ada Winter,${n1}`, `4085550001,Ben Frost,${n2}`],
  people: [
    ['Ada Winter', n1],
    ['Ben Frost', n2],
  ],
}
PROGRAMS['a list with initials'] = {
  titles: 'First,MI,Last,Phone',
  rows: [`John,A,Smith,${n1}`, `John,B,Smith,${n1}`],
  people: [
    ['John A Smith', n1],
    ['John B Smith', n1],
  ],
}

describe('contacts as they come from', () => {
  it.each([
    ['a heading and a date', 'Contacts of Harbor,,\r\nMade 2026-01-02,,\r\n,,\r\n', 2],
    ['an address with a number', '"Harbor, 1 Main St, +1 408 555 0100",,\r\n', 1],
  ])('a list with %s above its titles', (_name, heading, count) => {
    const { people, problems } = importFile(
      `${heading}Last name,First name,Phone\r\nWinter,Ada,${n1}\r\nFrost,Ben,${n2}\r\n`,
    )
    expect(people).toEqual([
      ['Ada Winter', n1],
      ['Ben Frost', n2],
    ])
    // Nobody, but told: it might have been somebody.
    expect(problems).toMatchObject(Array.from({ length: count }, () => ({ kind: 'noNumber' })))
  })

  it('lists that were put together with their titles', () => {
    expect(importFile(`Name,Phone\nAda Winter,${n1}\nName,Phone\nBen Frost,${n2}\n`)).toEqual({
      people: [
        ['Ada Winter', n1],
        ['Ben Frost', n2],
      ],
      problems: [],
    })
  })

  it('a list without titles, and a word beside each name that many have', () => {
    const text = `Winter,active,${n1}\nFrost,active,${n2}\nOkonkwo,active,${n3}\n`
    expect(importFile(text).people.map(([name]) => name)).toEqual(['Winter', 'Frost', 'Okonkwo'])
  })

  it('a list without titles, names in two halves', () => {
    expect(importFile(`Ada,Winter,${n1}\nAda,Frost,${n1}\n`)).toEqual({
      people: [
        ['Ada Winter', n1],
        ['Ada Frost', n1],
      ],
      problems: [],
    })
  })

  it.each([
    ['Τηλέφωνο', 'Όνομα'],
    ['หมายเลขโทรศัพท์', 'ชื่อ'],
    ['رقم الهاتف', 'الاسم'],
    ['טלפון נייד', 'שם'],
    ['휴대전화번호', '고객명'],
    ['联系电话', '联系人'],
    ['携帯電話番号', '担当者'],
    ['Номер телефона', 'Контакт'],
    ['Số điện thoại', 'Tên'],
    ['Recapito telefonico', 'Nominativo'],
    ['WhatsApp Number', 'Klantnaam'],
    ['Caller ID', 'CallerID Name'],
  ])('a list whose plain digits stand under %s', (phone, name) => {
    const { people } = importFile(
      `id,${phone},${name}\n4085550000,4085550123,Ada Winter\n4085550001,4085550124,Ben Frost\n`,
    )
    expect(people).toEqual([
      ['Ada Winter', n1],
      ['Ben Frost', n2],
    ])
  })

  it.each(Object.entries(PROGRAMS))('%s', (_name, { titles, rows, people }) => {
    expect(importFile([titles, ...rows, ''].join('\r\n'))).toEqual({ people, problems: [] })
  })

  it('a German list, in which the name is the last name where there is a first name', () => {
    const rows = [
      'Name;Vorname;Tel. privat;Handy;Geburtstag;PLZ;Kundennummer',
      'Winter;Ada;030 23125012;0170 1234567;01.02.1990;10115;1000234567',
      'Winter;Ben;030 23125012;;03.04.1991;10115;1000234568',
    ]
    expect(importFile(rows.join('\r\n'), 'DE')).toEqual({
      people: [
        ['Ada Winter', '+493023125012', '+491701234567'],
        ['Ben Winter', '+493023125012'],
      ],
      problems: [],
    })
  })

  it.each([
    ['an Italian', 'Nome;Cognome;Telefono;Azienda', ['Ada', 'Winter'], 'Ada Winter'],
    ['a Portuguese', 'Nome;Sobrenome;Telefone;Empresa', ['Ada', 'Winter'], 'Ada Winter'],
    ['a Swedish', 'Efternamn;Förnamn;Mobil;Företag', ['Winter', 'Ada'], 'Ada Winter'],
    ['a Danish', 'Fornavn;Efternavn;Tlf;Virksomhed', ['Ada', 'Winter'], 'Ada Winter'],
    ['a Polish', 'Nazwisko;Imię;Komórka;Firma', ['Winter', 'Ada'], 'Ada Winter'],
    ['a Czech', 'Jméno;Příjmení;Telefon;Společnost', ['Ada', 'Winter'], 'Ada Winter'],
    ['a Finnish', 'Etunimi;Sukunimi;Puhelin;Yritys', ['Ada', 'Winter'], 'Ada Winter'],
    ['a Turkish', 'Ad;Soyad;Telefon;Firma', ['Ada', 'Winter'], 'Ada Winter'],
    ['a Romanian', 'Nume;Prenume;Telefon;Firma', ['Winter', 'Ada'], 'Ada Winter'],
    ['a Russian', 'Фамилия;Имя;Телефон;Компания', ['Винтер', 'Ада'], 'Ада Винтер'],
    ['a Japanese', '姓;名;電話番号;会社名', ['山田', '花子'], '山田 花子'],
    [
      'a Japanese, whole names with how they are spoken',
      '氏名;ふりがな;携帯電話;会社名',
      ['山田花子', 'やまだはなこ'],
      '山田花子',
    ],
    ['a Korean', '성명;메모;휴대폰;회사', ['김하나', ''], '김하나'],
  ])('%s list', (_name, titles, names, name) => {
    expect(importFile(`${titles}\r\n${names.join(';')};${n1};Harbor\r\n`)).toEqual({
      people: [[`${name} | Harbor`, n1]],
      problems: [],
    })
  })

  it('a list whose full names stand beside last names', () => {
    const { people } = importFile(`Nome,Cognome,Telefono\nAda Winter,Winter,${n1}\nBen Frost,Frost,${n2}\n`)
    expect(people).toEqual([
      ['Ada Winter', n1],
      ['Ben Frost', n2],
    ])
  })

  it('a list whose records have ids that look like numbers', () => {
    const row = `19992b1e-0000-4000-8000-000000000001,Ada Winter,${n1}`
    expect(importFile(`(Do Not Modify) Contact,Full Name,Business Phone\n${row}\n`)).toEqual({
      people: [['Ada Winter', n1]],
      problems: [],
    })
  })

  it('a list whose full names stand beside first names', () => {
    const { people } = importFile(`Name,First name,Phone\nAda Winter,Ada,${n1}\n"Frost, Ben",Ben,${n2}\n`)
    expect(people).toEqual([
      ['Ada Winter', n1],
      ['Frost, Ben', n2],
    ])
  })

  it('a program that guards its cells against formulas', () => {
    const rows = [`'+1 408-555-0123,"=""+14085550124""",=Ada`, `="+14085550125",\t+14085550126,'=Ben`]
    expect(importFile(['phone,mobile,name', ...rows].join('\n'))).toEqual({
      people: [
        ['=Ada', n1, n2],
        ['=Ben', n3, n4],
      ],
      problems: [],
    })
  })

  it('whoever has no number in it is named with the reason', () => {
    const { people, problems } = importFile(
      `Name,Phone,Home\nAda Winter,,\nBen Frost,n/a,\nCleo North,${n1},none\n,${n2},\n`,
    )
    expect(people).toEqual([['Cleo North', n1]])
    expect(problems).toEqual([
      { kind: 'noNumber', line: 2, name: 'Ada Winter' },
      { kind: 'noName', line: 5 },
      { kind: 'notANumber', line: 3, name: 'Ben Frost', text: 'n/a' },
    ])
  })
})
