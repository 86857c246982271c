/**
 * The text of a file that does not say how it is written: a byte order mark decides, then UTF-8 if it can be that, and else
 * Windows-1252, in which spreadsheets save and in which every byte means something. Line ends come out as `\n`.
 */
export function decodeText(bytes: Uint8Array): string {
  return decodeBytes(bytes).replace(/\r\n?/g, '\n')
}

function decodeBytes(bytes: Uint8Array): string {
  const [first, second] = bytes
  if (first === 0xff && second === 0xfe) return new TextDecoder('utf-16le').decode(bytes)
  if (first === 0xfe && second === 0xff) return new TextDecoder('utf-16be').decode(bytes)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder('windows-1252').decode(bytes)
  }
}
