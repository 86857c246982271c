/** The lines of a text in UTF-8, without what ends them; a byte order mark at its beginning is no part of it. */
export async function* readLines(file: Blob): AsyncGenerator<string, void> {
  const reader = file.stream().getReader()
  const decoder = new TextDecoder()
  let unfinished = ''
  for (;;) {
    const { done, value } = await reader.read()
    const lines = (unfinished + decoder.decode(value, { stream: !done })).split('\n')
    unfinished = lines.pop() ?? ''
    yield* lines
    if (done) break
  }
  if (unfinished !== '') yield unfinished
}
