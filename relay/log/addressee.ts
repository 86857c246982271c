const BEGINNING = 'to '

/**
 * The owner of records that an extension is told without having a part in their session. It stands among the `extensionIds` of
 * such a record, so that the record is found by its owner like any other, and it is nobody's extension id.
 */
export function addressee(extensionId: string): string {
  return BEGINNING + extensionId
}

export function isAddressee(owner: string): boolean {
  return owner.startsWith(BEGINNING)
}

/** Whom a record is addressed to: an extension id. */
export function findAddressee({ extensionIds }: { readonly extensionIds: readonly string[] }): string | undefined {
  return extensionIds.find(isAddressee)?.slice(BEGINNING.length)
}
