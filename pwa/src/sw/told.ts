/** What a push becomes on the screen, and where a tap on it leads. Pure; the service worker does it. */

export interface Told {
  title: string
  body: string
  link: string
  tag: string
  locale: 'zh' | 'en'
  unread: number
}

const NOTHING: Told = { title: '巡店 Rounds', body: '', link: '/messages', tag: 'rounds', locale: 'zh', unread: 0 }

/** Only addresses of our own are opened. */
export function safeLink(link: unknown): string {
  return typeof link === 'string' && link.startsWith('/') && !link.startsWith('//') && !link.includes('\\') ? link : '/messages'
}

/** Reads a push; whatever it is, something is shown, because the browser wants to see that. */
export function read(text: string | undefined): Told {
  try {
    const given = JSON.parse(text ?? '') as Partial<Told>
    if (typeof given.title !== 'string' || !given.title) return NOTHING
    return {
      title: given.title,
      body: typeof given.body === 'string' ? given.body : '',
      link: safeLink(given.link),
      tag: typeof given.tag === 'string' ? given.tag : NOTHING.tag,
      locale: given.locale === 'en' ? 'en' : 'zh',
      unread: Number.isInteger(given.unread) ? Math.max(0, given.unread!) : 0,
    }
  } catch {
    return NOTHING
  }
}

/** The same matter again replaces itself instead of standing there twice. */
export function notification(told: Told): { title: string; options: NotificationOptions } {
  return {
    title: told.title,
    options: { body: told.body, tag: told.tag, lang: told.locale === 'en' ? 'en' : 'zh-CN', icon: '/icons/icon-192.png', badge: '/icons/icon-192.png', data: { link: told.link } },
  }
}

interface Window {
  url: string
  focused: boolean
  visibilityState: string
}

/** The window that is led to the thing: the one in use, else one that is seen, else any of ours. */
export function windowFor<W extends Window>(windows: readonly W[], origin: string): W | undefined {
  const ours = windows.filter((one) => new URL(one.url).origin === origin)
  return ours.find((one) => one.focused) ?? ours.find((one) => one.visibilityState === 'visible') ?? ours[0]
}
