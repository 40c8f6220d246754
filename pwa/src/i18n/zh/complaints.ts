/** 门店投诉 */
export default {
  title: '投诉',
  one: '投诉',
  open: '转整改',
  openTitle: '根据投诉新建整改单',
  note: '要整改什么',
  flag: '严重程度',
  needsPhoto: '整改后要拍照',
  opened: '已新建整改单',
  more: '更早的投诉',
}
