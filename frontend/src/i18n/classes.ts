// What a reader calls a class of the Chinese Library Classification. Only the
// prefixes readers look for have a name; others have no tile.

import type { MessageKey, Messages, Say } from './index'
import { zhHans } from './messages/zh-Hans'

type ClassCode = keyof Messages['classes']

export const classCodes = Object.keys(zhHans.classes) as readonly ClassCode[]

/** Empty for a prefix without a name. */
export function className(prefix: string, say: Say): string {
  if (!isNamed(prefix)) return ''
  const key: MessageKey = `classes.${prefix}`
  return say(key)
}

export function isNamed(prefix: string): prefix is ClassCode {
  return Object.hasOwn(zhHans.classes, prefix)
}
