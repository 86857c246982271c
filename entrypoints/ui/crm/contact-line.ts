/** A contact of the CRM in one line. */
export function describeContact({
  name,
  company,
}: {
  readonly name: string
  readonly company?: string | undefined
}): string {
  return [name, company].filter(Boolean).join(', ')
}
