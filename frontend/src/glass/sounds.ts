// Sound cues, from decoded buffers: an <audio> element is silent in this web
// view. Sound is an extra; whatever goes wrong with it stays silent.

import type { InjectionKey } from 'vue'
import { cues, type Cue } from '../api/types'
import acceptedWav from '../assets/sounds/accepted.wav'
import endedWav from '../assets/sounds/ended.wav'
import keyWav from '../assets/sounds/key.wav'
import refusedWav from '../assets/sounds/refused.wav'

const files: Record<Cue, string> = {
  accepted: acceptedWav,
  refused: refusedWav,
  ended: endedWav,
  key: keyWav,
}

export interface Sounds {
  play(cue: Cue): void
  /** Sound may start only after a touch: call on every one. */
  wake(): void
}

/** How a screen asks for a sound of its own: the PIN keys. */
export const playKey: InjectionKey<(cue: Cue) => void> = Symbol('play')

export const silence: Sounds = { play: () => undefined, wake: () => undefined }

/** volume is 0 to 1. */
export function createSounds(volume: number, mute: boolean): Sounds {
  if (mute || volume <= 0 || typeof AudioContext === 'undefined') return silence
  const context = new AudioContext()
  const gain = context.createGain()
  gain.gain.value = Math.min(1, volume)
  gain.connect(context.destination)
  const buffers = new Map<Cue, AudioBuffer>()
  for (const cue of cues) {
    load(context, files[cue]).then(
      (buffer) => buffers.set(cue, buffer),
      () => undefined,
    )
  }
  const wake = () => {
    if (context.state === 'suspended') context.resume().catch(() => undefined)
  }
  return {
    wake,
    play(cue) {
      wake()
      const buffer = buffers.get(cue)
      if (!buffer || context.state !== 'running') return
      const source = context.createBufferSource()
      source.buffer = buffer
      source.connect(gain)
      source.start()
    },
  }
}

async function load(context: AudioContext, url: string): Promise<AudioBuffer> {
  const answer = await fetch(url)
  return context.decodeAudioData(await answer.arrayBuffer())
}
