// While a question lies over a screen nothing behind it can be reached: the
// page, which knows what lies behind, is told.

import type { InjectionKey, Ref } from 'vue'

export const askingKey: InjectionKey<Ref<boolean>> = Symbol('asking')
