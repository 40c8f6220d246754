/** Comments on a task. */
export default {
  title: 'Comments',
  none: 'Nobody has said anything yet. Ask or tell here; whoever you name is told.',
  write: 'Write a comment',
  hint: 'Name a colleague to tell them',
  send: 'Send',
  name: 'Name a colleague',
  photo: 'Add a photo',
  photos: 'Photos of the comment',
  people: 'People who can be named',
  found: '{n} colleague, choose with the arrow keys | {n} colleagues, choose with the arrow keys',
  nobody: 'No such colleague',
  me: 'Me',
  waiting: 'Saved here, waiting to be sent',
  attention: 'Not delivered; see the outbox',
  saved: 'The comment is saved and will be sent by itself',
}
