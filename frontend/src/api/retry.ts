// A command whose answer was lost is sent once more with the same nonce: Go
// recognises it and answers with what it already did, so nothing happens twice.

import { ApiError } from './errors'
import type { Kiosk } from './kiosk'
import type { Snapshot } from './types'

/** 128 random bits in hex. */
export function newNonce(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
}

/** Runs a command; after a lost answer asks for the newest snapshot (which also
 * shows whether Go is there at all) and repeats the command once. */
export async function onceMore(
  kiosk: Pick<Kiosk, 'snapshot'>,
  command: (nonce: string) => Promise<Snapshot>,
  show: (snapshot: Snapshot) => void,
): Promise<Snapshot> {
  const nonce = newNonce()
  try {
    return await command(nonce)
  } catch (error) {
    if (!(error instanceof ApiError) || error.code !== 'timeout') throw error
    show(await kiosk.snapshot())
    return command(nonce)
  }
}
