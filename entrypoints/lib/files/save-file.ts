import { MINUTE_MS } from '../../../shared/time.ts'

/** Hands a file to the browser, which keeps it where the person's downloads go. */
export function saveFile(name: string, parts: readonly BlobPart[], type: string): void {
  const url = URL.createObjectURL(new Blob([...parts], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The browser may show a save dialog before it reads the file.
  setTimeout(() => URL.revokeObjectURL(url), MINUTE_MS)
}
