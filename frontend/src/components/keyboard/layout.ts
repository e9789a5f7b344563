// Which keys stand on the glass, row by row. Widths are in half keys, so that a
// row can be set off by half a key as on every keyboard; each row is 20 wide.

/** What a key does besides typing itself. */
export type Act = 'erase' | 'clear'

export interface Key {
  /** Unique; a typing key's is what it types. */
  id: string
  /** Half keys from the left where the key begins, at 0. */
  at: number
  width: number
  act?: Act
}

export type Rows = readonly (readonly Key[])[]

function letters(text: string, at: number): Key[] {
  return [...text].map((id, i) => ({ id, at: at + i * 2, width: 2 }))
}

/** Latin letters, digits, and the marks of call numbers and ISBN. */
export function latinRows(withClear: boolean): Rows {
  return [
    letters('1234567890', 0),
    letters('qwertyuiop', 0),
    letters('asdfghjkl', 1),
    [...letters('zxcvbnm', 2), { id: 'erase', at: 16, width: 4, act: 'erase' }],
    [
      ...letters('.-/', 0),
      { id: ' ', at: 6, width: withClear ? 9 : 14 },
      ...(withClear ? [{ id: 'clear', at: 15, width: 5, act: 'clear' } as const] : []),
    ],
  ]
}
