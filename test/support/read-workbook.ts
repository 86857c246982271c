import { inflateRawSync } from 'node:zlib'

/** The cells of a workbook's first sheet: dates as the numbers that they are, text as text, `undefined` where nothing is. */
export function readWorkbook(bytes: Uint8Array): readonly (readonly (string | number | boolean | undefined)[])[] {
  const files = unzip(Buffer.from(bytes))
  const shared = [...(files.get('xl/sharedStrings.xml') ?? '').matchAll(/<si><t[^>]*?(?:\/>|>(.*?)<\/t>)<\/si>/gs)].map(
    ([, text = '']) => unescapeXml(text),
  )
  const sheet = files.get('xl/worksheets/sheet1.xml') ?? ''
  return [...sheet.matchAll(/<row [^>]*>(.*?)<\/row>/gs)].map(([, row = '']) => {
    const cells: (string | number | boolean | undefined)[] = []
    for (const [, column = '', attributes = '', value = ''] of row.matchAll(
      /<c r="([A-Z]+)\d+"([^>]*)><v>(.*?)<\/v>/gs,
    )) {
      if (attributes.includes('t="s"')) cells[indexOf(column)] = shared[Number(value)]
      else cells[indexOf(column)] = attributes.includes('t="b"') ? value === '1' : Number(value)
    }
    return Array.from(cells)
  })
}

/** Days since the turn of the year 1899, as Excel counts them, as a moment in UTC. */
export function readExcelDate(days: number): string {
  return new Date(Math.round((days - 25_569) * 86_400_000)).toISOString()
}

function indexOf(column: string): number {
  return [...column].reduce((index, letter) => index * 26 + letter.charCodeAt(0) - 64, 0) - 1
}

function unescapeXml(text: string): string {
  const signs: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", amp: '&' }
  return text.replace(/&(lt|gt|quot|apos|amp);/g, (_, name: string) => signs[name] ?? '')
}

/** The files of an archive, by its directory at the end. */
function unzip(archive: Buffer): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  const end = archive.lastIndexOf('PK\u0005\u0006', undefined, 'latin1')
  let at = archive.readUInt32LE(end + 16)
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    const [packed, nameLength, extra, comment] = [20, 28, 30, 32].map((field, index) =>
      index === 0 ? archive.readUInt32LE(at + field) : archive.readUInt16LE(at + field),
    ) as [number, number, number, number]
    const isPacked = archive.readUInt16LE(at + 10) === 8
    const local = archive.readUInt32LE(at + 42)
    const name = archive.toString('utf8', at + 46, at + 46 + nameLength)
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28)
    const content = archive.subarray(start, start + packed)
    files.set(name, (isPacked ? inflateRawSync(content) : content).toString('utf8'))
    at += 46 + nameLength + extra + comment
  }
  return files
}
