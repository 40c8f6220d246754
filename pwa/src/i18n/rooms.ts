/**
 * Which words each room of screens speaks, besides the common ones. They are fetched together with the screen; a
 * test walks from the routes of each room through all that they import, and says what is missing here.
 */
export const SPOKEN_IN: Record<string, readonly string[]> = {
  absence: ['absence', 'me'],
  auth: ['auth'],
  builder: ['builder', 'camera', 'checklist', 'checklists', 'explained'],
  checklist: ['camera', 'checklist', 'explained'],
  checklists: ['checklist', 'checklists'],
  inspections: ['camera', 'checklist', 'explained', 'inspections', 'leave'],
  leave: ['checklist', 'explained', 'leave', 'visit'],
  me: ['absence', 'me'],
  outbox: ['outbox'],
  overview: ['overview', 'plans'],
  plan: ['plan'],
  plans: ['desk', 'plan', 'plans', 'visit'],
  selfcheck: ['camera', 'checklist', 'leave', 'selfcheck', 'visit'],
  stores: ['leave', 'stores', 'visit'],
  tasks: ['camera', 'checklist', 'explained', 'tasks'],
  today: ['today', 'visit'],
  visit: ['checklist', 'explained', 'leave', 'tasks', 'today', 'visit'],
}
