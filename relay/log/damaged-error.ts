/** What is on the disk is not what was written: names the file, and where in it. */
export class DamagedError extends Error {
  override readonly name = 'DamagedError'
}
