/** The keys of everything kept of one session, in the stores whose keys begin with it. */
export function keysOf(telephonySessionId: string): IDBKeyRange {
  // In IndexedDB's order an array comes after every number and string, so this ends the session's keys.
  return IDBKeyRange.bound([telephonySessionId], [telephonySessionId, []])
}
