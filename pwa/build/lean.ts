import type { Plugin } from 'vite'

const ASKS_ALL_OF_VUE = "const key = 'currentInstance';\n    if (key in Vue) {\n        return Vue[key];\n    }\n    else {\n        return Vue.getCurrentInstance();\n    }"

/**
 * vue-i18n looks for a name of a later Vue by asking the whole of it, so that no part of Vue could be left out of the
 * build. Our Vue is pinned and has no such name; the question is answered here. Should the words of the library
 * change, the build says so.
 */
export function leanVue(): Plugin {
  return {
    name: 'rounds:lean-vue',
    apply: 'build',
    transform: {
      filter: { id: /vue-i18n\/dist\/vue-i18n(\.runtime)?\.mjs/ },
      handler(code) {
        if (!code.includes(ASKS_ALL_OF_VUE)) this.error('vue-i18n asks Vue in other words now; look at build/lean.ts again')
        return { code: code.replace(ASKS_ALL_OF_VUE, 'return Vue.getCurrentInstance();'), map: null }
      },
    },
  }
}
