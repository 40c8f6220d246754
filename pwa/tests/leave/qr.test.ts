import { describe, expect, it } from 'vitest'
import vectors from '../../../tests/vectors/qr.json'
import { correction, formatBits, qr, qrPath, TooLong, versionBits } from '@/domain/qr'

const hexRows = (cells: boolean[][]): string[] =>
  cells.map((row) => BigInt(`0b${row.map(Number).join('')}`).toString(16).padStart(Math.ceil(row.length / 4), '0'))

describe('the parts, by the examples of ISO/IEC 18004', () => {
  it('corrects a block of version 1-M (annex I, "01234567")', () => {
    const data = [0x10, 0x20, 0x0c, 0x56, 0x61, 0x80, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11, 0xec, 0x11]
    expect(correction(data, 10)).toEqual([0xa5, 0x24, 0xd4, 0xc1, 0xed, 0x36, 0xc7, 0x87, 0x2c, 0x55])
  })

  it('writes level M with mask 101 as 100000011001110', () => {
    expect(formatBits(0b101).toString(2)).toBe('100000011001110')
  })

  it('writes version 7 as 000111110010010100', () => {
    expect(versionBits(7).toString(2).padStart(18, '0')).toBe('000111110010010100')
  })
})

describe('whole pictures', () => {
  it.each(vectors.pictures)('of version $version are those of another maker', ({ text, version, rows }) => {
    const cells = qr(text)
    expect(cells).toHaveLength(17 + 4 * version)
    expect(hexRows(cells)).toEqual(rows)
  })

  it('holds 213 bytes and no more', () => {
    expect(qr('x'.repeat(213))).toHaveLength(57)
    expect(() => qr('x'.repeat(214))).toThrow(TooLong)
    expect(() => qr('店'.repeat(72))).toThrow(TooLong)
  })

  it('grows only when it must', () => {
    expect([14, 15, 26, 27, 42, 43, 62, 63].map((n) => (qr('u'.repeat(n)).length - 17) / 4)).toEqual([1, 2, 2, 3, 3, 4, 4, 5])
  })

  it('is drawn with four light squares around', () => {
    const { size, d } = qrPath(qr('HELLO'))
    expect(size).toBe(21 + 8)
    expect(d.startsWith('M4 4h1v1h-1z')).toBe(true)
    const places = [...d.matchAll(/M(\d+) (\d+)/g)].flatMap(([, x, y]) => [Number(x), Number(y)])
    expect([Math.min(...places), Math.max(...places)]).toEqual([4, 24])
  })
})
