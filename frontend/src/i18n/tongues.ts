// Names of languages, from the codes catalogues use: MARC's bibliographic
// three-letter codes, of which some differ from those Intl knows.

import type { Language } from '../api/types'

const bibliographic: Record<string, string> = {
  chi: 'zho', fre: 'fra', ger: 'deu', dut: 'nld', cze: 'ces', gre: 'ell', tib: 'bod', bur: 'mya', may: 'msa', per: 'fas', rum: 'ron', slo: 'slk', wel: 'cym', geo: 'kat', arm: 'hye', ice: 'isl', mac: 'mkd', alb: 'sqi', baq: 'eus',
}

/** The code itself, in capitals, where it has no name. */
export function tongueName(code: string, language: Language): string {
  const asked = bibliographic[code] ?? code
  try {
    const name = new Intl.DisplayNames([language], { type: 'language', fallback: 'none' }).of(asked)
    return name ?? code.toUpperCase()
  } catch {
    return code.toUpperCase()
  }
}
