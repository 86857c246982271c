import { describe, expect, it } from 'vitest'
import { importFile, n1, n2 } from './import-file.ts'

/** Titles in the languages of the world. */

describe('contacts as they come from', () => {
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
    [
      'a Mexican',
      'Nombre(s);Apellido Paterno;Apellido Materno;Celular;Empresa',
      ['Ada', 'Winter', 'Frost'],
      'Ada Winter Frost',
    ],
    ['a Dutch', 'Voornaam;Tussenvoegsel;Achternaam;Mobiel;Bedrijf', ['Ada', 'de', 'Winter'], 'Ada de Winter'],
    [
      'an Italian, with second names',
      'Nome;Secondo nome;Cognome;Telefono;Società',
      ['Ada', 'Maria', 'Winter'],
      'Ada Maria Winter',
    ],
    ['a Chinese', '名字;中间名;姓氏;移动电话;公司', ['小明', '', '王'], '王 小明'],
    ['a Hebrew', 'שם פרטי;שם משפחה;טלפון נייד;חברה', ['דוד', 'כהן'], 'דוד כהן'],
    ['an Arabic', 'الاسم الأول;اسم العائلة;الهاتف المحمول;الشركة', ['Ada', 'Winter'], 'Ada Winter'],
    ['a Thai', 'ชื่อ;นามสกุล;โทรศัพท์มือถือ;บริษัท', ['Ada', 'Winter'], 'Ada Winter'],
    ['a Vietnamese', 'Họ và tên;Điện thoại;Công ty', ['Ada Winter'], 'Ada Winter'],
    ['a Korean', '성명;메모;휴대폰;회사', ['김하나', ''], '김하나'],
  ])('%s list', (_name, titles, names, name) => {
    expect(importFile(`${titles}\r\n${names.join(';')};${n1};Harbor\r\n`)).toEqual({
      people: [[`${name} | Harbor`, n1]],
      problems: [],
    })
  })

  it.each([
    '自宅ファックス',
    '商务传真',
    'İş Faksı',
    'Kotifaksi',
    'Φαξ οικίας',
    'Arbejdsfax',
    'פקס בבית',
    'فاكس المنزل',
    'โทรสารที่บ้าน',
    '팩스번호',
  ])('a list with faxes under %s', (fax) => {
    expect(importFile(`Name,Phone,${fax}\nAda Winter,${n1},+14085550125\n`).people).toEqual([['Ada Winter', n1]])
  })

  it('a list from Spain whose numbers at home have no other sign than their title', () => {
    const { people } = importFile('Nombre,Apellidos,Particular,Teléfono móvil\nAda,Winter,912345678,612345678\n', 'ES')
    expect(people).toEqual([['Ada Winter', '+34912345678', '+34612345678']])
  })

  it('a German list with whom to ask for beside each name', () => {
    const rows = [`10001;Winter;Ada;${n1};Berg`, '10002;Frost;Ben;+14085550124;Moreau']
    const { people } = importFile(['Kontonummer;Name;Vorname;Telefon;Ansprechpartner', ...rows].join('\n'))
    expect(people).toEqual([
      ['Ada Winter', n1],
      ['Ben Frost', '+14085550124'],
    ])
  })
})
