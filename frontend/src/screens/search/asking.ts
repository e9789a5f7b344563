// Questions to the catalogue. Every change asks anew and nothing waits for an
// answer; only the answer to the newest question is taken, whatever the order
// they come in. A question is repeated while its answer failed.

import { ref, shallowRef, type Ref } from 'vue'
import type { FindPage, FindRequest } from '../../api/find'

export interface Asking {
  /** Of the newest question that was answered; null before, and after forget. */
  page: Readonly<Ref<FindPage | null>>
  failed: Readonly<Ref<boolean>>
  ask(request: FindRequest): void
  /** Drops what is under way and what is shown. */
  forget(): void
}

export function useAsking(find: (request: FindRequest) => Promise<FindPage>): Asking {
  const page = shallowRef<FindPage | null>(null)
  const failed = ref(false)
  let newest = 0
  return {
    page,
    failed,
    ask(request) {
      const mine = ++newest
      find(request).then(
        (answer) => {
          if (mine !== newest) return
          failed.value = false
          page.value = answer
        },
        () => {
          if (mine === newest) failed.value = true
        },
      )
    },
    forget() {
      newest++
      failed.value = false
      page.value = null
    },
  }
}
