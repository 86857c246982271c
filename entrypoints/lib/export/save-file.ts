/** Hands a file to the browser, which keeps it where the person's downloads go. */
export function saveFile(name: string, parts: readonly BlobPart[], type: string): void {
  const url = URL.createObjectURL(new Blob([...parts], { type }))
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  // The download has its own hold of what the address stands for once the click was taken.
  setTimeout(() => URL.revokeObjectURL(url))
}
