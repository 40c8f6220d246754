/** 整改单上的评论。 */
export default {
  title: '评论',
  none: '还没有评论。有问题或进展可以写在这里，用 ＠ 提醒同事。',
  write: '写评论',
  hint: '用 ＠ 提醒同事',
  send: '发送',
  name: '提醒同事',
  photo: '加照片',
  photos: '评论照片',
  people: '可以提醒的人',
  found: '{n} 位同事，用上下键选择',
  nobody: '没有找到这位同事',
  me: '我',
  waiting: '已存本机，等待发送',
  attention: '没有送达，请到发件箱处理',
  saved: '评论已存好，联网后自动送达',
}
