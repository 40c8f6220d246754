// Runs before the first paint, so that neither the colours nor the language flash.
;(function () {
  var page = document.documentElement
  function kept(key) {
    try {
      return localStorage.getItem(key)
    } catch (error) {
      return null
    }
  }
  var theme = kept('rounds.theme')
  if (theme === 'light' || theme === 'dark') page.setAttribute('data-theme', theme)
  var spoken = (navigator.languages || [navigator.language]).map(function (tag) {
    return String(tag).slice(0, 2).toLowerCase()
  })
  var known = spoken.filter(function (tag) {
    return tag === 'zh' || tag === 'en'
  })
  var locale = kept('rounds.locale') || known[0] || 'zh'
  if (locale !== 'en') return
  page.lang = 'en'
  document.getElementById('manifest').setAttribute('href', '/manifest.en.webmanifest')
})()
