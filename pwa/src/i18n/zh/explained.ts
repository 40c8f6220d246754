/** 分数怎么来的，改好会怎样。句子本身在 data/words/score.json，与服务器共用。 */
export default {
  title: '分数怎么来的',
  open: '看看分数怎么来的',
  soFar: '目前得分',
  items: '失分项 · 从多到少',
  tick: '勾选已改好的项，看看总分会变成多少',
  none: '没有失分项。',
  ticked: '改好这 {n} 项后',
  allClosed: '不合格项全部改好',
  more: '其余 {n} 项',
  go: '去这一项',
  again: '再次不合格',
  gain: '总分升 {n} 分',
  sections: '各大类得分率',
  sectionPoints: '{earned}/{max} 分',
  coverage: '共 {total} 项：计分 {scored} 项，不适用 {na} 项，无法检查 {cannot} 项。',
  unanswered: '{n} 项未作答，不计入。',
}
