/**
 * What people write between a number and its extension, in the languages of those who do: alternatives of a regular expression, in small
 * letters, without the dot or the colon behind them.
 */
export const EXTENSION_WORDS = [
  'e?xt(?:n|ensi[oó]n|ens[aã]o)?',
  'x',
  'local|loc|lcl',
  'opt(?:ion)?|press',
  'dw|durchwahl|nst|nebenst(?:elle)?',
  'app(?:arat)?',
  'int(?:erno|ern)?',
  'poste',
  'anexo|ramal|r',
  'toestel|tst',
  'wewn?|wewnętrzny',
  'linka|klapka',
  'mellék',
  'ankn(?:ytning)?|lok|alanumero|dahili',
  'доб(?:авочный)?|вн(?:утр)?|дод(?:атковий)?',
  '内線|内线|分机|分機|转|轉|转分机|轉分機',
  '내선|구내',
].join('|')
