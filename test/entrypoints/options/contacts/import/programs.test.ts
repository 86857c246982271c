import { describe, expect, it } from 'vitest'
import { importFile, type Listed, n1, n2, n3, n4 } from './import-file.ts'

/** The titles that programs write over the columns of their contacts, and what becomes of two people beneath them. */

const PROGRAMS: Record<string, Listed> = {
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
  Shopify: {
    titles:
      'First Name,Last Name,Email,Default Address Company,Default Address Address1,Default Address City,Default Address Phone,Phone,Tags',
    rows: [`Ada,Winter,ada@example.com,Harbor,1 Main St,San Jose,${n1},${n2},vip`],
    people: [['Ada Winter | vip', n1, n2]],
  },
  Close: {
    titles: 'lead_id,lead_name,contact_name,contact_title,primary_phone,primary_phone_type,other_phones',
    rows: [`lead_a,Harbor,Ada Winter,Buyer,${n1},office,${n2}`, `lead_a,Harbor,Ben Frost,,${n1},office,`],
    people: [
      ['Ada Winter | Harbor', n1, n2],
      ['Ben Frost | Harbor', n1],
    ],
  },
  'Outlook in French': {
    titles:
      'Titre,Prénom,Deuxième prénom,Nom,Société,Télécopie (bureau),Téléphone (bureau),Télécopie (domicile),Tél. mobile,Récepteur de radiomessagerie',
    rows: [`Mme,Ada,,Winter,Harbor,${n3},${n1},${n4},${n2},${n3}`],
    people: [['Ada Winter | Harbor', n1, n2]],
  },
  'Google, faxes among the numbers': {
    titles: 'First Name,Last Name,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value',
    rows: [`Ada,Winter,Mobile,${n1},Work Fax,${n3}`, `Ben,Frost,Pager,${n4},,${n2}`],
    people: [
      ['Ada Winter', n1],
      ['Ben Frost', n2],
    ],
  },
  'Bitrix24 in Russian': {
    titles: 'ID,Имя,Фамилия,Отчество,Рабочий телефон,Номер факса,Номер пейджера',
    rows: [`12,Анна,Винтер,Петровна,${n1},${n3},${n4}`],
    people: [['Анна Петровна Винтер', n1]],
  },
  'a directory as csvde writes it': {
    titles: 'cn,sn,givenName,telephoneNumber,facsimileTelephoneNumber',
    rows: [`Ada Winter,Winter,Ada,${n1},${n3}`],
    people: [['Ada Winter', n1]],
  },
  'Google, faxes in other languages': {
    titles: 'First Name,Last Name,Phone 1 - Label,Phone 1 - Value,Phone 2 - Label,Phone 2 - Value',
    rows: [`Ada,Winter,Рабочий факс,${n3},Mobile,${n1}`, `Ben,Frost,勤務先ＦＡＸ,${n4},Halifax,${n2}`],
    people: [
      ['Ada Winter', n1],
      ['Ben Frost', n2],
    ],
  },
  'HubSpot, companies': {
    titles: 'Record ID,Company name,Phone Number,City,Industry,Company Domain Name',
    rows: [`98765432101,Harbor Couriers,${n1},San Jose,Freight,harbor.example`],
    people: [['Harbor Couriers', n1]],
  },
  WooCommerce: {
    titles:
      'user_id,first_name,last_name,billing_first_name,billing_last_name,billing_company,billing_postcode,billing_phone',
    rows: [`12,Ada,Winter,Ada,Winter,Harbor,95110,${n1}`, `13,,,Ben,Frost,,95110,${n2}`],
    people: [
      ['Ada Winter | Harbor', n1],
      ['Ben Frost', n2],
    ],
  },
}

describe('contacts as they come from', () => {
  it.each(Object.entries(PROGRAMS))('%s', (_name, { titles, rows, people }) => {
    expect(importFile([titles, ...rows, ''].join('\r\n'))).toEqual({ people, problems: [] })
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
})
