import { markerOf } from '../../../shared/crm/record-body.ts'

/** Bodies of records for CRMs that keep them as HTML. */

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export function toHtml(body: string): string {
  return body
    .replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
    .split('\n')
    .join('<br>')
}

/** Whether a record's text has the marker of a call on a line of its own, whatever the CRM has made of the lines. */
export function hasMarker(written: string | null | undefined, key: string): boolean {
  const lines = (written ?? '').replace(/<[^>]*>/g, '\n').split('\n')
  return lines.some((line) => line.trim() === markerOf(key))
}
