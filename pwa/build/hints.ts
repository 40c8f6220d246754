import type { HtmlTagDescriptor, Plugin } from 'vite'

/** Who opens the app for the first time signs in first. */
const FIRST = /screens\/auth\/SignIn\.vue$/

function link(file: string, what: Record<string, string>): HtmlTagDescriptor {
  return { tag: 'link', injectTo: 'head', attrs: { ...what, crossorigin: true, href: `/${file}` } }
}

/**
 * Names the files of the first screen in the page itself, so that they set out together with the app's own and need
 * not wait until that has arrived and run. On every later start they lie on the phone.
 */
export function hints(): Plugin {
  return {
    name: 'rounds:hints',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler(html, { bundle }) {
        const chunks = Object.values(bundle ?? {}).filter((one) => one.type === 'chunk')
        const first = chunks.find((one) => one.facadeModuleId && FIRST.test(one.facadeModuleId))
        if (!first) throw new Error('the first screen has no file of its own any more; look at build/hints.ts')
        const named = new Set([first.fileName, ...first.imports].filter((file) => !html.includes(file)))
        const styles = chunks.filter((one) => named.has(one.fileName)).flatMap((one) => [...(one.viteMetadata?.importedCss ?? [])])
        const scripts = [...named].map((file) => link(file, { rel: 'modulepreload' }))
        return [...scripts, ...styles.map((file) => link(file, { rel: 'preload', as: 'style' }))]
      },
    },
  }
}
