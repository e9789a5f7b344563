import { fireEvent, render } from '@testing-library/vue'
import { describe, expect, it } from 'vitest'
import { sampleTitles, longTitle } from '../../api/scenes'
import BookCover from './BookCover.vue'
import { designCover, mainTitle } from './design'
import { families, familyOf } from './families'
import { emWidth, layLines, shortAuthor, standColumn } from './lettering'
import { palettes } from './palettes'

function luminance(hex: string): number {
  const channel = (at: number) => {
    const c = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4
  }
  return 0.2126 * channel(1) + 0.7152 * channel(3) + 0.0722 * channel(5)
}

function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return ((light ?? 0) + 0.05) / ((dark ?? 0) + 0.05)
}

describe('drawn covers', () => {
  it('are the same for the same book, always', () => {
    for (const { title, author, class: c } of sampleTitles) {
      expect(designCover(title, author, c)).toEqual(designCover(title, author, c))
    }
    const design = designCover('红楼梦', '[清] 曹雪芹', 'I242.4')
    expect([design.family, design.layout, design.vertical]).toEqual(['classic', 'thread', true])
  })

  it('are varied', () => {
    const looks = sampleTitles.map(({ title, author, class: c }) => {
      const { palette, layout, picture } = designCover(title, author, c)
      return JSON.stringify([palette, layout, picture])
    })
    expect(new Set(looks).size).toBe(sampleTitles.length)
    expect(new Set(sampleTitles.map((t) => designCover(t.title, t.author, t.class).palette)).size).toBeGreaterThan(10)
  })

  it('TestAccept_L26_varied: no two alike on any page of twelve, even of one class', () => {
    const classics = ['红楼梦', '三国演义', '西游记', '水浒传', '儒林外史', '聊斋志异', '镜花缘', '封神演义', '老残游记', '官场现形记', '孽海花', '东周列国志']
    const pages = [
      classics.map((title) => designCover(title, '佚名', 'I242.4')),
      ...Array.from({ length: Math.ceil(sampleTitles.length / 12) }, (_, page) =>
        sampleTitles.slice(page * 12, page * 12 + 12).map(({ title, author, class: c }) => designCover(title, author, c)),
      ),
    ]
    for (const page of pages) {
      const looks = page.map(({ palette, layout, picture }) => JSON.stringify([palette, layout, picture]))
      expect(new Set(looks).size).toBe(page.length)
      const grounds = page.map(({ palette }) => palette.ground)
      const most = Math.max(...grounds.map((one) => grounds.filter((other) => other === one).length))
      expect(most).toBeLessThanOrEqual(4)
    }
  })

  it('keep the title readable in every palette', () => {
    for (const family of families) {
      for (const { ground, ink } of palettes[family]) expect(contrast(ground, ink), `${family} ${ground}`).toBeGreaterThan(4.5)
    }
  })

  it('draw every motif of every family without a broken number', () => {
    for (const c of ['I247.5', 'I561', 'I287', 'K29', 'B84', 'D9', 'F12', 'U28', 'G4', 'H1', 'J2', 'O1', 'P1', 'Q9', 'R2', 'S5', 'TH1', 'TP3', 'TU2', 'Z2', 'I222', '']) {
      for (let i = 0; i < 40; i++) {
        for (const shape of designCover(`书${i}`, 'x', c).picture) expect(shape.d).not.toMatch(/NaN|undefined|Infinity/)
      }
    }
  })

  it.each([
    ['I247.57', 'literature'],
    ['I242.4', 'classic'],
    ['I712.84', 'world'],
    ['I287.8', 'children'],
    ['K292.23', 'history'],
    ['F532.9', 'railway'],
    ['TP18', 'computing'],
    ['813.4', 'world'],
    ['PR4034', 'world'],
    ['PZ7.R79', 'children'],
    ['', null],
    ['?', null],
  ])('know the class %s as %s', (c, family) => {
    expect(familyOf(c)).toBe(family)
  })
})

describe('lettering', () => {
  const place = { x: 18, y: 18, width: 168, height: 92 }

  it('fits every title into its place', () => {
    for (const { title } of [...sampleTitles, longTitle]) {
      const { size, lines } = layLines(title, place, 'top')
      expect(lines.length * size).toBeLessThanOrEqual(place.height)
      for (const { text } of lines) expect(emWidth(text) * size).toBeLessThanOrEqual(place.width + size)
    }
  })

  it('keeps words whole and leaves no lone last character', () => {
    const lines = layLines('The Adventures of Tom Sawyer', place, 'top').lines.map((l) => l.text)
    expect(lines.join(' ')).toBe('The Adventures of Tom Sawyer')
    const chinese = layLines('平凡的世界', { ...place, width: 120, height: 80 }, 'top').lines.map((l) => l.text)
    expect(Math.min(...chinese.map((l) => l.length))).toBeGreaterThan(1)
  })

  it('stands characters one under another', () => {
    const { lines } = standColumn('红楼梦', { x: 0, y: 0, width: 40, height: 200 })
    expect(lines.map((l) => l.text)).toEqual(['红', '楼', '梦'])
    expect(lines.every((l, i) => i === 0 || l.y > (lines[i - 1]?.y ?? 0))).toBe(true)
  })

  it('takes the main title and the first author', () => {
    expect(mainTitle('时间简史：从大爆炸到黑洞')).toBe('时间简史')
    expect(mainTitle('新华字典（第12版）')).toBe('新华字典')
    expect(shortAuthor('[清] 曹雪芹; 高鹗', 12)).toBe('曹雪芹')
    expect(emWidth(shortAuthor(longTitle.author, 12))).toBeLessThanOrEqual(12.6)
  })
})

describe('a picture file', () => {
  const props = { title: '三体', author: '刘慈欣', classNumber: 'I247.55', picture: '/covers/1.jpg' }

  it('TestAccept_L26_picture_file: is used where there is one, and is passed by aloud', () => {
    const { container } = render(BookCover, { props })
    const image = container.querySelector('img')
    expect(image?.getAttribute('src')).toBe('/covers/1.jpg')
    expect(image?.getAttribute('alt')).toBe('')
    expect(container.querySelector('svg')).toBeNull()
  })

  it('TestAccept_L26_picture_fails: gives way to the drawing, until there is another', async () => {
    const { container, rerender } = render(BookCover, { props })
    await fireEvent.error(container.querySelector('img') as HTMLElement)
    expect(container.querySelector('img')).toBeNull()
    expect(container.querySelector('svg')?.textContent).toContain('三')
    await rerender({ ...props, picture: '/covers/2.jpg' })
    expect(container.querySelector('img')?.getAttribute('src')).toBe('/covers/2.jpg')
  })

  it('is drawn where there is none', () => {
    const { container } = render(BookCover, { props: { ...props, picture: '' } })
    expect(container.querySelector('img')).toBeNull()
    expect(container.querySelector('svg')).toBeTruthy()
  })
})
