/**
 * What nobody answers, in whatever word it stands: `Arbejdsfax`, `İş Faksı`, `商务传真`, `_$!<HomeFAX>!$_`. Two towns end in it. In small letters and
 * without accents.
 */
const MACHINE =
  /(?<!fair|hali)fax|(?<!\p{L})(?:tele|tyo|koti)?faks|facsimil|pager|факс|пеиджер|φαξ|פקס|فاكس|โทรสาร|แฟก|팩스|传真|傳真|ファックス|ファクス|ファクシミリ/u

/** Whether a title of a column, or a label beside a number, says that a machine is there and no person. */
export function isMachineText(text: string): boolean {
  return MACHINE.test(text.normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFC').toLowerCase())
}
