// Makes the kiosk's four sounds: soft struck tones, drawn here sample by
// sample, so that they are wholly ours. Run: npm run sounds
import { writeFileSync } from 'node:fs'

const rate = 22050

/** One struck bar: a few partials, each dying away at its own pace. */
function strike(out, { at, hertz, gain, decay }) {
  const partials = [
    [1, 1, 1],
    [2.76, 0.28, 0.45],
    [5.4, 0.1, 0.22],
  ]
  const start = Math.round(at * rate)
  for (let i = start; i < out.length; i++) {
    const t = (i - start) / rate
    const attack = Math.min(1, t / 0.004)
    let sample = 0
    for (const [ratio, level, life] of partials) {
      sample += level * Math.sin(2 * Math.PI * hertz * ratio * t) * Math.exp(-t / (decay * life))
    }
    out[i] += gain * attack * sample
  }
}

function wav(seconds, strikes) {
  const samples = new Float64Array(Math.round(seconds * rate))
  for (const one of strikes) strike(samples, one)
  const fade = Math.round(0.03 * rate)
  for (let i = 0; i < fade; i++) samples[samples.length - 1 - i] *= i / fade
  const peak = samples.reduce((most, s) => Math.max(most, Math.abs(s)), 0)
  const data = Buffer.alloc(44 + samples.length * 2)
  data.write('RIFF', 0)
  data.writeUInt32LE(36 + samples.length * 2, 4)
  data.write('WAVEfmt ', 8)
  data.writeUInt32LE(16, 16)
  data.writeUInt16LE(1, 20) // PCM
  data.writeUInt16LE(1, 22) // mono
  data.writeUInt32LE(rate, 24)
  data.writeUInt32LE(rate * 2, 28)
  data.writeUInt16LE(2, 32)
  data.writeUInt16LE(16, 34)
  data.write('data', 36)
  data.writeUInt32LE(samples.length * 2, 40)
  samples.forEach((s, i) => data.writeInt16LE(Math.round((s / peak) * 0.8 * 32767), 44 + i * 2))
  return data
}

const sounds = {
  // Two tones up: done.
  accepted: wav(0.55, [
    { at: 0, hertz: 784, gain: 0.8, decay: 0.16 },
    { at: 0.09, hertz: 1175, gain: 1, decay: 0.2 },
  ]),
  // Two tones down, lower and rounder: stopped, but not scolding.
  refused: wav(0.7, [
    { at: 0, hertz: 392, gain: 1, decay: 0.22 },
    { at: 0.16, hertz: 294, gain: 1, decay: 0.28 },
  ]),
  // Three tones home: goodbye.
  ended: wav(1.1, [
    { at: 0, hertz: 1047, gain: 0.8, decay: 0.2 },
    { at: 0.13, hertz: 880, gain: 0.8, decay: 0.22 },
    { at: 0.26, hertz: 587, gain: 1, decay: 0.36 },
  ]),
  key: wav(0.08, [{ at: 0, hertz: 1320, gain: 1, decay: 0.018 }]),
}

for (const [name, data] of Object.entries(sounds)) {
  writeFileSync(new URL(`../src/assets/sounds/${name}.wav`, import.meta.url), data)
}
