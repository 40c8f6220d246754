import { readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import type { Plugin, ResolvedConfig } from 'vite'

const WORTH_IT = /\.(js|css|html|svg|webmanifest)$/
const SMALLEST = 600

function files(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => join(folder, name))
}

/** Writes a Brotli and a gzip copy beside every file that gets smaller by it; the server hands out what is asked for. */
export function compressed(): Plugin {
  let config: ResolvedConfig
  return {
    name: 'rounds:compressed',
    apply: 'build',
    enforce: 'post',
    configResolved(resolved) {
      config = resolved
    },
    // Last of all, since the service worker is built after the app.
    closeBundle: {
      order: 'post',
      sequential: true,
      handler() {
        const folder = resolve(config.root, config.build.outDir)
        for (const file of files(folder)) {
          if (!WORTH_IT.test(file) || statSync(file).size < SMALLEST) continue
          const plain = readFileSync(file)
          const size = { [constants.BROTLI_PARAM_SIZE_HINT]: plain.length }
          writeFileSync(`${file}.br`, brotliCompressSync(plain, { params: size }))
          writeFileSync(`${file}.gz`, gzipSync(plain, { level: 9 }))
        }
      },
    },
  }
}
